import type { LanguageRules, Messages, VerdictWords } from '../messages.ts'
import { DOCUMENT_ANSWER, EVIDENCE_RECORD_ANSWER } from './first-answers.ts'

export const FRENCH_RULES: LanguageRules = {
  plural: 'zero-is-one',
  group: '\u00a0',
  decimal: ',',
  list: { separator: ', ', last: ' et ', between: '\u00a0; ' },
  colon: '\u00a0:',
  bytes: { one: '{n} octet', other: '{n} octets' },
}

/** The three answers. Forms `one` hold for 0 too, so that they never say “the only file”. */
export const ANSWER_TEXTS: Messages['answers'] = {
  wordYes: 'Oui',
  wordNo: 'Non',
  wordMatchList: 'Ils concordent avec leur liste',
  wordFilesMatch: 'Les fichiers de preuve concordent',
  wordIncomplete: 'Incomplet',
  wordCannotTell: 'Indéterminé',
  wordNobody: 'Personne n’est montré',
  wordNotShown: 'Non montré',
  wordNoLater: 'Au plus tard le {time}',
  sentenceDoesNotShow: 'Cela ne montre pas {what}.',
  notTruth: 'que ce que montrent les fichiers est vrai, complet, obtenu légalement ou bien décrit',
  notRecorder: 'qui a enregistré ce qui est dans les fichiers, seulement de qui la clé a scellé leur liste',
  notWhenRecorded: 'quand le contenu a été enregistré, seulement depuis quand ces octets existent',
  notListMaker: 'qui a fait la liste à laquelle les fichiers ont été comparés',
  notMaker: 'qui l’a fait',
  notKeyUse: 'qui a utilisé sa clé, ni pour quoi',
  files: { one: '{n} fichier de preuve', other: '{n} fichiers de preuve' },
  sealed: 'ce qui a été scellé',
  listed: 'ce qui est listé',
  filesUnchanged: 'Les fichiers sont inchangés.',
  filesApart: 'Cet avis ne dit rien contre les fichiers ; ce qu’il en est figure dans la première réponse.',
  sameSealed: {
    one: 'octet pour octet tel qu’il a été scellé',
    other: 'octet pour octet tels qu’ils ont été scellés',
  },
  sameSealedList: {
    one: 'octet pour octet ce que dit la liste scellée',
    other: 'octet pour octet ce que dit la liste scellée',
  },
  sameList: {
    one: 'octet pour octet ce que dit sa liste',
    other: 'octet pour octet ce que dit leur liste',
  },
  different: { one: '{n} diffère de {sealed}', other: '{n} diffèrent de {sealed}' },
  missing: {
    one: '{n} fichier de la liste manque dans cette copie',
    other: '{n} fichiers de la liste manquent dans cette copie',
  },
  unlisted: { one: '{n} ne faisait pas partie de {sealed}', other: '{n} ne faisaient pas partie de {sealed}' },
  renamed: { one: '{n} a un autre nom que dans la liste', other: '{n} ont d’autres noms que dans la liste' },
  copies: { one: '{n} est un double d’un autre fichier', other: '{n} sont des doubles d’autres fichiers' },
  unreadable: { one: '{n} n’a pas pu être lu', other: '{n} n’ont pas pu être lus' },
  unchangedAll: {
    one: '{files}, {size}, est {same} ; aucun ne manque, aucun n’a été ajouté.',
    other: 'Les {files}, {size}, sont {same} ; aucun ne manque, aucun n’a été ajouté.',
  },
  unchangedListNotSealed: 'Mais il n’est pas montré que la liste est celle qui a été scellée.',
  unchangedNobodysList: 'Rien ne montre qui a fait la liste, ni quand.',
  unchangedIncompleteSealed: {
    one: '{files} ici est inchangé ; {what}.',
    other: 'Les {files} ici sont inchangés ; {what}.',
  },
  unchangedIncompleteListed: {
    one: '{files} ici concorde avec sa liste ; {what}.',
    other: 'Les {files} ici concordent avec leur liste ; {what}.',
  },
  unchangedBeside: 'Ce qui se trouve à côté des fichiers de preuve contredit la liste ; voir ci-dessous.',
  unchangedDiffers: 'Sur {files} ici : {what}.',
  unchangedListMayDiffer:
    'Il n’est pas montré que la liste des fichiers de preuve est celle qui a été scellée ; c’est donc peut-être la liste qui diffère.',
  unchangedNone: 'Il n’y a ici aucun fichier de preuve qui aurait pu être comparé.',
  unchangedBesideOpen: 'Quelque chose à côté d’eux n’a pas pu être décidé ; voir ci-dessous.',
  unchangedAllUnknown: {
    one: '{files} ici concorde, mais on n’a pas pu décider si c’est tout.',
    other: 'Les {files} ici concordent, mais on n’a pas pu décider si c’est tout.',
  },
  unchangedAllUnknownWhat: {
    one: '{files} ici concorde, mais on n’a pas pu décider si c’est tout : {what}.',
    other: 'Les {files} ici concordent, mais on n’a pas pu décider si c’est tout : {what}.',
  },
  unchangedPolicyOpen: {
    one: '{files} ici, {size}, est {same}, mais on n’a pas pu comparer tout ce que demande la politique ; voir ci-dessous.',
    other:
      'Les {files} ici, {size}, sont {same}, mais on n’a pas pu comparer tout ce que demande la politique ; voir ci-dessous.',
  },
  unchangedOpen: 'On n’a pas pu tout comparer ; voir ci-dessous.',
  unchangedOpenWhat: 'Sur {files} : {what} ; voir ci-dessous.',
  outsideArchive: {
    one: '{n} fichier se trouve à côté du paquet dans cette archive et n’en fait pas partie : {names}{more}.',
    other: '{n} fichiers se trouvent à côté du paquet dans cette archive et n’en font pas partie : {names}{more}.',
  },
  outsideFolder: {
    one: '{n} fichier se trouve à côté du paquet dans ce dossier et n’en fait pas partie : {names}{more}.',
    other: '{n} fichiers se trouvent à côté du paquet dans ce dossier et n’en font pas partie : {names}{more}.',
  },
  leftovers: {
    one: '{n} fichier a été mis de côté et n’est pas scellé : il a le nom et la forme de ce que laissent les systèmes, que n’importe qui peut écrire : {names}{more}.',
    other:
      '{n} fichiers ont été mis de côté et ne sont pas scellés : ils ont les noms et les formes de ce que laissent les systèmes, que n’importe qui peut écrire : {names}{more}.',
  },
  outsideMore: { one: ' et {n} autre', other: ' et {n} autres' },
  whoUnread: 'Il y a un sceau, et il n’a pas pu être lu ; voir ci-dessous.',
  whoNoSeal: 'Il n’y a pas de sceau.',
  whoByList: 'Selon votre liste ({issuer}, {date}), le sceau a été fait avec la clé de ce nom.',
  whoByListReader:
    'Selon la liste de clés que l’opérateur a choisie ({issuer}, {date}), le sceau a été fait avec la clé de ce nom.',
  whoContradicted: 'Le sceau contredit ce que le paquet ou la liste dit de son signataire ; voir ci-dessous.',
  whoOtherList: 'Le sceau n’appartient pas à cette liste de fichiers.',
  whoClaimsNobody: 'Aucun nom n’a pu y être lu.',
  whoClaims: 'On y lit : {name}.',
  whoNotJudged: 'Le sceau n’a pas pu être jugé. {claims}',
  whoIntact: 'Le sceau est intact. {claims} {why}',
  whoNoTrustSet:
    'Vous n’avez choisi aucune liste de clés auxquelles vous croyez (--trust-set) : rien ne dit donc à qui est la clé.',
  whoNoTrustSetReader: 'L’opérateur n’a choisi aucune liste de clés : rien ne dit donc à qui est la clé.',
  whoNotOnList: 'La liste de l’émetteur {issuer} du {date} ne montre pas qui l’a fait ; voir ci-dessous.',
  sinceClaim: 'L’auteur du sceau dit {time}.',
  sinceNotOverFiles:
    'Le sceau existait au plus tard le {time} (confirmé par {by}) ; mais il n’est pas montré qu’il porte sur ces fichiers.',
  sinceConfirmed: 'Confirmé par {by}.',
  sinceConfirmedDiffers:
    'Confirmé par {by}, pour ce qui a été scellé. Rien ne montre depuis quand existe ce qui en diffère.',
  sinceStatesNothing: 'Aucun temps n’a pu y être lu ; autorité nommée : {by} ; voir ci-dessous.',
  sinceStates: 'On y lit {time} ; autorité nommée : {by} ; voir ci-dessous.',
  sinceStatesNothingNoTrustSet:
    'Aucun temps n’a pu y être lu ; autorité nommée : {by}. Vous n’avez choisi aucune liste d’autorités auxquelles vous croyez (--trust-set) ; voir ci-dessous.',
  sinceStatesNoTrustSet:
    'On y lit {time} ; autorité nommée : {by}. Vous n’avez choisi aucune liste d’autorités auxquelles vous croyez (--trust-set) ; voir ci-dessous.',
  sinceNone: 'Il n’y a pas d’horodatage d’une autorité.',
  sinceContradicted: 'Un horodatage est contredit ; voir ci-dessous.',
  sinceNames: 'Il y a des horodatages qui nomment {by} ; voir ci-dessous.',
  sinceNamesNoTrustSet:
    'Il y a des horodatages qui nomment {by}, et vous n’avez choisi aucune liste d’autorités auxquelles vous croyez (--trust-set) ; voir ci-dessous.',
  sinceNamesNoTrustSetReader:
    'Il y a des horodatages qui nomment {by}, et l’opérateur n’a choisi aucune liste d’autorités ; voir ci-dessous.',
  tokenYes: 'L’horodatage porte exactement sur les octets de ce fichier.',
  tokenNo: 'L’horodatage porte sur d’autres octets que ceux de ce fichier.',
  tokenOpen: 'Ce sur quoi porte l’horodatage n’a pas pu être comparé ; voir ci-dessous.',
  signatureYes: 'La signature porte exactement sur les octets de ce fichier.',
  signatureNo: 'La signature ne porte pas sur les octets de ce fichier ; voir ci-dessous.',
  signatureOpen: 'Ce sur quoi porte la signature n’a pas pu être comparé ; voir ci-dessous.',
  certificateYes: '{name} mène à la liste de l’émetteur {issuer} du {date}, à la date du {time}.',
  certificateNo: 'Quelque chose contredit {name}, à la date du {time} ; voir ci-dessous.',
  certificateOpen: '{name}, à la date du {time} ; voir ci-dessous.',
  certificateOpenNoTrustSet:
    '{name}, à la date du {time} : vous n’avez choisi aucune liste de clés auxquelles vous croyez (--trust-set) ; voir ci-dessous.',
}

