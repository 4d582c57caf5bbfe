import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `${'custody' | 'log' | 'disclosure'}.${string}`>

const ASK_ISSUER = 'Pida al emisor una explicación por escrito, y el registro tal como está allí.'
const SHOW_ISSUER = 'Pida al emisor que muestre esta línea, o que diga por qué está reservada.'
const LIST =
  'Pida al emisor, por otra vía que la de este paquete, el conjunto de confianza que nombra la clave de este registro.'
const OTHER_WAY = 'Obtenga el conjunto de confianza de su emisor por otra vía.'
const CHOOSE = 'Elija un conjunto de confianza que le haya llegado por otra vía que el paquete (--trust-set FILE).'
const NEWER = 'Compruebe con una versión más nueva de este programa.'
const LINE_UNREAD = {
  say: 'No se pudo leer una línea, así que de ella no se puede saber.',
  todo: 'Compruebe con una versión más nueva de este programa, o pida al remitente una copia nueva.',
}
const CLOSED = 'Ninguna entrada lo muestra, así que no había nada que comparar.'
const NOT_JUDGED = 'No se juzgó el registro de custodia.'
const ASK_MAKER = 'Conserve el archivo, no se apoye en él, y pida a quien lo hizo una explicación por escrito.'
const SEND_AGAIN = 'Pida a quien hizo el archivo que lo envíe de nuevo.'
const OTHER_BUNDLE = {
  say: 'Nada del archivo corresponde a este paquete: se hizo para otro, o todo él se alteró o se inventó. No dice nada de este paquete, y nada de lo que contiene está confirmado.',
  todo: 'Mire si es el archivo correcto para este paquete. Si debiera serlo, pregunte a quien lo hizo.',
}
const NO_LINES = {
  say: 'No hay aquí líneas con las que este programa pudiera comparar aperturas.',
  todo: 'Entregue el archivo junto con el paquete para el que se hizo.',
}
const LATER_BUNDLE = {
  say: 'El archivo muestra algo de una línea posterior al final del registro de este paquete: se hizo para un paquete posterior.',
  todo: 'Compruébelo con el paquete posterior.',
}
const MALFORMED_VALUE = 'Un valor que se muestra no es de la clase que el formato quiere ahí, así que no se comparó.'

