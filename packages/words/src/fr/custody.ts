import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `${'custody' | 'log' | 'disclosure'}.${string}`>

const ASK_ISSUER = 'Demandez à l’émetteur une explication écrite, et le journal tel qu’il se trouve chez lui.'
const SHOW_ISSUER = 'Demandez à l’émetteur de montrer cette ligne, ou de dire pourquoi elle est retenue.'
const LIST =
  'Demandez à l’émetteur, par une autre voie que celle de ce paquet, l’ensemble de confiance qui nomme la clé de ce journal.'
const OWN_WAY = 'Obtenez l’ensemble de confiance de son émetteur par une autre voie.'
const LIMITED = 'Demandez à l’émetteur de l’ensemble de confiance pourquoi le temps a été limité.'
const LINE_UNREAD = {
  say: 'Une ligne n’a pas pu être lue : on ne peut donc pas le dire d’elle.',
  todo: 'Contrôlez avec une version plus récente de ce programme, ou demandez une nouvelle copie à l’expéditeur.',
}
const CLOSED = 'Aucun événement ne montre cela ; il n’y avait donc rien à comparer.'
const ASK_MAKER = 'Gardez le fichier, ne vous y fiez pas, et demandez une explication écrite à qui l’a fait.'
const SEND_AGAIN = 'Demandez à qui a fait le fichier de l’envoyer à nouveau.'
const OTHER_BUNDLE = {
  say: 'Rien dans le fichier n’appartient à ce paquet : il a été fait pour un autre, ou il a été entièrement modifié ou inventé. Il ne dit rien de ce paquet, et rien de ce qu’il contient n’est confirmé.',
  todo: 'Vérifiez que c’est le bon fichier pour ce paquet. S’il doit l’être, interrogez qui l’a fait.',
}
const NO_LINES = {
  say: 'Il n’y a ici aucune ligne à laquelle ce programme pourrait comparer des ouvertures.',
  todo: 'Donnez le fichier avec le paquet pour lequel il a été fait.',
}
const LATER_BUNDLE = {
  say: 'Le fichier montre quelque chose d’une ligne qui vient après la fin du journal de ce paquet : il a été fait pour un paquet ultérieur.',
  todo: 'Contrôlez-le avec le paquet ultérieur.',
}
const MALFORMED_VALUE = 'Une valeur montrée n’est pas du genre que le format veut là ; elle n’a donc pas été comparée.'
const NOT_JUDGED = 'Le journal de possession n’a pas été jugé.'
const LOG_NOT_JUDGED = 'Le journal n’a pas été jugé.'

