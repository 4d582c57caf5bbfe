import type { FindingId } from '@probatum/core'
import type { FindingWords, Said } from '../messages.ts'

type Ids = Exclude<Extract<FindingId, `authorisation.${string}`>, 'authorisation.notices'>

const ASK_ISSUER = 'Pida al emisor una explicación por escrito, antes de usar lo que se compartió.'
const WHO_DECIDED = 'Pregunte al emisor quién decidió compartir esto, y pida la decisión por escrito.'
const CHOOSE = 'Elija un conjunto de confianza que haya llegado por otra vía que el paquete (--trust-set FILE).'
const EXCEPTED = 'Lea la excepción, y decida si su motivo basta para su fin.'

/** Of whoever signed approvals and exceptions. */
const SIGNATURES: Readonly<Record<string, string | Said>> = {
  'FAILED:other-content': {
    say: 'Una firma de la decisión de compartir se dio para otra cosa: otra solicitud, otra exportación u otro registro.',
    todo: ASK_ISSUER,
  },
  'FAILED:signature': { say: 'Una firma de la decisión de compartir no se sostiene.', todo: ASK_ISSUER },
  'FAILED:revoked': {
    say: 'El certificado de alguien que firmó la decisión de compartir ya había sido revocado entonces.',
    todo: 'Pregunte al emisor quién firmó, cuándo, y por qué se revocó el certificado.',
  },
  FAILED: 'Una firma de la decisión de compartir no se sostiene.',
  'INDETERMINATE:malformed': {
    say: 'Una firma de la decisión de compartir no tiene la forma que quiere el formato.',
    todo: ASK_ISSUER,
  },
  'INDETERMINATE:unsupported': 'Una firma de la decisión de compartir usa un método que este programa no conoce.',
  'INDETERMINATE:limit': 'En las firmas de la decisión de compartir hay más de lo que este programa examina.',
  'INDETERMINATE:no-trust-set': {
    say: 'Las firmas de la decisión de compartir se sostienen, pero no se eligió ninguna lista que diga de quién son las claves.',
    todo: CHOOSE,
  },
  'INDETERMINATE:trust-set-inside': {
    say: 'La lista que debería decir de quién son las claves que firmaron la decisión de compartir está en el paquete mismo, y no se usó.',
    todo: 'Obtenga de su emisor el conjunto de confianza por otra vía.',
  },
  'INDETERMINATE:other-role': {
    say: 'Su lista tiene a quien certificó a los firmantes de la decisión de compartir, pero en otra función: no para aprobar exportaciones.',
    todo: 'Pregunte al emisor del conjunto de confianza si esta autoridad certifica a personas que aprueban exportaciones (función approver).',
  },
  'INDETERMINATE:signer-unknown': {
    say: 'Las firmas de la decisión de compartir se sostienen, pero la lista que usted eligió no dice de quién son las claves.',
    todo: 'Pida al emisor, por otra vía que la de este paquete, el conjunto de confianza con las anclas de la función approver.',
  },
  'INDETERMINATE:anchor-interval': {
    say: 'No se puede contar con el ancla de quien firmó la decisión de compartir en el momento que está demostrado para ella.',
    todo: 'Pregunte al emisor del conjunto de confianza qué pasó con esa ancla.',
  },
  'INDETERMINATE:validity': {
    say: 'Un certificado de alguien que firmó la decisión de compartir no era válido en el momento que está demostrado: había caducado, o no había empezado a valer.',
    todo: 'Pida un paquete que se sellara mientras el certificado era válido.',
  },
  'INDETERMINATE:key-usage': 'Un certificado que firmó la decisión de compartir no es de los que firman documentos.',
  'INDETERMINATE:algorithm':
    'Una firma de la decisión de compartir usa un método que su política no cuenta como demostración.',
  'INDETERMINATE:none-holds':
    'Hay caminos desde quien firmó la decisión de compartir hasta su lista, pero ninguno se sostiene.',
  'INDETERMINATE:revocation': {
    say: 'No se sabe si un certificado que firmó la decisión de compartir había sido revocado.',
    todo: 'Pida la lista de revocación (CRL) o la respuesta OCSP de la autoridad que lo emitió, y entréguela junto al paquete (--crl o --ocsp).',
  },
  INDETERMINATE: 'No se pudo juzgar una firma de la decisión de compartir.',
}

