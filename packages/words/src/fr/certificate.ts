import type { Messages } from '../messages.ts'

/** What certificates and HTML reports say in sentences; forms `one` hold for 0 too. */
export const CERTIFICATE_SENTENCES: Messages['certificate']['sentences'] = {
  // Marks at the top
  notReviewed:
    'Traduit par une machine ; n’a été relu par aucune personne connaissant la langue et la matière. Là où ceci diffère du certificat anglais du même rapport, le texte anglais fait foi.',
  namesShown:
    'Il montre des noms de fichiers d’origine, à la demande de qui l’a fait (--names). Ils peuvent identifier des personnes.',
  labelsGiven:
    'Les numéros de pièces produites sont ceux donnés par l’opérateur ; rien dans le paquet ne les confirme.',
  noCertification:
    'Un programme a fait ce document. Il indique ce que le programme a calculé ; il ne certifie rien. Une personne qui certifie signe dans la partie prévue pour cela.',

  noCertificationReport:
    'Un programme a fait ce rapport. Il indique ce que le programme a calculé ; il ne certifie rien.',

  // The first page
  wholeLabel: 'Code de ce résultat, avec les axes qu’il couvre : {label}.',
  subIndication: 'Sous-indication {code} : {meaning}.',
  knownOn:
    'Ceci indique ce qu’on pouvait savoir le {time}. Contrôlez à nouveau pour des avis ultérieurs : une clé peut être signalée volée, ou un consentement retiré, après ce moment.',
  provedTime: 'Le sceau existait au plus tard le {time}. Avant, rien n’est prouvé.',
  provedNothing:
    'Rien. Aucun horodatage ne compte selon la politique et la liste d’autorités que l’opérateur a choisie.',
  provedNoList: 'Rien. L’opérateur n’a choisi aucune liste d’autorités.',
  provedNoStamp: 'Rien. Il n’y a pas d’horodatage d’une autorité.',
  provedLatest: 'Le dernier des horodatages qui comptent est de {time}.',
  statedTimes: 'Seulement déclarés par qui a fait le paquet : {times}.',
  statedNoTimes: 'Le paquet ne déclare aucun temps.',
  warningSample: 'EXEMPLE : données inventées, autorité de démonstration. Cela ne dit rien de personne.',
  warningSetNotConfirmed: 'Code de la liste de clés non tapé : rien ne montre que c’est la liste de son émetteur.',
  warningSetPastReview:
    'La liste de clés devait être revue au plus tard le {date}, qui était passé au moment du contrôle.',
  warningException:
    'Le partage a été fait sous une exception signée à ses conditions, ou ce qui y est signé ne tient pas : voir « Consentement et conditions de partage, tels qu’enregistrés » et les contrôles de l’axe autorisation.',
  warningProblems:
    'Il y a des contradictions ou des questions ouvertes : voir « Questions ouvertes et contradictions ».',
  warningEndEntity:
    'La liste de clés nomme le certificat même de {name} ; seul l’émetteur de la liste peut donc le révoquer.',
  warningNoSet:
    'Aucune liste de clés n’a été choisie : personne ne peut être nommé comme signataire, et aucune autorité ne compte.',
  warningSavedFacts:
    'Il a été fait à partir de faits enregistrés, sans lire aucun fichier : qui gardait ces faits pouvait les modifier.',
  warningPart:
    'Cette copie a été déclarée partielle ; les fichiers listés absents n’ont pas été pris pour une contradiction.',
  warningDigests:
    'Les empreintes des fichiers de preuve n’ont été calculées que sous {algorithms}, comme l’opérateur l’a demandé.',
  warningLeftovers: {
    one: '{n} fichier laissé par un système a été mis de côté. Il n’était pas scellé.',
    other: '{n} fichiers laissés par un système ont été mis de côté. Ils n’étaient pas scellés.',
  },
  warningOutside: {
    one: '{n} fichier se trouve à côté du paquet et n’en fait pas partie.',
    other: '{n} fichiers se trouvent à côté du paquet et n’en font pas partie.',
  },
  warningOddities: {
    one: 'L’archive a {n} particularité à elle ; elle figure sous « Limites ».',
    other: 'L’archive a {n} particularités à elle ; elles figurent sous « Limites ».',
  },
  warningWeakDigest:
    'Des empreintes sous {algorithms} figurent aussi dans le paquet. Elles sont jugées faibles et on ne s’y est pas fié.',
  warningNotChecked: {
    one: '{n} contrôle n’a pas été fait ; il figure sous « Limites », avec la raison.',
    other: '{n} contrôles n’ont pas été faits ; ils figurent sous « Limites », avec les raisons.',
  },
  warningOpenUnasked: {
    one: '{n} contrôle que la politique ne demande pas n’a pas pu être tranché : voir « Questions ouvertes et contradictions ».',
    other:
      '{n} contrôles que la politique ne demande pas n’ont pas pu être tranchés : voir « Questions ouvertes et contradictions ».',
  },
  warningWithheld: {
    one: '{n} contrôle rencontre quelque chose qui est retenu.',
    other: '{n} contrôles rencontrent quelque chose qui est retenu.',
  },
  limitNotAsked:
    'La politique ne demande rien sur : {axes}. Ce qui y a été trouvé ne compte pas pour le résultat, sauf si cela contredit.',
  noWarnings: 'Aucun avertissement.',
  conditionsNone: 'Le paquet n’enregistre aucune condition d’usage.',
  conditionsNotAtHand:
    'Pas connues ici : ce certificat a été fait à partir de faits enregistrés, sans le paquet. Le paquet peut enregistrer des conditions.',
  conditionsUnread: 'La fiche des conditions d’usage n’a pas pu être lue.',
  showsSame: {
    one: 'Que {files} examiné est {same}.',
    other: 'Que les {files} examinés sont {same}.',
  },
  showsComplete: 'Qu’aucun fichier de preuve listé ne manque, et qu’aucun n’a été ajouté.',
  showsDiffers:
    'Que ce qui a été examiné n’est pas ce qui a été scellé ou listé ; les pièces produites nomment chaque différence.',
  showsSigner: 'Que le sceau a été fait avec la clé de {name}, selon la liste de clés que l’opérateur a choisie.',
  showsTime: 'Que le sceau existait au plus tard le {time}.',
  showsCustody:
    'Que les entrées du journal de possession forment une seule chaîne ininterrompue et concordent avec son état signé.',
  showsLog: 'Que les entrées du journal de possession, y compris celles retenues, concordent avec son état signé.',
  showsNothing:
    'Rien à soi seul : ce qui est ouvert, et ce qui trancherait, figure dans la partie « Questions ouvertes et contradictions ».',
  notShownTruth: 'Que ce que montrent les fichiers est vrai, complet, obtenu légalement ou bien décrit.',
  notShownRecorder: 'Qui a enregistré ce qui est dans les fichiers, ni quand.',
  notShownBefore: 'Quoi que ce soit sur le temps d’avant le premier temps prouvé.',
  notShownCourt: 'Que quiconque doit les accepter comme preuve : c’est au tribunal d’en décider.',

  // Checks
  axesIntro:
    'Chaque contrôle pose une question et donne une valeur. Un axe a la pire valeur de ses contrôles ; l’ensemble a la pire valeur des axes que demande la politique, et une contradiction sur un axe quelconque rend l’ensemble CONTREDIT.',
  problemsNone:
    'Aucun contrôle n’a trouvé de contradiction, et aucun de ceux que demande la politique n’est resté ouvert.',
  problemsIntro:
    'D’abord les contradictions, puis ce qui n’a pas pu être décidé. « Vous », dans ces phrases, est qui a exécuté le programme, et « votre liste » la liste de clés qui a alors été choisie.',
  missingThing: 'Manque : {what}. Qui peut l’avoir : {from}. Vous pouvez envoyer : « {ask} »',
  restsOn: 'Repose sur {document}, section {section}.',
  moreObjects: {
    one: 'Et {n} autre ; l’inventaire joint l’a.',
    other: 'Et {n} autres ; l’inventaire joint les a tous.',
  },
  moreObjectsReport: {
    one: 'Et {n} autre ; `probatum verify --inventory FILE` l’enregistre.',
    other: 'Et {n} autres ; `probatum verify --inventory FILE` les enregistre tous.',
  },

  // Method
  methodBytes:
    'Le programme a lu chaque fichier en entier et a calculé des empreintes sur ses octets tels qu’ils sont arrivés ; rien n’a été converti, ouvert ou réparé.',
  methodAlgorithms: 'Empreintes des fichiers de preuve : {algorithms}.',
  methodCompare:
    'Chaque empreinte a été comparée à celle que la liste (manifeste) du paquet indique pour ce fichier. Les fichiers listés absents, et les fichiers qu’aucune liste ne nomme, sont signalés par leur nom.',
  methodSeal:
    'Les fichiers d’accompagnement, dont les manifestes, figurent dans la liste des fichiers d’accompagnement (tag manifest). Le sceau est une signature détachée (CMS, profil CAdES-B) sur les octets de cette liste, et chaque horodatage (RFC 3161) porte sur les octets d’un fichier de signature.',
  methodContent:
    'L’empreinte du contenu est le SHA-256 d’un texte avec une ligne pour chaque fichier (son SHA-256, deux espaces, son chemin), dans l’ordre des octets des chemins.',
  methodChain:
    'Le journal de possession est une chaîne : chaque entrée contient le SHA-256 de l’entrée qui la précède. Toutes les entrées sont aussi les feuilles d’un arbre de Merkle (RFC 9162, SHA-256), dont la clé du journal a signé la racine et la taille.',
  methodCommitments:
    'Les champs qui peuvent être retenus figurent dans les fiches comme empreintes SHA-256 salées. L’empreinte de ce qui a été ouvert a été calculée et comparée à sa place. Les valeurs ouvertes ne sont pas répétées dans ce document.',
  methodCommitmentsNames:
    'Les champs qui peuvent être retenus figurent dans les fiches comme empreintes SHA-256 salées. L’empreinte de ce qui a été ouvert a été calculée et comparée à sa place. Des valeurs ouvertes, ce document ne répète que les noms de fichiers d’origine.',
  methodPolicy:
    'Ce qui devait être montré était fixé d’avance, dans une politique : un fichier dont l’empreinte figure ici.',
  methodOffline:
    'Rien n’a été cherché sur un réseau. Le moment du contrôle a été donné au programme ; aucune horloge ne décide de rien.',
  methodSame:
    'Les mêmes paquet, politique, liste de clés et moment donnent le même rapport, bit pour bit, sur tout ordinateur ; qui en doute peut exécuter le programme à nouveau.',
  methodMadeByCommandLine: 'Ce document a été fait par {program}, exécuté comme commande.',
  methodMadeByPage:
    'Ce document a été fait par {program} sous sa forme de page web, un seul fichier qui s’exécute dans un navigateur. Cette page ne laisse s’exécuter qu’un script, désigné par son empreinte. L’empreinte ci-dessous est celle que la page a donnée d’elle-même : comparez-la à celle qui a été publiée pour cette version.',

  // Signatures, time-stamps, trust
  noSignatures: 'Il n’y a pas de signature qui ait pu être lue.',
  noTokens: 'Il n’y a pas d’horodatage sur cette signature.',
  anchorsChosen:
    'La liste de clés (ensemble de confiance) a été choisie par l’opérateur hors du paquet. Rien de ce qui se trouve dans un paquet n’est cru parce que cela s’y trouve.',
  anchorsNone:
    'L’opérateur n’a choisi aucune liste de clés ; aucune clé de ce rapport n’est donc rattachée à quelqu’un.',
  anchorsConfirmed: 'L’opérateur a tapé le code de la liste tel qu’il est imprimé dans sa lettre, et il concorde.',
  anchorsNotConfirmed: 'Le code de la liste n’a pas été tapé.',
  evidenceRecordApart:
    'Un enregistrement de preuve (RFC 4998) est une déclaration à part sur les fichiers qu’il couvre : rien d’autre dans ce document ne repose sur lui, et il ne dit rien des autres fichiers. `probatum steps BUNDLE --evidence-record FILE` imprime les commandes qui en vérifient un à la main.',
  provedNothingHere: 'rien n’est prouvé',
  revocationNone: 'Aucune donnée de révocation (CRL ou OCSP) n’était disponible.',
  revocationRule: 'La règle de la politique sur les données de révocation : {rule}.',
  ruleRequired: 'obligatoires',
  ruleIfPresent: 'jugées si présentes',
  ruleNotChecked: 'non jugées',
  qualifiedNotAssessed:
    'Il n’a pas été examiné si une signature ou un horodatage est « qualifié » au sens du règlement (UE) n° 910/2014.',

  // Custody
  custodyNone: 'Il n’y a pas de journal de possession dans ce qui a été examiné.',
  custodyUnread: 'Le journal de possession n’a pas pu être lu.',
  custodyPeople:
    'Quand une entrée a été faite, et par qui, figure dans des champs qui peuvent être retenus. Ce document ne les répète pas, ouverts ou non : ils sont dans le journal du paquet.',
  custodyCount: {
    one: 'Le journal de possession a {n} entrée, y compris celle de cet export.',
    other: 'Le journal de possession a {n} entrées, y compris celle de cet export.',
  },
  custodyShown: {
    one: '{n} entrée est ici comme ligne ; de ses champs, seuls ceux qui sont ouverts peuvent être lus.',
    other: '{n} entrées sont ici comme lignes ; de leurs champs, seuls ceux qui sont ouverts peuvent être lus.',
  },
  custodyWithheld: {
    one: '{n} entrée est retenue : sa place et son empreinte sont ici, son contenu non.',
    other: '{n} entrées sont retenues : leurs places et leurs empreintes sont ici, leur contenu non.',
  },
  custodyAnchored:
    'Un état signé du journal est ici, sous le nom {origin} : {size} entrées, racine {root}. Si la signature tient, les contrôles le disent.',
  custodyHandovers: {
    one: '{n} signature de remise a été comparée à son entrée.',
    other: '{n} signatures de remises ont été comparées à leurs entrées.',
  },

  // Withheld
  withheldCanHide:
    'Ce qui est retenu peut changer la lecture du reste, et parler pour ou contre quelqu’un. Une empreinte salée en tient lieu, fixée avant le sceau, de sorte qu’on peut le montrer plus tard et le comparer ; elle ne laisse pas voir ce qu’il dit.',
  withheldByIssuer: 'Qui a fait le paquet l’a retenu, et en déclare le motif. Rien ici ne montre si ce motif est bon.',
  withheldNothing: 'Aucune pièce n’est retenue, et aucune copie caviardée ne tient lieu d’un original.',
  withheldNotKnown: 'Les fiches des pièces n’ont pas pu être lues ; on ne sait donc pas ce qui est retenu.',
  withheldItems: {
    one: '{n} pièce est retenue. Sa place et son engagement sont ici ; ses empreintes et sa taille non.',
    other:
      '{n} pièces sont retenues. Leurs places et leurs engagements sont ici ; leurs empreintes et leurs tailles non.',
  },
  withheldItemsOf: { one: 'Le journal a {n} pièce en tout.', other: 'Le journal a {n} pièces en tout.' },
  withheldFields:
    'Champs dans les lignes montrées : {slots}, dont ouverts : {opened}. Un champ fermé a été retenu ou n’a jamais été rempli.',
  withheldGrounds: {
    one: 'Un motif est indiqué pour {n} champ fermé.',
    other: 'Un motif est indiqué pour {n} champs fermés.',
  },
  withheldCopies: {
    one: '{n} pièce est une COPIE CAVIARDÉE d’une autre pièce. Qu’elle montre fidèlement le reste est la déclaration de l’émetteur.',
    other:
      '{n} pièces sont des COPIES CAVIARDÉES d’autres pièces. Qu’elles montrent fidèlement le reste est la déclaration de l’émetteur.',
  },

  // Consent and conditions
  consentNotJudged: 'Ce qui suit est répété tel que le paquet l’enregistre. Rien n’en a été jugé : NON CONTRÔLÉ.',
  consentJudged:
    'Ce qui suit est répété tel que le paquet l’enregistre. Ce qui en a été jugé figure parmi les contrôles.',
  consentNoRecord: 'Ce qui a été examiné n’a pas de fiche de consentement ni de conditions de partage.',
  consentNoRequest:
    'Le paquet n’enregistre aucune demande de partage : il n’y figure ni consentement, ni assurance, ni condition, ni approbation.',
  consentNotAtHand:
    'Ce certificat a été fait à partir de faits enregistrés, sans le paquet : ce que le paquet enregistre du consentement et des conditions n’est pas connu ici.',
  consentUnread: 'La fiche du consentement et des conditions de partage n’a pas pu être lue.',
  consentConsents: {
    one: 'Un consentement est enregistré pour {n} pièce ; qui l’a donné, pour quoi et jusqu’à quand est fermé.',
    other:
      'Des consentements sont enregistrés pour {n} pièces ; qui les a donnés, pour quoi et jusqu’à quand est fermé.',
  },
  consentApprovals: { one: '{n} approbation est enregistrée.', other: '{n} approbations sont enregistrées.' },
  consentExceptions: { one: '{n} exception est enregistrée.', other: '{n} exceptions sont enregistrées.' },
  consentLater:
    'Un consentement peut être retiré après l’envoi d’un paquet. Demandez à l’émetteur les avis ultérieurs avant d’utiliser ou de transmettre quoi que ce soit.',

  // Limits
  limitMathematics:
    'Cela repose sur le fait que personne ne peut trouver deux fichiers différents de même valeur sous SHA-256 (et chaque empreinte nommée ici), ni faire sans la clé une signature par les méthodes nommées ici.',
  limitKeys:
    'Cela repose sur le fait que les clés privées étaient dans les seules mains de leurs détenteurs quand ils ont signé.',
  limitAuthorities: 'Cela repose sur le fait que les autorités d’horodatage ont déclaré des temps vrais.',
  limitAnchors: 'Cela repose sur le fait que la liste de clés est juste : qui l’a choisie en répond.',
  limitComputer:
    'Cela repose sur le bon état de l’ordinateur qui a exécuté le programme. Une deuxième personne peut refaire le contrôle sur un autre ordinateur, et avec d’autres outils.',
  limitNotTruth:
    '« Inchangé » ne veut pas dire « vrai » : une déclaration fausse peut être scellée, et reste inchangée.',
  limitBefore:
    'Un horodatage montre que quelque chose existait au plus tard à son temps. Il ne montre rien de l’âge que cela avait alors.',
  challengesIntro:
    'Ce qui peut être demandé, la réponse, et où ce document en dit plus. Les réponses valent pour tout paquet ; ce qui a été trouvé dans celui-ci figure dans la partie nommée.',
  notCheckedNone: 'Tous les contrôles ont été faits.',
  notCheckedIntro:
    'Ces contrôles n’ont pas été faits, ou ont rencontré quelque chose de retenu. Chaque ligne dit pourquoi.',
  copyIntro: 'Cette copie a des particularités qui ne font pas partie de ce qui a été scellé :',

  moreInReport: {
    one: 'Et {n} autre ; report.json le nomme.',
    other: 'Et {n} autres ; report.json les nomme tous.',
  },

  // Reproduction
  reproduceTool:
    'Avec le programme, sur tout ordinateur : la commande ci-dessous donne le même rapport. Comparez l’empreinte du rapport à celle au bas de cette page.',
  reproduceToolGet:
    'Obtenez le programme de qui le publie et non avec le paquet, et comparez son SHA-256 à celui qui est publié avant de l’exécuter.',
  reproduceStock:
    'Sans le programme : les commandes ci-dessous ne demandent que coreutils et OpenSSL 3.0 ou plus récent. Exécutez-les dans le dossier du paquet. signer-roots.pem et tsa-roots.pem sont les certificats racines auxquels vous croyez, obtenus ailleurs.',
  reproduceQuiet: 'Attendu : rien n’est affiché, et la commande finit avec l’état 0.',
  reproduceDiffers:
    'Attendu ici : les fichiers que ce certificat nomme différents ou manquants sont affichés, et l’état n’est pas 0.',
  reproduceExpected: 'Attendu : {output}',
  reproduceRevocation:
    'Si la clé du signataire avait été révoquée, d’après la liste qui est ici. signer.pem est le certificat sous lequel la signature tient :',
  reproduceOther: 'SHA-256 d’un fichier sur d’autres systèmes :',
  reproduceCheck:
    'Ce certificat, avec le programme : la commande ci-dessous refait ses pages à partir de ce qu’il contient, et les compare.',
  reproduceCertificate:
    'Ce certificat, sans le programme : sortez-en les pièces jointes, et calculez l’empreinte de celle nommée certificate.json après la ligne montrée. Le résultat est l’identifiant du certificat.',
  reproduceSignature:
    'Si quelqu’un a signé ce certificat, la commande ci-dessous dit si cette signature tient et couvre tout le fichier. Si des données de validation ou un horodatage sont venus derrière elle, « Not total document signed » est juste. Elle vous laisse juger qui croire.',
  reproduceReport:
    'L’empreinte du rapport est le SHA-256 du membre « body » de report.json en forme canonique (RFC 8785).',

  // Exhibits
  exhibitsExceptions:
    'Là où un fichier a deux empreintes, la liste indique la première, et la seconde a été calculée sur les octets examinés.',
  exhibitsNoExceptions: 'Aucun fichier ne diffère de sa liste, ne manque, ni n’a été ajouté.',
  exhibitsAll: {
    one: '{n} fichier de preuve. Son empreinte a été calculée sur les octets examinés.',
    other:
      'Les {n} fichiers de preuve, dans l’ordre de leurs chemins. Chaque empreinte a été calculée sur les octets examinés.',
  },
  exhibitsCut: {
    one: 'Ici figurent les premiers, {shown} sur {n} fichier. L’inventaire joint (inventory.jsonl, SHA-256 {sha256}) les a tous.',
    other:
      'Ici figurent les {shown} premiers, sur {n} fichiers. L’inventaire joint (inventory.jsonl, SHA-256 {sha256}) les a tous.',
  },
  exhibitsCutReport: {
    one: 'Ici figurent les premiers, {shown} sur {n} fichier. `probatum verify --inventory FILE` les enregistre tous (SHA-256 {sha256}).',
    other:
      'Ici figurent les {shown} premiers, sur {n} fichiers. `probatum verify --inventory FILE` les enregistre tous (SHA-256 {sha256}).',
  },
  exhibitsLeftOut:
    'La liste complète n’est pas imprimée, comme l’opérateur l’a demandé. L’inventaire joint (inventory.jsonl, SHA-256 {sha256}) a chaque fichier.',
  exhibitsLeftOutReport:
    'La liste complète n’est pas imprimée. `probatum verify --inventory FILE` enregistre chaque fichier (SHA-256 {sha256}).',
  exhibitsPaths:
    'Les fichiers figurent sous les chemins opaques du paquet ; les noms d’origine peuvent identifier des personnes et ne sont pas imprimés.',

  // The person
  personIntro:
    'À remplir à la main, si une personne certifie. Le programme n’a rien rempli et rien coché. Séparez les faits des opinions, et n’indiquez que ce que vous avez fait ou savez vous-même.',
  clerkIntro: 'Récépissé, à remplir par qui reçoit ce document.',

  // Form annexes
  needsLawyer:
    'Ce formulaire n’a été approuvé par aucun tribunal. Faites-le lire par un juriste du lieu avant que quiconque le signe ou le dépose.',
  formFromReport:
    'Les empreintes, identifiants et nombres de cette annexe sont repris du rapport. Tout le reste est laissé vide.',
  transmittalIntro:
    'Page de garde d’une transmission entre autorités. Les pièces sont nommées par leurs chemins et leurs empreintes ; les conditions sont celles que le paquet enregistre.',
  transmittalItemsGiven: {
    one: '{n} fichier est remis avec cette transmission.',
    other: '{n} fichiers sont remis avec cette transmission.',
  },
  transmittalItemsWithheld: {
    one: '{n} pièce du journal est retenue.',
    other: '{n} pièces du journal sont retenues.',
  },
  hashReportIntro:
    'Rapport d’empreintes : l’empreinte de chaque fichier remis, calculée sur les octets examinés. Il peut se lire sans le reste du certificat.',
}