/** Small words inside sentences. */
export const TERM_TEXTS: Messages['terms'] = {
  theBundle: 'le paquet',
  anotherFile: 'un autre fichier',
  aCertificate: 'un certificat',
  nobodyRead: 'aucune lisible',
  authorityOf: 'une autorité certifiée par {name}',
  issuerOfBundle: 'l’émetteur du paquet',
  lacking: 'Pour contrôler votre paquet de preuves, il nous manque : {what}. Veuillez me l’envoyer.',
  renamedAs: '{path} (dans la liste : {listed})',
  renamedTogether: {
    one: '{n} de ces questions porte sur des fichiers qui sont ici sous d’autres noms que dans la liste : {files}. Leurs octets sont ceux de la liste. Redonnez-leur les noms de la liste dans une copie du paquet, et contrôlez cette copie : cela peut y répondre.',
    other:
      '{n} de ces questions portent sur les mêmes fichiers, qui sont ici sous d’autres noms que dans la liste : {files}. Leurs octets sont ceux de la liste. Redonnez-leur les noms de la liste dans une copie du paquet, et contrôlez cette copie : cela peut répondre à toutes.',
  },
  labelOnly: 'seulement {axes}',
  labelNotAsked: 'non demandé : {axes}',
  labelShown: '{axis} ({counts})',
  eventsShown: { one: 'événement montré : {shown} sur {n}', other: 'événements montrés : {shown} sur {n}' },
  itemsShown: { one: 'pièce montrée : {shown} sur {n}', other: 'pièces montrées : {shown} sur {n}' },
  fieldsOpened: { one: 'champ ouvert : {shown} sur {n}', other: 'champs ouverts : {shown} sur {n}' },
  consentsOpened: { one: 'consentement ouvert : {shown} sur {n}', other: 'consentements ouverts : {shown} sur {n}' },
}

