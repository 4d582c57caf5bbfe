import type { Messages } from '../messages.ts'

/** What is asked, never an answer: it stands beside every value, FAILED too. */
export const AXIS_WORDS: Messages['axes'] = {
  bytes: { title: 'Octets', name: 'octets', is: 'si les fichiers sont ce que dit la liste' },
  completeness: { title: 'Complétude', name: 'complétude', is: 'si quelque chose manque ou a été ajouté' },
  signer: { title: 'Signataire', name: 'signataire', is: 'qui l’a scellé' },
  time: { title: 'Temps', name: 'temps', is: 'depuis quand cela existe' },
  custody: { title: 'Possession', name: 'possession', is: 'par quelles mains cela est passé' },
  log: { title: 'Journal', name: 'journal', is: 'si le journal de possession concorde avec son point de contrôle signé' },
  disclosure: { title: 'Ouvertures', name: 'ouvertures', is: 'si ce qui a été ouvert concorde avec ce qui a été engagé' },
  authorisation: {
    title: 'Autorisation',
    name: 'autorisation',
    is: 'si le partage a été décidé selon les règles',
  },
}

/** ETSI EN 319 102-1 §5.1.3 in plain words. */
export const SUB_INDICATIONS: Messages['subIndications'] = {
  FORMAT_FAILURE: 'la signature n’a pas la forme que demande la norme',
  HASH_FAILURE: 'l’empreinte signée n’est pas celle de ces octets',
  SIG_CRYPTO_FAILURE: 'la signature n’a pas été faite avec la clé nommée sur ces octets',
  REVOKED: 'le certificat était révoqué au moment qui compte',
  EXPIRED: 'la signature a été faite après la fin du certificat',
  NOT_YET_VALID: 'la signature a été faite avant le début du certificat',
  SIG_CONSTRAINTS_FAILURE: 'la signature ne remplit pas ce que demande la politique',
  CHAIN_CONSTRAINTS_FAILURE: 'la chaîne de certificats ne remplit pas ce que demande la politique',
  CERTIFICATE_CHAIN_GENERAL_FAILURE:
    'aucune chaîne de certificats ne tient ; la raison est indiquée pour chaque chaîne candidate',
  CRYPTO_CONSTRAINTS_FAILURE: 'une méthode est jugée trop faible par la politique',
  CRYPTO_CONSTRAINTS_FAILURE_NO_POE:
    'une méthode est jugée faible aujourd’hui, et rien ne prouve qu’elle a été employée avant',
  NO_SIGNING_CERTIFICATE_FOUND: 'le certificat du signataire n’est pas ici',
  NO_CERTIFICATE_CHAIN_FOUND: 'aucune chaîne ne mène à une ancre de la liste choisie',
  OUT_OF_BOUNDS_NO_POE:
    'le certificat est hors de ses dates aujourd’hui, et rien ne prouve que la signature est plus ancienne',
  OUT_OF_BOUNDS_NOT_REVOKED: 'le certificat est hors de ses dates aujourd’hui ; on sait qu’il n’a pas été révoqué',
  REVOKED_NO_POE: 'le certificat a été révoqué, et rien ne prouve que la signature est plus ancienne',
  REVOKED_CA_NO_POE:
    'le certificat d’une autorité a été révoqué, et rien ne prouve que la signature est plus ancienne',
  TIMESTAMP_ORDER_FAILURE: 'l’ordre des horodatages se contredit',
  SIGNED_DATA_NOT_FOUND: 'ce qui a été signé n’est pas ici',
  NO_POE: 'rien ne prouve que cela existait au moment qui compte',
  TRY_LATER: 'des données de révocation plus récentes le décideront',
  POLICY_PROCESSING_ERROR: 'la politique n’a pas pu être appliquée',
}

