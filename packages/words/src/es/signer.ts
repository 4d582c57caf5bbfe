import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'
import { PATH_CANDIDATE, pathConclusion } from './common.ts'
import { revocationOutcomes } from './revocation.ts'

const FRESH_COPY =
  'No edite ni guarde nada en esta copia. Pida al remitente una copia nueva, y que una segunda persona compruebe ambas.'
const NO_SEAL = {
  say: 'No hay ningún sello: nada muestra quién hizo esta lista de archivos.',
  todo: 'Pida al remitente el paquete sellado.',
}
const OTHER_LIST = {
  say: 'El sello no corresponde a esta lista de archivos: la lista es distinta de lo que se selló.',
  todo: FRESH_COPY,
}
const OTHER_KEY = {
  say: 'El sello no corresponde a esta lista de archivos: no se hizo con la clave que nombra.',
  todo: FRESH_COPY,
}
const LIST_INSIDE = {
  say: 'La lista de anclas está en el paquete del que debería responder, y no se usó.',
  todo: 'Obtenga el conjunto de confianza de su emisor por otra vía.',
}

const LINE_ENDS_TODO =
  'Pida al remitente los bytes mismos. O dé a una copia los finales de línea que nombra el resultado (unix2dos, dos2unix), compruebe esa copia y anote que lo hizo.'

type Ids = Extract<FindingId, `${'signature' | 'signer' | 'trust'}.${string}`>

