import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `renewal.${string}`>

export const RENEWAL: Record<Ids, FindingWords> = {
  'renewal.levels': {
    question: 'Le sceau a-t-il été renouvelé, et chaque renouvellement est-il complet ?',
    outcomes: {
      PASSED: 'Chaque renouvellement ultérieur du sceau est à sa place : {levels}.',
      'INDETERMINATE:gap': {
        say: 'Un renouvellement intermédiaire manque ; ceux qui le suivent ne prouvent donc rien ici.',
        todo: 'Demandez à l’émetteur tous les renouvellements de ce paquet.',
      },
      'INDETERMINATE:incomplete': {
        say: 'Un renouvellement n’a pas de liste ou pas d’horodatage ; il ne prouve donc rien.',
        todo: 'Mettez de côté le dossier de ce renouvellement dans une copie et contrôlez cette copie, ou demandez à l’émetteur le renouvellement entier.',
      },
      'INDETERMINATE:misplaced': {
        say: 'Il y a dans un renouvellement des fichiers qui n’y ont pas leur place. Ils ne prouvent rien et coûtent de la certitude.',
        todo: 'Mettez ces fichiers de côté dans une copie et contrôlez cette copie.',
      },
      'INDETERMINATE:limit': 'Il y a plus de renouvellements que ce programme n’en examine.',
      'NOT-CHECKED:none': 'Le sceau n’a pas été renouvelé.',
      'NOT-CHECKED': 'Le sceau n’a pas été renouvelé.',
      INDETERMINATE: 'Un renouvellement ultérieur du sceau n’est pas complet ; il ne prouve donc rien.',
    },
  },
  'renewal.sums': {
    question: 'Les fichiers sont-ils tels que le renouvellement {name} les liste ?',
    outcomes: {
      PASSED: 'Chaque fichier que le renouvellement liste est tel qu’il était alors ({matched} comparés).',
      'INDETERMINATE:absent':
        'Le renouvellement n’a pas de liste de fichiers ; ses horodatages ne portent donc sur rien.',
      'INDETERMINATE:not-read': 'La liste du renouvellement n’a pas pu être lue.',
      'INDETERMINATE:malformed': {
        say: 'La liste du renouvellement n’a pas la forme prescrite ; elle ne prouve donc rien.',
        todo: 'Demandez de nouveau ce renouvellement à l’émetteur.',
      },
      'INDETERMINATE:mismatch': {
        say: 'Un fichier n’est pas tel que le renouvellement le liste ; celui-ci ne prouve donc rien de cette copie.',
        todo: 'Demandez à l’émetteur une copie fraîche. Ce que cela veut dire pour les preuves se trouve dans les autres réponses.',
      },
      'INDETERMINATE:missing': {
        say: 'Un fichier que le renouvellement liste n’est pas ici ; celui-ci ne prouve donc rien de cette copie.',
        todo: 'Demandez à l’émetteur une copie fraîche.',
      },
      'INDETERMINATE:unreadable': 'Un fichier que le renouvellement liste n’a pas pu être lu.',
      INDETERMINATE: 'Les fichiers n’ont pas pu être comparés à la liste du renouvellement.',
    },
  },
  'renewal.coverage': {
    question: 'Le renouvellement {name} liste-t-il tout ce qu’il doit protéger ?',
    outcomes: {
      PASSED: 'Le renouvellement liste chaque fichier.',
      'PASSED:seal-only':
        'Le renouvellement liste le sceau et les listes de fichiers ; cela suffit tant que leurs méthodes comptent.',
      'INDETERMINATE:unlisted': {
        say: 'Le renouvellement ne liste pas chaque fichier du sceau au-dessous de lui ; il ne prouve donc rien.',
        todo: 'Demandez à l’émetteur un renouvellement complet, ou mettez de côté les fichiers ajoutés depuis.',
      },
      'INDETERMINATE:incomplete': {
        say: 'Une méthode au-dessous de ce renouvellement ne compte plus, et il ne liste pas chaque fichier : il ne peut plus répondre du reste.',
        todo: 'Demandez à l’émetteur un renouvellement qui liste chaque fichier et fait à temps.',
      },
      'INDETERMINATE:digest-ended': 'La méthode de la liste du renouvellement elle-même ne compte plus.',
      'INDETERMINATE:not-read': 'Ce que le renouvellement liste n’a pas pu être lu.',
      'NOT-CHECKED:not-asked':
        'Le renouvellement liste des fichiers de preuve sous SHA-512, et cette empreinte n’était pas demandée.',
      INDETERMINATE: 'On n’a pas pu décider si le renouvellement liste tout.',
      'NOT-CHECKED': 'Tout ce que le renouvellement liste n’a pas été comparé.',
    },
  },
  'renewal.token': {
    question: 'Le temps du renouvellement {name} est-il prouvé, et y croit-on encore ?',
    outcomes: {
      PASSED: 'Les horodatages du renouvellement tiennent, et on y croit encore.',
      'PASSED:renewed':
        'Les horodatages du renouvellement tiennent, et un renouvellement ultérieur est venu à temps pour les garder.',
      'INDETERMINATE:none': 'Le renouvellement n’a pas d’horodatage ; il ne prouve donc rien.',
      'INDETERMINATE:broken': {
        say: 'Un horodatage du renouvellement se contredit, ou contredit ce sur quoi il porte. N’importe qui a pu le mettre là ; avec lui, le renouvellement ne prouve rien.',
        todo: 'Mettez ce fichier de côté dans une copie et contrôlez cette copie, ou demandez de nouveau le renouvellement à l’émetteur.',
      },
      'INDETERMINATE:not-believed': {
        say: 'On ne croit plus aux horodatages du renouvellement, et aucun renouvellement ultérieur n’est venu à temps.',
        todo: 'Contrôlez à une date antérieure (--at), ou demandez à l’émetteur un renouvellement ultérieur.',
      },
      'INDETERMINATE:revocation-unknown':
        'On ne sait pas si les certificats des horodatages du renouvellement ont été révoqués.',
      'INDETERMINATE:not-proved':
        'Avec la liste choisie par vous, les horodatages du renouvellement ne prouvent pas son temps.',
      'NOT-CHECKED:in-future': 'Le renouvellement a été fait après le moment de ce contrôle ; il n’y entre donc pas.',
      'NOT-CHECKED': 'Le renouvellement a été fait après le moment de ce contrôle ; il n’y entre donc pas.',
      'INDETERMINATE:own-key': {
        say: 'La clé qui a scellé le paquet a aussi fait l’horodatage du renouvellement, ou certifié celui qui l’a fait : cela ne confirme le temps à personne d’autre qu’à son détenteur.',
        todo: 'Demandez à l’émetteur un renouvellement avec un horodatage de quelqu’un d’autre.',
      },
      'INDETERMINATE:too-few': 'Moins d’autorités que la politique n’en demande confirment le temps du renouvellement.',
      INDETERMINATE: 'Le temps du renouvellement n’est pas prouvé.',
    },
  },
  'renewal.order': {
    question: 'Le renouvellement {name} est-il postérieur à tout ce qu’il renouvelle ?',
    outcomes: {
      PASSED: 'Le renouvellement est postérieur à tout ce qu’il renouvelle.',
      'INDETERMINATE:not-later':
        'Un horodatage du renouvellement n’est pas postérieur à un horodatage qu’il est censé renouveler.',
      'INDETERMINATE:unknown': 'Aucun horodatage du renouvellement ne déclare un temps que l’on puisse comparer.',
      INDETERMINATE: 'L’ordre des renouvellements n’a pas pu être décidé.',
    },
  },
  'renewal.due': {
    question: 'Jusqu’à quand dure cette preuve du temps ?',
    outcomes: {
      'PASSED:certificate':
        'Renouvelez avant le {renewBefore.found} : alors prend fin le certificat « {certificate.found} » des horodatages.',
      'PASSED:anchor':
        'Renouvelez avant le {renewBefore.found} : alors prend fin la racine « {anchor.found} » de votre liste.',
      'PASSED:anchor-interval':
        'Renouvelez avant le {renewBefore.found} : à partir de là, votre liste ne se fie plus à « {anchor-interval.found} ».',
      'PASSED:algorithm':
        'Renouvelez avant le {renewBefore.found} : à partir de là, la méthode {algorithm.found} ne compte plus selon cette politique.',
      'INDETERMINATE:overdue': {
        say: 'Le sceau aurait dû être renouvelé avant le {renewBefore.found} ; aucun renouvellement fait à temps n’est ici.',
        todo: 'Demandez à l’émetteur le paquet renouvelé. Contrôlez à une date antérieure (--at) pour voir ce qui était prouvé alors.',
      },
      'NOT-CHECKED:nothing-proved': 'Aucun temps n’est prouvé ; il n’y a donc rien à renouveler.',
      INDETERMINATE: 'On n’a pas pu décider jusqu’à quand dure la preuve du temps.',
      'NOT-CHECKED': 'Aucun temps n’est prouvé ; il n’y a donc rien à renouveler.',
      PASSED: 'La preuve du temps est à renouveler plus tard.',
    },
  },
}
