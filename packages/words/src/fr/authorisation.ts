import type { FindingId } from '@probatum/core'
import type { FindingWords, Said } from '../messages.ts'

type Ids = Exclude<Extract<FindingId, `authorisation.${string}`>, 'authorisation.notices'>

const ASK_ISSUER = 'Demandez à l’émetteur une explication écrite, avant d’utiliser ce qui a été partagé.'
const WHO_DECIDED = 'Demandez à l’émetteur qui a décidé de ce partage, et la décision par écrit.'
const CHOOSE = 'Choisissez un ensemble de confiance venu par une autre voie que le paquet (--trust-set FILE).'
const EXCEPTED = 'Lisez l’exception, et décidez si son motif suffit pour votre but.'

/** Of whoever signed approvals and exceptions. */
const SIGNATURES: Readonly<Record<string, string | Said>> = {
  'FAILED:other-content': {
    say: 'Une signature sur la décision de partage a été donnée pour autre chose : une autre demande, un autre export ou un autre journal.',
    todo: ASK_ISSUER,
  },
  'FAILED:signature': { say: 'Une signature sur la décision de partage ne tient pas.', todo: ASK_ISSUER },
  'FAILED:revoked': {
    say: 'Le certificat de quelqu’un qui a signé la décision de partage était alors déjà révoqué.',
    todo: 'Demandez à l’émetteur qui a signé, quand, et pourquoi le certificat a été révoqué.',
  },
  FAILED: 'Une signature sur la décision de partage ne tient pas.',
  'INDETERMINATE:malformed': {
    say: 'Une signature sur la décision de partage n’a pas la forme que veut le format.',
    todo: ASK_ISSUER,
  },
  'INDETERMINATE:unsupported':
    'Une signature sur la décision de partage emploie une méthode que ce programme ne connaît pas.',
  'INDETERMINATE:limit': 'Il y a plus, dans les signatures sur la décision de partage, que ce programme n’examine.',
  'INDETERMINATE:no-trust-set': {
    say: 'Les signatures sur la décision de partage tiennent, mais aucune liste n’a été choisie qui dise à qui sont les clés.',
    todo: CHOOSE,
  },
  'INDETERMINATE:trust-set-inside': {
    say: 'La liste qui devrait dire de qui les clés ont signé la décision de partage se trouve dans le paquet lui-même, et n’a pas été utilisée.',
    todo: 'Obtenez l’ensemble de confiance de son émetteur par une autre voie.',
  },
  'INDETERMINATE:other-role': {
    say: 'Votre liste a qui a certifié les signataires de la décision de partage, mais dans un autre rôle : non pour approuver des exports.',
    todo: 'Demandez à l’émetteur de l’ensemble de confiance si cette autorité certifie des personnes qui approuvent des exports (rôle approver).',
  },
  'INDETERMINATE:signer-unknown': {
    say: 'Les signatures sur la décision de partage tiennent, mais la liste choisie par vous ne dit pas à qui sont les clés.',
    todo: 'Demandez à l’émetteur, par une autre voie que celle de ce paquet, l’ensemble de confiance avec les ancres du rôle approver.',
  },
  'INDETERMINATE:anchor-interval': {
    say: 'On ne peut pas se fier à l’ancre de qui a signé la décision de partage au temps qui est prouvé pour elle.',
    todo: 'Demandez à l’émetteur de l’ensemble de confiance ce qui est arrivé à cette ancre.',
  },
  'INDETERMINATE:validity': {
    say: 'Un certificat de quelqu’un qui a signé la décision de partage n’était pas valable au temps prouvé : il avait pris fin, ou n’avait pas commencé.',
    todo: 'Demandez un paquet scellé tant que le certificat était valable.',
  },
  'INDETERMINATE:key-usage':
    'Un certificat qui a signé la décision de partage n’en est pas un pour signer des documents.',
  'INDETERMINATE:algorithm':
    'Une signature sur la décision de partage emploie une méthode que votre politique ne compte pas comme preuve.',
  'INDETERMINATE:none-holds':
    'Des chemins mènent de qui a signé la décision de partage à votre liste, mais aucun ne tient.',
  'INDETERMINATE:revocation': {
    say: 'On ne sait pas si un certificat qui a signé la décision de partage avait été révoqué.',
    todo: 'Demandez la liste de révocation (CRL) ou la réponse OCSP de l’autorité qui l’a émis, et donnez-la à côté du paquet (--crl ou --ocsp).',
  },
  INDETERMINATE: 'Une signature sur la décision de partage n’a pas pu être jugée.',
}