/** Headings, names of facts, columns and words in tables. */
export const CERTIFICATE_LABELS: Messages['certificate']['labels'] = {
  title: 'Certificat d’intégrité',
  titleReport: 'Rapport de contrôle',
  page: 'Page {page} sur {pages}',
  wordPassed: 'RÉUSSI',
  wordFailed: 'CONTREDIT',
  wordUndecided: 'INDÉTERMINÉ',
  wordToHeed: 'À NOTER',
  valuePassed: 'réussi',
  valueFailed: 'contredit',
  valueUndecided: 'indéterminé',
  valueToHeed: 'à noter',
  valueNotChecked: 'non contrôlé',
  valueWithheld: 'retenu',
  yes: 'oui',
  no: 'non',
  none: 'aucun',
  notStated: 'non indiqué',
  asStated: '{value} (selon le paquet)',
  showsNames: 'montre des noms de fichiers d’origine',
  notReviewed: 'traduction non relue',
  sample: 'EXEMPLE',

  headingResult: 'Résultat',
  headingWarnings: 'Avertissements',
  headingConditions: 'Conditions d’usage, telles que le paquet les enregistre',
  headingShows: 'Ce que cela montre',
  headingDoesNotShow: 'Ce que cela ne montre pas',
  headingExamined: 'Ce qui a été examiné',
  headingAxes: 'Les contrôles, par axe',
  headingProblems: 'Questions ouvertes et contradictions',
  headingMethod: 'Méthode',
  headingSignatures: 'Signatures et horodatages',
  headingSignature: 'Signature {n}',
  headingToken: 'Horodatage {n} sur la signature {signature}',
  headingEvidenceRecord: 'Enregistrement de preuve {n}, remis avec le paquet',
  headingTrust: 'Clés auxquelles on a cru',
  headingRevocation: 'Données de révocation',
  headingCustody: 'Possession',
  headingWithheld: 'Pièces retenues et copies caviardées',
  headingConsent: 'Consentement et conditions de partage, tels qu’enregistrés',
  headingLimits: 'Limites, et contrôles qui n’ont pas été faits',
  headingChallenges: 'Questions qui peuvent être soulevées',
  headingReproduction: 'Comment refaire ce contrôle',
  headingExhibits: 'Pièces produites',
  headingExceptions: 'Fichiers qui ne sont pas comme listés',
  headingAllFiles: 'Tous les fichiers de preuve',
  headingGlossary: 'Mots employés ici',
  headingPerson: 'Certification par une personne',
  headingClerk: 'Récépissé',
  headingAnnex: 'Annexe : {title}',

  certificateId: 'identifiant du certificat',
  reportDigest: 'empreinte du rapport (SHA-256)',
  reportCode: 'code du rapport, à lire à haute voix',
  bundleId: 'identifiant du paquet (SHA-256)',
  bundleCode: 'code du paquet, à lire à haute voix',
  sealId: 'identifiant du sceau (SHA-256)',
  manifestDigest: 'liste {name} (SHA-256)',
  contentDigest: 'empreinte du contenu (SHA-256)',
  inventoryDigest: 'inventaire (SHA-256)',
  factsDigest: 'faits (SHA-256)',
  findingsDigest: 'constats (SHA-256)',
  format: 'format',
  identifier: 'identifiant',
  issuer: 'émetteur',
  recipient: 'destinataire',
  received: 'remis',
  receivedDigest: 'archive telle que remise (SHA-256)',
  receivedFolder: 'dossier {name}',
  receivedArchive: '{kind} {name}, {size}',
  counts: 'fichiers de preuve',
  countsText:
    'listés : {listed} ; ici : {here}, {size} ; comme listés : {matched}, différents : {different}, manquants : {missing}, ajoutés : {unlisted}, illisibles : {unreadable}',
  countsShort:
    'ici : {here} ; comme listés : {matched}, différents : {different}, manquants : {missing}, ajoutés : {unlisted}, illisibles : {unreadable}',
  countsMoved: '{counts}, sous un autre nom que dans la liste : {renamed}, doubles d’un autre : {copies}',
  axisValues: 'par axe',
  localTime: '{time}, soit {local}',
  filesInAll: 'fichiers en tout',
  checkedAsOf: 'contrôlé à la date du',
  program: 'programme',
  programBuild: 'compilation (SHA-256 des sources)',
  pageScript: 'empreinte du script de la page',
  pageEdition: 'édition de la page',
  pageEditionDigest: 'édition de la page (SHA-256)',
  certificateFormat: 'format du certificat',
  templateName: 'modèle',
  templateText: '{title}, version {version}',
  languageName: 'langue',
  provedTime: 'prouvé',
  statedTime: 'déclaré',
  statedBySigner: 'le signataire dit {time}',
  statedByBundle: 'le paquet dit avoir été fait le {time}',
  statedByBag: 'bag-info.txt dit emballé le {time}',

  columnAxis: 'axe',
  columnQuestion: 'question',
  columnValue: 'valeur',
  columnRequired: 'demandé',
  columnChecks: 'contrôles',
  columnNumber: 'n°',
  columnFile: 'fichier',
  columnSize: 'octets',
  columnDigest: 'SHA-256',
  columnResult: 'résultat',
  columnRole: 'rôle',
  columnName: 'nom',
  columnCheck: 'contrôle',
  columnWhy: 'pourquoi',
  columnKind: 'genre',
  columnFrom: 'du',
  columnUntil: 'prochaine',
  columnSource: 'source',
  columnRecord: 'fiche',
  columnLine: 'ligne',
  columnGround: 'motif',
  columnEvent: 'genre d’entrée',
  columnCount: 'nombre',
  captionChallenges: 'Questions et réponses',
  columnAnswer: 'réponse',
  columnWhere: 'plus sous',
  columnLineDigest: 'SHA-256 de la ligne',
  columnTerm: 'mot',
  columnMeaning: 'sens',
  columnAssurance: 'assurance',
  columnBy: 'donnée par',
  columnDate: 'date',
  columnReference: 'référence',
  expectedValue: 'attendu',
  columnExpected: 'listé',
  columnFound: 'trouvé',

  captionAxes: 'Valeur de chaque axe, avec le nombre de ses contrôles',
  captionNotChecked: 'Contrôles qui n’ont pas été faits, avec la raison',
  captionAnchors: 'Clés de la liste, par rôle',
  captionRevocation: 'Listes et réponses de révocation disponibles',
  captionEvents: 'Entrées du journal de possession, par genre',
  captionWithheld: 'Ce qui est retenu, avec le motif que donne l’émetteur',
  captionAssurances: 'Assurances, telles que le paquet les enregistre',
  captionExceptions: 'Fichiers qui ne sont pas comme listés',
  captionFiles: 'Fichiers de preuve avec leurs empreintes',
  captionGlossary: 'Mot et sens',

  resultMatch: 'comme listé',
  resultMismatch: 'DIFFÉRENT',
  resultMissing: 'MANQUANT',
  resultUnlisted: 'NON LISTÉ',
  resultUnreadable: 'ILLISIBLE',
  resultNotCompared: 'non comparé',
  notHere: 'pas ici',
  copyLeftover: 'laissé par un système',
  copyOutside: 'hors du dossier du paquet',

  policyId: 'politique',
  policyName: '{id}, numéro {number}',
  policyDigest: 'politique (SHA-256)',
  policyAxes: 'axes demandés',
  policyRevocation: 'données de révocation',
  policyTimestamps: 'horodatages demandés',
  policyDigests: 'empreintes demandées',
  policyStrict: 'stricte sur',
  policyEnded: 'méthodes qui ne comptent plus à partir d’un jour',
  strictLeftovers: 'les fichiers que laissent les systèmes',
  strictTagFiles: 'les fichiers d’accompagnement absents des listes',
  strictOldBags: 'les anciennes versions de BagIt',

  signatureFile: 'fichier',
  signatureOver: 'porte sur',
  signatureDigest: 'fichier (SHA-256)',
  signatureForm: 'forme',
  signatureAlgorithm: 'méthode',
  signerName: 'signataire',
  signerIssuer: 'certifié par',
  serialNumber: 'numéro de série',
  fingerprint: 'certificat (SHA-256)',
  validity: 'le certificat court',
  validityText: 'du {from} au {until}',
  claimedTime: 'temps, selon le signataire',
  bestTime: 'existence prouvée',
  nothingProved: 'rien n’est prouvé',
  bestTimeText: 'au plus tard le {time}',
  keyText: '{kind}, {bits} bits',
  tokenAuthority: 'autorité',
  tokenTime: 'temps',
  tokenAccuracy: 'précision',
  tokenPolicy: 'politique de l’autorité',
  tokenImprint: 'empreinte horodatée ({algorithm})',
  tokenCovers: 'couvre',
  evidenceRecordDigest: 'enregistrement (SHA-256)',
  evidenceRecordCovers: 'fichiers qu’il couvre',
  evidenceRecordCount: '{covered} sur {files}',
  evidenceRecordFirst: 'les {shown} premiers sur {all}',
  evidenceRecordStamps: 'ses horodatages',
  tokenDigest: 'horodatage (SHA-256)',
  unreadable: 'n’a pas pu être lu',

  setIssuer: 'établie par',
  setNumber: 'numéro et date',
  setNumberText: 'numéro {number} du {date}, à revoir au plus tard le {review}',
  setDigest: 'liste (SHA-256)',
  setCode: 'code de la liste',
  chosenBy: 'choisie par',
  chosenByOperator: 'l’opérateur, hors du paquet',

  logFile: 'journal, record/custody.jsonl (SHA-256)',
  firstEntry: 'première entrée (SHA-256)',
  lastEntry: 'dernière entrée (SHA-256)',
  links: 'liens entre les entrées',
  linksText: 'comparés : {compared}, en désaccord : {broken}',
  linksBrokenText: 'comparés : {compared}, en désaccord : {broken}, le premier à la ligne {line}',
  logId: 'identifiant du journal',
  logKey: 'clé du journal (SHA-256)',

  purpose: 'but',
  grounds: 'bases légales',
  conditions: 'conditions',
  recordDigest: 'fiche (SHA-256)',

  'event:log-start': 'début du journal',
  'event:log-key-change': 'changement de la clé du journal',
  'event:acquisition': 'pris d’une source',
  'event:ingestion': 'pièces ajoutées au journal',
  'event:fixity-check': 'empreintes comparées',
  'event:transfer': 'remis',
  'event:access': 'consulté',
  'event:analysis': 'examiné',
  'event:duplication': 'copié',
  'event:migration': 'déplacé ou converti',
  'event:redaction': 'copie caviardée faite',
  'event:consent-withdrawal': 'consentement retiré',
  'event:deaccession': 'cédé',
  'event:export': 'paquet fait',
  'event:withheld': 'retenu',
  'event:other': 'd’un genre que cette version ne connaît pas',

  'ground:witness-protection': 'protection des témoins',
  'ground:victim-protection': 'protection des victimes',
  'ground:source-confidentiality': 'confidentialité des sources',
  'ground:third-party-privacy': 'vie privée de tiers',
  'ground:ongoing-investigation': 'une enquête en cours',
  'ground:legal-privilege': 'secret professionnel',
  'ground:national-law': 'droit national',
  'ground:other': 'un autre motif',
  'ground:none': 'aucun indiqué',

  'assurance:confidentiality-respected': 'la confidentialité est respectée',
  'assurance:fair-trial-and-human-rights': 'normes de procès équitable et de droits de l’homme',
  'assurance:no-death-penalty': 'pas de peine de mort',
  'assurance:victims-and-witnesses-protected': 'les victimes et les témoins sont protégés',

  personName: 'Nom',
  personPosition: 'Fonction et employeur',
  personQualifications: 'Qualifications',
  personDone: 'Ce que j’ai fait moi-même',
  personKnowledge: 'Comment je sais le reste',
  personOpinion: 'Opinion, s’il y en a une, avec ses raisons',
  personPlace: 'Lieu',
  personDate: 'Date, heure et fuseau horaire',
  personSignature: 'Signature',
  tickRan: 'J’ai exécuté le programme moi-même, sur un ordinateur sous mon contrôle.',
  tickStock: 'J’ai refait le contrôle avec d’autres outils.',
  tickCode: 'J’ai comparé le code de la liste de clés à sa lettre.',
  tickCompared: 'J’ai comparé l’empreinte du rapport à une que j’ai calculée.',
  clerkReceived: 'Reçu par',
  clerkDate: 'Date',
  clerkTick: 'Le SHA-256 du fichier reçu a été comparé.',

  qrAlt: 'Code QR avec l’empreinte du rapport et l’identifiant du paquet',
  qrCaption: 'empreinte du rapport et identifiant du paquet',

  templateGeneral: 'Général',
  templateTransmittal: 'Transmission internationale',
  transmittalReference: 'Référence de la demande',
  transmittalRequesting: 'Autorité requérante',
  transmittalSending: 'Autorité d’envoi',
  transmittalPurpose: 'But de la demande',
  transmittalOfficer: 'Agent qui certifie',
  transmittalGiven: 'Pièces remises',
  transmittalWithheld: 'Pièces retenues',
  transmittalConditions: 'Conditions',
  transmittalFurther: 'Autres conditions de l’autorité d’envoi',
  transmittalSeal: 'Cachet ou tampon officiel',
  hashReport: 'Rapport d’empreintes',
}

