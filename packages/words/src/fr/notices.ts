import type { FindingWords } from '../messages.ts'

const ASK = 'Demandez à l’émetteur, par une autre voie que celle de l’avis, si cet avis est le sien et ce qu’il dit.'
const USE =
  'N’utilisez pas et ne transmettez pas ce qu’il nomme avant d’avoir interrogé l’émetteur. Code : {code.found}.'
const TRUST = 'Choisissez un ensemble de confiance venu par une autre voie que le paquet (--trust-set FILE).'
const SAID = 'Il dit : ({kind.found}, {date.found}, {items.found}, {code.found}).'

export const NOTICES: FindingWords = {
  question: 'L’émetteur a-t-il donné un avis après l’envoi de ce paquet : retiré, remplacé, rappelé ?',
  doesNotShow: 'Que personne n’ait donné d’avis ici ne montre pas qu’il n’y en a pas.',
  outcomes: {
    'NOT-CHECKED:none': {
      say: 'Aucun avis de l’émetteur n’a été donné : on ne sait donc rien de ce que l’émetteur a pu retirer, remplacer ou rappeler après l’envoi de ce paquet.',
      todo: 'Demandez à l’émetteur les avis sur ce paquet, et donnez-les à côté du paquet (--notices).',
    },
    'NOT-CHECKED:other-bundle': 'Cet avis porte sur d’autres paquets et ne dit rien de celui-ci.',
    'NOT-CHECKED': 'Aucun avis sur ce paquet n’a été jugé.',
    'INDETERMINATE:malformed': {
      say: 'Cet avis ne peut pas être lu : il n’a pas la forme des avis.',
      todo: 'Demandez à l’émetteur d’envoyer l’avis de nouveau.',
    },
    'INDETERMINATE:unknown-version': {
      say: 'Cet avis est dans une version du format plus récente que celle que ce programme connaît.',
      todo: 'Utilisez une version plus récente du programme.',
    },
    'INDETERMINATE:limit': {
      say: 'Cet avis est plus grand que ce que ce programme examine, ou plus d’avis ont été donnés qu’il n’en examine en une fois.',
      todo: 'Donnez moins d’avis à la fois.',
    },
    'INDETERMINATE:no-bundle-id': {
      say: 'Ce qui a été donné n’a pas d’identifiant de paquet : rien ne dit si cet avis porte sur lui.',
      todo: ASK,
    },
    'INDETERMINATE:other-content': {
      say: `La signature de cet avis porte sur autre chose : ce qu’il dit maintenant n’est la parole de personne. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:signature': {
      say: `La signature de cet avis ne tient pas : ce qu’il dit n’est la parole de personne. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:malformed-signature': { say: `La signature de cet avis ne peut pas être jugée. ${SAID}`, todo: ASK },
    'INDETERMINATE:other-log': {
      say: `Cet avis nomme ce paquet, mais un autre journal que celui du paquet. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:seal-differs': {
      say: `Cet avis nomme ce paquet sous un autre sceau que celui qui est ici. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:inconsistent': {
      say: `Cet avis montre un état du journal qui ne continue pas celui de ce paquet : il y a deux historiques, ou la preuve n’en est pas une. ${SAID}`,
      todo: 'Demandez à d’autres qui ont des paquets de ce journal de les comparer au vôtre : probatum compare.',
    },
    'INDETERMINATE:checkpoint-signature': {
      say: `La signature du journal dans cet avis ne tient pas. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:event-differs': {
      say: `L’événement que montre cet avis ne figure pas dans le journal comme il le dit. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:item-beyond': { say: `Cet avis nomme une pièce que ce paquet n’a pas. ${SAID}`, todo: ASK },
    'INDETERMINATE:unsupported': {
      say: `Une signature dans cet avis utilise une méthode que ce programme ne connaît pas. ${SAID}`,
      todo: 'Utilisez une version plus récente du programme.',
    },
    'INDETERMINATE:no-trust-set': {
      say: `Il y a un avis sur ce paquet, mais vous n’avez choisi aucune liste de clés auxquelles vous croyez : rien ne dit donc de qui il est. ${SAID}`,
      todo: TRUST,
    },
    'INDETERMINATE:trust-set-inside': {
      say: `Il y a un avis sur ce paquet, mais la liste qui devrait dire de qui il est se trouve dans le paquet lui-même et n’a pas été utilisée. ${SAID}`,
      todo: 'Procurez-vous l’ensemble de confiance auprès de son émetteur par une autre voie.',
    },
    'INDETERMINATE:other-role': {
      say: `Votre liste a qui a certifié le signataire de cet avis, mais dans un autre rôle : non pour envoyer des avis, et le signataire n’a pas scellé ce paquet. ${SAID}`,
      todo: 'Demandez à l’émetteur de l’ensemble de confiance si cette autorité certifie qui envoie des avis (rôle notice).',
    },
    'INDETERMINATE:signer-unknown': {
      say: `La liste choisie par vous ne dit pas à qui est la clé qui a signé cet avis. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:anchor-interval': {
      say: `Votre liste ne permet l’ancre de qui a signé cet avis que pour un autre temps. ${SAID}`,
      todo: 'Demandez à l’émetteur de l’ensemble de confiance pourquoi le temps a été limité.',
    },
    'INDETERMINATE:validity': {
      say: `Le certificat de qui a signé cet avis avait pris fin, ou n’avait pas commencé, au moment de ce contrôle ; rien ne prouve que l’avis a été fait tant qu’il était valable. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:key-usage': {
      say: `Le certificat qui a signé cet avis n’en est pas un pour signer des documents. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:algorithm': {
      say: `La signature de cet avis utilise une méthode que votre politique ne compte pas comme preuve. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:revoked': {
      say: `Le certificat de qui a signé cet avis a été révoqué : n’importe qui peut avoir signé avec sa clé. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:none-holds': {
      say: `La liste choisie par vous connaît qui a certifié le signataire de cet avis, mais aucun chemin de certificats ne tient au moment de ce contrôle. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:revocation': {
      say: `On ne sait pas si le certificat qui a signé cet avis a été révoqué. ${SAID}`,
      todo: 'Demandez à l’autorité qui l’a émis sa liste de révocation (CRL) ou une réponse OCSP, et donnez-la à côté du paquet (--crl ou --ocsp).',
    },
    'INDETERMINATE:log-unknown': {
      say: `La liste choisie par vous n’a pas la clé qui a signé l’état du journal dans cet avis. ${SAID}`,
      todo: 'Demandez à l’émetteur de l’ensemble de confiance la clé actuelle de ce journal.',
    },
    'INDETERMINATE:log-interval': {
      say: `Votre liste ne permet la clé du journal que pour un autre temps. ${SAID}`,
      todo: 'Demandez à l’émetteur de l’ensemble de confiance pourquoi le temps a été limité.',
    },
    'INDETERMINATE:not-compared': {
      say: `Quelque chose de ce paquet, à quoi cet avis doit être comparé, n’a pas pu être lu. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:later': {
      say: `Cet avis porte une date postérieure au temps auquel le jugement se rapporte. ${SAID}`,
      todo: 'Jugez de nouveau à une date plus tardive.',
    },
    'INDETERMINATE:dated-before': {
      say: `Cet avis porte une date antérieure au temps depuis lequel l’existence du sceau est prouvée : qui l’a fait ne pouvait alors pas connaître ce paquet. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:withdrawn': {
      say: '{unchanged} Le {date.found}, l’émetteur a retiré l’autorisation d’utiliser quoi que ce soit de ce paquet.',
      todo: USE,
    },
    'INDETERMINATE:withdrawn-item': {
      say: '{unchanged} Le {date.found}, l’émetteur a retiré l’autorisation d’utiliser la pièce {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:withdrawn-items': {
      say: '{unchanged} Le {date.found}, l’émetteur a retiré l’autorisation d’utiliser les pièces {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:superseded': {
      say: '{unchanged} Le {date.found}, l’émetteur a mis un autre paquet à la place de celui-ci.',
      todo: USE,
    },
    'INDETERMINATE:superseded-item': {
      say: '{unchanged} Le {date.found}, l’émetteur a mis autre chose à la place de la pièce {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:superseded-items': {
      say: '{unchanged} Le {date.found}, l’émetteur a mis autre chose à la place des pièces {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:recalled': { say: '{unchanged} Le {date.found}, l’émetteur a rappelé tout ce paquet.', todo: USE },
    'INDETERMINATE:recalled-item': {
      say: '{unchanged} Le {date.found}, l’émetteur a rappelé la pièce {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:recalled-items': {
      say: '{unchanged} Le {date.found}, l’émetteur a rappelé les pièces {items.found}.',
      todo: USE,
    },
    INDETERMINATE: 'Ce que cet avis dit de ce paquet n’a pas pu être décidé.',
  },
}
