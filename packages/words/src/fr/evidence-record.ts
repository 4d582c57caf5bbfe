import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `evidence.${string}`>

export const EVIDENCE_RECORD: Record<Ids, FindingWords> = {
  'evidence.structure': {
    question: 'L’enregistrement de preuve se lit-il comme le veut la RFC 4998 ?',
    outcomes: {
      PASSED: 'L’enregistrement de preuve se lit comme il faut.',
      'PASSED:digest-not-announced':
        'L’enregistrement de preuve se lit comme il faut ; son en-tête ne nomme pas chaque empreinte utilisée, et rien n’en dépend.',
      'INDETERMINATE:malformed': {
        say: 'L’enregistrement de preuve s’interrompt, ou n’a pas la forme que prescrit la RFC 4998 ; il ne prouve donc rien.',
        todo: 'Demandez à qui le conserve une nouvelle copie.',
      },
      'INDETERMINATE:limit':
        'L’enregistrement de preuve est plus grand que ce que ce programme examine. Cela ne dit rien de son contenu.',
      'INDETERMINATE:version': {
        say: 'L’enregistrement de preuve a une version que ce programme ne connaît pas.',
        todo: 'Contrôlez avec une version plus récente de ce programme.',
      },
      INDETERMINATE: 'L’enregistrement de preuve n’a pas pu être lu.',
    },
  },
  'evidence.data': {
    question: 'Chaque fichier est-il parmi ceux que l’enregistrement protège ?',
    outcomes: {
      PASSED: 'Chaque fichier ({files}) est parmi ceux sur lesquels porte le premier horodatage de l’enregistrement.',
      'FAILED:differs': {
        say: 'L’enregistrement ne contient pas l’empreinte de chaque fichier donné : {covered} sur {files} y sont.',
        todo: 'Vérifiez que vous avez le fichier archivé, octet par octet, et l’enregistrement qui lui appartient.',
      },
      'INDETERMINATE:encryption-info': {
        say: 'L’enregistrement ne contient pas l’empreinte de ce fichier. Il dit que des fichiers ont été chiffrés avant l’archivage, et ce programme ne les chiffre pas de nouveau.',
        todo: 'Donnez le fichier chiffré, tel qu’il a été archivé.',
      },
      'INDETERMINATE:hash-length':
        'L’enregistrement contient des empreintes d’une longueur que sa méthode ne donne pas ; rien ne peut être comparé.',
      'INDETERMINATE:not-read': 'Ce sur quoi porte l’enregistrement n’a pas pu être lu.',
      'INDETERMINATE:unreadable': 'L’empreinte d’un fichier n’a pas pu être calculée.',
      'INDETERMINATE:unsupported': {
        say: 'L’enregistrement utilise une empreinte que ce programme ne connaît pas. Cela ne dit rien contre lui.',
        todo: 'Contrôlez avec une version plus récente de ce programme.',
      },
      FAILED: 'L’enregistrement ne porte pas sur ce fichier.',
      INDETERMINATE: 'On ne peut pas dire si l’enregistrement porte sur ces fichiers.',
    },
  },
  'evidence.hash-tree': {
    question: 'L’horodatage {name} porte-t-il sur son propre arbre d’empreintes ?',
    outcomes: {
      PASSED: 'L’horodatage porte sur la racine de son arbre.',
      'PASSED:no-tree': 'Il n’y a pas d’arbre : l’horodatage porte sur une seule empreinte.',
      'FAILED:differs': {
        say: 'L’horodatage porte sur un autre arbre que celui qui l’accompagne.',
        todo: 'Demandez à qui conserve l’enregistrement une nouvelle copie.',
      },
      'INDETERMINATE:digest-differs':
        'L’arbre et l’horodatage utilisent des empreintes différentes ; l’un ne mène donc pas à l’autre.',
      'INDETERMINATE:hash-length':
        'L’arbre contient des empreintes d’une longueur que sa méthode ne donne pas ; il n’a pas été calculé.',
      'INDETERMINATE:not-read': 'L’horodatage n’a pas pu être lu ; il n’y a rien à quoi comparer son arbre.',
      'INDETERMINATE:unprotected': {
        say: 'Un horodatage ultérieur porte sur un autre arbre que celui qui l’accompagne. Rien de signé ne dit qu’il a sa place ici : n’importe qui peut l’y avoir mis. Il ne prouve rien et ne contredit rien.',
        todo: 'Demandez à qui conserve l’enregistrement une nouvelle copie.',
      },
      'INDETERMINATE:unsupported': {
        say: 'L’arbre utilise une empreinte que ce programme ne connaît pas. Cela ne dit rien contre lui.',
        todo: 'Contrôlez avec une version plus récente de ce programme.',
      },
      FAILED: 'L’horodatage ne porte pas sur son arbre.',
      INDETERMINATE: 'On ne peut pas dire si l’horodatage porte sur son arbre.',
    },
  },
  'evidence.renewal': {
    question: 'L’horodatage {name} renouvelle-t-il ce qui le précède dans l’enregistrement ?',
    outcomes: {
      'PASSED:time-stamp': 'Il porte sur l’horodatage qui le précède.',
      'PASSED:hash-tree':
        'Il porte sur les fichiers sous une nouvelle empreinte, avec tout ce que l’enregistrement contenait auparavant.',
      'INDETERMINATE:not-linked': {
        say: 'Il ne porte pas sur ce qui le précède : un renouvellement intermédiaire manque, ce qui précède a été modifié, ou il appartient à un autre enregistrement. Il ne prouve rien ici.',
        todo: 'Demandez à qui conserve l’enregistrement une copie complète.',
      },
      'INDETERMINATE:unreadable': 'L’empreinte d’un fichier n’a pas pu être calculée.',
      'INDETERMINATE:unsupported': {
        say: 'Il utilise une empreinte que ce programme ne connaît pas. Cela ne dit rien contre lui.',
        todo: 'Contrôlez avec une version plus récente de ce programme.',
      },
      'NOT-CHECKED:in-future': 'Il a été fait après le moment de ce contrôle et n’en fait pas partie.',
      PASSED: 'Il renouvelle ce qui le précède.',
      INDETERMINATE: 'On ne peut pas dire ce qu’il renouvelle.',
      'NOT-CHECKED': 'Ce renouvellement n’a pas été contrôlé.',
    },
  },
  'evidence.order': {
    question: 'L’horodatage {name} est-il postérieur à celui qui le précède ?',
    outcomes: {
      PASSED: 'Il est postérieur à celui qui le précède.',
      'PASSED:within-accuracy':
        'Il est postérieur à celui qui le précède, autant que la précision des deux permet de le dire.',
      'INDETERMINATE:not-later': {
        say: 'Il indique une heure antérieure à celui qu’il renouvelle, ce qui ne peut pas être.',
        todo: 'Demandez à qui conserve l’enregistrement une nouvelle copie.',
      },
      'INDETERMINATE:unknown': 'L’un des deux n’indique pas d’heure lisible.',
      INDETERMINATE: 'L’ordre n’a pas pu être établi.',
    },
  },
  'evidence.record': {
    question: 'Un enregistrement de preuve remis prouve-t-il depuis quand des fichiers d’ici existaient ?',
    doesNotShow: 'Il ne dit rien des fichiers qu’il ne couvre pas, et rien de qui les a faits.',
    outcomes: {
      PASSED:
        'Sur les {files} fichiers d’ici, {covered} existaient avant le {found} : un enregistrement de preuve couvre leurs octets.',
      'INDETERMINATE:malformed': {
        say: 'L’enregistrement de preuve ne se lit pas.',
        todo: 'Demandez-en une copie entière à qui le conserve. Il ne dit rien contre ces fichiers.',
      },
      'INDETERMINATE:limit': 'L’enregistrement de preuve est plus grand que ce qui est examiné ici.',
      'INDETERMINATE:common': {
        say: 'L’enregistrement de preuve ne couvre ici que des fichiers identiques dans d’autres paquets ({common} sur {files}) : il ne montre rien de celui-ci.',
        todo: 'Demandez à qui le conserve l’enregistrement qui couvre ce paquet. Il ne dit rien contre ces fichiers.',
      },
      'INDETERMINATE:foreign': {
        say: 'L’enregistrement de preuve ne couvre aucun de ces fichiers : il appartient à d’autres, ou ce ne sont pas les fichiers pour lesquels il a été fait.',
        todo: 'Demandez à qui le conserve quels fichiers il couvre. Il ne dit rien contre ceux-ci.',
      },
      'INDETERMINATE:not-compared': {
        say: 'L’enregistrement de preuve ne couvre aucun des fichiers qui ont pu être comparés ; l’empreinte qu’il emploie n’a pas été calculée pour les autres.',
        todo: '`probatum evidence-record verify RECORD --data FILE` compare des fichiers un à un.',
      },
      'INDETERMINATE:unproved': {
        say: 'L’enregistrement de preuve couvre des fichiers d’ici, mais ne prouve pour eux aucun temps.',
        todo: '`probatum evidence-record verify RECORD --data FILE` dit ce qui est ouvert. Il ne dit rien contre ces fichiers.',
      },
      INDETERMINATE: 'L’enregistrement de preuve ne prouve rien pour ces fichiers.',
      'NOT-CHECKED:in-future':
        'L’enregistrement de preuve a été fait après le temps de ce contrôle ; il n’existait donc pas encore.',
      'NOT-CHECKED': 'L’enregistrement de preuve n’a pas été jugé.',
    },
  },
  'evidence.digest': {
    question: 'Les empreintes de cette partie de l’enregistrement ont-elles compté jusqu’à leur remplacement ?',
    outcomes: {
      PASSED: 'Les empreintes de cette partie comptent encore.',
      'PASSED:replaced':
        'Les empreintes de cette partie ont pris fin ; tant qu’elles comptaient, d’autres les ont remplacées.',
      'INDETERMINATE:ended': {
        say: 'Les empreintes de cette partie ne comptent plus, et aucune autre ne les a remplacées à temps : depuis, un autre fichier de même empreinte peut avoir été mis à la place.',
        todo: 'Demandez à qui conserve l’enregistrement un enregistrement dont les fichiers ont été hachés de nouveau à temps. Contrôlez à une date antérieure (--at) pour voir ce qui était montré alors.',
      },
      'INDETERMINATE:weak': {
        say: 'Les empreintes de cette partie ne comptent pas comme preuve selon cette politique.',
        todo: 'Demandez à qui conserve l’enregistrement un enregistrement sous une empreinte actuelle.',
      },
      'INDETERMINATE:mixed':
        'Des horodatages d’une même partie utilisent des empreintes différentes, ce que la RFC 4998 interdit.',
      'INDETERMINATE:unsupported': {
        say: 'Une empreinte que ce programme ne connaît pas est utilisée. Cela ne dit rien contre elle.',
        todo: 'Contrôlez avec une version plus récente de ce programme.',
      },
      INDETERMINATE: 'On ne peut pas dire si les empreintes comptaient.',
    },
  },
}