/** What the history of the evidence shows: custody.jsonl, the signed log, and what of both is opened. */
export const HISTORY: Record<Ids, FindingWords> = {
  'custody.chain': {
    question: '¿Forman las entradas del registro de custodia una sola cadena sin roturas?',
    doesNotShow: 'Una cadena muestra que después no se cambió nada, no que lo anotado sea verdad.',
    outcomes: {
      PASSED: 'Cada entrada que se muestra nombra exactamente la entrada anterior.',
      'FAILED:broken': {
        say: 'Una entrada nombra como anterior otra entrada que la que está ahí.',
        todo: ASK_ISSUER,
      },
      'FAILED:fork': {
        say: 'Dos entradas nombran la misma entrada anterior: el registro se continuó de dos maneras.',
        todo: ASK_ISSUER,
      },
      FAILED: 'La cadena está contradicha.',
      'INDETERMINATE:line-unread': LINE_UNREAD,
      INDETERMINATE: 'No se pudo saber si las entradas forman una sola cadena.',
      'NOT-CHECKED': NOT_JUDGED,
    },
  },
  'custody.order': {
    question: '¿Están las entradas del registro de custodia numeradas sin huecos ni repeticiones?',
    outcomes: {
      PASSED: 'Las entradas están numeradas desde la primera, cada una una vez.',
      'FAILED:out-of-order': { say: 'Faltan entradas, están dos veces o están en otro orden.', todo: ASK_ISSUER },
      INDETERMINATE: 'No se pudieron saber los números de las entradas.',
      'NOT-CHECKED': NOT_JUDGED,
    },
  },
  'custody.log-start': {
    question: '¿Empieza el registro de custodia por su propio comienzo?',
    outcomes: {
      PASSED: 'La primera entrada comienza este registro, y nombra el registro que nombra el paquete.',
      'FAILED:not-first': { say: 'La primera entrada no es el comienzo de un registro.', todo: ASK_ISSUER },
      'FAILED:differs': {
        say: 'El registro comienza como otro registro que el que nombra el paquete.',
        todo: ASK_ISSUER,
      },
      'FAILED:again': { say: 'En medio de este registro comienza de nuevo un registro.', todo: ASK_ISSUER },
      FAILED: 'El comienzo del registro está contradicho.',
      'INDETERMINATE:withheld': {
        say: 'El comienzo del registro está reservado; el formato nunca lo permite.',
        todo: SHOW_ISSUER,
      },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      INDETERMINATE: 'No se pudo saber si este es el comienzo del registro.',
      'NOT-CHECKED': NOT_JUDGED,
    },
  },
  'custody.export': {
    question: '¿Es la última entrada la elaboración de este mismo paquete?',
    outcomes: {
      PASSED:
        'La última entrada es la elaboración de este paquete, con exactamente estas piezas y esta decisión de compartir.',
      'FAILED:not-last': {
        say: 'La última entrada no es la elaboración de un paquete: el registro se cortó o se continuó.',
        todo: ASK_ISSUER,
      },
      'FAILED:items-differ': {
        say: 'La última entrada trata de otras piezas que las de la lista.',
        todo: ASK_ISSUER,
      },
      'FAILED:authorisation-differs': {
        say: 'La última entrada trata de otra decisión de compartir que la que está aquí.',
        todo: ASK_ISSUER,
      },
      FAILED: 'La última entrada contradice este paquete.',
      'INDETERMINATE:withheld': {
        say: 'La última entrada está reservada; el formato nunca lo permite.',
        todo: SHOW_ISSUER,
      },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:not-compared': 'No se pudo comparar la última entrada con las piezas y la decisión de compartir.',
      'NOT-CHECKED': NOT_JUDGED,
    },
  },
  'custody.types': {
    question: '¿Conoce este programa cada clase de entrada del registro de custodia?',
    outcomes: {
      PASSED: 'Cada entrada que se muestra es de una clase que este programa conoce.',
      'INDETERMINATE:unknown-type': {
        say: 'Hay clases de entradas que este programa no conoce. Eso no dice nada en su contra.',
        todo: NEWER,
      },
      'NOT-CHECKED': NOT_JUDGED,
    },
  },
  'custody.shown': {
    question: '¿Se muestran todas las entradas del registro de custodia?',
    outcomes: {
      PASSED: 'Se muestran todas las entradas.',
      'WITHHELD:withheld': 'Algunas entradas están reservadas: están aquí sus lugares y sus sellos, y nada más.',
      'INDETERMINATE:none-shown': {
        say: 'No se muestra más entrada que el comienzo del registro y la elaboración de este paquete, así que no se muestra nada de su custodia.',
        todo: 'Pregunte al emisor qué entradas se pueden mostrar.',
      },
      INDETERMINATE: 'No se pudo saber qué entradas se muestran.',
      'NOT-CHECKED': NOT_JUDGED,
    },
  },
  'custody.objects': {
    question: '¿Nombran las entradas piezas que existen?',
    outcomes: {
      PASSED: 'Cada entrada que muestra sus piezas nombra piezas que están en la lista.',
      'FAILED:no-item': { say: 'Una entrada nombra una pieza que no está en la lista.', todo: ASK_ISSUER },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      'INDETERMINATE:not-compared':
        'No se pudieron comparar con la lista de piezas las piezas que nombran las entradas.',
      'NOT-CHECKED:closed': CLOSED,
      'NOT-CHECKED': CLOSED,
    },
  },
  'custody.digests': {
    question: '¿Son las huellas que declaran las entradas las de las piezas?',
    outcomes: {
      PASSED: 'Cada huella que una entrada muestra de una pieza mostrada es la de esa pieza.',
      'FAILED:differs': {
        say: 'Una entrada declara de una pieza otra huella que la que tiene.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'No se pudieron comparar las huellas.',
      'NOT-CHECKED:closed': CLOSED,
      'NOT-CHECKED:not-compared':
        'Las entradas muestran huellas, pero no de una pieza mostrada con un método que usen ambas.',
      'NOT-CHECKED': CLOSED,
    },
  },
  'custody.time': {
    question: '¿Son posibles los momentos de las entradas tal como se declaran?',
    doesNotShow:
      'Los momentos de las entradas son lo que declara quien las escribió. Las entradas están en el orden en que se anotaron: lo que una cuenta puede haber ocurrido mucho antes.',
    outcomes: {
      PASSED:
        'Nada se opone a los momentos que se muestran: ninguna entrada es posterior a su anotación, y ninguna pieza se añadió antes de adquirirse.',
      'INDETERMINATE:later-than-record': {
        say: 'Una entrada declara un momento en el que ya estaba anotada: es posterior a una entrada siguiente del propio registro, o al paquete.',
        todo: 'Pregunte al emisor por estos momentos y por los relojes de los que proceden.',
      },
      'INDETERMINATE:before-acquisition': {
        say: 'Según las entradas, se añadieron piezas al registro antes de adquirirse.',
        todo: 'Pregunte al emisor cuándo se adquirieron estas piezas y cuándo se añadieron.',
      },
      'INDETERMINATE:created-later': {
        say: 'El paquete declara que se hizo después de su sello de tiempo. Por tanto su reloj estaba mal, y los momentos de las entradas pueden estarlo también.',
        todo: 'Pregunte al emisor por el reloj con el que se hizo el paquete.',
      },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'No se pudieron comparar los momentos.',
      'NOT-CHECKED:closed': CLOSED,
      'NOT-CHECKED': CLOSED,
    },
  },
  'custody.handover': {
    question: '¿Están las entregas firmadas por quien entrega y quien recibe?',
    outcomes: {
      'FAILED:other-content': { say: 'Una firma de una entrega corresponde a otra cosa.', todo: ASK_ISSUER },
      PASSED:
        'Cada firma que se muestra de una entrega se sostiene sobre su propia entrada, y la lista de usted certifica de quién es.',
      'FAILED:signature': { say: 'Una firma de una entrega no se sostiene.', todo: ASK_ISSUER },
      'FAILED:replayed': {
        say: 'Una firma de una entrega figura en más de una entrada: se dio para una de ellas.',
        todo: ASK_ISSUER,
      },
      'FAILED:key-usage': {
        say: 'Una entrega se firmó con una clave cuyo certificado dice que no firma.',
        todo: ASK_ISSUER,
      },
      'FAILED:revoked': {
        say: 'El certificado de alguien que firmó una entrega ya había sido revocado entonces.',
        todo: 'Pregunte al emisor quién firmó, cuándo, y por qué se revocó el certificado.',
      },
      FAILED: 'Una firma de una entrega no se sostiene.',
      'INDETERMINATE:line-unread': {
        say: 'No se pudo comparar una firma de una entrega: no se pudo leer la primera línea del registro, que dice qué registro es.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:one-for-both': {
        say: 'Quien entrega y quien recibe firmaron una entrega con la misma clave, con dos claves de las que una certifica a la otra, o bajo el mismo nombre: es la palabra de una persona, no de dos.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:name-closed': {
        say: 'Una firma de una entrega se sostiene, pero la entrada no muestra de quién se dice que es.',
        todo: SHOW_ISSUER,
      },
      'INDETERMINATE:not-in-facts': {
        say: 'Las firmas de las entregas se sostienen, pero los hechos guardados no tienen sus certificados, que nombran a personas.',
        todo: 'Compruebe el paquete mismo.',
      },
      'INDETERMINATE:no-trust-set': {
        say: 'Las firmas de las entregas se sostienen, pero no se eligió ninguna lista que diga de quién son las claves.',
        todo: CHOOSE,
      },
      'INDETERMINATE:trust-set-inside': {
        say: 'La lista que debería decir de quién son las claves que firmaron las entregas está en el paquete mismo, y no se usó.',
        todo: OTHER_WAY,
      },
      'INDETERMINATE:other-role': {
        say: 'Su lista tiene a quien certificó a los firmantes de las entregas, pero en otra función: no para firmar entregas.',
        todo: 'Pregunte al emisor del conjunto de confianza si esta autoridad certifica a personas que entregan pruebas (función handover).',
      },
      'INDETERMINATE:signer-unknown': {
        say: 'Las firmas de las entregas se sostienen, pero la lista que usted eligió no dice de quién son las claves.',
        todo: 'Pida al emisor, por otra vía que la de este paquete, el conjunto de confianza con las anclas de la función handover; o compare las huellas de los certificados con quien entrega y quien recibe.',
      },
      'INDETERMINATE:anchor-interval': {
        say: 'No se puede contar con el ancla de quien firmó una entrega en el momento que está demostrado para ella.',
        todo: 'Pregunte al emisor del conjunto de confianza qué pasó con esa ancla.',
      },
      'INDETERMINATE:validity': {
        say: 'Un certificado de alguien que firmó una entrega no era válido en el momento que está demostrado: había caducado, o no había empezado a valer. La entrega puede haber sido anterior, pero aquí nada lo demuestra.',
        todo: 'Pida un paquete que se sellara mientras el certificado era válido.',
      },
      'INDETERMINATE:key-usage': 'Un certificado que firmó una entrega no es de los que firman documentos.',
      'INDETERMINATE:algorithm': 'Una firma de una entrega usa un método que su política no cuenta como demostración.',
      'INDETERMINATE:revocation': {
        say: 'No se sabe si un certificado que firmó una entrega había sido revocado.',
        todo: 'Pida la lista de revocación (CRL) o la respuesta OCSP de la autoridad que lo emitió, y entréguela junto al paquete (--crl o --ocsp).',
      },
      INDETERMINATE: 'No se pudo juzgar una firma de una entrega.',
      'NOT-CHECKED:none': 'Ninguna entrega muestra una firma.',
      'NOT-CHECKED:not-read': 'No se pudo leer el registro de custodia.',
      'NOT-CHECKED': 'Ninguna entrega muestra una firma.',
    },
  },
  'log.checkpoint': {
    question: '¿Firmó el registro su estado?',
    outcomes: {
      PASSED: 'La firma del registro se sostiene, con una clave de la lista que usted eligió.',
      'FAILED:signature': { say: 'La firma a nombre del registro no se sostiene.', todo: ASK_ISSUER },
      'FAILED:origin-differs': { say: 'El estado firmado es el de otro registro.', todo: ASK_ISSUER },
      'FAILED:other-key': { say: 'El estado se firmó con otra clave que la del registro.', todo: ASK_ISSUER },
      FAILED: 'El estado firmado del registro está contradicho.',
      'INDETERMINATE:not-signed': {
        say: 'El estado del registro no lleva la firma del propio registro.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:no-trust-set': {
        say: 'Usted no eligió ninguna lista de claves en las que crea, así que nada dice de quién es este registro.',
        todo: CHOOSE,
      },
      'INDETERMINATE:trust-set-inside': {
        say: 'La lista que usted eligió está en el paquete mismo y no se usó.',
        todo: OTHER_WAY,
      },
      'INDETERMINATE:anchor-missing': { say: 'La lista que usted eligió no nombra este registro.', todo: LIST },
      'INDETERMINATE:same-name-other-key': {
        say: 'La lista que usted eligió nombra este registro, pero con otra clave.',
        todo: 'Compare las huellas con el emisor por teléfono o carta antes de creer en una u otra.',
      },
      'INDETERMINATE:anchor-interval': {
        say: 'La lista que usted eligió admite esta clave solo para otro periodo.',
        todo: 'Pregunte al emisor del conjunto de confianza por qué se limitó el periodo.',
      },
      INDETERMINATE: 'No se pudo juzgar la firma del registro.',
      'NOT-CHECKED': 'No se juzgó el registro.',
    },
  },
  'log.key': {
    question: '¿Es la clave que firmó la del propio registro, y no se usa para nada más?',
    outcomes: {
      PASSED: 'La clave es la que nombra el propio registro, y aquí no firma nada más.',
      'FAILED:other-key': { say: 'La clave es otra que la que nombra el registro.', todo: ASK_ISSUER },
      'FAILED:seal-key': {
        say: 'La clave del registro es también la clave de un sello o de otra función.',
        todo: ASK_ISSUER,
      },
      FAILED: 'La clave del registro está contradicha.',
      'INDETERMINATE:key-unknown': 'No se pudo leer el comienzo del registro, que nombra su clave.',
      INDETERMINATE: 'No se pudo comparar la clave del registro.',
      'NOT-CHECKED:not-verified':
        'No se halló ninguna firma del registro que se sostenga, así que no hay clave que comparar.',
      'NOT-CHECKED': 'No se comparó la clave del registro.',
    },
  },
  'log.key-change': {
    question: '¿Está firmado cada cambio de la clave del registro por la clave anterior?',
    outcomes: {
      PASSED: 'Cada cambio de la clave está firmado como quiere el formato.',
      'FAILED:signature': { say: 'La firma de un cambio de la clave no se sostiene.', todo: ASK_ISSUER },
      'FAILED:key-differs': { say: 'Un cambio de la clave nombra dos claves distintas.', todo: ASK_ISSUER },
      FAILED: 'Un cambio de la clave está contradicho.',
      'INDETERMINATE:key-missing': {
        say: 'Un cambio de la clave no está firmado por ninguna clave que su lista tenga para este registro y que pueda firmarlo.',
        todo: LIST,
      },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      'INDETERMINATE:anchor-interval': {
        say: 'Un cambio de la clave está firmado por una clave con la que no se puede contar en el momento que está demostrado: para entonces había terminado.',
        todo: 'Pregunte al emisor del conjunto de confianza qué pasó con esa clave; después de un robo firma el cambio un ancla, no la clave anterior.',
      },
      INDETERMINATE: 'No se pudo juzgar un cambio de la clave.',
      'NOT-CHECKED': 'El registro ha tenido siempre la misma clave.',
    },
  },
  'log.size': {
    question: '¿Tiene el registro tantas entradas como dice su estado firmado?',
    outcomes: {
      PASSED: 'Hay tantas entradas como dice el estado firmado.',
      'FAILED:differs': { say: 'Hay más o menos entradas de las que dice el estado firmado.', todo: ASK_ISSUER },
      'INDETERMINATE:not-compared': 'No se pudo comparar el número de entradas.',
      'NOT-CHECKED': 'No se juzgó el registro.',
    },
  },
  'log.root': {
    question: '¿Son las entradas, incluidas las reservadas, exactamente las del estado firmado?',
    outcomes: {
      PASSED: 'Las entradas son exactamente las del estado firmado, cada una en su lugar, incluidas las reservadas.',
      'FAILED:differs': {
        say: 'Las entradas no son las del estado firmado: algo se cambió, se intercambió, se añadió o se dejó fuera.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:not-compared': 'No se pudieron comparar las entradas con el estado firmado.',
      'NOT-CHECKED': 'No se juzgó el registro.',
    },
  },
  'log.consistency': {
    question: '¿Continúa el registro sus propios estados anteriores?',
    outcomes: {
      PASSED: 'El registro continúa cada estado anterior que se nombra aquí.',
      'FAILED:proof': {
        say: 'Una demostración de que el registro continúa un estado anterior no se sostiene.',
        todo: ASK_ISSUER,
      },
      'FAILED:history-differs': {
        say: 'Un estado anterior era sobre otras entradas: la historia se escribió de nuevo.',
        todo: ASK_ISSUER,
      },
      'FAILED:items-differ': {
        say: 'Según su propia entrada, un paquete anterior de este registro trataba de otras piezas que aquellas con las que la lista empieza aquí: desde entonces se modificaron, quitaron o cambiaron de orden piezas.',
        todo: ASK_ISSUER,
      },
      FAILED: 'El registro no continúa un estado anterior.',
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:not-compared': 'No se pudo saber si el registro continúa sus estados anteriores.',
      'NOT-CHECKED': 'Aquí no se nombra ningún estado anterior del registro.',
    },
  },
  'log.witnesses': {
    question: '¿Vieron testigos este estado del registro?',
    outcomes: {
      PASSED: 'Testigos de la lista que usted eligió confirman que vieron este estado del registro.',
      'FAILED:signature': { say: 'La firma a nombre de un testigo no se sostiene.', todo: ASK_ISSUER },
      'INDETERMINATE:later':
        'Un testigo indica un momento en que este estado del registro llevaba tiempo sellado, o uno posterior al día de esta comprobación.',
      'INDETERMINATE:anchor-interval': 'Su lista admite la clave de un testigo solo para otro periodo.',
      INDETERMINATE: 'No se pudo juzgar la firma de un testigo.',
      'NOT-CHECKED:unknown': {
        say: 'Hay más firmas, pero ninguna de un testigo que nombre una lista que usted eligió. Las claves del propio registro, y las que sellan o aprueban, no son testigos.',
        todo: 'Si conoce un testigo de este registro, añada su clave de verificación a su conjunto de confianza (rol log).',
      },
      'NOT-CHECKED': 'Ningún testigo firmó este estado del registro.',
    },
  },
  'disclosure.openings': {
    question: '¿Concuerda con su compromiso todo lo que se abrió?',
    outcomes: {
      PASSED: 'Cada valor que se abre es el de su compromiso, con su propio nombre.',
      'PASSED:salt-again': {
        say: 'Cada valor que se abre es el de su compromiso. Pero {saltsAgain} de ellos tienen una sal que también tiene otro: el programa que hizo este registro no las sacó como debía, así que lo reservado en él puede adivinarse.',
        todo: 'Dígaselo al emisor, sin pasar las aperturas a nadie.',
      },
      'FAILED:no-slot': { say: 'Un valor que se abre no es el de su compromiso.', todo: ASK_ISSUER },
      'FAILED:other-slot': {
        say: 'Un valor se abre con otro nombre que el de su compromiso.',
        todo: ASK_ISSUER,
      },
      'FAILED:twice': { say: 'Un campo se abre dos veces.', todo: ASK_ISSUER },
      'FAILED:no-line': { say: 'Se abre un valor de una línea que no existe.', todo: ASK_ISSUER },
      'FAILED:no-such-field': { say: 'Se abre un valor de un campo que su línea no tiene.', todo: ASK_ISSUER },
      'FAILED:clear-member': { say: 'Se abre un valor de algo que figura a la vista.', todo: ASK_ISSUER },
      FAILED: 'Un valor que se abre contradice su compromiso.',
      'INDETERMINATE:line-withheld': {
        say: 'Se abre un valor de una línea reservada, así que no hay nada con que compararlo.',
        todo: SHOW_ISSUER,
      },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:own-export': 'Se abre un campo de la elaboración de este paquete; el formato no lo permite.',
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'No se pudo comparar un valor que se abre.',
      'NOT-CHECKED': 'No se abre nada.',
    },
  },
  'disclosure.grounds': {
    question: '¿Está de verdad reservado lo que se dice reservado?',
    outcomes: {
      PASSED: 'Lo que se dice reservado no se muestra.',
      'FAILED:opened': { say: 'De algo se dice que está reservado, y sin embargo se muestra.', todo: ASK_ISSUER },
      'FAILED:no-line': { say: 'Se da un motivo para reservar una línea que no existe.', todo: ASK_ISSUER },
      'FAILED:no-such-field': {
        say: 'Se da un motivo para reservar un campo que su línea no tiene.',
        todo: ASK_ISSUER,
      },
      FAILED: 'Un motivo para reservar contradice lo que hay aquí.',
      'INDETERMINATE:line-unread': {
        say: 'Se da un motivo para reservar una línea que no se pudo leer.',
        todo: ASK_ISSUER,
      },
      INDETERMINATE: 'No se pudieron leer los motivos para reservar.',
      'NOT-CHECKED': 'No se da ningún motivo para reservar.',
    },
  },
  'disclosure.payload': {
    question: '¿Pertenece cada archivo de pruebas a exactamente una pieza de la lista?',
    outcomes: {
      PASSED: 'Cada archivo de pruebas pertenece a exactamente una pieza, con esta huella y este tamaño.',
      'FAILED:differs': {
        say: 'Una pieza tiene otra huella u otro tamaño que el archivo de pruebas que nombra.',
        todo: ASK_ISSUER,
      },
      'FAILED:several-items': { say: 'Dos piezas nombran el mismo archivo de pruebas.', todo: ASK_ISSUER },
      'FAILED:no-item': { say: 'Hay un archivo de pruebas que ninguna pieza nombra.', todo: ASK_ISSUER },
      FAILED: 'Los archivos de pruebas y las piezas se contradicen.',
      'INDETERMINATE:no-item': {
        say: 'Hay un archivo de pruebas que ninguna pieza muestra como suyo.',
        todo: 'Pida al emisor que abra la ruta, el tamaño y la huella de esta pieza.',
      },
      'INDETERMINATE:closed': {
        say: 'Una pieza nombra su archivo de pruebas, pero no muestra su huella y su tamaño.',
        todo: 'Pida al emisor que abra el tamaño y la huella de esta pieza.',
      },
      'INDETERMINATE:no-file': {
        say: 'Una pieza nombra un archivo de pruebas que no es parte de este paquete.',
        todo: 'Pregunte al emisor si este archivo se dejó fuera a propósito.',
      },
      'INDETERMINATE:no-payload': 'No hay ningún archivo de pruebas.',
      'INDETERMINATE:not-compared': 'No se pudieron comparar los archivos de pruebas y las piezas.',
      'NOT-CHECKED': 'No se compararon las piezas con los archivos de pruebas.',
    },
  },
  'disclosure.copies': {
    question: '¿Nombra cada copia con supresiones su original?',
    doesNotShow: 'Que una copia muestre fielmente el resto de su original es lo que declara el emisor.',
    outcomes: {
      PASSED: 'COPIA CON SUPRESIONES: cada una nombra la pieza de la que se hizo.',
      'FAILED:original-differs': {
        say: 'Una copia con supresiones nombra otro original que el que está en ese lugar.',
        todo: ASK_ISSUER,
      },
      'FAILED:no-original': {
        say: 'Una copia con supresiones nombra un original que no estaba antes de ella.',
        todo: ASK_ISSUER,
      },
      FAILED: 'Una copia con supresiones contradice la lista de piezas.',
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'No se pudieron comparar los originales de las copias con supresiones.',
      'NOT-CHECKED': 'No hay ninguna copia con supresiones que se muestre como tal.',
    },
  },
  'disclosure.items': {
    question: '¿Se muestran todas las piezas?',
    outcomes: {
      PASSED: 'Se muestra algo de cada pieza.',
      'WITHHELD:withheld': 'Algunas piezas están reservadas: están aquí sus lugares y sus sellos, y nada más.',
      'WITHHELD:closed': 'De algunas piezas no se abre ningún campo: están aquí sus lugares y sus sellos, y nada más.',
      WITHHELD: 'Algunas piezas están reservadas.',
      'INDETERMINATE:line-unread': LINE_UNREAD,
      INDETERMINATE: 'No se pudo saber qué piezas se muestran.',
      'NOT-CHECKED': 'No se juzgó la lista de piezas.',
    },
  },
  'disclosure.fields': {
    question: '¿Están abiertos todos los campos de las líneas mostradas?',
    outcomes: {
      PASSED: 'Todos los campos están abiertos.',
      'WITHHELD:withheld':
        'Algunos campos están reservados, con un motivo; otros están reservados o nunca se rellenaron.',
      'WITHHELD:closed': 'Algunos campos están cerrados: están reservados, o nunca se rellenaron.',
      WITHHELD: 'Algunos campos están cerrados.',
      INDETERMINATE: 'No se pudo saber qué campos están abiertos.',
      'NOT-CHECKED': 'No se juzgó lo que se abre.',
    },
  },
  'disclosure.later-form': {
    question: '¿Está el archivo de aperturas posteriores en la forma que quiere el formato?',
    outcomes: {
      PASSED: 'El archivo de aperturas posteriores está en forma, y se leyó todo su contenido.',
      'INDETERMINATE:malformed': {
        say: 'Algo del archivo de aperturas posteriores no está en forma y no se leyó como apertura.',
        todo: SEND_AGAIN,
      },
      'INDETERMINATE:limit': {
        say: 'Una línea del archivo de aperturas posteriores es más grande de lo que este programa examina.',
        todo: SEND_AGAIN,
      },
      INDETERMINATE: 'No se pudo leer entero el archivo de aperturas posteriores.',
    },
  },
  'disclosure.later-lines': {
    question: '¿Es cada línea que muestra el archivo de aperturas posteriores la que está reservada en su lugar?',
    outcomes: {
      PASSED: 'Cada línea que muestra el archivo es la que este paquete reservó en su lugar.',
      'FAILED:differs': {
        say: 'El archivo es de este registro, pero una línea que muestra no es la que este paquete tiene en su lugar. Eso no dice nada contra el paquete: sus propias líneas y su sello se juzgan aparte.',
        todo: ASK_MAKER,
      },
      'FAILED:seq-differs': {
        say: 'Una línea que estaba reservada se da otro número que el de su lugar en el registro.',
        todo: ASK_ISSUER,
      },
      'FAILED:prev-differs': {
        say: 'Una línea que estaba reservada nombra como anterior otra línea que la que está ahí.',
        todo: ASK_ISSUER,
      },
      'FAILED:number-again': {
        say: 'Una línea que estaba reservada lleva el número de esta misma exportación, o de una entrega firmada aquí: ese número se sortea una sola vez, de modo que la decisión o la firma se usó dos veces.',
        todo: ASK_ISSUER,
      },
      'FAILED:items-differ': {
        say: 'Según una línea que estaba reservada, un paquete anterior de este registro trataba de otras piezas que aquellas con las que la lista empieza aquí: desde entonces se modificaron, quitaron o cambiaron de orden piezas.',
        todo: ASK_ISSUER,
      },
      'FAILED:log-again': {
        say: 'Una línea que estaba reservada empieza de nuevo el registro en medio de este.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:key-withheld': {
        say: 'Una línea que estaba reservada cambia la clave del registro, lo que el formato nunca permite reservar: de quién es la firma del registro se juzgó sin ella.',
        todo: ASK_ISSUER,
      },
      FAILED: 'Una línea que muestra el archivo contradice las líneas de este paquete.',
      'INDETERMINATE:other-bundle': OTHER_BUNDLE,
      'INDETERMINATE:no-lines': NO_LINES,
      'INDETERMINATE:no-line': LATER_BUNDLE,
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:malformed': {
        say: 'Se muestra una línea que estaba reservada, y no es de una forma que este programa conozca.',
        todo: NEWER,
      },
      INDETERMINATE: 'No se pudo comparar una línea que muestra el archivo.',
    },
  },
  'disclosure.later-openings': {
    question: '¿Concuerda todo lo que abre el archivo de aperturas posteriores con su compromiso en este paquete?',
    doesNotShow:
      'Una apertura muestra que un campo dice esto desde que se selló el registro, no que lo que dice sea verdad.',
    outcomes: {
      PASSED: 'Cada valor que abre el archivo es el del compromiso de este paquete, con su propio nombre.',
      'FAILED:no-slot': {
        say: 'El archivo es de este registro, pero un valor que contiene no es el del compromiso de este paquete. Eso no dice nada contra el paquete: sus propias líneas y su sello se juzgan aparte.',
        todo: ASK_MAKER,
      },
      'FAILED:other-slot': {
        say: 'El archivo abre un valor con otro nombre que el de su compromiso.',
        todo: ASK_MAKER,
      },
      'FAILED:twice': { say: 'El archivo abre un campo dos veces.', todo: ASK_MAKER },
      'FAILED:no-such-field': { say: 'El archivo abre un campo que su línea no tiene.', todo: ASK_MAKER },
      'FAILED:clear-member': { say: 'El archivo abre algo que figura a la vista.', todo: ASK_MAKER },
      FAILED: 'Un valor que abre el archivo contradice su compromiso.',
      'INDETERMINATE:other-bundle': OTHER_BUNDLE,
      'INDETERMINATE:no-lines': NO_LINES,
      'INDETERMINATE:no-line': LATER_BUNDLE,
      'INDETERMINATE:line-withheld': {
        say: 'El archivo abre un valor de una línea reservada, y no muestra la línea, así que no hay nada con que compararlo.',
        todo: 'Pida un archivo que muestre también la línea: `probatum disclose` hecho para este mismo paquete lo hace.',
      },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:own-export':
        'El archivo abre un campo de la elaboración de este paquete; el formato no lo permite.',
      'INDETERMINATE:malformed': { say: 'No se pudo leer una apertura del archivo.', todo: SEND_AGAIN },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      'INDETERMINATE:empty': { say: 'El archivo no abre nada.', todo: SEND_AGAIN },
      INDETERMINATE: 'No se pudo comparar un valor que abre el archivo.',
    },
  },
  'disclosure.later-values': {
    question: '¿Concuerda lo que se abre después con lo que muestra el paquete?',
    doesNotShow: 'Los valores se comparan entre sí y con los archivos, nunca con el mundo.',
    outcomes: {
      PASSED: 'Lo que se abre después concuerda con lo que muestra el paquete, hasta donde se puede comparar.',
      'FAILED:no-item': { say: 'Una entrada que se abre después nombra piezas que no existen.', todo: ASK_ISSUER },
      'FAILED:digest-differs': {
        say: 'Una entrada que se abre después nombra otra huella que la de su pieza.',
        todo: ASK_ISSUER,
      },
      'FAILED:original-differs': {
        say: 'Una copia con supresiones que se abre después nombra otro original que el que está en ese lugar.',
        todo: ASK_ISSUER,
      },
      'FAILED:no-original': {
        say: 'Una copia con supresiones que se abre después nombra un original que no estaba antes de ella.',
        todo: ASK_ISSUER,
      },
      'FAILED:payload-differs': {
        say: 'Una pieza que se abre después tiene otra huella u otro tamaño que el archivo de pruebas que nombra.',
        todo: ASK_ISSUER,
      },
      'FAILED:several-items': {
        say: 'Una pieza que se abre después nombra el archivo de pruebas de otra.',
        todo: ASK_ISSUER,
      },
      FAILED: 'Lo que se abre después contradice lo que muestra el paquete.',
      'INDETERMINATE:handover': {
        say: 'Se abre después una firma de una entrega. Esta versión juzga de quién es solo donde la abre el paquete mismo.',
        todo: 'Pida al emisor un paquete que la abra, o compárela a mano.',
      },
      'INDETERMINATE:times': {
        say: 'Con lo que se abre después, los momentos de las entradas no encajan entre sí.',
        todo: 'Pregunte al emisor por los momentos de estas entradas.',
      },
      'INDETERMINATE:limit': 'El paquete abre más de lo que este programa compara con lo que se abre después.',
      INDETERMINATE: 'No se pudo comparar lo que se abre después con lo que muestra el paquete.',
    },
  },
}
