import type { FindingWords } from '../messages.ts'

const ASK = 'Pregunte al emisor, por otra vía que la del aviso, si es suyo y qué dice.'
const USE = 'No use ni transmita lo que nombra antes de preguntar al emisor. Código: {code.found}.'
const TRUST = 'Elija un conjunto de confianza que haya venido por otra vía que el paquete (--trust-set FILE).'
const SAID = 'Dice: ({kind.found}, {date.found}, {items.found}, {code.found}).'

export const NOTICES: FindingWords = {
  question: '¿Envió el emisor un aviso después de enviado este paquete: retirado, sustituido, reclamado?',
  doesNotShow: 'Que nadie haya dado aquí un aviso no muestra que no lo haya.',
  outcomes: {
    'NOT-CHECKED:none': {
      say: 'No se dio ningún aviso del emisor, así que no se sabe nada de lo que el emisor haya podido retirar, sustituir o reclamar después de enviado este paquete.',
      todo: 'Pida al emisor los avisos sobre este paquete y entréguelos junto al paquete (--notices).',
    },
    'NOT-CHECKED:other-bundle': 'Este aviso es sobre otros paquetes y no dice nada de este.',
    'NOT-CHECKED': 'No se juzgó ningún aviso sobre este paquete.',
    'INDETERMINATE:malformed': {
      say: 'Este aviso no se puede leer: no tiene la forma de los avisos.',
      todo: 'Pida al emisor que envíe el aviso de nuevo.',
    },
    'INDETERMINATE:unknown-version': {
      say: 'Este aviso está en una versión del formato posterior a la que conoce este programa.',
      todo: 'Use una versión más nueva del programa.',
    },
    'INDETERMINATE:limit': {
      say: 'Este aviso es mayor de lo que examina este programa, o se dieron más avisos de los que examina en una vez.',
      todo: 'Entregue menos avisos a la vez.',
    },
    'INDETERMINATE:no-bundle-id': {
      say: 'Lo que se dio no tiene identificador de paquete, así que nada dice si este aviso es sobre ello.',
      todo: ASK,
    },
    'INDETERMINATE:other-content': {
      say: `La firma de este aviso es sobre otra cosa: lo que dice ahora no es palabra de nadie. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:signature': {
      say: `La firma de este aviso no se sostiene: lo que dice no es palabra de nadie. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:malformed-signature': { say: `La firma de este aviso no se puede juzgar. ${SAID}`, todo: ASK },
    'INDETERMINATE:other-log': {
      say: `Este aviso nombra este paquete, pero otro registro que el del paquete. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:seal-differs': {
      say: `Este aviso nombra este paquete con otro sello que el que está aquí. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:inconsistent': {
      say: `Este aviso muestra un estado del registro que no continúa el de este paquete: hay dos historias, o la demostración no lo es. ${SAID}`,
      todo: 'Pida a otros que tengan paquetes de este registro que los comparen con el suyo: probatum compare.',
    },
    'INDETERMINATE:checkpoint-signature': {
      say: `La firma del registro en este aviso no se sostiene. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:event-differs': {
      say: `El hecho que muestra este aviso no está en el registro como dice. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:item-beyond': { say: `Este aviso nombra una pieza que este paquete no tiene. ${SAID}`, todo: ASK },
    'INDETERMINATE:unsupported': {
      say: `Una firma de este aviso usa un método que este programa no conoce. ${SAID}`,
      todo: 'Use una versión más nueva del programa.',
    },
    'INDETERMINATE:no-trust-set': {
      say: `Hay un aviso sobre este paquete, pero usted no eligió ninguna lista de claves en las que crea, así que nada dice de quién es. ${SAID}`,
      todo: TRUST,
    },
    'INDETERMINATE:trust-set-inside': {
      say: `Hay un aviso sobre este paquete, pero la lista que debería decir de quién es está en el paquete mismo y no se usó. ${SAID}`,
      todo: 'Consiga el conjunto de confianza de su emisor por otra vía.',
    },
    'INDETERMINATE:other-role': {
      say: `Su lista tiene a quien certificó al firmante de este aviso, pero en otra función: no para enviar avisos, y el firmante no selló este paquete. ${SAID}`,
      todo: 'Pregunte al emisor del conjunto de confianza si esta autoridad certifica a quien envía avisos (función notice).',
    },
    'INDETERMINATE:signer-unknown': {
      say: `La lista que usted eligió no dice de quién es la clave que firmó este aviso. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:anchor-interval': {
      say: `Su lista admite el ancla de quien firmó este aviso solo para otro periodo. ${SAID}`,
      todo: 'Pregunte al emisor del conjunto de confianza por qué se limitó el periodo.',
    },
    'INDETERMINATE:validity': {
      say: `El certificado de quien firmó este aviso había caducado, o no había empezado a valer, en el momento de esta comprobación; nada demuestra que el aviso se hiciera mientras era válido. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:key-usage': {
      say: `El certificado que firmó este aviso no es de los que firman documentos. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:algorithm': {
      say: `La firma de este aviso usa un método que su política no cuenta como demostración. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:revoked': {
      say: `El certificado de quien firmó este aviso fue revocado: cualquiera puede haber firmado con su clave. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:none-holds': {
      say: `La lista que usted eligió conoce a quien certificó al firmante de este aviso, pero ningún camino de certificados se sostiene en el momento de esta comprobación. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:revocation': {
      say: `No se sabe si el certificado que firmó este aviso fue revocado. ${SAID}`,
      todo: 'Pida a la autoridad que lo emitió su lista de revocación (CRL) o una respuesta OCSP, y entréguela junto al paquete (--crl o --ocsp).',
    },
    'INDETERMINATE:log-unknown': {
      say: `La lista que usted eligió no tiene la clave que firmó el estado del registro en este aviso. ${SAID}`,
      todo: 'Pida al emisor del conjunto de confianza la clave actual de este registro.',
    },
    'INDETERMINATE:log-interval': {
      say: `Su lista admite la clave del registro solo para otro periodo. ${SAID}`,
      todo: 'Pregunte al emisor del conjunto de confianza por qué se limitó el periodo.',
    },
    'INDETERMINATE:not-compared': {
      say: `Algo de este paquete con lo que hay que comparar este aviso no se pudo leer. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:later': {
      say: `Este aviso lleva una fecha posterior al momento al que se refiere este juicio. ${SAID}`,
      todo: 'Juzgue de nuevo con una fecha posterior.',
    },
    'INDETERMINATE:dated-before': {
      say: `Este aviso lleva una fecha anterior al momento desde el que está demostrado que existe el sello: quien lo hizo no podía conocer entonces este paquete. ${SAID}`,
      todo: ASK,
    },
    'INDETERMINATE:withdrawn': {
      say: '{unchanged} El {date.found} el emisor retiró el permiso de usar cualquier cosa de este paquete.',
      todo: USE,
    },
    'INDETERMINATE:withdrawn-item': {
      say: '{unchanged} El {date.found} el emisor retiró el permiso de usar la pieza {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:withdrawn-items': {
      say: '{unchanged} El {date.found} el emisor retiró el permiso de usar las piezas {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:superseded': {
      say: '{unchanged} El {date.found} el emisor puso otro paquete en lugar de este.',
      todo: USE,
    },
    'INDETERMINATE:superseded-item': {
      say: '{unchanged} El {date.found} el emisor puso otra cosa en lugar de la pieza {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:superseded-items': {
      say: '{unchanged} El {date.found} el emisor puso otra cosa en lugar de las piezas {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:recalled': {
      say: '{unchanged} El {date.found} el emisor reclamó todo lo de este paquete.',
      todo: USE,
    },
    'INDETERMINATE:recalled-item': {
      say: '{unchanged} El {date.found} el emisor reclamó la pieza {items.found}.',
      todo: USE,
    },
    'INDETERMINATE:recalled-items': {
      say: '{unchanged} El {date.found} el emisor reclamó las piezas {items.found}.',
      todo: USE,
    },
    INDETERMINATE: 'No se pudo decidir lo que este aviso dice de este paquete.',
  },
}
