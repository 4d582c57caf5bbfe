import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY =
  'Ne modifiez et n’enregistrez rien dans cette copie. Demandez à l’expéditeur une nouvelle copie, et faites contrôler les deux par une deuxième personne.'
const OTHER_DISK = 'Copiez le paquet sur un autre disque, ou recommencez avec le droit de lire ces fichiers.'
const PACKED = 'Contrôlez le paquet dans son archive, ou demandez à l’expéditeur comment il a été emballé.'
const COMPLETE =
  'Demandez une copie complète à l’expéditeur. Si l’on ne vous a remis qu’une partie, contrôlez-la à nouveau comme une partie (--part).'
const RENAMED =
  'Dans une copie du paquet, redonnez à ces fichiers leurs noms de la liste, et contrôlez cette copie ; ou demandez-en une nouvelle à l’expéditeur. Des messageries, des dossiers en ligne et d’anciens disques renomment des fichiers.'
const SECOND =
  'Dans une copie du paquet, mettez ces doubles de côté, et contrôlez cette copie. Des dossiers en ligne et des gestionnaires de fichiers en font.'
const ORIGIN =
  'Ne vous fiez pas à ces fichiers. Si vous ou un programme d’ici les y avez mis, mettez-les de côté dans une copie du paquet et contrôlez cette copie ; sinon demandez à l’expéditeur d’où ils viennent.'
const NO_LIST = 'Il n’y a pas de liste de fichiers de preuve qui puisse servir.'
const TRAVELS =
  'Des fichiers sont comparés à la liste qui voyage avec eux ; qui a fait cette liste est la question du sceau.'

type Ids = Extract<FindingId, `${'payload' | 'tag'}.${string}`>