const NO_REQUEST: Readonly<Record<string, string | Said>> = {
  'NOT-CHECKED:no-request': 'Il n’y a pas de demande de partage, donc rien à juger.',
  'NOT-CHECKED:not-read': 'La décision de partage n’a pas pu être lue.',
  'NOT-CHECKED': 'Il n’y a pas de décision de partage à juger.',
}

/** What holds of consents wherever they are opened. */
const OF_CONSENTS = {
  'FAILED:consent-not-yet': {
    say: 'Un consentement n’a commencé qu’après le scellement du paquet.',
    todo: ASK_ISSUER,
  },
  'FAILED:consent-purpose': { say: 'Un consentement ne couvre pas le but de ce partage.', todo: ASK_ISSUER },
  'FAILED:consent-recipient-kind': {
    say: 'Un consentement ne couvre pas cette sorte de destinataire.',
    todo: ASK_ISSUER,
  },
  FAILED: 'Un consentement contredit ce partage.',
  'INDETERMINATE:consent-withdrawn': {
    say: 'Un consentement avait été retiré au temps prouvé pour le sceau. Le scellement a peut-être eu lieu avant, mais rien ici ne le prouve.',
    todo: WHO_DECIDED,
  },
  'INDETERMINATE:withdrawn-in-log': {
    say: 'Le journal de ce paquet montre qu’un consentement a été retiré, et aucun consentement commencé après n’est montré.',
    todo: WHO_DECIDED,
  },
  'INDETERMINATE:consent-expired': {
    say: 'Un consentement avait pris fin au temps prouvé pour le sceau. Le scellement a peut-être eu lieu avant, mais rien ici ne le prouve.',
    todo: WHO_DECIDED,
  },
  'INDETERMINATE:no-time': {
    say: 'Des consentements sont montrés, mais aucun temps n’est prouvé pour le sceau auquel ils devraient tenir.',
    todo: 'Demandez à l’émetteur les horodatages du sceau, ou contrôlez avec un ensemble de confiance qui a leurs autorités.',
  },
  'INDETERMINATE:excepted': {
    say: 'Un consentement manque ou ne couvre pas ce partage ; une exception signée le permet ici.',
    todo: EXCEPTED,
  },
  'INDETERMINATE:not-in-facts': {
    say: 'Des consentements sont montrés dans le paquet, mais les faits enregistrés ne les ont pas.',
    todo: 'Contrôlez le paquet lui-même.',
  },
  INDETERMINATE: 'Les consentements n’ont pas pu être jugés.',
  WITHHELD: 'Ce que couvrent les consentements est fermé.',
} as const

