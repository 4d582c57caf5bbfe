import type { Messages, Said } from '../messages.ts'

const WEAK =
  'Demandez à l’émetteur un sceau fait par une méthode actuelle, ou contrôlez avec une version plus récente de ce programme.'
const ROOTS =
  'Demandez à l’émetteur, par une autre voie que celle de ce paquet, l’ensemble de confiance qui nomme l’autorité de ce certificat.'
const CANDIDATE = 'Cette chaîne candidate ne tient pas ; les autres chaînes sont jugées à part.'

/** Reasons that mean the same under every check; a check's own words go before these. */
export const COMMON: Messages['common'] = {
  'INDETERMINATE:unreadable': {
    say: 'Le système n’a pas pu le lire : on n’en sait donc rien.',
    todo: 'Copiez le paquet sur un autre disque, ou recommencez avec le droit de le lire.',
  },
  'INDETERMINATE:limit':
    'C’est plus grand ou plus profond que ce que ce programme examine. Cela ne dit rien de ce qui s’y trouve.',
  'INDETERMINATE:undeclared': {
    say: 'Cela ne tient pas dans {name}, un fichier que le paquet ne déclare pas : n’importe qui peut l’avoir ajouté. Cela ne prouve rien, et ne contredit rien.',
    todo: 'Mettez {name} de côté dans une copie, et contrôlez cette copie.',
  },
  'INDETERMINATE:unprotected': {
    say: 'Cela ne tient pas dans {name}, qui se trouve là où rien de signé ne le protège : n’importe qui peut l’y avoir mis. Cela ne prouve rien, et ne contredit rien.',
    todo: 'Demandez au signataire une copie sans cela, ou avec un bon.',
  },
  'INDETERMINATE:unsupported': {
    say: 'Une méthode que ce programme ne connaît pas est employée. Cela ne dit rien contre.',
    todo: 'Contrôlez avec une version plus récente de ce programme.',
  },
  'INDETERMINATE:weak': {
    say: 'Cela a été fait par une méthode maintenant jugée faible ; cela ne prouve plus rien à soi seul.',
    todo: WEAK,
  },
  'INDETERMINATE:ended': {
    say: 'Cela a été fait par une méthode après le jour à partir duquel cette méthode ne compte plus comme preuve.',
    todo: WEAK,
  },
  'INDETERMINATE:digest-weaker': {
    say: 'Cela a été fait par une méthode forte sur une empreinte plus faible que cette méthode ; l’ensemble n’est donc pas plus fort que l’empreinte.',
    todo: WEAK,
  },
  'INDETERMINATE:certificate-missing': {
    say: 'Le certificat avec lequel cela a été fait n’est pas ici : on ne peut donc pas le dire.',
    todo: 'Demandez ce certificat à l’émetteur.',
  },
  'INDETERMINATE:record-missing':
    'La fiche qui le déclare manque ou n’a pas pu être lue : il n’y a donc rien à quoi comparer.',
  'INDETERMINATE:version': {
    say: 'La version est une que ce programme ne connaît pas.',
    todo: 'Contrôlez avec une version plus récente de ce programme.',
  },
  'INDETERMINATE:digest-not-announced':
    'Une empreinte est employée qui n’est pas annoncée en tête, comme la norme le demande.',
  'INDETERMINATE:content-missing': {
    say: 'Le fichier sur lequel cela porte n’est pas ici : on ne peut donc pas le dire.',
    todo: 'Demandez une copie complète à l’expéditeur.',
  },
  'INDETERMINATE:missing': {
    say: 'Ce qu’il faut pour cela manque dans cette copie.',
    todo: 'Demandez une copie complète à l’expéditeur.',
  },
  'INDETERMINATE:malformed': 'Cela ne se lit pas comme le format le veut : on ne peut donc pas le dire.',
  'INDETERMINATE:not-tried':
    'Le calcul n’a pas été tenté, parce que ce qu’il lui faut manque ou n’est pas permis ; voir les autres constats.',
  'INDETERMINATE:not-examined':
    'Il y a des données de révocation, mais cette version du programme ne les examine pas encore.',
  'NOT-CHECKED:attributes-absent': 'Il n’y a pas d’attributs signés qui pourraient le dire.',
  'NOT-CHECKED:unknown-format': 'Le format du paquet n’est pas connu de ce programme : cela n’a donc pas été jugé.',
  'NOT-CHECKED:declaration-unreadable':
    'Ce que le paquet déclare n’a pas pu être lu : il n’y a donc rien à quoi comparer.',
  'NOT-CHECKED:no-data': 'Il n’y a pas de données de révocation ici, et la politique n’en demande pas.',
  'NOT-CHECKED:not-asked': 'Cela n’a pas été demandé.',
  'NOT-CHECKED:not-present': 'Il n’y a rien de ce genre ici.',
  'NOT-CHECKED:none': 'Il n’y a rien de ce genre ici.',
  'NOT-CHECKED:foreign-bag': 'C’est un paquet BagIt d’une autre origine ; il n’a rien de ce genre.',
}