const NO_REQUEST: Readonly<Record<string, string | Said>> = {
  'NOT-CHECKED:no-request': 'No hay solicitud para compartir, así que no hay nada que juzgar.',
  'NOT-CHECKED:not-read': 'No se pudo leer la decisión de compartir.',
  'NOT-CHECKED': 'No hay decisión de compartir que juzgar.',
}

/** What holds of consents wherever they are opened. */
const OF_CONSENTS = {
  'FAILED:consent-not-yet': {
    say: 'Un consentimiento empezó solo después de que se sellara el paquete.',
    todo: ASK_ISSUER,
  },
  'FAILED:consent-purpose': { say: 'Un consentimiento no cubre el fin con que se comparte.', todo: ASK_ISSUER },
  'FAILED:consent-recipient-kind': {
    say: 'Un consentimiento no cubre esta clase de destinatario.',
    todo: ASK_ISSUER,
  },
  FAILED: 'Un consentimiento contradice que se comparta.',
  'INDETERMINATE:consent-withdrawn': {
    say: 'Un consentimiento se había retirado en el momento que está demostrado para el sello. El sellado puede haber sido anterior, pero aquí nada lo demuestra.',
    todo: WHO_DECIDED,
  },
  'INDETERMINATE:withdrawn-in-log': {
    say: 'El registro de este paquete muestra que se retiró un consentimiento, y no se muestra ninguno que empezara después.',
    todo: WHO_DECIDED,
  },
  'INDETERMINATE:consent-expired': {
    say: 'Un consentimiento había terminado en el momento que está demostrado para el sello. El sellado puede haber sido anterior, pero aquí nada lo demuestra.',
    todo: WHO_DECIDED,
  },
  'INDETERMINATE:no-time': {
    say: 'Se muestran consentimientos, pero no está demostrado ningún momento del sello en que tendrían que valer.',
    todo: 'Pida al emisor los sellos de tiempo del sello, o compruebe con un conjunto de confianza que tenga a sus autoridades.',
  },
  'INDETERMINATE:excepted': {
    say: 'Falta un consentimiento o no cubre lo que se comparte; aquí lo permite una excepción firmada.',
    todo: EXCEPTED,
  },
  'INDETERMINATE:not-in-facts': {
    say: 'En el paquete se muestran consentimientos, pero los hechos guardados no los tienen.',
    todo: 'Compruebe el paquete mismo.',
  },
  INDETERMINATE: 'No se pudieron juzgar los consentimientos.',
  WITHHELD: 'Lo que cubren los consentimientos está cerrado.',
} as const

