import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'
import { PATH_CANDIDATE, pathConclusion } from './common.ts'
import { revocationOutcomes } from './revocation.ts'

const FRESH_COPY =
  'Ne modifiez et n’enregistrez rien dans cette copie. Demandez à l’expéditeur une nouvelle copie, et faites contrôler les deux par une deuxième personne.'
const NO_SEAL = {
  say: 'Il n’y a pas de sceau : rien ne montre qui a fait cette liste de fichiers.',
  todo: 'Demandez le paquet scellé à l’expéditeur.',
}
const OTHER_LIST = {
  say: 'Le sceau n’appartient pas à cette liste de fichiers : la liste diffère de ce qui a été scellé.',
  todo: FRESH_COPY,
}
const OTHER_KEY = {
  say: 'Le sceau n’appartient pas à cette liste de fichiers : il n’a pas été fait avec la clé qu’il nomme.',
  todo: FRESH_COPY,
}
const OTHER_SIGNER = {
  say: 'Le sceau a été fait par un autre signataire que celui que le paquet déclare.',
  todo: FRESH_COPY,
}
const INSIDE = {
  say: 'La liste des ancres se trouve dans le paquet dont elle devrait se porter garante, et n’a pas été utilisée.',
  todo: 'Obtenez l’ensemble de confiance de son émetteur par une autre voie.',
}

const LINE_ENDS_TODO =
  'Demandez les octets mêmes à l’expéditeur. Ou donnez à une copie les fins de ligne que le constat nomme (unix2dos, dos2unix), vérifiez cette copie, et notez que vous l’avez fait.'

type Ids = Extract<FindingId, `${'signature' | 'signer' | 'trust'}.${string}`>

