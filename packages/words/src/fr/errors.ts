import type { Messages } from '../messages.ts'

const AGAIN = 'Demandez à nouveau le fichier à l’expéditeur, inchangé.'
const CUT =
  'Le téléchargement ou la copie a sans doute été interrompu. Obtenez le fichier à nouveau et comparez sa taille à celle de l’expéditeur.'
const OTHER_ZIP =
  'Ne le réparez pas. Demandez à l’expéditeur un ZIP fait par un programme ordinaire, ou décompressez-le vous-même et contrôlez le dossier.'
const JSON_TODO = 'Ne modifiez pas de tels fichiers à la main ; demandez à nouveau le fichier.'

export const PARSE_ERRORS: Messages['parseErrors'] = {
  ERR_DER_TRUNCATED: { say: 'La fin d’un certificat, d’une signature ou d’un horodatage manque.', todo: CUT },
  ERR_DER_TRAILING_DATA: {
    say: 'Il y a des octets après la fin d’un certificat, d’une signature ou d’un horodatage.',
    todo: AGAIN,
  },
  ERR_DER_NON_CANONICAL: {
    say: 'Un certificat, une signature ou un horodatage est codé d’une façon que sa norme interdit.',
    todo: AGAIN,
  },
  ERR_DER_UNEXPECTED_TAG: {
    say: 'Le fichier n’est pas ce qu’il est dit être, ou il est endommagé.',
    todo: 'Regardez-le avec `probatum inspect FILE`.',
  },
  ERR_DER_VALUE: {
    say: 'Une valeur dans un certificat, une signature ou un horodatage ne se lit pas selon son type.',
    todo: AGAIN,
  },
  ERR_LIMIT: {
    say: 'C’est plus grand ou plus profond que ce que ce programme examine. Cela ne dit rien de ce qui s’y trouve.',
    todo: 'Voir les limites dans docs/limits.md ; le contrôle à la main reste possible.',
  },
  ERR_TIME: {
    say: 'Une date ou une heure est illisible.',
    todo: 'Écrivez les temps comme 2026-03-14T09:12:00Z, ou 2026-03-14.',
  },
  ERR_CMS_STRUCTURE: { say: 'Cela ne se lit pas comme une signature CMS.', todo: AGAIN },
  ERR_CMS_NOT_SIGNED_DATA: { say: 'C’est un fichier CMS, mais pas une signature.', todo: AGAIN },
  ERR_X509_STRUCTURE: { say: 'Cela ne se lit pas comme un certificat.', todo: AGAIN },
  ERR_TSP_STRUCTURE: { say: 'Cela ne se lit pas comme un horodatage RFC 3161.', todo: AGAIN },
  ERR_ERS_STRUCTURE: { say: 'Cela ne se lit pas comme un enregistrement de preuve RFC 4998.', todo: AGAIN },
  ERR_PEM: {
    say: 'Cela ne se lit pas comme du PEM (texte entre des lignes BEGIN et END).',
    todo: 'Donnez le fichier en PEM ; openssl convertit les autres.',
  },
  ERR_ZIP_STRUCTURE: { say: 'Ce n’est pas un ZIP entier, ou il est endommagé.', todo: AGAIN },
  ERR_ZIP_AMBIGUOUS: {
    say: 'Le ZIP peut être lu de deux façons : deux programmes pourraient y trouver des fichiers différents.',
    todo: OTHER_ZIP,
  },
  ERR_ZIP_TRUNCATED: { say: 'La fin du ZIP manque.', todo: CUT },
  ERR_ZIP_UNSUPPORTED: { say: 'Le ZIP emploie une méthode que ce programme ne lit pas.', todo: OTHER_ZIP },
  ERR_ZIP_ENCRYPTED: {
    say: 'Le ZIP est chiffré.',
    todo: 'Décompressez-le d’abord avec son mot de passe, puis contrôlez le dossier.',
  },
  ERR_ZIP_CONTENT: { say: 'Un fichier du ZIP ne ressort pas comme le dit le ZIP.', todo: AGAIN },
  ERR_ZIP_BACKSLASH: {
    say: 'Les chemins du ZIP sont séparés par des barres obliques inverses : les systèmes ne s’accordent pas sur leur sens.',
    todo: 'Décompressez-le sur le système qui l’a fait et contrôlez le dossier.',
  },
  ERR_ZIP_WRAPPED: {
    say: 'Le ZIP est plus grand que ce que son genre peut contenir, et ses tailles sont coupées (macOS fait de telles archives au-delà de 4 GiB).',
    todo: 'Décompressez-le avec le Finder sur un Mac et contrôlez le dossier.',
  },
  ERR_TAR_STRUCTURE: { say: 'Ce n’est pas une archive tar entière, ou elle est endommagée.', todo: AGAIN },
  ERR_TAR_AMBIGUOUS: {
    say: 'L’archive tar peut être lue de deux façons : deux programmes pourraient y trouver des fichiers différents.',
    todo: 'Décompressez-la avec le programme qui l’a faite et contrôlez le dossier, ou demandez à l’expéditeur une archive faite par un programme ordinaire.',
  },
  ERR_TAR_TRUNCATED: { say: 'La fin de l’archive tar manque.', todo: CUT },
  ERR_TAR_UNSUPPORTED: {
    say: 'L’archive tar emploie quelque chose que ce programme ne lit pas.',
    todo: 'Décompressez-la et contrôlez le dossier.',
  },
  ERR_PATH_UNSAFE: {
    say: 'Un chemin dans l’archive en sort, ou ne peut pas être voulu honnêtement.',
    todo: 'Ne la décompressez pas avec d’autres programmes. Demandez à l’expéditeur comment elle a été faite.',
  },
  ERR_PATH_DUPLICATE: {
    say: 'Deux entrées de l’archive ont le même chemin : deux programmes pourraient y trouver des fichiers différents.',
    todo: OTHER_ZIP,
  },
  ERR_ENTRY_TYPE: {
    say: 'L’archive contient un lien ou un périphérique au lieu d’un fichier.',
    todo: 'Demandez à l’expéditeur une archive de fichiers ordinaires.',
  },
  ERR_NOT_A_BUNDLE: {
    say: 'Nous n’avons pas pu lire ceci comme un paquet de preuves.',
    todo: 'Un paquet est un dossier, un ZIP ou un tar avec un fichier bagit.txt. Est-ce tout ce qui vous a été envoyé ?',
  },
  ERR_ENCRYPTED: {
    say: 'Le fichier est chiffré : rien de son contenu ne peut être vérifié sans la clé d’un destinataire.',
    todo: 'Donnez le fichier de votre clé : `--identity FILE` en ligne de commande, ou choisissez-le sur la page en même temps que ce fichier.',
  },
  ERR_ENCRYPTED_TWICE: {
    say: 'Le fichier a été ouvert, et contient un autre fichier chiffré : rien n’y a été vérifié.',
    todo: 'Ouvrez-le avec le programme qui l’a chiffré deux fois, et donnez ce qui en sort, avec la clé correspondante.',
  },
  ERR_ENCRYPTION_STRUCTURE: {
    say: 'L’enveloppe du fichier chiffré est endommagée ou n’a pas la forme voulue. Rien n’a été vérifié.',
    todo: AGAIN,
  },
  ERR_ENCRYPTION_UNSUPPORTED: {
    say: 'Le fichier est chiffré d’une façon qui n’est pas lue ici. Rien n’a été vérifié.',
    todo: 'Déchiffrez-le avec le programme prévu pour cela et vérifiez le résultat ; ou demandez-le chiffré avec age, ou en CMS AuthEnvelopedData avec AES-GCM, et OAEP pour une clé RSA.',
  },
  ERR_ENCRYPTION_PASSPHRASE: {
    say: 'Le fichier est chiffré par une phrase secrète et non pour une clé. Rien n’a été vérifié.',
    todo: 'Déchiffrez-le avec `age -d` et vérifiez le résultat, ou demandez à l’expéditeur de chiffrer pour votre clé.',
  },
  ERR_ENCRYPTION_IDENTITY: {
    say: 'Le fichier est chiffré pour quelqu’un d’autre : aucune des clés données ne l’ouvre. Rien n’a été vérifié.',
    todo: 'Donnez le fichier de la clé dont l’expéditeur a le destinataire ou le certificat.',
  },
  ERR_ENCRYPTION_TAG: {
    say: 'Le fichier chiffré n’est pas tel qu’il a été chiffré : des octets diffèrent, manquent ou ont été ajoutés. Rien de son contenu n’a été jugé.',
    todo: 'Comparez son SHA-256 avec le reçu qui l’accompagnait, et procurez-vous le fichier de nouveau.',
  },
  ERR_IDENTITY: {
    say: 'Le fichier de la clé ne peut pas être utilisé.',
    todo: 'Ce doit être un fichier d’identités d’age, ou une clé privée en PEM (RSA, ou EC sur P-256, P-384 ou P-521) sans mot de passe.',
  },
  ERR_SEVERAL_BUNDLES: {
    say: 'Il y a plusieurs paquets là-dedans, et lequel est voulu n’est pas clair.',
    todo: 'Décompressez, et contrôlez chaque dossier à part.',
  },
  ERR_JSON_SYNTAX: { say: 'Ceci ne se lit pas comme du JSON.', todo: JSON_TODO },
  ERR_JSON_DUPLICATE_KEY: {
    say: 'Une fiche nomme deux fois le même membre : deux programmes pourraient donc la lire différemment.',
    todo: JSON_TODO,
  },
  ERR_JSON_NUMBER: { say: 'Un nombre dans une fiche change quand on le lit.', todo: JSON_TODO },
  ERR_JSON_STRING: { say: 'Un texte dans une fiche a des caractères qui ne peuvent pas s’écrire.', todo: JSON_TODO },
  ERR_JSON_NOT_CANONICAL: { say: 'Une fiche n’est pas dans la seule forme prescrite (RFC 8785).', todo: JSON_TODO },
  ERR_JSON_SHAPE: {
    say: 'À une fiche il manque un membre, ou elle en a un de trop, ou un d’un autre type.',
    todo: JSON_TODO,
  },
  ERR_TEXT_ENCODING: { say: 'Un fichier texte n’est pas dans le codage prescrit.', todo: AGAIN },
  ERR_BAGIT_SYNTAX: { say: 'Un fichier du paquet BagIt ne se lit pas comme le veut la norme.', todo: AGAIN },
  ERR_PDF_STRUCTURE: {
    say: 'Cela ne se lit pas comme un PDF.',
    todo: 'Vérifiez que c’est bien le certificat lui-même, et demandez le fichier tel qu’il a été fait.',
  },
  ERR_TRUST_SET: {
    say: 'Cela ne se lit pas comme un ensemble de confiance.',
    todo: 'Demandez à nouveau le fichier à son émetteur, et son code par une autre voie.',
  },
  ERR_POLICY: {
    say: 'Cela ne se lit pas comme une politique.',
    todo: '`probatum policy list` nomme les politiques fournies avec le programme. Une politique à vous doit avoir un nom (id) à elle.',
  },
  ERR_CHECKPOINT: {
    say: 'Le point de contrôle du journal de possession ne se lit pas comme une note signée.',
    todo: AGAIN,
  },
  ERR_REPORT: {
    say: 'Cela ne se lit pas comme un rapport enregistré.',
    todo: 'Faites le fichier avec `probatum verify BUNDLE --save FILE`.',
  },
  ERR_SIDECAR: {
    say: 'Le fichier joint au certificat ne se lit pas comme celui qui a été fait avec lui, ou ses parties ne vont pas ensemble.',
    todo: 'Donnez le fichier .json fait en même temps que ce certificat, tel quel ; ou laissez-le de côté : le certificat est alors vérifié sans lui.',
  },
  ERR_FACTS: {
    say: 'Cela ne se lit pas comme des faits enregistrés.',
    todo: 'Refaites le fichier avec `probatum verify BUNDLE --save-facts FILE`.',
  },
}