export const GLOSSARY: Messages['certificate']['glossary'] = {
  bundle: {
    term: 'paquet',
    is: 'Un dossier ou une archive avec des fichiers de preuve, des listes de ces fichiers, des fiches à leur sujet, et un sceau.',
  },
  digest: {
    term: 'empreinte (hash)',
    is: 'Un nombre calculé sur tous les octets d’un fichier. Si un seul bit change, l’empreinte est une autre. SHA-256 est une méthode pour cela.',
  },
  manifest: { term: 'manifeste', is: 'Une liste de fichiers avec l’empreinte de chacun.' },
  integrity: {
    term: 'intégrité',
    is: 'Que les octets sont les mêmes qu’avant. Cela ne dit rien de la vérité de ce qu’ils montrent.',
  },
  seal: {
    term: 'sceau (signature)',
    is: 'Un nombre fait à partir de la liste des fichiers avec une clé secrète. Seul qui a la clé peut le faire ; tous peuvent le contrôler.',
  },
  certificate: {
    term: 'certificat (d’une clé)',
    is: 'Une déclaration signée qu’une clé appartient à un nom. À ne pas confondre avec ce document.',
  },
  trustSet: {
    term: 'liste de clés (ensemble de confiance)',
    is: 'Les clés auxquelles la personne qui contrôle a choisi de croire, chacune pour un rôle. Elle vient par une autre voie que le paquet.',
  },
  timeStamp: {
    term: 'horodatage',
    is: 'Une déclaration signée d’une autorité qu’elle a vu une empreinte à un temps indiqué (RFC 3161).',
  },
  authority: {
    term: 'autorité d’horodatage',
    is: 'Une organisation qui signe des horodatages. Elle voit des empreintes, non des fichiers.',
  },
  proofOfExistence: {
    term: 'temps prouvé',
    is: 'Le temps auquel quelque chose doit avoir existé au plus tard, parce qu’une autorité en avait vu l’empreinte.',
  },
  revocation: {
    term: 'révocation',
    is: 'Avis de qui a certifié une clé qu’il ne faut plus y croire à partir d’un moment.',
  },
  custodyLog: {
    term: 'journal de possession',
    is: 'Le relevé de ce qui a été fait des preuves, par qui, et quand.',
  },
  chain: {
    term: 'chaîne',
    is: 'Des entrées dont chacune contient l’empreinte de la précédente ; aucune ne peut donc être changée, enlevée ou intercalée sans que cela se voie.',
  },
  withheld: {
    term: 'retenu',
    is: 'Non montré à ce destinataire. Une empreinte salée en tient la place, de sorte que cela puisse être montré plus tard et comparé.',
  },
  undecided: {
    term: 'indéterminé',
    is: 'Ni montré ni contredit : quelque chose de nécessaire n’était pas disponible. Ce n’est pas un soupçon.',
  },
  policy: { term: 'politique', is: 'Le fichier qui dit ce qui doit être montré pour le résultat RÉUSSI.' },
}