/** One candidate path: why it holds or not. The certificate's own conclusion is another finding. */
export const PATH_CANDIDATE: Readonly<Record<string, string | Said>> = {
  PASSED: 'Cette chaîne mène à une ancre de la liste choisie par vous.',
  'PASSED:end-entity-anchor': 'Le certificat est lui-même une ancre de la liste choisie par vous.',
  'FAILED:signature': `Un certificat de cette chaîne n’a pas été signé par celui au-dessus. ${CANDIDATE}`,
  'FAILED:expired': `Un certificat de cette chaîne avait pris fin au moment qui compte. ${CANDIDATE}`,
  'FAILED:not-yet-valid': `Un certificat de cette chaîne n’avait pas commencé au moment qui compte. ${CANDIDATE}`,
  'FAILED:not-a-ca': `Un certificat de cette chaîne ne peut pas en émettre d’autres. ${CANDIDATE}`,
  'FAILED:path-length': `Cette chaîne est plus longue qu’un de ses certificats ne le permet. ${CANDIDATE}`,
  'FAILED:key-usage': `Un certificat de cette chaîne n’est pas prévu pour signer des certificats. ${CANDIDATE}`,
  'FAILED:version': `Un certificat de cette chaîne a une version qui ne permet pas l’usage qui en est fait. ${CANDIDATE}`,
  'FAILED:algorithms-disagree': `Un certificat de cette chaîne nomme deux méthodes de signature différentes. ${CANDIDATE}`,
  'FAILED:repeated-extension': `Un certificat de cette chaîne a une extension deux fois. ${CANDIDATE}`,
  'FAILED:malformed-extension': `Un certificat de cette chaîne a une extension qui ne se lit pas selon son type. ${CANDIDATE}`,
  'FAILED:extended-key-usage': `Un certificat de cette chaîne est prévu pour un autre usage. ${CANDIDATE}`,
  'FAILED:anchor-not-a-ca': `L’ancre de cette chaîne ne peut pas émettre de certificats. ${CANDIDATE}`,
  'FAILED:name-not-permitted': `Un certificat de cette chaîne a un nom qu’un autre au-dessus ne permet pas. ${CANDIDATE}`,
  'FAILED:name-excluded': `Un certificat de cette chaîne a un nom qu’un autre au-dessus interdit. ${CANDIDATE}`,
  'FAILED:policy-required': `Cette chaîne doit relever d’une politique de certification, et ne relève d’aucune qui compte. ${CANDIDATE}`,
  'FAILED:policy-mapping': `Un certificat de cette chaîne fait correspondre « toute politique » à une autre, ce qui n’est pas permis. ${CANDIDATE}`,
  'INDETERMINATE:signature-unsupported':
    'Une signature de cette chaîne emploie une méthode que ce programme ne connaît pas.',
  'INDETERMINATE:unknown-critical-extension':
    'Un certificat de cette chaîne exige quelque chose que ce programme ne connaît pas.',
  'INDETERMINATE:name-constraints':
    'Un certificat de cette chaîne limite les noms d’une façon qui n’a pas pu être comparée à un nom au-dessous.',
  'INDETERMINATE:name-constraints-limit':
    'Il y a dans cette chaîne plus de noms et de limites de noms que ce programme n’en compare.',
  'INDETERMINATE:policy-limit':
    'Il y a dans cette chaîne plus de politiques de certification que ce programme n’en compare.',
  'INDETERMINATE:profile':
    'Un certificat de cette chaîne n’a pas été fait comme la norme (RFC 5280) le demande à qui le fait, et votre politique l’exige.',
  'INDETERMINATE:weak-algorithm': 'Une signature de cette chaîne emploie une méthode maintenant jugée faible.',
  'INDETERMINATE:anchor-interval': 'Votre liste ne permet cette ancre que pour un autre temps.',
  'INDETERMINATE:anchor-validity': 'Le certificat propre de l’ancre était hors de ses dates au moment qui compte.',
}

