import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'
import { PATH_CANDIDATE, pathConclusion } from './common.ts'
import { revocationOutcomes } from './revocation.ts'

const FRESH_COPY =
  'Ne modifiez et n’enregistrez rien dans cette copie. Demandez à l’expéditeur une nouvelle copie, et faites contrôler les deux par une deuxième personne.'
const ASK_STAMPS = 'Demandez à l’émetteur les horodatages de ce paquet.'
const ASK_THIS_STAMP = 'Demandez à nouveau cet horodatage à l’émetteur.'
const NO_STAMP = {
  say: 'Il n’y a pas d’horodatage : rien ne montre depuis quand ces fichiers existent.',
  todo: ASK_STAMPS,
}
const OTHER_BYTES = {
  say: 'L’horodatage porte sur d’autres octets que ceux-ci.',
  todo: 'Vérifiez que vous avez le fichier qui a été horodaté, octet pour octet.',
}
const OTHER_STATEMENT = {
  say: 'La déclaration de temps diffère de ce que l’autorité a signé.',
  todo: FRESH_COPY,
}
const OTHER_KEY = { say: 'L’horodatage n’a pas été fait avec la clé qu’il nomme.', todo: FRESH_COPY }

type Ids = Extract<FindingId, `timestamp.${string}`>

export const TIME_AND_RECORDS: Record<Ids, FindingWords> = {
  'timestamp.present': {
    question: 'Y a-t-il un horodatage sur le sceau ?',
    outcomes: {
      'INDETERMINATE:none': {
        say: 'Il n’y a pas d’horodatage : seule la parole de l’auteur du sceau dit depuis quand ces fichiers existent.',
        todo: ASK_STAMPS,
      },
      'INDETERMINATE:signature-not-read':
        'Il y a des horodatages, mais le sceau sur lequel ils portent n’a pas pu se lire ; ils n’ont donc pas été jugés.',
      'NOT-CHECKED:none': NO_STAMP,
      PASSED: 'Il y a un horodatage.',
      INDETERMINATE: {
        say: 'Il n’y a pas d’horodatage : seul l’auteur du sceau dit quand le sceau a été fait.',
        todo: ASK_STAMPS,
      },
      'NOT-CHECKED': NO_STAMP,
    },
  },
  'timestamp.structure': {
    question: '{name} se lit-il comme un horodatage RFC 3161 ?',
    outcomes: {
      'FAILED:malformed': 'L’horodatage déclaré ne se lit pas comme un horodatage RFC 3161.',
      'INDETERMINATE:refused': 'Le fichier est le refus de l’autorité ; il ne contient pas d’horodatage.',
      'PASSED:version-3':
        'Il se lit comme un horodatage RFC 3161 ; il indique une version qui ne nomme pas toutes ses parties, et rien n’en dépend.',
      PASSED: 'Il se lit comme un horodatage RFC 3161.',
      FAILED: 'Il ne se lit pas comme un horodatage RFC 3161.',
      INDETERMINATE: {
        say: 'Le fichier ne se lit pas comme un horodatage RFC 3161 ; il ne prouve donc rien.',
        todo: ASK_THIS_STAMP,
      },
    },
  },
  'timestamp.status': {
    question: 'L’autorité a-t-elle accordé l’horodatage ?',
    outcomes: {
      'PASSED:bare-token': 'Le fichier est l’horodatage lui-même, sans la réponse de l’autorité autour.',
      'FAILED:refused-with-token': 'L’autorité a refusé, et pourtant il y a un horodatage dans sa réponse.',
      'INDETERMINATE:refused': {
        say: 'L’autorité a refusé de faire cet horodatage.',
        todo: ASK_THIS_STAMP,
      },
      PASSED: 'L’autorité a accordé l’horodatage.',
      FAILED: 'L’autorité n’a pas accordé cet horodatage.',
      INDETERMINATE: 'L’autorité n’a pas accordé cet horodatage : le fichier est un refus et ne prouve rien.',
      'NOT-CHECKED': 'Le fichier est un simple horodatage, sans la réponse de l’autorité autour.',
    },
  },
  'timestamp.message-imprint': {
    question: 'L’horodatage porte-t-il exactement sur ces octets ?',
    doesNotShow: 'Un horodatage montre que les octets existaient, non quand ce qu’ils montrent a eu lieu.',
    outcomes: {
      'FAILED:differs': OTHER_BYTES,
      PASSED: 'L’horodatage porte exactement sur ces octets.',
      FAILED: OTHER_BYTES,
      INDETERMINATE: 'On ne peut pas dire si l’horodatage porte sur ces octets.',
    },
  },
  'timestamp.signer-info': {
    question: 'L’horodatage a-t-il exactement un signataire ?',
    outcomes: {
      'FAILED:none': 'L’horodatage n’a pas de signataire.',
      'FAILED:several': 'L’horodatage a plusieurs signataires ; sa norme en permet un.',
      PASSED: 'L’horodatage a exactement un signataire.',
      FAILED: 'L’horodatage n’a pas exactement un signataire.',
      INDETERMINATE: 'L’horodatage n’a pas exactement un signataire que ce programme puisse juger.',
    },
  },
  'timestamp.signed-attributes': {
    question: 'Les attributs signés sont-ils codés comme la signature l’exige ?',
    outcomes: {
      'FAILED:absent': 'L’horodatage n’a pas d’attributs signés, et sa norme les exige.',
      'FAILED:not-der': 'Les attributs signés de l’horodatage ne sont pas codés en DER, comme la signature l’exige.',
      'FAILED:irregular':
        'Les attributs signés de l’horodatage en ont un deux fois, ou un dont la valeur n’est pas comme la norme l’exige.',
      PASSED: 'Les attributs signés sont codés comme la signature l’exige.',
      FAILED: 'Les attributs signés de l’horodatage contredisent la norme.',
      INDETERMINATE: 'Les attributs signés de l’horodatage ne peuvent pas être jugés.',
    },
  },
  'timestamp.content-type': {
    question: 'Le jeton dit-il qu’il est un horodatage ?',
    outcomes: {
      'FAILED:differs': 'L’horodatage nomme un autre genre de contenu que celui sur lequel il porte.',
      'FAILED:absent': 'L’horodatage ne dit pas sur quel genre de contenu il porte, et sa norme l’exige.',
      PASSED: 'Le jeton dit qu’il est un horodatage.',
      FAILED: 'Le jeton nomme un autre genre de contenu qu’un horodatage.',
      INDETERMINATE: 'Le jeton ne dit pas quel genre de contenu il a.',
    },
  },
  'timestamp.message-digest': {
    question: 'Est-ce exactement cette déclaration que l’autorité a signée ?',
    outcomes: {
      'FAILED:differs': OTHER_STATEMENT,
      'FAILED:absent': 'L’horodatage ne dit pas quelle déclaration a été signée, et sa norme l’exige.',
      PASSED: 'C’est exactement cette déclaration de temps que l’autorité a signée.',
      FAILED: OTHER_STATEMENT,
      INDETERMINATE: 'On ne peut pas dire si c’est exactement cette déclaration que l’autorité a signée.',
    },
  },
  'timestamp.algorithm': {
    question: 'La méthode de l’horodatage compte-t-elle comme preuve selon cette politique ?',
    outcomes: {
      'PASSED:other-digest':
        'La méthode de l’horodatage compte comme preuve ; son empreinte est une autre que celle que la norme nomme pour elle, et aussi forte.',
      'INDETERMINATE:digest-weaker': {
        say: 'L’horodatage emploie une empreinte plus faible que sa méthode de signature ; il n’est donc pas plus fort que cette empreinte.',
        todo: 'Demandez à l’émetteur un sceau fait par des méthodes assorties, ou contrôlez avec une version plus récente de ce programme.',
      },
      'PASSED:digests-differ':
        'La méthode de l’horodatage compte comme preuve ; elle emploie deux empreintes différentes. Des règles plus récentes en demandent une seule : d’autres programmes peuvent la refuser.',
      PASSED: 'La méthode de l’horodatage compte comme preuve selon cette politique.',
      INDETERMINATE: {
        say: 'L’horodatage a été fait par une méthode jugée faible ou que ce programme ne connaît pas.',
        todo: 'Demandez à l’émetteur un horodatage fait par une méthode actuelle, ou contrôlez avec une version plus récente de ce programme.',
      },
    },
  },
  'timestamp.signing-certificate': {
    question: 'L’horodatage nomme-t-il le certificat avec lequel il a été fait ?',
    outcomes: {
      'FAILED:absent': 'L’horodatage ne nomme pas son certificat, et sa norme l’exige.',
      'PASSED:not-first': 'L’horodatage nomme le certificat avec lequel il a été fait, mais pas en première place.',
      'FAILED:other-certificate': {
        say: 'L’horodatage nomme un autre certificat que celui qui est ici.',
        todo: FRESH_COPY,
      },
      'FAILED:issuer-serial':
        'L’horodatage nomme un autre émetteur ou un autre numéro de série que ceux du certificat.',
      'FAILED:malformed': 'Ce que l’horodatage dit de son certificat ne se lit pas comme la norme le veut.',
      PASSED: 'L’horodatage nomme le certificat avec lequel il a été fait.',
      FAILED: 'L’horodatage nomme un autre certificat que celui qui est ici.',
      INDETERMINATE: 'L’horodatage ne nomme pas son certificat, ou ce certificat n’est pas ici.',
    },
  },
  'timestamp.signature': {
    question: 'L’horodatage a-t-il été fait avec la clé de l’autorité ?',
    outcomes: {
      'FAILED:invalid': OTHER_KEY,
      PASSED: 'L’horodatage a été fait avec la clé du certificat qu’il nomme.',
      FAILED: OTHER_KEY,
      INDETERMINATE: 'On ne peut pas dire si l’horodatage a été fait avec la clé de l’autorité.',
    },
  },
  'timestamp.extensions': {
    question: 'L’horodatage exige-t-il quelque chose que ce programme ne connaît pas ?',
    outcomes: {
      'INDETERMINATE:unknown-critical': {
        say: 'L’horodatage exige quelque chose que ce programme ne connaît pas.',
        todo: 'Contrôlez avec une version plus récente de ce programme.',
      },
      PASSED: 'L’horodatage n’exige rien que ce programme ne connaisse pas.',
      INDETERMINATE: 'L’horodatage a une extension critique que ce programme ne connaît pas.',
      FAILED: 'Les extensions de l’horodatage contredisent la norme.',
    },
  },
  'timestamp.tsa-name': {
    question: 'L’autorité que nomme l’horodatage est-elle celle dont le certificat a servi à le faire ?',
    outcomes: {
      'PASSED:absent': 'L’horodatage ne nomme pas son autorité en toutes lettres ; ce n’est pas obligatoire.',
      'FAILED:other-name': 'L’horodatage nomme une autre autorité que celle dont le certificat a servi à le faire.',
      PASSED: 'L’autorité que nomme l’horodatage est celle dont le certificat a servi à le faire.',
      FAILED: 'L’horodatage nomme une autre autorité que celle dont le certificat a servi à le faire.',
      INDETERMINATE: 'On ne peut pas dire si l’horodatage nomme l’autorité dont le certificat a servi à le faire.',
      'NOT-CHECKED': 'L’horodatage ne nomme pas son autorité ; ce n’est pas obligatoire.',
    },
  },
  'timestamp.extended-key-usage': {
    question: 'Le certificat de l’autorité est-il prévu pour des horodatages seulement ?',
    outcomes: {
      'FAILED:absent': 'Le certificat de l’autorité ne dit pas qu’il est prévu pour des horodatages.',
      'FAILED:not-critical':
        'Le certificat de l’autorité nomme son usage, mais pas comme obligatoire (critical), comme la norme l’exige.',
      'FAILED:other-purpose': 'Le certificat de l’autorité est prévu pour un autre usage que des horodatages.',
      'FAILED:additional-purpose':
        'Le certificat de l’autorité est prévu pour d’autres usages en plus des horodatages.',
      PASSED: 'Le certificat de l’autorité est prévu pour des horodatages, et pour rien d’autre.',
      FAILED: 'Le certificat de l’autorité n’est pas prévu pour des horodatages seulement.',
      'INDETERMINATE:unreadable':
        'Ce que le certificat de l’autorité dit de son usage est illisible : on ne peut donc pas le dire.',
      INDETERMINATE: 'On ne peut pas dire pour quel usage le certificat de l’autorité est prévu.',
    },
  },
  'timestamp.key-usage': {
    question: 'Le certificat de l’autorité est-il prévu pour signer ?',
    outcomes: {
      'INDETERMINATE:additional-usage': 'Le certificat de l’autorité est aussi prévu pour autre chose que de signer.',
      'PASSED:unrestricted': 'Le certificat de l’autorité ne limite pas l’usage pour lequel il est prévu.',
      'FAILED:key-usage': 'Le certificat de l’autorité n’est pas prévu pour signer.',
      'INDETERMINATE:ca-certificate':
        'Le certificat de l’autorité en est un qui émet des certificats, non un qui signe des fichiers.',
      PASSED: 'Le certificat de l’autorité est prévu pour signer.',
      FAILED: 'Le certificat de l’autorité n’est pas prévu pour signer.',
      'INDETERMINATE:unreadable':
        'Ce que le certificat de l’autorité dit de son usage est illisible : on ne peut donc pas le dire.',
      INDETERMINATE: 'On ne peut pas dire pour quel usage le certificat de l’autorité est prévu.',
    },
  },
  'timestamp.path-candidate': {
    question: 'Cette chaîne candidate mène-t-elle de l’autorité à une ancre de votre liste ?',
    outcomes: PATH_CANDIDATE,
  },
  'timestamp.path': {
    question: 'Une chaîne mène-t-elle de l’autorité à quelqu’un de la liste choisie par vous ?',
    outcomes: pathConclusion(
      'Une chaîne mène de l’autorité d’horodatage à une ancre de la liste choisie par vous.',
      'L’horodatage n’est pas contredit.',
    ),
  },
  'timestamp.key': {
    question: 'La clé du certificat de l’autorité est-elle assez forte ?',
    outcomes: {
      'INDETERMINATE:weak':
        'La clé du certificat de l’autorité est trop faible pour compter comme preuve selon la politique.',
      'INDETERMINATE:ended':
        'Les clés comme celle du certificat de l’autorité ne comptaient plus comme preuve à ce moment.',
      'INDETERMINATE:unsupported':
        'La clé du certificat de l’autorité est d’une sorte avec laquelle cette version ne sait pas vérifier.',
      PASSED: 'La clé du certificat de l’autorité compte comme preuve selon la politique à ce moment.',
      FAILED: 'La clé du certificat de l’autorité ne compte pas comme preuve.',
      INDETERMINATE: 'On ne peut pas dire si la clé du certificat de l’autorité est assez forte.',
    },
  },
  'timestamp.validity': {
    question: 'Le certificat de l’autorité était-il valable quand l’horodatage a été fait ?',
    outcomes: {
      'INDETERMINATE:not-yet-valid': 'Le certificat de l’autorité n’avait pas commencé au moment qui compte.',
      'INDETERMINATE:expired': {
        say: 'Le certificat de l’autorité avait pris fin au moment qui compte, pour autant que ce moment soit prouvé.',
        todo: 'Un horodatage d’une autorité de votre liste, fait avant, trancherait la question. Ou contrôlez à une date antérieure (--at).',
      },
      PASSED: 'Le certificat de l’autorité était valable quand l’horodatage a été fait.',
      FAILED: 'Le certificat de l’autorité n’était pas valable quand l’horodatage a été fait.',
      INDETERMINATE: 'On ne peut pas dire si le certificat de l’autorité était valable quand l’horodatage a été fait.',
    },
  },
  'timestamp.revocation': {
    question: 'La clé de l’autorité était-elle déjà révoquée quand l’horodatage a été fait ?',
    outcomes: revocationOutcomes('de l’autorité', 'l’horodatage'),
  },
  'timestamp.gen-time': {
    question: 'Le temps déclaré est-il antérieur au moment de ce contrôle ?',
    outcomes: {
      'INDETERMINATE:in-future': {
        say: 'Le temps déclaré est postérieur au moment de ce contrôle.',
        todo: 'Vérifiez votre horloge, ou le temps que vous avez donné (--at).',
      },
      'INDETERMINATE:bound-in-future': {
        say: 'Le temps déclaré est antérieur au moment de ce contrôle, mais avec la précision qu’indique l’autorité, l’horodatage peut aussi avoir été fait après.',
        todo: 'Contrôlez à nouveau plus tard, ou donnez un temps ultérieur (--at).',
      },
      PASSED: 'Le temps déclaré est antérieur au moment de ce contrôle.',
      FAILED: 'Le temps déclaré n’est pas possible.',
      INDETERMINATE: {
        say: 'Le temps déclaré est postérieur au moment de ce contrôle.',
        todo: 'Vérifiez votre horloge, ou le temps que vous avez donné (--at).',
      },
    },
  },
  'timestamp.believed': {
    question: 'Croit-on encore au temps déclaré au moment de ce contrôle ?',
    outcomes: {
      'PASSED:renewed': 'On croit encore au temps déclaré : un horodatage ultérieur l’a renouvelé à temps.',
      'INDETERMINATE:expired': {
        say: 'Le certificat de l’autorité a pris fin depuis, et aucun horodatage ultérieur n’a renouvelé celui-ci à temps.',
        todo: 'Contrôlez à une date antérieure (--at) ; openssl le fait avec -attime (`probatum steps` imprime la ligne).',
      },
      'INDETERMINATE:path-ended': {
        say: 'La chaîne vers votre liste a pris fin depuis, et aucun horodatage ultérieur n’a renouvelé celui-ci à temps.',
        todo: 'Contrôlez à une date antérieure (--at) ; openssl le fait avec -attime (`probatum steps` imprime la ligne).',
      },
      'INDETERMINATE:algorithm-ended': {
        say: 'La méthode de l’horodatage ne compte plus aujourd’hui, et aucun horodatage ultérieur ne l’a renouvelé à temps.',
        todo: 'Demandez à l’émetteur un paquet renouvelé.',
      },
      'INDETERMINATE:unsupported':
        'L’horodatage emploie une méthode que ce programme ne connaît pas ; on ne peut donc pas dire si l’on croit encore à son temps.',
      'INDETERMINATE:no-path':
        'Aucune chaîne ne mène de l’autorité à la liste choisie par vous ; on ne croit donc pas à son temps.',
      'INDETERMINATE:in-future': 'Le temps déclaré est postérieur au moment de ce contrôle.',
      PASSED: 'On croit encore au temps déclaré au moment de ce contrôle.',
      FAILED: 'Le temps déclaré est contredit.',
      INDETERMINATE: {
        say: 'Le certificat de l’autorité a pris fin depuis, et aucun horodatage ultérieur n’a renouvelé celui-ci à temps.',
        todo: 'Contrôlez à une date antérieure (--at), ou demandez à l’émetteur un paquet renouvelé.',
      },
    },
  },
  'timestamp.declared-authority': {
    question: 'L’autorité est-elle une de celles que le paquet déclare ?',
    outcomes: {
      'INDETERMINATE:not-listed': 'L’autorité n’est aucune de celles que le paquet déclare.',
      'INDETERMINATE:other-subject': 'Le paquet déclare une autre autorité sous cette étiquette.',
      PASSED: 'L’autorité est une de celles que le paquet déclare.',
      FAILED: 'L’autorité n’est aucune de celles que le paquet déclare.',
      INDETERMINATE: 'L’autorité n’est aucune de celles que le paquet déclare, ou ne peut pas leur être comparée.',
      'NOT-CHECKED': 'Le paquet ne déclare aucune autorité.',
    },
  },
  'timestamp.threshold': {
    question: 'Assez d’autorités distinctes confirment-elles le temps du sceau ?',
    outcomes: {
      'INDETERMINATE:own-key': {
        say: 'La clé qui a fait la signature a aussi fait l’horodatage, ou certifié celui qui l’a fait : cela ne confirme le temps à personne d’autre qu’à son détenteur.',
        todo: 'Demandez à l’émetteur un horodatage de quelqu’un d’autre.',
      },
      'INDETERMINATE:too-few': {
        say: 'Moins d’autorités distinctes confirment le temps qu’il n’en est demandé : {found} sur {expected}.',
        todo: 'Choisissez un ensemble de confiance qui nomme les autorités, ou demandez à l’émetteur plus d’horodatages.',
      },
      'INDETERMINATE:revocation-unknown': {
        say: 'Assez d’autorités distinctes confirment le temps, mais on n’a pas pu dire si leurs clés avaient été révoquées.',
        todo: 'Donnez aussi les listes de révocation (CRL ou OCSP) des certificats des autorités (--crl ou --ocsp).',
      },
      'NOT-CHECKED:not-asked': 'La politique ne demande aucun horodatage.',
      PASSED: 'Assez d’autorités distinctes confirment le temps.',
      INDETERMINATE: {
        say: 'Moins d’autorités confirment le temps qu’il n’en est demandé.',
        todo: 'Choisissez un ensemble de confiance qui nomme les autorités, ou demandez à l’émetteur plus d’horodatages.',
      },
      'NOT-CHECKED': 'Aucun horodatage n’est demandé.',
    },
  },
}