export const SIGNER: Record<Ids, FindingWords> = {
  'signature.present': {
    question: '¿Hay algún sello?',
    outcomes: {
      'INDETERMINATE:declared-missing': {
        say: 'El paquete dice tener un sello, y no está aquí.',
        todo: 'Pida al remitente una copia completa, con su carpeta seal/.',
      },
      'INDETERMINATE:unreadable': {
        say: 'El sello está aquí, y el sistema no permitió leerlo. Esto no dice nada de su contenido.',
        todo: 'Repita con permiso de lectura, o copie antes todo a otro disco.',
      },
      'INDETERMINATE:none': NO_SEAL,
      'NOT-CHECKED:none': NO_SEAL,
      PASSED: 'Hay un sello.',
      INDETERMINATE: NO_SEAL,
      'NOT-CHECKED': NO_SEAL,
    },
  },
  'signature.structure': {
    question: '¿Se lee el sello {name} como una firma CMS?',
    outcomes: {
      'FAILED:malformed': { say: 'El sello no se lee como una firma CMS.', todo: FRESH_COPY },
      PASSED: 'El sello se lee como una firma CMS.',
      FAILED: { say: 'El sello no se lee como una firma CMS.', todo: FRESH_COPY },
      INDETERMINATE: 'No se pudo leer el sello como una firma CMS.',
    },
  },
  'signature.signer-info': {
    question: '¿Tiene el sello exactamente un firmante?',
    outcomes: {
      'INDETERMINATE:none': 'El sello no tiene firmante.',
      PASSED: 'El sello tiene exactamente un firmante.',
      FAILED: 'El sello no tiene exactamente un firmante.',
      INDETERMINATE: 'El sello no tiene exactamente un firmante que este programa pueda juzgar.',
    },
  },
  'signature.content': {
    question: '¿Cubre el sello la lista de archivos acompañantes que está a su lado?',
    outcomes: {
      'PASSED:attached':
        'El sello cubre la lista de archivos acompañantes que está a su lado, y lleva dentro los mismos bytes.',
      'FAILED:differs': {
        say: 'El sello lleva otros bytes que la lista de archivos acompañantes que está a su lado: no corresponde a esta lista de archivos.',
        todo: FRESH_COPY,
      },
      'FAILED:line-ends': {
        say: 'El sello lleva la lista de archivos acompañantes que está a su lado con otros finales de línea; nada más difiere.',
        todo: LINE_ENDS_TODO,
      },
      'FAILED:not-a-tag-manifest':
        'Lo que cubre el sello no se lee como lista de archivos acompañantes, así que no es un sello sobre una lista de archivos.',
      'FAILED:attributes':
        'Lo que cubre el sello podría leerse como atributos firmados en lugar de una lista de archivos.',
      'INDETERMINATE:content-missing': {
        say: 'La lista de archivos acompañantes que cubre el sello no está aquí.',
        todo: 'Pida al remitente una copia completa.',
      },
      'INDETERMINATE:content-unread':
        'El sello cubre el archivo que está a su lado, y aquí no se pudo leer como lista; así que no se sabe qué cubre el sello.',
      PASSED: 'El sello cubre la lista de archivos acompañantes que está a su lado.',
      FAILED: { say: 'El sello no corresponde a esta lista de archivos.', todo: FRESH_COPY },
      INDETERMINATE: 'La lista de archivos acompañantes que cubre el sello no está aquí, o no se lee como tal.',
    },
  },
  'signature.signed-attributes': {
    question: '¿Están los atributos firmados codificados como la firma los necesita?',
    outcomes: {
      'INDETERMINATE:absent':
        'El sello no tiene atributos firmados: es una forma más antigua, que no fija ni el certificado ni la clase de contenido.',
      'FAILED:absent': 'El sello no tiene atributos firmados, y su norma los exige.',
      'FAILED:not-der': 'Los atributos firmados del sello no están codificados en DER, como la firma los necesita.',
      'FAILED:irregular':
        'Entre los atributos firmados del sello hay uno dos veces, o uno cuyo valor no es como exige la norma.',
      PASSED: 'Los atributos firmados están codificados como la firma los necesita.',
      FAILED: 'Los atributos firmados del sello contradicen la norma.',
      INDETERMINATE: 'No se pueden juzgar los atributos firmados del sello.',
    },
  },
  'signature.content-type': {
    question: '¿Dice el sello qué clase de contenido cubre?',
    outcomes: {
      'INDETERMINATE:unexpected-type': 'El sello nombra una clase de contenido que este programa no espera.',
      'FAILED:differs': 'El sello nombra otra clase de contenido que la que cubre.',
      'FAILED:absent': 'El sello no dice qué clase de contenido cubre, y su norma lo exige.',
      PASSED: 'El sello dice qué clase de contenido cubre.',
      FAILED: 'El sello nombra otra clase de contenido que la que cubre.',
      INDETERMINATE: 'El sello no dice qué clase de contenido cubre.',
    },
  },
  'signature.message-digest': {
    question: '¿Se selló exactamente esta lista de archivos?',
    outcomes: {
      'FAILED:differs': OTHER_LIST,
      'FAILED:line-ends': {
        say: 'El sello cubre esta lista de archivos con otros finales de línea; nada más difiere.',
        todo: LINE_ENDS_TODO,
      },
      'FAILED:absent': 'El sello no dice qué bytes cubre, y su norma lo exige.',
      PASSED: 'Se selló exactamente esta lista de archivos.',
      FAILED: OTHER_LIST,
      INDETERMINATE: 'No se puede saber si se selló exactamente esta lista de archivos.',
    },
  },
  'signature.algorithm': {
    question: '¿Cuenta como demostración, según esta política, el método del sello?',
    outcomes: {
      'PASSED:other-digest':
        'El método del sello cuenta como demostración; su clase de huella es otra que la que la norma nombra para él, e igual de fuerte.',
      'INDETERMINATE:content-ended': {
        say: 'El método del sello hoy ya no cuenta, y nada con un método más fuerte muestra que la lista sellada existiera antes.',
        todo: 'Pida al emisor una renovación que liste cada archivo y se hiciera a tiempo.',
      },
      'INDETERMINATE:digest-weaker': {
        say: 'El sello usa una huella más débil que su método de firma, así que solo es tan fuerte como esa huella.',
        todo: 'Pida al emisor un sello con métodos que se correspondan, o compruebe con una versión más nueva de este programa.',
      },
      'PASSED:digests-differ':
        'El método del sello cuenta como demostración; usa dos clases de huella distintas. Reglas más recientes piden una sola: otros programas pueden rechazarlo.',
      PASSED: 'El método del sello cuenta como demostración según esta política.',
      INDETERMINATE: {
        say: 'El sello se hizo con un método que se considera débil o que este programa no conoce.',
        todo: 'Pida al emisor un sello con un método actual, o compruebe con una versión más nueva de este programa.',
      },
    },
  },
  'signature.signing-certificate': {
    question: '¿Nombra el sello el certificado con el que se hizo?',
    outcomes: {
      'INDETERMINATE:absent': 'El sello no nombra el certificado con el que se hizo.',
      'PASSED:not-first': 'El sello nombra el certificado con el que se hizo, aunque no en primer lugar.',
      'FAILED:other-certificate': {
        say: 'El sello nombra otro certificado que el que está aquí.',
        todo: FRESH_COPY,
      },
      'FAILED:issuer-serial': 'El sello nombra otro emisor u otro número de serie que los del certificado.',
      'FAILED:malformed': 'Lo que el sello dice de su certificado no se lee como quiere la norma.',
      PASSED: 'El sello nombra el certificado con el que se hizo.',
      FAILED: 'El sello nombra otro certificado que el que está aquí.',
      INDETERMINATE: 'El sello no nombra su certificado, o ese certificado no está aquí.',
    },
  },
  'signature.value': {
    question: '¿Se hizo el sello con la clave del firmante?',
    outcomes: {
      'FAILED:invalid': OTHER_KEY,
      PASSED: 'El sello se hizo con la clave del certificado que nombra.',
      FAILED: OTHER_KEY,
      INDETERMINATE: 'No se puede saber si el sello se hizo con la clave del firmante.',
    },
  },
  'signature.declared-signer': {
    question: '¿Es el firmante el que declara el paquete?',
    outcomes: {
      'FAILED:other-signer': { say: 'Hizo el sello otro firmante que el que declara el paquete.', todo: FRESH_COPY },
      'INDETERMINATE:additional-signer': 'El sello tiene otro firmante más, que el paquete no declara.',
      'INDETERMINATE:not-established': 'No se pudo establecer quién hizo el sello, así que no se puede comparar.',
      PASSED: 'El firmante es el que declara el paquete.',
      FAILED: { say: 'Hizo el sello otro firmante que el que declara el paquete.', todo: FRESH_COPY },
      INDETERMINATE: 'No se puede saber si el firmante es el que declara el paquete.',
      'NOT-CHECKED': 'El paquete no declara ningún firmante.',
    },
  },
  'signer.key-usage': {
    question: '¿Está destinado a firmar el certificado del firmante?',
    outcomes: {
      'INDETERMINATE:extended-key-usage':
        'El certificado del firmante está destinado a otro fin que el de firmar documentos.',
      'PASSED:unrestricted': 'El certificado del firmante no limita aquello a lo que está destinado.',
      'FAILED:key-usage': 'El certificado del firmante no está destinado a firmar.',
      'INDETERMINATE:ca-certificate':
        'El certificado del firmante es de los que emiten certificados, no de los que firman archivos.',
      PASSED: 'El certificado del firmante está destinado a firmar.',
      FAILED: 'El certificado del firmante no está destinado a firmar.',
      'INDETERMINATE:unreadable':
        'No se lee a qué dice estar destinado el certificado del firmante, así que no se puede saber.',
      INDETERMINATE: 'No se puede saber a qué está destinado el certificado del firmante.',
    },
  },
  'signer.path-candidate': {
    question: '¿Lleva esta cadena candidata del firmante a un ancla de su lista?',
    outcomes: PATH_CANDIDATE,
  },
  'signer.path': {
    question: '¿Lleva una cadena del firmante a alguien de la lista que usted eligió?',
    doesNotShow:
      'Muestra con la clave de quién se sellaron los archivos, no quién grabó lo que hay en los archivos, ni que sea verdad.',
    outcomes: pathConclusion(
      'Una cadena lleva del firmante a un ancla de la lista que usted eligió.',
      'Nada contradice el sello.',
    ),
  },
  'signer.key': {
    question: '¿Es bastante fuerte la clave del certificado del firmante?',
    outcomes: {
      'INDETERMINATE:weak':
        'La clave del certificado del firmante es demasiado débil para contar como prueba según la política.',
      'INDETERMINATE:ended':
        'Las claves como la del certificado del firmante ya no contaban como prueba en ese momento.',
      'INDETERMINATE:unsupported':
        'La clave del certificado del firmante es de una clase con la que esta versión no puede comprobar.',
      PASSED: 'La clave del certificado del firmante cuenta como prueba según la política en ese momento.',
      FAILED: 'La clave del certificado del firmante no cuenta como prueba.',
      INDETERMINATE: 'No se puede saber si la clave del certificado del firmante es bastante fuerte.',
    },
  },
  'signer.validity': {
    question: '¿Era válido el certificado del firmante cuando se hizo el sello?',
    outcomes: {
      'INDETERMINATE:not-yet-valid':
        'El certificado del firmante aún no había empezado a valer en el momento que cuenta.',
      'INDETERMINATE:expired': {
        say: 'El certificado del firmante había caducado en el momento que cuenta, hasta donde ese momento está demostrado.',
        todo: 'Lo decidiría un sello de tiempo de una autoridad de su lista, hecho antes. O compruebe a fecha de un día anterior (--at).',
      },
      PASSED: 'El certificado del firmante era válido en el momento demostrado del sello.',
      FAILED: 'El certificado del firmante no era válido en el momento demostrado del sello.',
      INDETERMINATE: 'No se puede saber si el certificado del firmante era válido cuando se hizo el sello.',
    },
  },
  'signer.revocation': {
    question: '¿Había sido revocada la clave del firmante antes de que se hiciera el sello?',
    outcomes: revocationOutcomes({
      key: 'la clave del firmante',
      certificate: 'certificado del firmante',
      made: 'el sello',
    }),
  },
  'trust.outside': {
    question: '¿Llegó la lista de anclas por otra vía que el paquete?',
    outcomes: {
      'PASSED:review-overdue': {
        say: 'La lista de anclas no es uno de los archivos de este paquete. Ha pasado el día en que su emisor quiere que se revise.',
        todo: 'Pida al emisor del conjunto de confianza uno más nuevo.',
      },
      'INDETERMINATE:inside-bundle': LIST_INSIDE,
      'NOT-CHECKED:no-trust-set': {
        say: 'No se eligió ninguna lista de claves, así que de nadie se sabe que sea quien dice ser.',
        todo: 'Elija un conjunto de confianza que le haya llegado por otra vía que el paquete (--trust-set FILE).',
      },
      'NOT-CHECKED:nothing-rests':
        'No hay aquí ningún sello ni sello de tiempo de los que pudiera hablar la lista de anclas.',
      PASSED: 'La lista de anclas no es uno de los archivos de este paquete.',
      FAILED: LIST_INSIDE,
      INDETERMINATE: LIST_INSIDE,
      'NOT-CHECKED': 'No se eligió ninguna lista de anclas, así que de nadie se sabe que sea quien dice ser.',
    },
  },
}