const RETRY = 'Copiez le paquet sur un autre disque et contrôlez-le là.'

/** Not one of these says anything about the evidence. */
export const FAULTS: Messages['faults'] = {
  permission: {
    say: 'Le système ne permet pas de le lire (droits, ou antivirus).',
    todo: 'Recommencez avec le droit de le lire, ou copiez-le ailleurs.',
  },
  busy: { say: 'Un autre programme le tient ouvert.', todo: 'Fermez les autres programmes et recommencez.' },
  placeholder: {
    say: 'Ce n’est qu’une marque d’un service en nuage ; les octets ne sont pas sur cet ordinateur.',
    todo: 'Faites garder le fichier par le service sur cet appareil, puis recommencez.',
  },
  'bad-sector': {
    say: 'Le disque ne peut pas le lire.',
    todo: 'N’utilisez plus ce disque et faites-en faire une image ; contrôlez une autre copie.',
  },
  'not-a-file': { say: 'Ce n’est pas un fichier ordinaire.', todo: 'Donnez un dossier, un ZIP ou un tar.' },
  changed: {
    say: 'Il a changé pendant sa lecture.',
    todo: 'Fermez les autres programmes qui l’utilisent et recommencez.',
  },
  'too-large': { say: 'Il est plus grand que ce que ce système peut lire.', todo: RETRY },
  vanished: {
    say: 'Il n’est pas là, ou il a été enlevé pendant sa lecture.',
    todo: 'Vérifiez l’orthographe, rebranchez le disque, et recommencez.',
  },
  other: { say: 'Le système n’a pas pu le lire.', todo: RETRY },
}
