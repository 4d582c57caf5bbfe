import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `document.${string}`>

const AS_MADE =
  'Demandez le fichier tel qu’il a été fait, envoyé comme fichier et non par un système qui l’imprime ou l’enregistre à nouveau.'
const OTHER_VERSION =
  'Une autre version ou une autre compilation du programme a fait ce certificat, et elle seule fait sûrement les mêmes octets. Cela ne dit rien contre lui.'
const CHECK_WITH_VERSION = 'Contrôlez-le avec la version {version.found}, compilation {build.found}, du programme.'
const ASK_MAKER = 'Ne vous fiez pas à ce fichier. Demandez le certificat à qui l’a fait.'

/** Words of the checks of a PDF certificate. */
export const PDF_CERTIFICATE: Readonly<Record<Ids, FindingWords>> = {
  'document.structure': {
    question: 'Le fichier se lit-il comme un PDF, d’une seule façon ?',
    outcomes: {
      PASSED: 'Le fichier se lit comme un PDF.',
      'INDETERMINATE:malformed': {
        say: 'Le fichier ne se lit pas comme un PDF (à {where.found}), de sorte que des programmes différents peuvent montrer des pages différentes. Il a peut-être été coupé ou endommagé en chemin.',
        todo: AS_MADE,
      },
      'INDETERMINATE:limit': 'Le fichier demande plus que ce qui est lu d’un certificat (à {where.found}).',
      'INDETERMINATE:encrypted': {
        say: 'Le fichier est chiffré. Les certificats ne le sont pas ; quelqu’un l’a enregistré ainsi.',
        todo: AS_MADE,
      },
      INDETERMINATE: 'Le fichier n’a pas pu être lu comme un PDF.',
    },
  },
  'document.data': {
    question: 'Les données dont le certificat a été fait sont-elles là, et vont-elles ensemble ?',
    outcomes: {
      PASSED: 'Les données jointes sont toutes là, et chacune a l’empreinte que les autres indiquent.',
      'FAILED:disagree': {
        say: 'Les données jointes se contredisent : {expected} était attendu, et {found} est là. Une partie a été échangée après que le certificat a été fait.',
        todo: ASK_MAKER,
      },
      'INDETERMINATE:lost': {
        say: 'Les données dont le certificat a été fait ne sont pas dans ce fichier. Elles se perdent quand un certificat est imprimé, numérisé, ou enregistré par un système qui laisse tomber les pièces jointes.',
        todo: `${AS_MADE} Avec le fichier qui se trouve à côté du certificat (NAME.pdf.json), les empreintes de ses pages peuvent être comparées (--sidecar).`,
      },
      'INDETERMINATE:malformed': 'Les données jointes ne se lisent pas comme celles d’un certificat.',
      'INDETERMINATE:limit':
        'Les données jointes sont plus grandes que ce que cette version lit : un certificat se décompresse à 32 Mio et 16 fois sa propre taille au plus. Elles n’ont pas été lues en entier.',
      'INDETERMINATE:not-read': 'Le fichier ne se lit pas ; ses données n’ont donc pas pu être regardées.',
      FAILED: 'Les données jointes se contredisent.',
      INDETERMINATE: 'Les données jointes ne sont pas là, ou ne se lisent pas.',
    },
  },
  'document.base': {
    question: 'Le fichier, jusqu’à sa signature, est-il octet pour octet ce qui se fait à partir des données jointes ?',
    outcomes: {
      PASSED: 'Les pages ont été refaites à partir des données jointes, et chaque octet est le même.',
      'FAILED:differs': {
        say: 'Le fichier a été changé : refait à partir des données jointes, il a d’autres octets, le premier à {firstDifference.found}, {differing.found} en tout.',
        todo: ASK_MAKER,
      },
      'INDETERMINATE:written-anew': {
        say: 'Le fichier n’est pas tel qu’il a été fait : un autre programme l’a réécrit. Ce que disent pages, polices et images n’a pas été comparé octet par octet, et une signature n’y survit pas.',
        todo: AS_MADE,
      },
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'Sans les données jointes, rien n’a pu être refait pour comparer.',
      FAILED: 'Le fichier a d’autres octets que ce qui se fait à partir de ses données.',
      INDETERMINATE: 'Le fichier n’a pas pu être comparé à ce qui se fait à partir de ses données.',
    },
  },
  'document.shown': {
    question: 'Les pages que montre un lecteur disent-elles ce que disent les données jointes ?',
    doesNotShow:
      'Si un afficheur montre le fichier comme ses octets le disent. Comparez les empreintes de la page à celles imprimées ici.',
    outcomes: {
      PASSED: 'Les pages sont celles qui ont été faites à partir des données jointes, et rien ne les recouvre.',
      'FAILED:differs': {
        say: 'Les pages ne disent pas ce que disent les données jointes : sur {pieces.expected} morceaux de texte, {pieces.found} sont là. Des pages ou des données ont été échangées.',
        todo: ASK_MAKER,
      },
      'INDETERMINATE:text-same':
        'Chaque morceau de texte des pages est celui que disent les données ; images, polices et ce qui les recouvre n’ont pas été comparés.',
      'INDETERMINATE:added': {
        say: 'Les pages ont tout ce que disent les données, et plus : du texte a été ajouté après que le certificat a été fait, comme un système d’archivage ajoute un tampon.',
        todo: AS_MADE,
      },
      'INDETERMINATE:pages-missing': {
        say: 'Des pages manquent : {pages.found} sur {pages.expected} sont ici.',
        todo: AS_MADE,
      },
      'INDETERMINATE:other-pages': {
        say: 'Les pages présentes qui viennent du certificat sont entières, mais certaines manquent, d’autres ont été ajoutées, ou leur ordre est autre : {pages.found} pages sont ici, {pages.expected} ont été faites.',
        todo: AS_MADE,
      },
      'INDETERMINATE:made-anew': {
        say: 'Les pages ont été refaites par un autre programme ; leur texte n’a donc pas pu être comparé.',
        todo: AS_MADE,
      },
      'INDETERMINATE:unread': 'Les pages n’ont pas pu être lues ici.',
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'Sans les données jointes, il n’y a rien à quoi comparer les pages.',
      FAILED: 'Les pages ne disent pas ce que disent les données jointes.',
      INDETERMINATE: 'Les pages n’ont pas pu être comparées aux données.',
    },
  },
  'document.report': {
    question: 'Le rapport découle-t-il des faits qui lui sont joints ?',
    doesNotShow: 'Si ce sont les faits du paquet : un nouveau contrôle le montre (--bundle).',
    outcomes: {
      PASSED:
        'Les faits joints, jugés à nouveau selon la politique et l’ensemble de confiance joints, donnent le rapport joint : {indication.found} à la date du {validationTime.found}.',
      'FAILED:differs': {
        say: 'Le rapport joint indique {indication.found}, et les faits joints donnent un autre rapport.',
        todo: 'Ne vous fiez pas à ce fichier. Contrôlez le paquet lui-même.',
      },
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'Sans les données jointes, aucun rapport n’a pu être jugé à nouveau.',
      FAILED: 'Les faits joints donnent un autre rapport.',
      INDETERMINATE: 'Le rapport n’a pas pu être jugé à nouveau.',
    },
  },
  'document.revisions': {
    question: 'A-t-on ajouté au fichier autre chose que des signatures et ce qui les prouve plus tard ?',
    outcomes: {
      PASSED:
        'Rien n’a été ajouté au fichier, sauf des signatures, des horodatages sur le document, et ce qui les prouve plus tard.',
      'INDETERMINATE:changed': {
        say: 'Autre chose a été ajouté ou changé après coup, comme le fait le tampon d’un système d’archivage, ou quelqu’un à dessein. Ce qui a été signé avant est encore dans le fichier ; ce que montre un lecteur n’est pas cela.',
        todo: AS_MADE,
      },
      'INDETERMINATE:signed-again': {
        say: 'Le fichier a été signé à nouveau après coup. Une signature ultérieure couvre aussi ce qu’elle ajoute ; qui l’a ajouté doit en répondre.',
        todo: 'Demandez qui a signé plus tard, et pourquoi.',
      },
      'INDETERMINATE:not-appended': {
        say: 'Le fichier a été écrit d’une autre façon que les certificats ; on ne peut donc pas dire ce qui y a été ajouté.',
        todo: AS_MADE,
      },
      'INDETERMINATE:not-read': 'Le fichier ne se lit pas ; on ne peut donc pas dire ce qui y a été ajouté.',
      INDETERMINATE: 'On ne peut pas dire ce qui a été ajouté au fichier.',
    },
  },
  'document.bundle': {
    question: 'Le paquet donné est-il celui dont parle le certificat ?',
    outcomes: {
      PASSED: 'Le paquet donné est celui dont parle le certificat, fichier par fichier.',
      'FAILED:differs': {
        say: 'Le paquet donné n’est pas ce que le certificat en indique : son numéro est le même, et ses fichiers ou ce qui en a été lu ne le sont pas.',
        todo: 'Contrôlez le paquet à part, et demandez une nouvelle copie des deux.',
      },
      'INDETERMINATE:facts-differ':
        'Le paquet donné a d’autres fichiers que lorsque le certificat a été fait : certains manquent ou ont été ajoutés, et aucun ne diffère.',
      'INDETERMINATE:other-bundle': {
        say: 'Le certificat parle d’un autre paquet que celui qui a été donné.',
        todo: 'Donnez le paquet dont le numéro figure sur le certificat.',
      },
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'Sans les données jointes, il n’y a rien à quoi comparer le paquet.',
      'NOT-CHECKED:not-given': { say: 'Aucun paquet n’a été donné.', todo: 'Donnez aussi le paquet (--bundle).' },
      FAILED: 'Le paquet n’est pas ce que le certificat en indique.',
      INDETERMINATE: 'Le paquet n’a pas pu être comparé au certificat.',
      'NOT-CHECKED': 'Aucun paquet n’a été donné.',
    },
  },
  'document.sidecar': {
    question: 'Le fichier donné à côté appartient-il à ce certificat ?',
    doesNotShow: 'Si des pages dont les empreintes sont justes disent pour le reste ce que dit le certificat.',
    outcomes: {
      PASSED: 'Le fichier à côté appartient à ce certificat.',
      'PASSED:printed':
        'L’empreinte du rapport sur les pages est celle du fichier à côté. Des empreintes des pages, il en a {known.found} ; d’autres, au nombre de {unknown.found}, il ne sait rien. Le reste de ce qui figure sur les pages n’a pas été comparé.',
      'INDETERMINATE:other-certificate': 'Le fichier à côté appartient à un autre certificat.',
      'INDETERMINATE:printed-differs': {
        say: 'Des empreintes des pages ne sont pas celles du fichier à côté : il appartient à un autre certificat, ou elles ont été mal lues ou mal tapées.',
        todo: 'Comparez-les à l’œil, et demandez le certificat lui-même.',
      },
      'INDETERMINATE:no-digests': {
        say: 'Aucune empreinte n’a pu être lue sur les pages.',
        todo: 'Tapez l’empreinte du rapport, qui figure au bas de chaque page (--printed).',
      },
      'NOT-CHECKED:not-given': 'Aucun fichier à côté du certificat n’a été donné.',
      INDETERMINATE: 'Le fichier à côté n’a pas pu être comparé.',
      'NOT-CHECKED': 'Aucun fichier à côté du certificat n’a été donné.',
    },
  },
  'document.signed': {
    question: 'Le certificat est-il signé ?',
    outcomes: {
      PASSED: 'Le certificat est signé.',
      'INDETERMINATE:none': {
        say: 'Personne n’a signé ce certificat. Qui a le programme et quelques données peut faire de telles pages.',
        todo: 'Contrôlez le paquet lui-même, à côté du certificat (--bundle) ou seul ; ou demandez un certificat signé.',
      },
      'INDETERMINATE:limit': 'Il a plus de signatures qu’on n’en regarde.',
      'INDETERMINATE:not-read': 'Le fichier ne se lit pas ; aucune signature n’a donc pu y être cherchée.',
      INDETERMINATE: 'Aucune signature n’a été trouvée.',
    },
  },
  'document.coverage': {
    question: 'La signature couvre-t-elle tout ce qui était dans le fichier quand elle a été faite ?',
    outcomes: {
      PASSED: 'La signature couvre tout jusqu’à elle-même.',
      'FAILED:not-four': 'La signature ne dit pas ce qu’elle couvre : {ByteRange.found}.',
      'FAILED:out-of-range':
        'Ce que la signature dit couvrir se chevauche, ou se trouve hors du fichier : {ByteRange.found}.',
      'FAILED:not-whole':
        'La signature omet des octets du fichier dans lequel elle a été faite : elle couvre {ByteRange.found}.',
      'FAILED:not-its-contents':
        'La signature omet d’autres octets que sa propre place : elle couvre {ByteRange.found}.',
      'INDETERMINATE:moved': {
        say: 'Le fichier a été réécrit après avoir été signé. Ce que couvrait la signature n’est plus là ; elle ne peut donc rien montrer.',
        todo: AS_MADE,
      },
      FAILED: 'La signature ne couvre pas tout le fichier dans lequel elle a été faite.',
      INDETERMINATE: 'On ne peut pas dire ce que couvre la signature.',
    },
  },
  'document.form': {
    question: 'La signature a-t-elle la forme qu’ont les signatures PDF (PAdES) ?',
    outcomes: {
      PASSED: 'La signature a la forme qu’ont les signatures PDF.',
      'INDETERMINATE:empty': {
        say: 'Il y a de la place pour une signature, et aucune signature dedans.',
        todo: '`probatum certificate embed` l’y met.',
      },
      'INDETERMINATE:sub-filter': 'La signature a une autre forme que celle des certificats : {SubFilter.found}.',
      'INDETERMINATE:trailing':
        'Après la signature, à l’intérieur de sa place, se trouvent des octets que rien ne couvre.',
      'INDETERMINATE:signing-time':
        'La signature indique son temps à un deuxième endroit, où les signatures PDF ne le doivent pas.',
      INDETERMINATE: 'La signature a une autre forme que celle des certificats.',
    },
  },
}