/** The conclusion about one certificate; `{intact}` is said of the seal or the time-stamp. */
export function pathConclusion(passed: string, intact: string): Readonly<Record<string, string | Said>> {
  return {
    PASSED: passed,
    'PASSED:end-entity-anchor': `${passed} La liste nomme ce certificat même ; seul l’émetteur de la liste peut donc le révoquer.`,
    'INDETERMINATE:no-trust-set': {
      say: `${intact} Vous n’avez choisi aucune liste de clés auxquelles vous croyez : rien ne dit donc à qui est la clé.`,
      todo: 'Choisissez un ensemble de confiance venu par une autre voie que le paquet (--trust-set FILE).',
    },
    'INDETERMINATE:trust-set-inside': {
      say: `${intact} La liste choisie par vous se trouve dans le paquet lui-même et n’a pas été utilisée.`,
      todo: 'Obtenez l’ensemble de confiance de son émetteur par une autre voie.',
    },
    'INDETERMINATE:issuer-missing': {
      say: 'Celui qui a émis ce certificat n’est ni dans votre liste ni parmi les certificats présents.',
      todo: 'Demandez à l’émetteur du paquet les certificats intermédiaires ; s’il n’y en a pas, votre liste n’est pas celle de cet émetteur.',
    },
    'INDETERMINATE:anchor-missing': {
      say: `${intact} Le certificat n’est pas sur la liste choisie par vous.`,
      todo: ROOTS,
    },
    'INDETERMINATE:same-name-other-key': {
      say: 'Votre liste a une ancre du même nom, mais avec une autre clé.',
      todo: 'Comparez les empreintes avec l’émetteur par téléphone ou par lettre avant de croire à l’une ou à l’autre.',
    },
    'INDETERMINATE:other-role': {
      say: 'Votre liste a cette ancre, mais pour un autre rôle.',
      todo: 'Demandez à l’émetteur de l’ensemble de confiance si ce rôle était voulu.',
    },
    'INDETERMINATE:set-older': {
      say: 'Votre liste est plus ancienne que cette autorité ; elle ne peut pas la connaître.',
      todo: 'Demandez à l’émetteur de l’ensemble de confiance une liste plus récente.',
    },
    'INDETERMINATE:none-holds': {
      say: 'Il y a des chaînes candidates vers votre liste, mais aucune ne tient ; la raison de chacune est indiquée à part.',
      todo: ROOTS,
    },
    'INDETERMINATE:anchor-interval': {
      say: 'Votre liste ne permet cette ancre que pour un autre temps.',
      todo: 'Demandez à l’émetteur de l’ensemble de confiance pourquoi le temps a été limité.',
    },
    'INDETERMINATE:limit': 'Il y avait plus de chaînes candidates que ce programme n’en essaie.',
  }
}