/** What the history of the evidence shows: custody.jsonl, the signed log, and what of both is opened. */
export const HISTORY: Record<Ids, FindingWords> = {
  'custody.chain': {
    question: 'Les entrées du journal de possession forment-elles une seule chaîne ininterrompue ?',
    doesNotShow: 'Une chaîne montre que rien n’a été changé après coup, non que ce qui a été écrit est vrai.',
    outcomes: {
      PASSED: 'Chaque entrée montrée nomme exactement l’entrée qui la précède.',
      'FAILED:broken': {
        say: 'Une entrée nomme avant elle une autre entrée que celle qui s’y trouve.',
        todo: ASK_ISSUER,
      },
      'FAILED:fork': {
        say: 'Deux entrées nomment la même entrée avant elles : le journal a été continué de deux façons.',
        todo: ASK_ISSUER,
      },
      FAILED: 'La chaîne est contredite.',
      'INDETERMINATE:line-unread': LINE_UNREAD,
      INDETERMINATE: 'On n’a pas pu dire si les entrées forment une seule chaîne.',
      'NOT-CHECKED': NOT_JUDGED,
    },
  },
  'custody.order': {
    question: 'Les entrées du journal de possession sont-elles numérotées sans lacune ni répétition ?',
    outcomes: {
      PASSED: 'Les entrées sont numérotées depuis la première, chacune une fois.',
      'FAILED:out-of-order': {
        say: 'Des entrées manquent, figurent deux fois ou figurent dans un autre ordre.',
        todo: ASK_ISSUER,
      },
      INDETERMINATE: 'Les numéros des entrées n’ont pas pu être établis.',
      'NOT-CHECKED': NOT_JUDGED,
    },
  },
  'custody.log-start': {
    question: 'Le journal de possession commence-t-il par son propre début ?',
    outcomes: {
      PASSED: 'La première entrée commence ce journal, et nomme le journal que nomme le paquet.',
      'FAILED:not-first': { say: 'La première entrée n’est pas le début d’un journal.', todo: ASK_ISSUER },
      'FAILED:differs': {
        say: 'Le journal commence comme un autre journal que celui que nomme le paquet.',
        todo: ASK_ISSUER,
      },
      'FAILED:again': { say: 'Un journal recommence au milieu de celui-ci.', todo: ASK_ISSUER },
      FAILED: 'Le début du journal est contredit.',
      'INDETERMINATE:withheld': {
        say: 'Le début du journal est retenu ; le format ne le permet jamais.',
        todo: SHOW_ISSUER,
      },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      INDETERMINATE: 'On n’a pas pu dire si c’est le début du journal.',
      'NOT-CHECKED': NOT_JUDGED,
    },
  },
  'custody.export': {
    question: 'La dernière entrée est-elle la création de ce paquet même ?',
    outcomes: {
      PASSED:
        'La dernière entrée est la création de ce paquet, et porte exactement sur ces pièces et cette décision de partage.',
      'FAILED:not-last': {
        say: 'La dernière entrée n’est pas la création d’un paquet : le journal a été coupé ou continué.',
        todo: ASK_ISSUER,
      },
      'FAILED:items-differ': {
        say: 'La dernière entrée porte sur d’autres pièces que celles listées ici.',
        todo: ASK_ISSUER,
      },
      'FAILED:authorisation-differs': {
        say: 'La dernière entrée porte sur une autre décision de partage que celle qui est ici.',
        todo: ASK_ISSUER,
      },
      FAILED: 'La dernière entrée contredit ce paquet.',
      'INDETERMINATE:withheld': {
        say: 'La dernière entrée est retenue ; le format ne le permet jamais.',
        todo: SHOW_ISSUER,
      },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:not-compared':
        'La dernière entrée n’a pas pu être comparée aux pièces et à la décision de partage.',
      'NOT-CHECKED': NOT_JUDGED,
    },
  },
  'custody.types': {
    question: 'Ce programme connaît-il chaque genre d’entrée du journal de possession ?',
    outcomes: {
      PASSED: 'Chaque entrée montrée est d’un genre que ce programme connaît.',
      'INDETERMINATE:unknown-type': {
        say: 'Il y a des genres d’entrées que ce programme ne connaît pas. Cela ne dit rien contre elles.',
        todo: 'Contrôlez avec une version plus récente de ce programme.',
      },
      'NOT-CHECKED': NOT_JUDGED,
    },
  },
  'custody.shown': {
    question: 'Toutes les entrées du journal de possession sont-elles montrées ?',
    outcomes: {
      PASSED: 'Toutes les entrées sont montrées.',
      'WITHHELD:withheld': 'Certaines entrées sont retenues : leurs places et leurs sceaux sont ici, et rien d’autre.',
      'INDETERMINATE:none-shown': {
        say: 'Aucune entrée n’est montrée, sauf le début du journal et la création de ce paquet ; rien n’est donc montré de sa possession.',
        todo: 'Demandez à l’émetteur quelles entrées peuvent être montrées.',
      },
      INDETERMINATE: 'On n’a pas pu dire quelles entrées sont montrées.',
      'NOT-CHECKED': NOT_JUDGED,
    },
  },
  'custody.objects': {
    question: 'Les entrées nomment-elles des pièces qui existent ?',
    outcomes: {
      PASSED: 'Chaque entrée qui montre ses pièces nomme des pièces listées.',
      'FAILED:no-item': { say: 'Une entrée nomme une pièce qui n’est pas listée.', todo: ASK_ISSUER },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      'INDETERMINATE:not-compared':
        'Les pièces que nomment les entrées n’ont pas pu être comparées à la liste des pièces.',
      'NOT-CHECKED:closed': CLOSED,
      'NOT-CHECKED': CLOSED,
    },
  },
  'custody.digests': {
    question: 'Les empreintes qu’indiquent les entrées sont-elles celles des pièces ?',
    outcomes: {
      PASSED: 'Chaque empreinte qu’une entrée montre d’une pièce montrée est celle de cette pièce.',
      'FAILED:differs': {
        say: 'Une entrée indique pour une pièce une autre empreinte que celle de la pièce.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'Les empreintes n’ont pas pu être comparées.',
      'NOT-CHECKED:closed': CLOSED,
      'NOT-CHECKED:not-compared':
        'Des entrées montrent des empreintes, mais aucune d’une pièce montrée sous une méthode que les deux emploient.',
      'NOT-CHECKED': CLOSED,
    },
  },
  'custody.time': {
    question: 'Les temps des entrées sont-ils possibles tels qu’ils sont déclarés ?',
    doesNotShow:
      'Les temps des entrées sont des déclarations de ceux qui les ont écrites. Les entrées sont dans l’ordre où elles ont été écrites : ce que l’une raconte peut s’être passé longtemps avant.',
    outcomes: {
      PASSED:
        'Rien ne s’oppose aux temps montrés : aucune entrée n’est postérieure à son écriture, et aucune pièce n’a été ajoutée avant d’être acquise.',
      'INDETERMINATE:later-than-record': {
        say: 'Une entrée déclare un temps auquel elle était déjà écrite : il est postérieur à une entrée suivante du journal lui-même, ou au paquet.',
        todo: 'Interrogez l’émetteur sur ces temps et sur les horloges dont ils viennent.',
      },
      'INDETERMINATE:before-acquisition': {
        say: 'Selon les entrées, des pièces ont été ajoutées au journal avant d’être acquises.',
        todo: 'Demandez à l’émetteur quand ces pièces ont été acquises et quand elles ont été ajoutées.',
      },
      'INDETERMINATE:created-later': {
        say: 'Le paquet déclare avoir été fait après son horodatage. Son horloge était donc fausse, et les temps des entrées le sont peut-être aussi.',
        todo: 'Interrogez l’émetteur sur l’horloge avec laquelle le paquet a été fait.',
      },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'Les temps n’ont pas pu être comparés.',
      'NOT-CHECKED:closed': CLOSED,
      'NOT-CHECKED': CLOSED,
    },
  },
  'custody.handover': {
    question: 'Les remises sont-elles signées par qui remet et par qui reçoit ?',
    outcomes: {
      'FAILED:other-content': {
        say: 'Une signature sur une remise appartient à autre chose.',
        todo: ASK_ISSUER,
      },
      PASSED:
        'Chaque signature montrée sur une remise tient sur sa propre entrée, et votre liste certifie de qui elle est.',
      'FAILED:signature': { say: 'Une signature sur une remise ne tient pas.', todo: ASK_ISSUER },
      'FAILED:replayed': {
        say: 'Une signature sur une remise figure dans plus d’une entrée : elle a été donnée pour l’une d’elles.',
        todo: ASK_ISSUER,
      },
      'FAILED:key-usage': {
        say: 'Une remise a été signée avec une clé dont le certificat dit qu’elle ne signe pas.',
        todo: ASK_ISSUER,
      },
      'FAILED:revoked': {
        say: 'Le certificat de quelqu’un qui a signé une remise était alors déjà révoqué.',
        todo: 'Demandez à l’émetteur qui a signé, quand, et pourquoi le certificat a été révoqué.',
      },
      FAILED: 'Une signature sur une remise ne tient pas.',
      'INDETERMINATE:line-unread': {
        say: 'Une signature sur une remise n’a pas pu être comparée : la première ligne du journal, qui dit de quel journal il s’agit, n’a pas pu être lue.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:one-for-both': {
        say: 'Qui a remis et qui a reçu ont signé une remise avec la même clé, avec deux clés dont l’une certifie l’autre, ou sous le même nom : c’est la parole d’une personne, non de deux.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:name-closed': {
        say: 'Une signature sur une remise tient, mais l’entrée ne montre pas de qui elle est dite être.',
        todo: SHOW_ISSUER,
      },
      'INDETERMINATE:not-in-facts': {
        say: 'Les signatures sur les remises tiennent, mais les faits enregistrés n’ont pas leurs certificats, qui nomment des personnes.',
        todo: 'Contrôlez le paquet lui-même.',
      },
      'INDETERMINATE:no-trust-set': {
        say: 'Les signatures sur les remises tiennent, mais aucune liste n’a été choisie qui dise à qui sont les clés.',
        todo: 'Choisissez un ensemble de confiance venu par une autre voie que le paquet (--trust-set FILE).',
      },
      'INDETERMINATE:trust-set-inside': {
        say: 'La liste qui devrait dire de qui les clés ont signé les remises se trouve dans le paquet lui-même, et n’a pas été utilisée.',
        todo: OWN_WAY,
      },
      'INDETERMINATE:other-role': {
        say: 'Votre liste a qui a certifié les signataires des remises, mais dans un autre rôle : non pour signer des remises.',
        todo: 'Demandez à l’émetteur de l’ensemble de confiance si cette autorité certifie des personnes qui remettent des preuves (rôle handover).',
      },
      'INDETERMINATE:signer-unknown': {
        say: 'Les signatures sur les remises tiennent, mais la liste choisie par vous ne dit pas à qui sont les clés.',
        todo: 'Demandez à l’émetteur, par une autre voie que celle de ce paquet, l’ensemble de confiance avec les ancres du rôle handover ; ou comparez les empreintes des certificats avec qui remet et qui reçoit.',
      },
      'INDETERMINATE:anchor-interval': {
        say: 'On ne peut pas se fier à l’ancre de qui a signé une remise au temps qui est prouvé pour elle.',
        todo: 'Demandez à l’émetteur de l’ensemble de confiance ce qui est arrivé à cette ancre.',
      },
      'INDETERMINATE:validity': {
        say: 'Un certificat de quelqu’un qui a signé une remise n’était pas valable au temps prouvé : il avait pris fin, ou n’avait pas commencé. La remise a peut-être eu lieu avant, mais rien ici ne le prouve.',
        todo: 'Demandez un paquet scellé tant que le certificat était valable.',
      },
      'INDETERMINATE:key-usage': 'Un certificat qui a signé une remise n’en est pas un pour signer des documents.',
      'INDETERMINATE:algorithm':
        'Une signature sur une remise emploie une méthode que votre politique ne compte pas comme preuve.',
      'INDETERMINATE:revocation': {
        say: 'On ne sait pas si un certificat qui a signé une remise avait été révoqué.',
        todo: 'Demandez la liste de révocation (CRL) ou la réponse OCSP de l’autorité qui l’a émis, et donnez-la à côté du paquet (--crl ou --ocsp).',
      },
      INDETERMINATE: 'Une signature sur une remise n’a pas pu être jugée.',
      'NOT-CHECKED:none': 'Aucune remise ne montre de signature.',
      'NOT-CHECKED:not-read': 'Le journal de possession n’a pas pu être lu.',
      'NOT-CHECKED': 'Aucune remise ne montre de signature.',
    },
  },
  'log.checkpoint': {
    question: 'Le journal a-t-il signé son état ?',
    outcomes: {
      PASSED: 'La signature du journal tient, sous une clé de la liste choisie par vous.',
      'FAILED:signature': { say: 'La signature au nom du journal ne tient pas.', todo: ASK_ISSUER },
      'FAILED:origin-differs': { say: 'L’état signé est celui d’un autre journal.', todo: ASK_ISSUER },
      'FAILED:other-key': {
        say: 'L’état a été signé avec une autre clé que celle du journal.',
        todo: ASK_ISSUER,
      },
      FAILED: 'L’état signé du journal est contredit.',
      'INDETERMINATE:not-signed': {
        say: 'L’état du journal ne porte pas la signature propre du journal.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:no-trust-set': {
        say: 'Vous n’avez choisi aucune liste de clés auxquelles vous croyez : rien ne dit donc à qui est ce journal.',
        todo: 'Choisissez un ensemble de confiance venu par une autre voie que le paquet (--trust-set FILE).',
      },
      'INDETERMINATE:trust-set-inside': {
        say: 'La liste choisie par vous se trouve dans le paquet lui-même et n’a pas été utilisée.',
        todo: OWN_WAY,
      },
      'INDETERMINATE:anchor-missing': {
        say: 'La liste choisie par vous ne nomme pas ce journal.',
        todo: LIST,
      },
      'INDETERMINATE:same-name-other-key': {
        say: 'La liste choisie par vous nomme ce journal, mais avec une autre clé.',
        todo: 'Comparez les empreintes avec l’émetteur par téléphone ou par lettre avant de croire à l’une ou à l’autre.',
      },
      'INDETERMINATE:anchor-interval': {
        say: 'La liste choisie par vous ne permet cette clé que pour un autre temps.',
        todo: LIMITED,
      },
      INDETERMINATE: 'La signature du journal n’a pas pu être jugée.',
      'NOT-CHECKED': LOG_NOT_JUDGED,
    },
  },
  'log.key': {
    question: 'La clé qui a signé est-elle celle du journal, et ne sert-elle à rien d’autre ?',
    outcomes: {
      PASSED: 'La clé est celle que le journal nomme lui-même, et ne signe rien d’autre ici.',
      'FAILED:other-key': { say: 'La clé est une autre que celle que nomme le journal.', todo: ASK_ISSUER },
      'FAILED:seal-key': {
        say: 'La clé du journal est aussi celle d’un sceau ou d’un autre rôle.',
        todo: ASK_ISSUER,
      },
      FAILED: 'La clé du journal est contredite.',
      'INDETERMINATE:key-unknown': 'Le début du journal, qui nomme sa clé, n’a pas pu être lu.',
      INDETERMINATE: 'La clé du journal n’a pas pu être comparée.',
      'NOT-CHECKED:not-verified':
        'Aucune signature du journal n’a été trouvée qui tienne ; il n’y a donc pas de clé à comparer.',
      'NOT-CHECKED': 'La clé du journal n’a pas été comparée.',
    },
  },
  'log.key-change': {
    question: 'Chaque changement de la clé du journal a-t-il été signé par la clé précédente ?',
    outcomes: {
      PASSED: 'Chaque changement de la clé est signé comme le format le veut.',
      'FAILED:signature': { say: 'La signature sur un changement de la clé ne tient pas.', todo: ASK_ISSUER },
      'FAILED:key-differs': {
        say: 'Un changement de la clé nomme deux clés différentes.',
        todo: ASK_ISSUER,
      },
      FAILED: 'Un changement de la clé est contredit.',
      'INDETERMINATE:key-missing': {
        say: 'Un changement de la clé n’est signé par aucune clé que votre liste a pour ce journal et qui peut le signer.',
        todo: LIST,
      },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      'INDETERMINATE:anchor-interval': {
        say: 'Un changement de la clé est signé par une clé à laquelle on ne peut pas se fier au temps prouvé : elle avait alors pris fin.',
        todo: 'Demandez à l’émetteur de l’ensemble de confiance ce qui est arrivé à cette clé ; après un vol, c’est une ancre qui signe le changement, non l’ancienne clé.',
      },
      INDETERMINATE: 'Un changement de la clé n’a pas pu être jugé.',
      'NOT-CHECKED': 'Le journal a toujours eu la même clé.',
    },
  },
  'log.size': {
    question: 'Le journal a-t-il autant d’entrées que le dit son état signé ?',
    outcomes: {
      PASSED: 'Il y a autant d’entrées que le dit l’état signé.',
      'FAILED:differs': {
        say: 'Il y a plus ou moins d’entrées que ne le dit l’état signé.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:not-compared': 'Le nombre d’entrées n’a pas pu être comparé.',
      'NOT-CHECKED': LOG_NOT_JUDGED,
    },
  },
  'log.root': {
    question: 'Les entrées, y compris celles retenues, sont-elles exactement celles de l’état signé ?',
    outcomes: {
      PASSED: 'Les entrées sont exactement celles de l’état signé, chacune à sa place, y compris celles retenues.',
      'FAILED:differs': {
        say: 'Les entrées ne sont pas celles de l’état signé : quelque chose a été changé, échangé, ajouté ou omis.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:not-compared': 'Les entrées n’ont pas pu être comparées à l’état signé.',
      'NOT-CHECKED': LOG_NOT_JUDGED,
    },
  },
  'log.consistency': {
    question: 'Le journal continue-t-il ses propres états antérieurs ?',
    outcomes: {
      PASSED: 'Le journal continue chaque état antérieur nommé ici.',
      'FAILED:proof': {
        say: 'Une preuve que le journal continue un état antérieur ne tient pas.',
        todo: ASK_ISSUER,
      },
      'FAILED:history-differs': {
        say: 'Un état antérieur portait sur d’autres entrées : l’historique a été réécrit.',
        todo: ASK_ISSUER,
      },
      'FAILED:items-differ': {
        say: 'D’après sa propre entrée, un paquet antérieur de ce journal portait sur d’autres pièces que celles par lesquelles la liste commence ici : des pièces ont été modifiées, retirées ou rangées autrement depuis.',
        todo: ASK_ISSUER,
      },
      FAILED: 'Le journal ne continue pas un état antérieur.',
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:not-compared': 'On n’a pas pu dire si le journal continue ses états antérieurs.',
      'NOT-CHECKED': 'Aucun état antérieur du journal n’est nommé ici.',
    },
  },
  'log.witnesses': {
    question: 'Des témoins ont-ils vu cet état du journal ?',
    outcomes: {
      PASSED: 'Des témoins de la liste choisie par vous confirment avoir vu cet état du journal.',
      'FAILED:signature': { say: 'La signature au nom d’un témoin ne tient pas.', todo: ASK_ISSUER },
      'INDETERMINATE:later':
        'Un témoin indique un moment où cet état du journal était scellé depuis longtemps, ou un moment après le jour de cette vérification.',
      'INDETERMINATE:anchor-interval': 'Votre liste ne permet la clé d’un témoin que pour un autre temps.',
      INDETERMINATE: 'La signature d’un témoin n’a pas pu être jugée.',
      'NOT-CHECKED:unknown': {
        say: 'Il y a d’autres signatures, mais aucune d’un témoin que nomme une liste choisie par vous. Les clés du journal lui-même, et celles qui scellent ou approuvent, ne sont pas des témoins.',
        todo: 'Si vous connaissez un témoin de ce journal, ajoutez sa clé de vérification à votre ensemble de confiance (rôle log).',
      },
      'NOT-CHECKED': 'Aucun témoin n’a signé cet état du journal.',
    },
  },
  'disclosure.openings': {
    question: 'Tout ce qui a été ouvert concorde-t-il avec son engagement ?',
    outcomes: {
      PASSED: 'Chaque valeur ouverte est celle qui a été engagée, sous son propre nom.',
      'PASSED:salt-again': {
        say: 'Chaque valeur ouverte est celle qui a été engagée. Mais {saltsAgain} d’entre elles ont un sel qu’une autre a aussi : le programme qui a fait ce journal ne les a pas tirés comme il le doit ; ce qui y est retenu peut donc être deviné.',
        todo: 'Prévenez l’émetteur, sans transmettre les ouvertures.',
      },
      'FAILED:no-slot': { say: 'Une valeur ouverte n’est pas celle qui a été engagée.', todo: ASK_ISSUER },
      'FAILED:other-slot': {
        say: 'Une valeur est ouverte sous un autre nom que celui qui a été engagé.',
        todo: ASK_ISSUER,
      },
      'FAILED:twice': { say: 'Un champ est ouvert deux fois.', todo: ASK_ISSUER },
      'FAILED:no-line': { say: 'Une valeur est ouverte pour une ligne qui n’existe pas.', todo: ASK_ISSUER },
      'FAILED:no-such-field': {
        say: 'Une valeur est ouverte pour un champ que sa ligne n’a pas.',
        todo: ASK_ISSUER,
      },
      'FAILED:clear-member': {
        say: 'Une valeur est ouverte pour quelque chose qui figure en clair.',
        todo: ASK_ISSUER,
      },
      FAILED: 'Une valeur ouverte contredit son engagement.',
      'INDETERMINATE:line-withheld': {
        say: 'Une valeur est ouverte pour une ligne retenue ; il n’y a donc rien à quoi la comparer.',
        todo: SHOW_ISSUER,
      },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:own-export': 'Un champ de la création de ce paquet est ouvert ; le format ne le permet pas.',
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'Une valeur ouverte n’a pas pu être comparée.',
      'NOT-CHECKED': 'Rien n’est ouvert.',
    },
  },
  'disclosure.grounds': {
    question: 'Ce qui est dit retenu l’est-il vraiment ?',
    outcomes: {
      PASSED: 'Ce qui est dit retenu n’est pas montré.',
      'FAILED:opened': {
        say: 'Quelque chose est dit retenu, et est tout de même montré.',
        todo: ASK_ISSUER,
      },
      'FAILED:no-line': {
        say: 'Un motif est donné pour retenir une ligne qui n’existe pas.',
        todo: ASK_ISSUER,
      },
      'FAILED:no-such-field': {
        say: 'Un motif est donné pour retenir un champ que sa ligne n’a pas.',
        todo: ASK_ISSUER,
      },
      FAILED: 'Un motif de retenue contredit ce qui est ici.',
      'INDETERMINATE:line-unread': {
        say: 'Un motif est donné pour retenir une ligne qui n’a pas pu être lue.',
        todo: ASK_ISSUER,
      },
      INDETERMINATE: 'Les motifs de retenue n’ont pas pu être lus.',
      'NOT-CHECKED': 'Aucun motif de retenue n’est donné.',
    },
  },
  'disclosure.payload': {
    question: 'Chaque fichier de preuve appartient-il à exactement une pièce listée ?',
    outcomes: {
      PASSED: 'Chaque fichier de preuve appartient à exactement une pièce, avec cette empreinte et cette taille.',
      'FAILED:differs': {
        say: 'Une pièce a une autre empreinte ou une autre taille que le fichier de preuve qu’elle nomme.',
        todo: ASK_ISSUER,
      },
      'FAILED:several-items': { say: 'Deux pièces nomment le même fichier de preuve.', todo: ASK_ISSUER },
      'FAILED:no-item': {
        say: 'Il y a un fichier de preuve qu’aucune pièce ne nomme.',
        todo: ASK_ISSUER,
      },
      FAILED: 'Les fichiers de preuve et les pièces se contredisent.',
      'INDETERMINATE:no-item': {
        say: 'Il y a un fichier de preuve qu’aucune pièce ne montre comme le sien.',
        todo: 'Demandez à l’émetteur d’ouvrir le chemin, la taille et l’empreinte de cette pièce.',
      },
      'INDETERMINATE:closed': {
        say: 'Une pièce nomme son fichier de preuve, mais n’en montre pas l’empreinte ni la taille.',
        todo: 'Demandez à l’émetteur d’ouvrir la taille et l’empreinte de cette pièce.',
      },
      'INDETERMINATE:no-file': {
        say: 'Une pièce nomme un fichier de preuve qui ne fait pas partie de ce paquet.',
        todo: 'Demandez à l’émetteur si ce fichier a été omis exprès.',
      },
      'INDETERMINATE:no-payload': 'Il n’y a aucun fichier de preuve.',
      'INDETERMINATE:not-compared': 'Les fichiers de preuve et les pièces n’ont pas pu être comparés.',
      'NOT-CHECKED': 'Les pièces n’ont pas été comparées aux fichiers de preuve.',
    },
  },
  'disclosure.copies': {
    question: 'Chaque copie caviardée nomme-t-elle son original ?',
    doesNotShow: 'Qu’une copie montre fidèlement le reste de son original est la déclaration de l’émetteur.',
    outcomes: {
      PASSED: 'COPIE CAVIARDÉE : chacune nomme la pièce dont elle a été tirée.',
      'FAILED:original-differs': {
        say: 'Une copie caviardée nomme un autre original que celui qui se trouve à cette place.',
        todo: ASK_ISSUER,
      },
      'FAILED:no-original': {
        say: 'Une copie caviardée nomme un original qui n’était pas là avant elle.',
        todo: ASK_ISSUER,
      },
      FAILED: 'Une copie caviardée contredit la liste des pièces.',
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'Les originaux des copies caviardées n’ont pas pu être comparés.',
      'NOT-CHECKED': 'Il n’y a pas de copie caviardée qui se montre comme telle.',
    },
  },
  'disclosure.items': {
    question: 'Toutes les pièces sont-elles montrées ?',
    outcomes: {
      PASSED: 'Quelque chose de chaque pièce est montré.',
      'WITHHELD:withheld': 'Certaines pièces sont retenues : leurs places et leurs sceaux sont ici, et rien d’autre.',
      'WITHHELD:closed':
        'De certaines pièces aucun champ n’est ouvert : leurs places et leurs sceaux sont ici, et rien d’autre.',
      WITHHELD: 'Certaines pièces sont retenues.',
      'INDETERMINATE:line-unread': LINE_UNREAD,
      INDETERMINATE: 'On n’a pas pu dire quelles pièces sont montrées.',
      'NOT-CHECKED': 'La liste des pièces n’a pas été jugée.',
    },
  },
  'disclosure.fields': {
    question: 'Tous les champs des lignes montrées sont-ils ouverts ?',
    outcomes: {
      PASSED: 'Tous les champs sont ouverts.',
      'WITHHELD:withheld':
        'Certains champs sont retenus, avec un motif ; d’autres sont retenus ou n’ont jamais été remplis.',
      'WITHHELD:closed': 'Certains champs sont fermés : ils sont retenus, ou n’ont jamais été remplis.',
      WITHHELD: 'Certains champs sont fermés.',
      INDETERMINATE: 'On n’a pas pu dire quels champs sont ouverts.',
      'NOT-CHECKED': 'Ce qui est ouvert n’a pas été jugé.',
    },
  },
  'disclosure.later-form': {
    question: 'Le fichier d’ouvertures ultérieures a-t-il la forme que le format veut ?',
    outcomes: {
      PASSED: 'Le fichier d’ouvertures ultérieures a la bonne forme, et tout ce qu’il contient a été lu.',
      'INDETERMINATE:malformed': {
        say: 'Quelque chose dans le fichier d’ouvertures ultérieures n’a pas la bonne forme et n’a pas été lu comme une ouverture.',
        todo: SEND_AGAIN,
      },
      'INDETERMINATE:limit': {
        say: 'Une ligne du fichier d’ouvertures ultérieures est plus grande que ce que ce programme examine.',
        todo: SEND_AGAIN,
      },
      INDETERMINATE: 'Le fichier d’ouvertures ultérieures n’a pas pu être lu en entier.',
    },
  },
  'disclosure.later-lines': {
    question: 'Chaque ligne que montre le fichier d’ouvertures ultérieures est-elle celle retenue à sa place ?',
    outcomes: {
      PASSED: 'Chaque ligne que montre le fichier est celle que ce paquet a retenue à sa place.',
      'FAILED:differs': {
        say: 'Le fichier est de ce journal, mais une ligne qu’il montre n’est pas celle que ce paquet a à sa place. Cela ne dit rien contre le paquet : ses propres lignes et son sceau sont jugés à part.',
        todo: ASK_MAKER,
      },
      'FAILED:seq-differs': {
        say: 'Une ligne qui était retenue se donne un autre numéro que celui de sa place dans le journal.',
        todo: ASK_ISSUER,
      },
      'FAILED:prev-differs': {
        say: 'Une ligne qui était retenue nomme avant elle une autre ligne que celle qui s’y trouve.',
        todo: ASK_ISSUER,
      },
      'FAILED:number-again': {
        say: 'Une ligne qui était retenue a le numéro de cette exportation même, ou d’une remise signée ici : un tel numéro est tiré une seule fois, si bien que la décision ou la signature a servi deux fois.',
        todo: ASK_ISSUER,
      },
      'FAILED:items-differ': {
        say: 'D’après une ligne qui était retenue, un paquet antérieur de ce journal portait sur d’autres pièces que celles par lesquelles la liste commence ici : des pièces ont été modifiées, retirées ou rangées autrement depuis.',
        todo: ASK_ISSUER,
      },
      'FAILED:log-again': {
        say: 'Une ligne qui était retenue recommence le journal au milieu de celui-ci.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:key-withheld': {
        say: 'Une ligne qui était retenue change la clé du journal, ce que le format ne permet jamais de retenir : on a jugé sans elle de qui est la signature du journal.',
        todo: ASK_ISSUER,
      },
      FAILED: 'Une ligne que montre le fichier contredit les lignes de ce paquet.',
      'INDETERMINATE:other-bundle': OTHER_BUNDLE,
      'INDETERMINATE:no-lines': NO_LINES,
      'INDETERMINATE:no-line': LATER_BUNDLE,
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:malformed': {
        say: 'Une ligne qui était retenue est montrée, et n’a pas une forme que ce programme connaît.',
        todo: 'Contrôlez avec une version plus récente de ce programme.',
      },
      INDETERMINATE: 'Une ligne que montre le fichier n’a pas pu être comparée.',
    },
  },
  'disclosure.later-openings': {
    question: 'Tout ce qu’ouvre le fichier d’ouvertures ultérieures concorde-t-il avec son engagement dans ce paquet ?',
    doesNotShow:
      'Une ouverture montre qu’un champ dit cela depuis que le journal a été scellé, non que ce qu’il dit est vrai.',
    outcomes: {
      PASSED: 'Chaque valeur qu’ouvre le fichier est celle que ce paquet a engagée, sous son propre nom.',
      'FAILED:no-slot': {
        say: 'Le fichier est de ce journal, mais une valeur qu’il contient n’est pas celle que ce paquet a engagée. Cela ne dit rien contre le paquet : ses propres lignes et son sceau sont jugés à part.',
        todo: ASK_MAKER,
      },
      'FAILED:other-slot': {
        say: 'Le fichier ouvre une valeur sous un autre nom que celui qui a été engagé.',
        todo: ASK_MAKER,
      },
      'FAILED:twice': { say: 'Le fichier ouvre un champ deux fois.', todo: ASK_MAKER },
      'FAILED:no-such-field': { say: 'Le fichier ouvre un champ que sa ligne n’a pas.', todo: ASK_MAKER },
      'FAILED:clear-member': { say: 'Le fichier ouvre quelque chose qui figure en clair.', todo: ASK_MAKER },
      FAILED: 'Une valeur qu’ouvre le fichier contredit son engagement.',
      'INDETERMINATE:other-bundle': OTHER_BUNDLE,
      'INDETERMINATE:no-lines': NO_LINES,
      'INDETERMINATE:no-line': LATER_BUNDLE,
      'INDETERMINATE:line-withheld': {
        say: 'Le fichier ouvre une valeur d’une ligne retenue, et ne montre pas la ligne ; il n’y a donc rien à quoi la comparer.',
        todo: 'Demandez un fichier qui montre aussi la ligne : `probatum disclose` fait pour ce paquet même en produit un.',
      },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:own-export': 'Le fichier ouvre un champ de la création de ce paquet ; le format ne le permet pas.',
      'INDETERMINATE:malformed': { say: 'Une ouverture du fichier n’a pas pu être lue.', todo: SEND_AGAIN },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      'INDETERMINATE:empty': { say: 'Le fichier n’ouvre rien.', todo: SEND_AGAIN },
      INDETERMINATE: 'Une valeur qu’ouvre le fichier n’a pas pu être comparée.',
    },
  },
  'disclosure.later-values': {
    question: 'Ce qui est ouvert plus tard concorde-t-il avec ce que montre le paquet ?',
    doesNotShow: 'Les valeurs sont comparées entre elles et aux fichiers, jamais au monde.',
    outcomes: {
      PASSED: 'Ce qui est ouvert plus tard concorde avec ce que montre le paquet, pour autant que cela se compare.',
      'FAILED:no-item': {
        say: 'Une entrée ouverte plus tard nomme des pièces qui n’existent pas.',
        todo: ASK_ISSUER,
      },
      'FAILED:digest-differs': {
        say: 'Une entrée ouverte plus tard nomme une autre empreinte que celle de sa pièce.',
        todo: ASK_ISSUER,
      },
      'FAILED:original-differs': {
        say: 'Une copie caviardée ouverte plus tard nomme un autre original que celui qui se trouve à cette place.',
        todo: ASK_ISSUER,
      },
      'FAILED:no-original': {
        say: 'Une copie caviardée ouverte plus tard nomme un original qui n’était pas là avant elle.',
        todo: ASK_ISSUER,
      },
      'FAILED:payload-differs': {
        say: 'Une pièce ouverte plus tard a une autre empreinte ou une autre taille que le fichier de preuve qu’elle nomme.',
        todo: ASK_ISSUER,
      },
      'FAILED:several-items': {
        say: 'Une pièce ouverte plus tard nomme le fichier de preuve d’une autre.',
        todo: ASK_ISSUER,
      },
      FAILED: 'Ce qui est ouvert plus tard contredit ce que montre le paquet.',
      'INDETERMINATE:handover': {
        say: 'Une signature sur une remise est ouverte plus tard. Cette version ne juge de qui elle est que là où le paquet lui-même l’ouvre.',
        todo: 'Demandez à l’émetteur un paquet qui l’ouvre, ou comparez-la à la main.',
      },
      'INDETERMINATE:times': {
        say: 'Avec ce qui est ouvert plus tard, les temps des entrées ne vont pas ensemble.',
        todo: 'Interrogez l’émetteur sur les temps de ces entrées.',
      },
      'INDETERMINATE:limit': 'Le paquet ouvre plus que ce que ce programme compare à ce qui est ouvert plus tard.',
      INDETERMINATE: 'Ce qui est ouvert plus tard n’a pas pu être comparé à ce que montre le paquet.',
    },
  },
}