export const SIGNER: Record<Ids, FindingWords> = {
  'signature.present': {
    question: 'Y a-t-il un sceau ?',
    outcomes: {
      'INDETERMINATE:declared-missing': {
        say: 'Le paquet dit qu’il a un sceau, et ce sceau n’est pas ici.',
        todo: 'Demandez à l’expéditeur une copie complète, avec son dossier seal/.',
      },
      'INDETERMINATE:unreadable': {
        say: 'Le sceau est ici, et le système n’en a pas remis les octets. Cela ne dit rien de ce qu’ils contiennent.',
        todo: 'Recommencez avec le droit de le lire, ou copiez d’abord le tout sur un autre disque.',
      },
      'INDETERMINATE:none': NO_SEAL,
      'NOT-CHECKED:none': NO_SEAL,
      PASSED: 'Il y a un sceau.',
      INDETERMINATE: NO_SEAL,
      'NOT-CHECKED': NO_SEAL,
    },
  },
  'signature.structure': {
    question: 'Le sceau {name} se lit-il comme une signature CMS ?',
    outcomes: {
      'FAILED:malformed': { say: 'Le sceau ne se lit pas comme une signature CMS.', todo: FRESH_COPY },
      PASSED: 'Le sceau se lit comme une signature CMS.',
      FAILED: { say: 'Le sceau ne se lit pas comme une signature CMS.', todo: FRESH_COPY },
      INDETERMINATE: 'Le sceau n’a pas pu se lire comme une signature CMS.',
    },
  },
  'signature.signer-info': {
    question: 'Le sceau a-t-il exactement un signataire ?',
    outcomes: {
      'INDETERMINATE:none': 'Le sceau n’a pas de signataire.',
      PASSED: 'Le sceau a exactement un signataire.',
      FAILED: 'Le sceau n’a pas exactement un signataire.',
      INDETERMINATE: 'Le sceau n’a pas exactement un signataire que ce programme puisse juger.',
    },
  },
  'signature.content': {
    question: 'Le sceau porte-t-il sur la liste des fichiers d’accompagnement à côté ?',
    outcomes: {
      'PASSED:attached':
        'Le sceau porte sur la liste des fichiers d’accompagnement à côté, et contient les mêmes octets.',
      'FAILED:differs': {
        say: 'Le sceau contient d’autres octets que la liste des fichiers d’accompagnement à côté : il n’appartient pas à cette liste de fichiers.',
        todo: FRESH_COPY,
      },
      'FAILED:line-ends': {
        say: 'Le sceau contient la liste des fichiers d’accompagnement à côté avec d’autres fins de ligne ; rien d’autre ne diffère.',
        todo: LINE_ENDS_TODO,
      },
      'FAILED:not-a-tag-manifest':
        'Ce sur quoi porte le sceau ne se lit pas comme une liste de fichiers d’accompagnement ; ce n’est donc pas un sceau sur une liste de fichiers.',
      'FAILED:attributes':
        'Ce sur quoi porte le sceau pourrait se lire comme des attributs signés au lieu d’une liste de fichiers.',
      'INDETERMINATE:content-missing': {
        say: 'La liste des fichiers d’accompagnement sur laquelle porte le sceau n’est pas ici.',
        todo: 'Demandez une copie complète à l’expéditeur.',
      },
      'INDETERMINATE:content-unread':
        'Le sceau porte sur le fichier à côté, qui n’a pas pu être lu ici comme une liste ; on ne sait donc pas sur quoi porte le sceau.',
      PASSED: 'Le sceau porte sur la liste des fichiers d’accompagnement à côté.',
      FAILED: { say: 'Le sceau n’appartient pas à cette liste de fichiers.', todo: FRESH_COPY },
      INDETERMINATE:
        'La liste des fichiers d’accompagnement sur laquelle porte le sceau n’est pas ici, ou ne se lit pas comme telle.',
    },
  },
  'signature.signed-attributes': {
    question: 'Les attributs signés sont-ils codés comme la signature l’exige ?',
    outcomes: {
      'INDETERMINATE:absent':
        'Le sceau n’a pas d’attributs signés : c’est une forme plus ancienne qui ne lie ni le certificat ni le genre de contenu.',
      'FAILED:absent': 'Le sceau n’a pas d’attributs signés, et sa norme les exige.',
      'FAILED:not-der': 'Les attributs signés du sceau ne sont pas codés en DER, comme la signature l’exige.',
      'FAILED:irregular':
        'Les attributs signés du sceau en ont un deux fois, ou un dont la valeur n’est pas comme la norme l’exige.',
      PASSED: 'Les attributs signés sont codés comme la signature l’exige.',
      FAILED: 'Les attributs signés du sceau contredisent la norme.',
      INDETERMINATE: 'Les attributs signés du sceau ne peuvent pas être jugés.',
    },
  },
  'signature.content-type': {
    question: 'Le sceau dit-il sur quel genre de contenu il porte ?',
    outcomes: {
      'INDETERMINATE:unexpected-type': 'Le sceau nomme un genre de contenu que ce programme n’attend pas.',
      'FAILED:differs': 'Le sceau nomme un autre genre de contenu que celui sur lequel il porte.',
      'FAILED:absent': 'Le sceau ne dit pas sur quel genre de contenu il porte, et sa norme l’exige.',
      PASSED: 'Le sceau dit sur quel genre de contenu il porte.',
      FAILED: 'Le sceau nomme un autre genre de contenu que celui sur lequel il porte.',
      INDETERMINATE: 'Le sceau ne dit pas sur quel genre de contenu il porte.',
    },
  },
  'signature.message-digest': {
    question: 'Est-ce exactement cette liste de fichiers qui a été scellée ?',
    outcomes: {
      'FAILED:differs': OTHER_LIST,
      'FAILED:line-ends': {
        say: 'Le sceau porte sur cette liste de fichiers avec d’autres fins de ligne ; rien d’autre ne diffère.',
        todo: LINE_ENDS_TODO,
      },
      'FAILED:absent': 'Le sceau ne dit pas sur quels octets il porte, et sa norme l’exige.',
      PASSED: 'C’est exactement cette liste de fichiers qui a été scellée.',
      FAILED: OTHER_LIST,
      INDETERMINATE: 'On ne peut pas dire si c’est exactement cette liste de fichiers qui a été scellée.',
    },
  },
  'signature.algorithm': {
    question: 'La méthode du sceau compte-t-elle comme preuve selon cette politique ?',
    outcomes: {
      'PASSED:other-digest':
        'La méthode du sceau compte comme preuve ; son empreinte est une autre que celle que la norme nomme pour elle, et aussi forte.',
      'INDETERMINATE:content-ended': {
        say: 'La méthode du sceau ne compte plus aujourd’hui, et rien sous une méthode plus forte ne montre que la liste scellée existait avant.',
        todo: 'Demandez à l’émetteur un renouvellement qui liste chaque fichier et fait à temps.',
      },
      'INDETERMINATE:digest-weaker': {
        say: 'Le sceau emploie une empreinte plus faible que sa méthode de signature ; il n’est donc pas plus fort que cette empreinte.',
        todo: 'Demandez à l’émetteur un sceau fait par des méthodes assorties, ou contrôlez avec une version plus récente de ce programme.',
      },
      'PASSED:digests-differ':
        'La méthode du sceau compte comme preuve ; elle emploie deux empreintes différentes. Des règles plus récentes en demandent une seule : d’autres programmes peuvent la refuser.',
      PASSED: 'La méthode du sceau compte comme preuve selon cette politique.',
      INDETERMINATE: {
        say: 'Le sceau a été fait par une méthode jugée faible ou que ce programme ne connaît pas.',
        todo: 'Demandez à l’émetteur un sceau fait par une méthode actuelle, ou contrôlez avec une version plus récente de ce programme.',
      },
    },
  },
  'signature.signing-certificate': {
    question: 'Le sceau nomme-t-il le certificat avec lequel il a été fait ?',
    outcomes: {
      'INDETERMINATE:absent': 'Le sceau ne nomme pas le certificat avec lequel il a été fait.',
      'PASSED:not-first': 'Le sceau nomme le certificat avec lequel il a été fait, mais pas en première place.',
      'FAILED:other-certificate': {
        say: 'Le sceau nomme un autre certificat que celui qui est ici.',
        todo: FRESH_COPY,
      },
      'FAILED:issuer-serial': 'Le sceau nomme un autre émetteur ou un autre numéro de série que ceux du certificat.',
      'FAILED:malformed': 'Ce que le sceau dit de son certificat ne se lit pas comme la norme le veut.',
      PASSED: 'Le sceau nomme le certificat avec lequel il a été fait.',
      FAILED: 'Le sceau nomme un autre certificat que celui qui est ici.',
      INDETERMINATE: 'Le sceau ne nomme pas son certificat, ou ce certificat n’est pas ici.',
    },
  },
  'signature.value': {
    question: 'Le sceau a-t-il été fait avec la clé du signataire ?',
    outcomes: {
      'FAILED:invalid': OTHER_KEY,
      PASSED: 'Le sceau a été fait avec la clé du certificat qu’il nomme.',
      FAILED: OTHER_KEY,
      INDETERMINATE: 'On ne peut pas dire si le sceau a été fait avec la clé du signataire.',
    },
  },
  'signature.declared-signer': {
    question: 'Le signataire est-il celui que le paquet déclare ?',
    outcomes: {
      'FAILED:other-signer': OTHER_SIGNER,
      'INDETERMINATE:additional-signer': 'Le sceau a un signataire de plus, que le paquet ne déclare pas.',
      'INDETERMINATE:not-established': 'On n’a pas pu établir qui a fait le sceau ; on ne peut donc pas comparer.',
      PASSED: 'Le signataire est celui que le paquet déclare.',
      FAILED: OTHER_SIGNER,
      INDETERMINATE: 'On ne peut pas dire si le signataire est celui que le paquet déclare.',
      'NOT-CHECKED': 'Le paquet ne déclare aucun signataire.',
    },
  },
  'signer.key-usage': {
    question: 'Le certificat du signataire est-il prévu pour signer ?',
    outcomes: {
      'INDETERMINATE:extended-key-usage':
        'Le certificat du signataire est prévu pour un autre usage que de signer des documents.',
      'PASSED:unrestricted': 'Le certificat du signataire ne limite pas l’usage pour lequel il est prévu.',
      'FAILED:key-usage': 'Le certificat du signataire n’est pas prévu pour signer.',
      'INDETERMINATE:ca-certificate':
        'Le certificat du signataire en est un qui émet des certificats, non un qui signe des fichiers.',
      PASSED: 'Le certificat du signataire est prévu pour signer.',
      FAILED: 'Le certificat du signataire n’est pas prévu pour signer.',
      'INDETERMINATE:unreadable':
        'Ce que le certificat du signataire dit de son usage est illisible : on ne peut donc pas le dire.',
      INDETERMINATE: 'On ne peut pas dire pour quel usage le certificat du signataire est prévu.',
    },
  },
  'signer.path-candidate': {
    question: 'Cette chaîne candidate mène-t-elle du signataire à une ancre de votre liste ?',
    outcomes: PATH_CANDIDATE,
  },
  'signer.path': {
    question: 'Une chaîne mène-t-elle du signataire à quelqu’un de la liste choisie par vous ?',
    doesNotShow:
      'Cela montre de qui la clé a scellé les fichiers, non qui a enregistré ce qu’ils contiennent, ni que c’est vrai.',
    outcomes: pathConclusion(
      'Une chaîne mène du signataire à une ancre de la liste choisie par vous.',
      'Le sceau n’est pas contredit.',
    ),
  },
  'signer.key': {
    question: 'La clé du certificat du signataire est-elle assez forte ?',
    outcomes: {
      'INDETERMINATE:weak':
        'La clé du certificat du signataire est trop faible pour compter comme preuve selon la politique.',
      'INDETERMINATE:ended':
        'Les clés comme celle du certificat du signataire ne comptaient plus comme preuve à ce moment.',
      'INDETERMINATE:unsupported':
        'La clé du certificat du signataire est d’une sorte avec laquelle cette version ne sait pas vérifier.',
      PASSED: 'La clé du certificat du signataire compte comme preuve selon la politique à ce moment.',
      FAILED: 'La clé du certificat du signataire ne compte pas comme preuve.',
      INDETERMINATE: 'On ne peut pas dire si la clé du certificat du signataire est assez forte.',
    },
  },
  'signer.validity': {
    question: 'Le certificat du signataire était-il valable quand le sceau a été fait ?',
    outcomes: {
      'INDETERMINATE:not-yet-valid': 'Le certificat du signataire n’avait pas commencé au moment qui compte.',
      'INDETERMINATE:expired': {
        say: 'Le certificat du signataire avait pris fin au moment qui compte, pour autant que ce moment soit prouvé.',
        todo: 'Un horodatage d’une autorité de votre liste, fait avant, trancherait la question. Ou contrôlez à une date antérieure (--at).',
      },
      PASSED: 'Le certificat du signataire était valable au temps prouvé du sceau.',
      FAILED: 'Le certificat du signataire n’était pas valable au temps prouvé du sceau.',
      INDETERMINATE: 'On ne peut pas dire si le certificat du signataire était valable quand le sceau a été fait.',
    },
  },
  'signer.revocation': {
    question: 'La clé du signataire était-elle déjà révoquée quand le sceau a été fait ?',
    outcomes: revocationOutcomes('du signataire', 'le sceau'),
  },
  'trust.outside': {
    question: 'La liste des ancres est-elle venue par une autre voie que le paquet ?',
    outcomes: {
      'PASSED:review-overdue': {
        say: 'La liste des ancres n’est pas un des fichiers de ce paquet. Le jour auquel son émetteur veut qu’elle soit revue est passé.',
        todo: 'Demandez à l’émetteur de l’ensemble de confiance une liste plus récente.',
      },
      'INDETERMINATE:inside-bundle': INSIDE,
      'NOT-CHECKED:no-trust-set': {
        say: 'Aucune liste de clés n’a été choisie ; de personne on ne sait donc s’il est qui il dit être.',
        todo: 'Choisissez un ensemble de confiance venu par une autre voie que le paquet (--trust-set FILE).',
      },
      'NOT-CHECKED:nothing-rests': 'Il n’y a ici ni sceau ni horodatage dont la liste des ancres pourrait parler.',
      PASSED: 'La liste des ancres n’est pas un des fichiers de ce paquet.',
      FAILED: INSIDE,
      INDETERMINATE: INSIDE,
      'NOT-CHECKED': 'Aucune liste d’ancres n’a été choisie ; de personne on ne sait donc s’il est qui il dit être.',
    },
  },
}