/** The sharing decision: authorisation.json. */
export const AUTHORISATION: Record<Ids, FindingWords> = {
  'authorisation.request': {
    question: 'Le partage de ce paquet exactement a-t-il été demandé ?',
    doesNotShow: 'Si la décision était juste, c’est à des personnes d’en juger.',
    outcomes: {
      PASSED:
        'Il y a une demande de partager exactement ceci : ce journal, ces pièces, ces ouvertures, avec ce destinataire.',
      'FAILED:log-differs': { say: 'La demande de partage porte sur un autre journal.', todo: ASK_ISSUER },
      'FAILED:export-differs': { say: 'La demande de partage porte sur un autre export.', todo: ASK_ISSUER },
      'FAILED:items-differ': {
        say: 'La demande de partage porte sur d’autres pièces que celles listées ici.',
        todo: ASK_ISSUER,
      },
      'FAILED:disclosures-differ': {
        say: 'La demande de partage porte sur d’autres ouvertures que celles du paquet.',
        todo: ASK_ISSUER,
      },
      'FAILED:recipient-differs': {
        say: 'La demande de partage nomme un autre destinataire que le paquet.',
        todo: ASK_ISSUER,
      },
      'FAILED:head-differs': {
        say: 'La demande de partage porte sur une autre histoire que celle de ce paquet.',
        todo: ASK_ISSUER,
      },
      'FAILED:export-repeated': {
        say: 'La demande de partage, et donc ses approbations, ont déjà servi à un export antérieur : le journal de possession porte deux fois son numéro d’export.',
        todo: ASK_ISSUER,
      },
      'FAILED:head-stale': {
        say: 'Quelque chose a été inscrit au journal de possession entre la demande et l’export : personne n’a donc décidé de ce qui a été partagé à la fin.',
        todo: ASK_ISSUER,
      },
      FAILED: 'La demande de partage contredit ce paquet.',
      'INDETERMINATE:no-request': {
        say: 'Le paquet nomme un destinataire, mais n’a ni demande de partage ni approbations.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:line-unread': {
        say: 'Une ligne du journal de possession entre la demande et l’export n’a pas pu être lue.',
        todo: 'Contrôlez avec une version plus récente de ce programme, ou demandez à l’expéditeur une nouvelle copie.',
      },
      'INDETERMINATE:not-compared': 'La demande de partage n’a pas pu être comparée avec le reste du paquet.',
      INDETERMINATE: 'La demande de partage n’a pas pu être jugée.',
      'NOT-CHECKED:draft': 'Le paquet n’est pour personne en particulier, et aucun partage n’a été décidé.',
      'NOT-CHECKED': 'Il n’y a pas de décision de partage à juger.',
    },
  },
  'authorisation.approvals': {
    question: 'Deux personnes ont-elles approuvé le partage ?',
    doesNotShow: 'Les signatures montrent qui a approuvé, non ce qui a été pesé.',
    outcomes: {
      PASSED:
        'Au moins deux personnes ont approuvé exactement cette demande. Votre liste certifie qui elles sont, et aucune des deux n’a scellé le paquet.',
      ...SIGNATURES,
      'INDETERMINATE:too-few': { say: 'Moins de deux approbations tiennent.', todo: WHO_DECIDED },
      'INDETERMINATE:same-subject': {
        say: 'Les approbations sont sous un seul nom : c’est la parole d’une personne, non de deux.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:same-key': {
        say: 'Les approbations ont été signées avec une seule clé, ou avec une clé qui certifie l’autre : c’est la parole d’une personne, non de deux.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:is-sealer': {
        say: 'Quelqu’un qui a approuvé a aussi scellé le paquet, ou est certifié par la clé qui l’a scellé : il n’y en a donc pas deux autres.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:sealer-unknown': {
        say: 'Le certificat de qui a scellé n’est pas ici : personne ne peut donc dire s’il a aussi approuvé.',
        todo: 'Demandez à l’émetteur le certificat du sceau.',
      },
      'INDETERMINATE:excepted': {
        say: 'Il n’y a pas deux approbations comme les règles les veulent ; une exception signée le permet ici.',
        todo: EXCEPTED,
      },
      ...NO_REQUEST,
    },
  },
  'authorisation.assurances': {
    question: 'Le destinataire a-t-il donné chaque assurance ?',
    doesNotShow: 'Qu’une assurance soit tenue n’est pas l’affaire de ce paquet.',
    outcomes: {
      PASSED: 'Les quatre assurances sont indiquées : qui a donné chacune, quand, et où c’est écrit.',
      'INDETERMINATE:not-stated': { say: 'Une assurance du destinataire n’est pas indiquée.', todo: WHO_DECIDED },
      'INDETERMINATE:dated-later': {
        say: 'Une assurance du destinataire est datée d’après le sceau : d’après sa propre date, elle n’avait pas encore été donnée.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:excepted': {
        say: 'Une assurance du destinataire n’est pas indiquée ; une exception signée le permet ici.',
        todo: EXCEPTED,
      },
      INDETERMINATE: 'Les assurances n’ont pas pu être jugées.',
      ...NO_REQUEST,
    },
  },
  'authorisation.consents': {
    question: 'Un consentement de sa source couvre-t-il le partage de chaque pièce ?',
    doesNotShow: 'Qu’une source ait vraiment consenti, et su à quoi, est la déclaration de l’émetteur.',
    outcomes: {
      PASSED:
        'Pour chaque pièce est montré un consentement qui couvre ce but, cette sorte de destinataire et le temps du sceau.',
      'FAILED:no-item': { say: 'Il y a un consentement pour une pièce qui n’existe pas.', todo: ASK_ISSUER },
      'INDETERMINATE:consent-missing': {
        say: 'Pour une pièce qui est montrée, il n’y a pas de consentement.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:malformed-value': 'Une valeur d’un consentement n’est pas du genre que le format y veut.',
      'INDETERMINATE:not-compared': 'Quelles pièces ont besoin d’un consentement n’a pas pu être lu.',
      'WITHHELD:closed':
        'Chaque pièce a un consentement, mais ce que certains couvrent, et pour combien de temps, est fermé : qu’ils couvrent ce partage est la déclaration de l’émetteur.',
      'WITHHELD:withdrawal-closed':
        'Chaque pièce a un consentement qui couvre ce partage, mais le journal montre un retrait de consentement sans montrer quelles pièces il concerne : qu’il n’en concerne aucune ici est la déclaration de l’émetteur.',
      'NOT-CHECKED:none': 'Aucune pièce n’est montrée, donc aucune n’a besoin d’un consentement.',
      ...OF_CONSENTS,
      ...NO_REQUEST,
    },
  },
  'authorisation.later-consents': {
    question: 'Des consentements ouverts plus tard couvrent-ils le partage ?',
    doesNotShow: 'Qu’une source ait vraiment consenti, et su à quoi, est la déclaration de l’émetteur.',
    outcomes: {
      ...OF_CONSENTS,
      PASSED:
        'De ce qui est ouvert plus tard est montré un consentement qui couvre ce but, cette sorte de destinataire et le temps du sceau.',
      'WITHHELD:closed':
        'Des consentements sont ouverts plus tard, mais ce que certains couvrent, et combien de temps, reste fermé : qu’ils couvrent ce partage est la déclaration de l’émetteur.',
      'NOT-CHECKED:stubs':
        'Seuls des consentements pour des pièces retenues sont ouverts plus tard. Rien de ces pièces n’est partagé, donc rien n’est demandé à leurs consentements.',
      'NOT-CHECKED':
        'Seuls des consentements pour des pièces retenues sont ouverts plus tard. Rien de ces pièces n’est partagé, donc rien n’est demandé à leurs consentements.',
    },
  },
  'authorisation.conditions': {
    question: 'Le but, le destinataire et les conditions de traitement sont-ils indiqués ?',
    doesNotShow: 'Que les conditions soient tenues n’est pas l’affaire de ce paquet.',
    outcomes: {
      PASSED: 'Le but, le destinataire et des conditions de traitement sont indiqués.',
      'PASSED:day-passed': {
        say: 'Le but, le destinataire et des conditions de traitement sont indiqués. Un jour que l’une d’elles nomme est passé.',
        todo: 'Regardez ce qui est à faire jusqu’à ce jour : rendre ou détruire les copies, ou demander à l’émetteur un délai plus long.',
      },
      'INDETERMINATE:not-stated': {
        say: 'La demande n’indique pas le but, le destinataire ou une condition de traitement.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:excepted': {
        say: 'La demande n’indique pas le but, le destinataire ou une condition de traitement ; une exception signée le permet ici.',
        todo: EXCEPTED,
      },
      INDETERMINATE: 'Les conditions n’ont pas pu être jugées.',
      ...NO_REQUEST,
    },
  },
  'authorisation.exceptions': {
    question: 'Le partage a-t-il été décidé sans exception ?',
    outcomes: {
      PASSED: 'Aucune exception n’a été faite aux conditions du partage.',
      ...SIGNATURES,
      'INDETERMINATE:excepted': {
        say: 'Une condition du partage a été écartée par une exception signée. Si c’était juste, personne ne peut le dire d’après le paquet.',
        todo: EXCEPTED,
      },
      ...NO_REQUEST,
    },
  },
  'authorisation.recipient': {
    question: 'Le paquet a-t-il été fait pour le destinataire nommé par vous ?',
    outcomes: {
      PASSED: 'Le paquet a été fait pour le destinataire nommé par vous.',
      'INDETERMINATE:another': {
        say: 'Le paquet a été fait pour un autre destinataire que celui nommé par vous.',
        todo: 'Demandez à l’émetteur si vous pouvez l’utiliser ; dites de qui vous le tenez.',
      },
      'INDETERMINATE:other-spelling': {
        say: 'Le paquet nomme son destinataire comme vous, aux majuscules, aux espaces ou à la composition des lettres près. Ce n’est guère un autre destinataire, et ce n’est pas le même nom.',
        todo: 'Tapez le nom tel qu’il figure dans le paquet. En cas de doute, demandez à l’émetteur.',
      },
      'INDETERMINATE:key-not-stated': {
        say: 'Le paquet n’indique pas la clé de son destinataire, qui n’a donc pas pu être comparée avec la vôtre.',
        todo: 'Comparez le nom (--recipient name:NAME).',
      },
      'INDETERMINATE:none-named': {
        say: 'Le paquet ne nomme aucun destinataire.',
        todo: 'Demandez à l’émetteur si vous pouvez l’utiliser ; dites de qui vous le tenez.',
      },
      INDETERMINATE: 'Le destinataire n’a pas pu être comparé.',
      'NOT-CHECKED:not-asked': 'Aucun destinataire n’a été nommé pour comparer (--recipient).',
      'NOT-CHECKED': 'Le destinataire n’a pas été comparé.',
    },
  },
}