export const VERDICT_WORDS: VerdictWords = {
  headlines: {
    match: 'Tout concorde.',
    'match-list': 'Les fichiers concordent avec leur liste.',
    mismatch: 'Quelque chose ne concorde pas.',
    'sharing-contradicted':
      'Les fichiers concordent, mais la décision de les partager n’est pas celle de ce paquet, ou se contredit.',
    'openings-contradicted':
      'Un fichier d’ouvertures ultérieures ne concorde pas avec ce paquet. Rien ne dit que le paquet a été changé.',
    who: 'Les fichiers concordent, mais on ne peut pas dire qui les a scellés.',
    when: 'Les fichiers concordent, mais on ne peut pas dire depuis quand ils existent.',
    'who-and-when': 'Les fichiers concordent, mais on ne peut dire ni qui les a scellés, ni depuis quand ils existent.',
    'match-but-open': 'Les fichiers concordent, mais on n’a pas pu décider tout ce que demande la politique.',
    'match-but-noticed':
      'Les fichiers sont inchangés, mais l’émetteur en a depuis retiré, remplacé ou rappelé une partie ou la totalité.',
    'match-but-for-another':
      'Les fichiers concordent, mais le paquet a été fait pour un autre destinataire que celui que vous avez nommé.',
    undecided: 'On ne peut pas dire si tout concorde.',
    'token-holds': 'L’horodatage tient pour ce fichier.',
    'token-contradicted': 'L’horodatage ne tient pas pour ce fichier.',
    'token-undecided': 'On ne peut pas dire si l’horodatage tient pour ce fichier.',
    'signature-holds': 'La signature tient pour ce fichier.',
    'signature-contradicted': 'La signature ne tient pas pour ce fichier.',
    'signature-who': 'La signature porte sur ce fichier, mais on ne peut pas dire qui l’a faite.',
    'signature-when': 'La signature porte sur ce fichier, mais on ne peut pas dire depuis quand elle existe.',
    'signature-who-and-when':
      'La signature porte sur ce fichier, mais on ne peut dire ni qui l’a faite, ni depuis quand elle existe.',
    'certificate-holds': 'Le certificat compte, selon la liste choisie par vous.',
    'certificate-contradicted': 'Le certificat ne comptait pas à ce moment.',
    'certificate-undecided': 'On ne peut pas dire si le certificat compte.',
    'signature-undecided': 'On ne peut pas dire si la signature tient pour ce fichier.',
    'document-holds': 'Le certificat est tel qu’il a été fait, et sa signature tient.',
    'document-contradicted': 'Le certificat ne tient pas : quelque chose s’y contredit.',
    'document-unsigned': 'Les pages concordent avec leurs données, mais personne ne les a signées.',
    'document-undecided': 'On ne peut pas dire si le certificat est tel qu’il a été fait.',
    'document-other-state': 'Ce paquet n’est pas tel que le certificat l’indique.',
    'document-other-bundle': 'Le certificat porte sur un autre paquet que celui qui l’accompagne.',
    'evidence-record-holds': 'L’enregistrement de preuve tient pour ces fichiers.',
    'evidence-record-contradicted': 'L’enregistrement de preuve ne tient pas pour ces fichiers.',
    'evidence-record-undecided': 'On ne peut pas dire si l’enregistrement de preuve tient pour ces fichiers.',
  },
  questions: {
    unchanged: 'Inchangé ?',
    who: 'Qui l’a scellé ?',
    since: 'Depuis quand cela existe-t-il ?',
    token: 'Sur ce fichier même ?',
    signer: 'Qui l’a signé ?',
    certificate: 'Compte-t-il, selon votre liste, à ce moment ?',
  },
  document: DOCUMENT_ANSWER,
  evidenceRecord: EVIDENCE_RECORD_ANSWER,
  doesNotMean:
    'Il s’agit de fichiers. Cela ne veut pas dire que ce qu’ils montrent est vrai, complet, obtenu légalement ou bien décrit, ni ne dit qui l’a enregistré.',
  doesNotMeanCertificate:
    'Il s’agit d’un certificat et de la liste de clés que vous avez choisie. Cela ne dit pas qui a utilisé sa clé, ni pour quoi, ni que ce qui est signé avec elle est vrai.',
  more: 'Chaque contrôle figure sous --details, et dans le JSON de --save.',
  next: {
    match: 'Gardez ce rapport avec ce dont il parle.',
    mismatch:
      'Ne modifiez et ne réenregistrez rien. Demandez à l’expéditeur une nouvelle copie, et faites contrôler les deux par une deuxième personne avec les commandes de `probatum steps`.',
    certificate:
      'Ne vous fiez pas à ce certificat pour ce moment. Les problèmes disent ce qui le contredit ; demandez à qui vous l’a donné, ou à l’émetteur de votre liste de clés, quel certificat compte.',
    openings:
      'Gardez le paquet tel quel. Ne vous fiez pas au fichier d’ouvertures ultérieures, et demandez une explication écrite à qui l’a fait.',
    sharing:
      'Gardez le paquet tel quel. N’utilisez pas ce qui a été partagé avant que l’émetteur ait expliqué par écrit qui en a décidé.',
    heed: 'Gardez tout tel quel, et faites d’abord ce qui figure plus haut avec ce qui est à noter.',
    open: 'Gardez tout tel quel. Ce qui manque, et qui pourrait le fournir, figure plus haut avec chaque question ouverte.',
  },
  sample: 'EXEMPLE : données inventées, autorité de démonstration. Cela ne dit rien de personne.',
  savedFacts:
    'D’APRÈS DES FAITS ENREGISTRÉS : aucun fichier n’a été lu pour cela. Qui les a gardés a pu les modifier ; seule une vérification du paquet lui-même dit ce que sont ses fichiers.',
}