/** The sharing decision: authorisation.json. */
export const AUTHORISATION: Record<Ids, FindingWords> = {
  'authorisation.request': {
    question: '¿Se solicitó compartir exactamente este paquete?',
    doesNotShow: 'Si la decisión fue acertada lo han de juzgar las personas.',
    outcomes: {
      PASSED:
        'Hay una solicitud de compartir exactamente esto: este registro, estas piezas, estas aperturas, con este destinatario.',
      'FAILED:log-differs': { say: 'La solicitud para compartir trata de otro registro.', todo: ASK_ISSUER },
      'FAILED:export-differs': { say: 'La solicitud para compartir trata de otra exportación.', todo: ASK_ISSUER },
      'FAILED:items-differ': {
        say: 'La solicitud para compartir trata de otras piezas que las que se listan aquí.',
        todo: ASK_ISSUER,
      },
      'FAILED:disclosures-differ': {
        say: 'La solicitud para compartir trata de otras aperturas que las que tiene el paquete.',
        todo: ASK_ISSUER,
      },
      'FAILED:recipient-differs': {
        say: 'La solicitud para compartir nombra a otro destinatario que el paquete.',
        todo: ASK_ISSUER,
      },
      'FAILED:head-differs': {
        say: 'La solicitud para compartir trata de otra historia que la de este paquete.',
        todo: ASK_ISSUER,
      },
      'FAILED:export-repeated': {
        say: 'La solicitud para compartir, y con ella sus aprobaciones, ya sirvió para una exportación anterior: el registro de custodia tiene dos veces su número de exportación.',
        todo: ASK_ISSUER,
      },
      'FAILED:head-stale': {
        say: 'Algo se anotó en el registro de custodia entre la solicitud y la exportación, así que nadie decidió sobre lo que al final se compartió.',
        todo: ASK_ISSUER,
      },
      FAILED: 'La solicitud para compartir contradice a este paquete.',
      'INDETERMINATE:no-request': {
        say: 'El paquete nombra a un destinatario, pero no tiene solicitud para compartir ni aprobaciones.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:line-unread': {
        say: 'No se pudo leer una línea del registro de custodia entre la solicitud y la exportación.',
        todo: 'Compruebe con una versión más nueva de este programa, o pida al remitente una copia nueva.',
      },
      'INDETERMINATE:not-compared': 'La solicitud para compartir no se pudo comparar con el resto del paquete.',
      INDETERMINATE: 'No se pudo juzgar la solicitud para compartir.',
      'NOT-CHECKED:draft': 'El paquete no es para nadie en particular, y no se decidió compartirlo.',
      'NOT-CHECKED': 'No hay decisión de compartir que juzgar.',
    },
  },
  'authorisation.approvals': {
    question: '¿Aprobaron dos personas que se compartiera?',
    doesNotShow: 'Las firmas muestran quién aprobó, no qué se tuvo en cuenta.',
    outcomes: {
      PASSED:
        'Al menos dos personas aprobaron exactamente esta solicitud. La lista de usted certifica quiénes son, y ninguna de las dos selló el paquete.',
      ...SIGNATURES,
      'INDETERMINATE:too-few': { say: 'Se sostienen menos de dos aprobaciones.', todo: WHO_DECIDED },
      'INDETERMINATE:same-subject': {
        say: 'Las aprobaciones están a un solo nombre: es la palabra de una persona, no de dos.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:same-key': {
        say: 'Las aprobaciones se firmaron con una sola clave, o con una que certifica la otra: es la palabra de una persona, no de dos.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:is-sealer': {
        say: 'Alguien que aprobó también selló el paquete, o está certificado por la clave que lo selló, así que no hay otras dos personas que lo aprobaran.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:sealer-unknown': {
        say: 'El certificado de quien selló no está aquí, así que nadie puede saber si también aprobó.',
        todo: 'Pida al emisor el certificado del sello.',
      },
      'INDETERMINATE:excepted': {
        say: 'No hay dos aprobaciones como las quieren las reglas; aquí lo permite una excepción firmada.',
        todo: EXCEPTED,
      },
      ...NO_REQUEST,
    },
  },
  'authorisation.assurances': {
    question: '¿Dio el destinatario cada garantía?',
    doesNotShow: 'Que una garantía se cumpla no es cosa de este paquete.',
    outcomes: {
      PASSED: 'Se indican las cuatro garantías: quién dio cada una, cuándo, y dónde está escrita.',
      'INDETERMINATE:not-stated': { say: 'No se indica una garantía del destinatario.', todo: WHO_DECIDED },
      'INDETERMINATE:dated-later': {
        say: 'Una garantía del destinatario lleva una fecha posterior al sello: según su propia fecha aún no se había dado.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:excepted': {
        say: 'No se indica una garantía del destinatario; aquí lo permite una excepción firmada.',
        todo: EXCEPTED,
      },
      INDETERMINATE: 'No se pudieron juzgar las garantías.',
      ...NO_REQUEST,
    },
  },
  'authorisation.consents': {
    question: '¿Cubre un consentimiento de su fuente que se comparta cada pieza?',
    doesNotShow: 'Que una fuente consintiera de verdad, y supiera en qué, es declaración del emisor.',
    outcomes: {
      PASSED:
        'De cada pieza se muestra un consentimiento que cubre este fin, esta clase de destinatario y el momento del sello.',
      'FAILED:no-item': { say: 'Hay un consentimiento para una pieza que no existe.', todo: ASK_ISSUER },
      'INDETERMINATE:consent-missing': { say: 'De una pieza que se muestra no hay consentimiento.', todo: WHO_DECIDED },
      'INDETERMINATE:malformed-value': 'Un valor de un consentimiento no es de la clase que el formato quiere ahí.',
      'INDETERMINATE:not-compared': 'No se pudo leer qué piezas necesitan un consentimiento.',
      'WITHHELD:closed':
        'Cada pieza tiene un consentimiento, pero lo que algunos cubren, y por cuánto tiempo, está cerrado: que cubran lo que se comparte es declaración del emisor.',
      'WITHHELD:withdrawal-closed':
        'Cada pieza tiene un consentimiento que cubre lo que se comparte, pero el registro muestra una retirada de consentimiento y no a qué piezas se refiere: que no se refiera a ninguna de estas es declaración del emisor.',
      'NOT-CHECKED:none': 'No se muestra ninguna pieza, así que ninguna necesita un consentimiento.',
      ...OF_CONSENTS,
      ...NO_REQUEST,
    },
  },
  'authorisation.later-consents': {
    question: '¿Cubren los consentimientos que se abren después lo que se comparte?',
    doesNotShow: 'Que una fuente consintiera de verdad, y supiera en qué, es declaración del emisor.',
    outcomes: {
      ...OF_CONSENTS,
      PASSED:
        'De lo que se abre después se muestra un consentimiento que cubre este fin, esta clase de destinatario y el momento del sello.',
      'WITHHELD:closed':
        'Se abren consentimientos después, pero lo que algunos cubren, y por cuánto tiempo, sigue cerrado: que cubran lo que se comparte es declaración del emisor.',
      'NOT-CHECKED:stubs':
        'Solo se abren después consentimientos de piezas retenidas. Nada de esas piezas se comparte, así que nada se pide a sus consentimientos.',
      'NOT-CHECKED':
        'Solo se abren después consentimientos de piezas retenidas. Nada de esas piezas se comparte, así que nada se pide a sus consentimientos.',
    },
  },
  'authorisation.conditions': {
    question: '¿Se indican el fin, el destinatario y las condiciones de manejo?',
    doesNotShow: 'Que las condiciones se cumplan no es cosa de este paquete.',
    outcomes: {
      PASSED: 'Se indican el fin, el destinatario y condiciones de manejo.',
      'PASSED:day-passed': {
        say: 'Se indican el fin, el destinatario y condiciones de manejo. Ha pasado un día que una de ellas nombra.',
        todo: 'Vea qué hay que hacer hasta ese día: devolver o destruir las copias, o pedir al emisor un plazo más largo.',
      },
      'INDETERMINATE:not-stated': {
        say: 'La solicitud no indica el fin, el destinatario o alguna condición de manejo.',
        todo: WHO_DECIDED,
      },
      'INDETERMINATE:excepted': {
        say: 'La solicitud no indica el fin, el destinatario o alguna condición de manejo; aquí lo permite una excepción firmada.',
        todo: EXCEPTED,
      },
      INDETERMINATE: 'No se pudieron juzgar las condiciones.',
      ...NO_REQUEST,
    },
  },
  'authorisation.exceptions': {
    question: '¿Se decidió compartir sin excepción?',
    outcomes: {
      PASSED: 'No se hizo ninguna excepción a las condiciones de compartir.',
      ...SIGNATURES,
      'INDETERMINATE:excepted': {
        say: 'Una condición de compartir se dejó de lado por una excepción firmada. Si fue acertado, nadie lo puede saber por el paquete.',
        todo: EXCEPTED,
      },
      ...NO_REQUEST,
    },
  },
  'authorisation.recipient': {
    question: '¿Se hizo el paquete para el destinatario que usted nombró?',
    outcomes: {
      PASSED: 'El paquete se hizo para el destinatario que usted nombró.',
      'INDETERMINATE:another': {
        say: 'El paquete se hizo para otro destinatario que el que usted nombró.',
        todo: 'Pregunte al emisor si puede usarlo; diga de quién lo tiene.',
      },
      'INDETERMINATE:other-spelling': {
        say: 'El paquete nombra a su destinatario como usted, salvo mayúsculas, espacios o la composición de las letras. Difícilmente es otro destinatario, y no es el mismo nombre.',
        todo: 'Escriba el nombre tal como está en el paquete. Si no está seguro, pregunte al emisor.',
      },
      'INDETERMINATE:key-not-stated': {
        say: 'El paquete no indica la clave de su destinatario, así que no se pudo comparar con la de usted.',
        todo: 'Compare el nombre (--recipient name:NAME).',
      },
      'INDETERMINATE:none-named': {
        say: 'El paquete no nombra a ningún destinatario.',
        todo: 'Pregunte al emisor si puede usarlo; diga de quién lo tiene.',
      },
      INDETERMINATE: 'No se pudo comparar el destinatario.',
      'NOT-CHECKED:not-asked': 'No se nombró a ningún destinatario con quien comparar (--recipient).',
      'NOT-CHECKED': 'No se comparó el destinatario.',
    },
  },
}