/** Reasons of single objects. */
export const EXCEPTIONS: Messages['exceptions'] = {
  mismatch: 'diffère de {sealed}',
  absent: 'manque dans cette copie',
  missing: 'manque dans cette copie',
  unlisted: 'ne faisait pas partie de {sealed}',
  nowhere: 'ne faisait pas partie de {sealed}',
  some: 'est dans une liste et non dans une autre',
  ambiguous: 'peut être l’un de plusieurs fichiers ; on ne peut pas dire lequel',
  'in-fetch': 'est à aller chercher ailleurs',
  'unreadable-folder': 'se trouve dans un dossier qui n’a pas pu être ouvert',
  irregular: 'est un lien ou un périphérique, qui n’a pas été suivi',
  unreadable: 'n’a pas pu être lu',
  'malformed-line': 'figure seulement dans une ligne qui ne se lit pas comme une ligne de liste',
  'malformed-digest': 'n’a dans la liste aucune empreinte lisible',
  'not-compared': 'n’a été comparé sous aucune empreinte',
  'no-slot': 'est ouvert avec une valeur qui n’a pas été engagée',
  'other-slot': 'est ouvert sous un autre nom que celui qui a été engagé',
  twice: 'est ouvert deux fois',
  'no-such-field': 'est un champ que sa ligne n’a pas',
  'clear-member': 'figure en clair',
  'no-line': 'est au-delà de la fin du journal dans ce paquet',
  'line-withheld': 'est d’une ligne qui est retenue',
  'line-unread': 'est d’une ligne qui n’a pas pu être lue',
  'own-export': 'est de la création même de ce paquet',
  'malformed-value': 'a une valeur qui n’est pas de son genre',
  'digest-differs': 'indique une autre empreinte que celle de sa pièce',
  'payload-differs': 'a une autre empreinte ou une autre taille que son fichier de preuve',
  'seq-differs': 'se donne un autre numéro',
  'prev-differs': 'nomme une autre ligne avant soi',
  'required-digest': 'n’a pas été comparé sous une empreinte que demande la politique',
  'weak-digest': 'n’a été comparé que par des méthodes maintenant jugées faibles',
  crc: 'a une autre somme de contrôle que ne le dit l’archive',
  size: 'a une autre taille que ne le dit l’archive',
  deflate: 'ne se décompresse pas comme le dit l’archive',
  limit: 'est plus grand que ce que ce programme examine',
  leftover: 'a été laissé par un système, après le scellement',
  contradictory: 'a deux empreintes différentes dans une même liste',
  repeated: 'est nommé plus d’une fois',
  undeclared: 'n’est pas déclaré par le paquet',
  'later-level': 'est un renouvellement ultérieur, que cette version ne juge pas encore',
  'signature-missing': 'est déclaré et n’est pas ici',
  'timestamps-missing': 'a moins d’horodatages que déclaré',
  'not-declared': 'n’est pas déclaré',
  'no-place': 'se trouve là où le format n’a pas de place pour lui',
  'payload-name': 'n’est pas nommé comme le format nomme les fichiers de preuve',
  'not-native-form': 'n’est pas dans la seule forme prescrite',
  'spelling-normalisation': 'est enregistré avec ses accents sous une autre forme',
  'spelling-percent': 'est listé avec ses signes pour cent sous une autre forme',
  'spelling-backslash': 'est listé avec des barres obliques inverses',
  'spelling-dot-segment': 'est listé avec un ./ inutile',
  'spelling-encoding': 'est enregistré dans un autre codage de texte',
  absolute: 'est un chemin absolu',
  parent: 'sort du dossier par ..',
  home: 'commence par ~, que les interpréteurs de commandes remplacent',
  drive: 'nomme un lecteur',
  nul: 'a un octet nul dans son nom',
  'too-long': 'est plus long que ce qu’enregistre tout système',
  'not-utf-8': 'n’est pas du texte en UTF-8',
  backslash: 'a une barre oblique inverse, qui sépare les dossiers sous Windows',
  control: 'a un caractère de commande dans son nom',
  reserved: 'est un nom que Windows réserve',
  trailing: 'finit par un point ou une espace, que Windows supprime',
  permission: 'ne peut pas être lu (droits, ou antivirus)',
  busy: 'est tenu ouvert par un autre programme',
  placeholder: 'n’est qu’une marque d’un service en nuage ; ses octets ne sont pas ici',
  'bad-sector': 'ne peut pas être lu par le disque',
  'not-a-file': 'n’est pas un fichier ordinaire',
  changed: 'a changé pendant sa lecture',
  'too-large': 'est plus grand que ce que ce système peut lire',
  vanished: 'a été enlevé pendant sa lecture',
  other: 'n’a pas pu être lu par le système',
  malformed: 'ne se lit pas comme il faudrait',
  contradiction: 'se contredit, ou contredit ce qui est ici',
  'symbolic-link': 'est un lien symbolique, qui n’a pas été suivi',
  'hard-link': 'est un lien physique de l’archive, qui n’a pas été suivi',
  device: 'est un périphérique, qui n’a pas été ouvert',
  fifo: 'est un tube, qui n’a pas été ouvert',
  socket: 'est une socket, qui n’a pas été ouverte',
  replayed: 'a une signature qui figure aussi dans une autre entrée',
  'one-for-both': 'a un seul certificat pour qui remet et qui reçoit',
  'name-closed': 'ne montre pas de qui la signature est dite être',
  'signer-unknown': 'est signé par quelqu’un que la liste choisie par vous ne certifie pas',
}