export const PAYLOAD_AND_TAGS: Record<Ids, FindingWords> = {
  'payload.digest': {
    question: 'Chaque fichier de preuve est-il octet pour octet comme listé ?',
    doesNotShow: TRAVELS,
    outcomes: {
      PASSED: 'Chaque fichier de preuve que {name} nomme et qui est ici est octet pour octet comme listé.',
      'FAILED:mismatch': {
        say: 'Des fichiers de preuve diffèrent de {sealed} (sous {name} : différents {failed}, concordants {passed}).',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:unreadable': {
        say: 'Des fichiers de preuve n’ont pas pu être lus : on n’en sait donc rien ; tous les autres ont été comparés.',
        todo: OTHER_DISK,
      },
      'INDETERMINATE:malformed-digest':
        'Pour certains fichiers, {name} n’a aucune empreinte lisible ; ils n’ont donc pas été comparés.',
      'INDETERMINATE:nothing-compared': 'Rien de ce que nomme {name} n’est ici ; rien n’a donc été comparé.',
      'INDETERMINATE:unsupported-algorithm':
        '{name} emploie une empreinte que ce programme ne connaît pas ; rien n’a été comparé sous elle.',
      'INDETERMINATE:manifest-not-read': 'La liste {name} n’a pas pu être lue ; rien ne lui a donc été comparé.',
      'INDETERMINATE:no-manifest': NO_LIST,
      'NOT-CHECKED:not-asked': 'La comparaison sous cette empreinte n’a pas été demandée.',
    },
  },
  'payload.coverage': {
    question: 'Chaque fichier de preuve a-t-il été comparé sous chaque empreinte que demande la politique ?',
    outcomes: {
      PASSED: 'Chaque fichier de preuve a été comparé sous chaque empreinte que demande la politique.',
      'INDETERMINATE:not-compared': 'Certains fichiers de preuve n’ont été comparés sous aucune empreinte.',
      'INDETERMINATE:required-digest': {
        say: 'Certains fichiers de preuve n’ont pas été comparés sous une empreinte que demande la politique.',
        todo: 'Contrôlez sous toutes les empreintes listées (sans --digests), ou demandez à l’expéditeur une liste sous cette empreinte.',
      },
      'INDETERMINATE:weak-digest': {
        say: 'Certains fichiers de preuve n’ont été comparés que par des méthodes maintenant jugées faibles ; la concordance seule ne prouve plus qu’ils sont inchangés.',
        todo: 'Demandez à l’expéditeur une liste sous SHA-256 ou plus fort.',
      },
      'INDETERMINATE:no-payload': 'Il n’y a aucun fichier de preuve qui aurait pu être comparé.',
    },
  },
  'payload.readable': {
    question: 'Chaque fichier a-t-il pu être lu jusqu’au bout ?',
    outcomes: {
      PASSED: 'Chaque fichier a pu être lu jusqu’au bout.',
      'INDETERMINATE:unreadable': {
        say: 'Le système n’a pas remis certains fichiers. Cela ne dit rien de ce qu’ils contiennent.',
        todo: OTHER_DISK,
      },
      'INDETERMINATE:no-files': 'Il n’y a aucun fichier.',
    },
  },
  'payload.container-agrees': {
    question: 'L’archive concorde-t-elle avec elle-même pour chaque fichier ?',
    outcomes: {
      PASSED:
        'Ce que l’archive dit de ses fichiers (taille, somme de contrôle) est ce qui a été lu. Un dossier ne dit rien de tel.',
      'FAILED:contradiction': {
        say: 'L’archive se contredit pour certains fichiers : elle a été endommagée ou modifiée après sa création.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:undeclared': {
        say: 'L’archive se contredit pour des fichiers qui se trouvent sous seal/ et que le paquet ne nomme pas. N’importe qui peut les avoir ajoutés.',
        todo: 'Enlevez d’une copie les fichiers nommés ici et contrôlez-la ; ou décompressez l’archive et contrôlez le dossier.',
      },
      'INDETERMINATE:limit': {
        say: 'Certains fichiers de l’archive, décompressés, dépassent ce que ce programme examine.',
        todo: 'Décompressez l’archive à la main et contrôlez le dossier.',
      },
    },
  },
  'tag.digest': {
    question: 'Chaque fichier d’accompagnement est-il octet pour octet comme listé ?',
    doesNotShow: TRAVELS,
    outcomes: {
      PASSED: 'Chaque fichier d’accompagnement que {name} nomme et qui est ici est octet pour octet comme listé.',
      'FAILED:mismatch': {
        say: 'Des fichiers d’accompagnement diffèrent de {sealed} (sous {name} : différents {failed}, concordants {passed}).',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:unreadable': {
        say: 'Des fichiers d’accompagnement n’ont pas pu être lus : on n’en sait donc rien ; tous les autres ont été comparés.',
        todo: OTHER_DISK,
      },
      'INDETERMINATE:malformed-digest':
        'Pour certains fichiers, {name} n’a aucune empreinte lisible ; ils n’ont donc pas été comparés.',
      'INDETERMINATE:nothing-compared': 'Rien de ce que nomme {name} n’est ici ; rien n’a donc été comparé.',
      'INDETERMINATE:unsupported-algorithm':
        '{name} emploie une empreinte que ce programme ne connaît pas ; rien n’a été comparé sous elle.',
      'INDETERMINATE:manifest-not-read': 'La liste {name} n’a pas pu être lue ; rien ne lui a donc été comparé.',
      'INDETERMINATE:no-tag-manifest':
        'La liste des fichiers d’accompagnement qu’un paquet doit avoir n’est pas ici ; rien ne protège donc ces fichiers.',
      'NOT-CHECKED:no-tag-manifest': 'Aucune liste ne nomme les fichiers d’accompagnement ; rien ne les protège donc.',
    },
  },
  'payload.oxum': {
    question: 'Le nombre et la taille des fichiers de preuve concordent-ils avec bag-info.txt ?',
    outcomes: {
      PASSED: 'Le nombre et la taille des fichiers de preuve concordent avec bag-info.txt.',
      'FAILED:mismatch': {
        say: 'Le nombre ou la taille des fichiers de preuve n’est pas ce que dit bag-info.txt.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:part':
        'Il y a moins de fichiers de preuve que ne le dit bag-info.txt ; vous avez dit que cette copie est une partie.',
      'INDETERMINATE:not-all-here':
        'Il y a moins de fichiers de preuve que ne le dit bag-info.txt, parce que certains sont ailleurs ou hors de vue.',
      'INDETERMINATE:copies':
        'Il y a plus de fichiers de preuve que ne le dit bag-info.txt, parce que certains sont ici deux fois.',
      'INDETERMINATE:malformed': 'Le nombre et la taille dans bag-info.txt sont illisibles.',
      'INDETERMINATE:repeated': 'bag-info.txt indique deux fois le nombre et la taille, et différemment.',
      'INDETERMINATE:missing':
        'bag-info.txt ne dit pas combien il y a de fichiers de preuve, et un paquet de preuves le doit.',
      'INDETERMINATE:info-not-read':
        'bag-info.txt n’a pas pu être lu ; on ne sait donc pas ce qu’il dit du nombre de fichiers de preuve.',
      'NOT-CHECKED:absent': 'bag-info.txt ne dit pas combien il y a de fichiers de preuve.',
    },
  },
  'payload.present': {
    question: 'Chaque fichier de preuve que nomment les listes est-il ici ?',
    outcomes: {
      PASSED: 'Chaque fichier de preuve listé est ici.',
      'PASSED:other-spelling': 'Chaque fichier de preuve listé est ici, certains sous une autre écriture du même nom.',
      'FAILED:missing': {
        say: 'Des fichiers de preuve listés manquent dans cette copie.',
        todo: COMPLETE,
      },
      'INDETERMINATE:missing':
        'Des fichiers de preuve listés ne sont pas dans cette partie ; vous avez dit que c’est une partie.',
      'INDETERMINATE:renamed': {
        say: 'Des fichiers de preuve listés sont ici sous d’autres noms. Leurs octets sont ceux de la liste.',
        todo: RENAMED,
      },
      'INDETERMINATE:in-fetch': {
        say: 'Des fichiers de preuve listés sont à aller chercher ailleurs. Ce programme ne le fait jamais.',
        todo: 'Demandez une copie complète à l’expéditeur.',
      },
      'INDETERMINATE:unreadable-folder': {
        say: 'Des fichiers de preuve listés se trouveraient dans un dossier qui n’a pas pu être ouvert.',
        todo: OTHER_DISK,
      },
      'INDETERMINATE:irregular':
        'À la place de fichiers de preuve listés il y a des liens ou des périphériques. Ils n’ont pas été suivis.',
      'INDETERMINATE:other-spelling': {
        say: 'Des fichiers de preuve listés sont peut-être ici sous une autre écriture, mais on ne peut pas le dire avec certitude.',
        todo: PACKED,
      },
      'INDETERMINATE:malformed-line': {
        say: 'Des lignes d’une liste qui ne se lisent pas comme telles peuvent nommer chacune un fichier de preuve qui n’est pas ici.',
        todo: 'Regardez ces lignes, et interrogez qui a fait la liste.',
      },
      'INDETERMINATE:manifest-not-read':
        'Une liste n’a pas pu être lue ; on ne sait donc pas si tout ce qu’elle nomme est ici.',
      'INDETERMINATE:no-manifest': NO_LIST,
    },
  },
  'payload.listed': {
    question: 'Chaque fichier de preuve qui est ici figure-t-il aussi dans les listes ?',
    outcomes: {
      PASSED: 'Chaque fichier de preuve qui est ici figure dans les listes.',
      'FAILED:unlisted': {
        say: 'Certains fichiers ici ne faisaient pas partie de {sealed}.',
        todo: ORIGIN,
      },
      'INDETERMINATE:renamed': {
        say: 'Certains fichiers ici ont d’autres noms que dans la liste. Leurs octets sont ceux de fichiers listés.',
        todo: RENAMED,
      },
      'INDETERMINATE:copy': {
        say: 'Certains fichiers ici sont des doubles d’autres fichiers du paquet.',
        todo: SECOND,
      },
      'INDETERMINATE:other-spelling': {
        say: 'Certains fichiers ici sont peut-être listés sous une autre écriture, mais on ne peut pas le dire avec certitude.',
        todo: PACKED,
      },
      'INDETERMINATE:manifest-not-read':
        'Une liste, ou une ligne d’une liste, n’a pas pu être lue ; on ne sait donc pas si elle nomme tous les fichiers.',
      'INDETERMINATE:no-manifest': NO_LIST,
    },
  },
  'payload.not-empty': {
    question: 'Y a-t-il au moins un fichier de preuve ?',
    outcomes: {
      PASSED: 'Il y a des fichiers de preuve.',
      'INDETERMINATE:empty': {
        say: 'Il n’y a pas un seul fichier de preuve ; rien n’a donc été montré inchangé.',
        todo: 'Demandez à l’expéditeur si le paquet est voulu vide.',
      },
    },
  },
  'tag.present': {
    question: 'Chaque fichier d’accompagnement que nomment les listes est-il ici ?',
    outcomes: {
      PASSED: 'Chaque fichier d’accompagnement listé est ici.',
      'PASSED:other-spelling':
        'Chaque fichier d’accompagnement listé est ici, certains sous une autre écriture du même nom.',
      'FAILED:missing': {
        say: 'Des fichiers d’accompagnement listés manquent dans cette copie.',
        todo: COMPLETE,
      },
      'INDETERMINATE:missing':
        'Des fichiers d’accompagnement listés ne sont pas dans cette partie ; vous avez dit que c’est une partie.',
      'INDETERMINATE:renamed': {
        say: 'Des fichiers d’accompagnement listés sont ici sous d’autres noms. Leurs octets sont ceux de la liste.',
        todo: RENAMED,
      },
      'INDETERMINATE:in-fetch': {
        say: 'Des fichiers d’accompagnement listés sont à aller chercher ailleurs. Ce programme ne le fait jamais.',
        todo: 'Demandez une copie complète à l’expéditeur.',
      },
      'INDETERMINATE:unreadable-folder': {
        say: 'Des fichiers d’accompagnement listés se trouveraient dans un dossier qui n’a pas pu être ouvert.',
        todo: OTHER_DISK,
      },
      'INDETERMINATE:irregular':
        'À la place de fichiers d’accompagnement listés il y a des liens ou des périphériques. Ils n’ont pas été suivis.',
      'INDETERMINATE:other-spelling': {
        say: 'Des fichiers d’accompagnement listés sont peut-être ici sous une autre écriture, mais on ne peut pas le dire avec certitude.',
        todo: PACKED,
      },
      'INDETERMINATE:malformed-line': {
        say: 'Des lignes d’une liste qui ne se lisent pas comme telles peuvent nommer chacune un fichier d’accompagnement qui n’est pas ici.',
        todo: 'Regardez ces lignes, et interrogez qui a fait la liste.',
      },
      'INDETERMINATE:manifest-not-read':
        'Une liste n’a pas pu être lue ; on ne sait donc pas si tout ce qu’elle nomme est ici.',
      'INDETERMINATE:no-tag-manifest': 'La liste des fichiers d’accompagnement qu’un paquet doit avoir n’est pas ici.',
      'NOT-CHECKED:no-tag-manifest': 'Aucune liste ne nomme les fichiers d’accompagnement.',
    },
  },
  'tag.listed': {
    question: 'Chaque fichier d’accompagnement figure-t-il dans les listes des fichiers d’accompagnement ?',
    outcomes: {
      PASSED: 'Chaque fichier d’accompagnement figure dans les listes des fichiers d’accompagnement.',
      'PASSED:unlisted-allowed':
        'Certains fichiers d’accompagnement ne sont dans aucune liste, ce que cette politique permet ; rien ne les protège.',
      'FAILED:unlisted': {
        say: 'Certains fichiers d’accompagnement ne faisaient pas partie de {sealed}.',
        todo: ORIGIN,
      },
      'INDETERMINATE:unlisted':
        'Certains fichiers d’accompagnement ne sont dans aucune liste ; rien ne les protège donc, et cette politique le demande.',
      'INDETERMINATE:renamed': {
        say: 'Certains fichiers d’accompagnement ont d’autres noms que dans la liste. Leurs octets sont ceux de fichiers listés.',
        todo: RENAMED,
      },
      'INDETERMINATE:copy': {
        say: 'Certains fichiers d’accompagnement sont des doubles d’autres fichiers du paquet.',
        todo: SECOND,
      },
      'INDETERMINATE:other-spelling': {
        say: 'Certains fichiers d’accompagnement sont peut-être listés sous une autre écriture, mais on ne peut pas le dire avec certitude.',
        todo: PACKED,
      },
      'INDETERMINATE:manifest-not-read':
        'Une liste des fichiers d’accompagnement n’a pas pu être lue ; on ne sait donc pas si elle nomme tous les fichiers.',
    },
  },
}