/** Never changes the value of a finding: it only says how the difference looks. */
export const DIAGNOSES: Messages['diagnoses'] = {
  'line-ends':
    'seules les fins de ligne diffèrent (un programme l’a enregistré, ou un transfert en mode texte)',
  'byte-order-mark':
    'seule une marque d’ordre des octets a été ajoutée ou enlevée (un éditeur de texte l’a enregistré)',
  truncated: 'la fin manque à partir de l’octet {at} (un transfert interrompu ?)',
  zeros: 'à partir de l’octet {at} il n’y a que des zéros (une copie non terminée ?)',
  'cut-at-4-gib': 'il finit à 4 GiB exactement (un format de disque sans fichiers plus grands ?)',
  'other-item': 'ce sont les octets de {path} (deux fichiers échangés ?)',
}

const ISSUER = 'l’émetteur du paquet'
const WHOLE = 'Veuillez m’envoyer une copie complète du paquet, avec tous ses fichiers.'
const part = (what: string) => ({ what, from: ISSUER, ask: WHOLE })

/** By the name that findings give to what they lack; other names are paths. */
export const MISSING: Messages['missing'] = {
  'trust-set': {
    what: 'une liste des clés auxquelles vous croyez (ensemble de confiance)',
    from: 'l’émetteur du paquet, ou votre propre institution',
    ask: 'Veuillez m’envoyer votre ensemble de confiance pour les paquets de preuves et, par une autre voie (téléphone, lettre), son code.',
  },
  'trust-anchor': {
    what: 'une ancre sur votre liste pour ce certificat racine',
    from: 'l’émetteur de votre ensemble de confiance, ou l’autorité elle-même',
    ask: 'Veuillez me dire si ce certificat racine est le vôtre, et m’indiquer son empreinte SHA-256 par une autre voie que le courriel.',
  },
  'issuer-certificate': {
    what: 'le certificat entre celui-ci et l’ancre',
    from: ISSUER,
    ask: 'Veuillez m’envoyer les certificats intermédiaires qui vont avec votre certificat de signature.',
  },
  'signing-certificate': {
    what: 'le certificat avec lequel cela a été fait',
    from: ISSUER,
    ask: 'Veuillez m’envoyer le certificat avec lequel vous avez scellé ce paquet.',
  },
  'revocation-data': {
    what: 'une liste de révocation (CRL ou OCSP) du moment du sceau',
    from: 'l’autorité qui a émis le certificat',
    ask: 'Veuillez m’envoyer la liste de révocation qui avait cours au moment de cette signature.',
  },
  renewal: {
    what: 'un horodatage ultérieur, fait quand on croyait encore à celui-ci',
    from: ISSUER,
    ask: 'Veuillez m’envoyer le paquet renouvelé, avec ses horodatages ultérieurs.',
  },
  'time-stamp': {
    what: 'un horodatage d’une autorité de votre liste',
    from: ISSUER,
    ask: 'Veuillez m’envoyer les horodatages sur le sceau de ce paquet.',
  },
  signature: { what: 'le sceau', from: ISSUER, ask: 'Veuillez m’envoyer le paquet scellé, avec son dossier seal/.' },
  'signed-content': part('le fichier sur lequel porte le sceau'),
  'bundle-record': part('la fiche record/bundle.json'),
  'bag-declaration': part('le fichier bagit.txt'),
  'bag-info': part('le fichier bag-info.txt'),
  manifest: part('une liste des fichiers (manifeste)'),
  'payload-manifest': part('la liste des fichiers de preuve (manifeste)'),
  'tag-manifest': part('la liste des fichiers d’accompagnement (tag manifest)'),
  payload: part('les fichiers de preuve'),
  'Payload-Oxum': part('le nombre et la taille des fichiers de preuve dans bag-info.txt'),
  format: part('la version du format dans record/bundle.json'),
  profile: part('le format nommé dans bag-info.txt'),
}
