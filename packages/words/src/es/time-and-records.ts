import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'
import { PATH_CANDIDATE, pathConclusion } from './common.ts'
import { revocationOutcomes } from './revocation.ts'

const FRESH_COPY =
  'No edite ni guarde nada en esta copia. Pida al remitente una copia nueva, y que una segunda persona compruebe ambas.'
const ASK_STAMPS = 'Pida al emisor los sellos de tiempo de este paquete.'
const ASK_STAMP_AGAIN = 'Pida de nuevo al emisor este sello de tiempo.'
const MORE_STAMPS =
  'Elija un conjunto de confianza que nombre a las autoridades, o pida al emisor más sellos de tiempo.'
const CLOCK = 'Mire su reloj, o el momento que dio (--at).'
const EARLIER_DAY =
  'Compruebe a fecha de un día anterior (--at); openssl lo hace con -attime (`probatum steps` muestra la línea).'
const NO_STAMP = {
  say: 'No hay ningún sello de tiempo: nada muestra desde cuándo existen estos archivos.',
  todo: ASK_STAMPS,
}
const OTHER_BYTES = {
  say: 'El sello de tiempo está hecho sobre otros bytes que estos.',
  todo: 'Mire si tiene, byte por byte, el archivo sobre el que se hizo.',
}
const OTHER_STATEMENT = {
  say: 'La declaración de tiempo es distinta de lo que firmó la autoridad.',
  todo: FRESH_COPY,
}
const IN_FUTURE = { say: 'El momento declarado es posterior al momento de esta comprobación.', todo: CLOCK }

type Ids = Extract<FindingId, `timestamp.${string}`>

export const TIME_AND_RECORDS: Record<Ids, FindingWords> = {
  'timestamp.present': {
    question: '¿Hay un sello de tiempo sobre el sello?',
    outcomes: {
      'INDETERMINATE:none': {
        say: 'No hay ningún sello de tiempo: desde cuándo existen estos archivos solo lo dice la palabra de quien selló.',
        todo: ASK_STAMPS,
      },
      'INDETERMINATE:signature-not-read':
        'Hay sellos de tiempo, pero no se pudo leer el sello sobre el que están hechos, así que no se juzgaron.',
      'NOT-CHECKED:none': NO_STAMP,
      PASSED: 'Hay un sello de tiempo.',
      INDETERMINATE: {
        say: 'No hay ningún sello de tiempo: solo quien selló dice cuándo se hizo el sello.',
        todo: ASK_STAMPS,
      },
      'NOT-CHECKED': NO_STAMP,
    },
  },
  'timestamp.structure': {
    question: '¿Se lee {name} como un sello de tiempo RFC 3161?',
    outcomes: {
      'FAILED:malformed': 'El sello de tiempo declarado no se lee como un sello de tiempo RFC 3161.',
      'INDETERMINATE:refused': 'El archivo es la negativa de la autoridad; no contiene ningún sello de tiempo.',
      'PASSED:version-3':
        'Se lee como un sello de tiempo RFC 3161; indica una versión que no nombra todas sus partes, y nada depende de ello.',
      PASSED: 'Se lee como un sello de tiempo RFC 3161.',
      FAILED: 'No se lee como un sello de tiempo RFC 3161.',
      INDETERMINATE: {
        say: 'El archivo no se lee como un sello de tiempo RFC 3161, así que no demuestra nada.',
        todo: ASK_STAMP_AGAIN,
      },
    },
  },
  'timestamp.status': {
    question: '¿Concedió la autoridad el sello de tiempo?',
    outcomes: {
      'PASSED:bare-token': 'El archivo es el sello de tiempo mismo, sin la respuesta de la autoridad que lo envuelve.',
      'FAILED:refused-with-token': 'La autoridad se negó, y sin embargo hay un sello de tiempo en su respuesta.',
      'INDETERMINATE:refused': {
        say: 'La autoridad se negó a hacer este sello de tiempo.',
        todo: ASK_STAMP_AGAIN,
      },
      PASSED: 'La autoridad concedió el sello de tiempo.',
      FAILED: 'La autoridad no concedió este sello de tiempo.',
      INDETERMINATE: 'La autoridad no concedió este sello de tiempo: el archivo es una negativa y no demuestra nada.',
      'NOT-CHECKED': 'El archivo es un sello de tiempo solo, sin la respuesta de la autoridad que lo envuelve.',
    },
  },
  'timestamp.message-imprint': {
    question: '¿Está el sello de tiempo hecho exactamente sobre estos bytes?',
    doesNotShow: 'Un sello de tiempo muestra que los bytes existían, no cuándo ocurrió lo que muestran.',
    outcomes: {
      'FAILED:differs': OTHER_BYTES,
      PASSED: 'El sello de tiempo está hecho exactamente sobre estos bytes.',
      FAILED: OTHER_BYTES,
      INDETERMINATE: 'No se puede saber si el sello de tiempo está hecho sobre estos bytes.',
    },
  },
  'timestamp.signer-info': {
    question: '¿Tiene el sello de tiempo exactamente un firmante?',
    outcomes: {
      'FAILED:none': 'El sello de tiempo no tiene firmante.',
      'FAILED:several': 'El sello de tiempo tiene varios firmantes; su norma admite uno.',
      PASSED: 'El sello de tiempo tiene exactamente un firmante.',
      FAILED: 'El sello de tiempo no tiene exactamente un firmante.',
      INDETERMINATE: 'El sello de tiempo no tiene exactamente un firmante que este programa pueda juzgar.',
    },
  },
  'timestamp.signed-attributes': {
    question: '¿Están los atributos firmados codificados como la firma los necesita?',
    outcomes: {
      'FAILED:absent': 'El sello de tiempo no tiene atributos firmados, y su norma los exige.',
      'FAILED:not-der':
        'Los atributos firmados del sello de tiempo no están codificados en DER, como la firma los necesita.',
      'FAILED:irregular':
        'Entre los atributos firmados del sello de tiempo hay uno dos veces, o uno cuyo valor no es como exige la norma.',
      PASSED: 'Los atributos firmados están codificados como la firma los necesita.',
      FAILED: 'Los atributos firmados del sello de tiempo contradicen la norma.',
      INDETERMINATE: 'No se pueden juzgar los atributos firmados del sello de tiempo.',
    },
  },
  'timestamp.content-type': {
    question: '¿Dice el sello de tiempo que lo es?',
    outcomes: {
      'FAILED:differs': 'El sello de tiempo nombra otra clase de contenido que la suya.',
      'FAILED:absent': 'El sello de tiempo no dice qué clase de contenido tiene, y su norma lo exige.',
      PASSED: 'El sello de tiempo dice que lo es.',
      FAILED: 'El sello de tiempo nombra otra clase de contenido que la de un sello de tiempo.',
      INDETERMINATE: 'El sello de tiempo no dice qué clase de contenido tiene.',
    },
  },
  'timestamp.message-digest': {
    question: '¿Firmó la autoridad exactamente esta declaración?',
    outcomes: {
      'FAILED:differs': OTHER_STATEMENT,
      'FAILED:absent': 'El sello de tiempo no dice qué declaración se firmó, y su norma lo exige.',
      PASSED: 'La autoridad firmó exactamente esta declaración de tiempo.',
      FAILED: OTHER_STATEMENT,
      INDETERMINATE: 'No se puede saber si la autoridad firmó exactamente esta declaración.',
    },
  },
  'timestamp.algorithm': {
    question: '¿Cuenta como demostración, según esta política, el método del sello de tiempo?',
    outcomes: {
      'PASSED:other-digest':
        'El método del sello de tiempo cuenta como demostración; su clase de huella es otra que la que la norma nombra para él, e igual de fuerte.',
      'INDETERMINATE:digest-weaker': {
        say: 'El sello de tiempo usa una huella más débil que su método de firma, así que solo es tan fuerte como esa huella.',
        todo: 'Pida al emisor un sello con métodos que se correspondan, o compruebe con una versión más nueva de este programa.',
      },
      'PASSED:digests-differ':
        'El método del sello de tiempo cuenta como demostración; usa dos clases de huella distintas. Reglas más recientes piden una sola: otros programas pueden rechazarlo.',
      PASSED: 'El método del sello de tiempo cuenta como demostración según esta política.',
      INDETERMINATE: {
        say: 'El sello de tiempo se hizo con un método que se considera débil o que este programa no conoce.',
        todo: 'Pida al emisor un sello de tiempo con un método actual, o compruebe con una versión más nueva de este programa.',
      },
    },
  },
  'timestamp.signing-certificate': {
    question: '¿Nombra el sello de tiempo el certificado con el que se hizo?',
    outcomes: {
      'FAILED:absent': 'El sello de tiempo no nombra su certificado, y su norma lo exige.',
      'PASSED:not-first': 'El sello de tiempo nombra el certificado con el que se hizo, aunque no en primer lugar.',
      'FAILED:other-certificate': {
        say: 'El sello de tiempo nombra otro certificado que el que está aquí.',
        todo: FRESH_COPY,
      },
      'FAILED:issuer-serial': 'El sello de tiempo nombra otro emisor u otro número de serie que los del certificado.',
      'FAILED:malformed': 'Lo que el sello de tiempo dice de su certificado no se lee como quiere la norma.',
      PASSED: 'El sello de tiempo nombra el certificado con el que se hizo.',
      FAILED: 'El sello de tiempo nombra otro certificado que el que está aquí.',
      INDETERMINATE: 'El sello de tiempo no nombra su certificado, o ese certificado no está aquí.',
    },
  },
  'timestamp.signature': {
    question: '¿Se hizo el sello de tiempo con la clave de la autoridad?',
    outcomes: {
      'FAILED:invalid': { say: 'El sello de tiempo no se hizo con la clave que nombra.', todo: FRESH_COPY },
      PASSED: 'El sello de tiempo se hizo con la clave del certificado que nombra.',
      FAILED: { say: 'El sello de tiempo no se hizo con la clave que nombra.', todo: FRESH_COPY },
      INDETERMINATE: 'No se puede saber si el sello de tiempo se hizo con la clave de la autoridad.',
    },
  },
  'timestamp.extensions': {
    question: '¿Exige el sello de tiempo algo que este programa no conoce?',
    outcomes: {
      'INDETERMINATE:unknown-critical': {
        say: 'El sello de tiempo exige algo que este programa no conoce.',
        todo: 'Compruebe con una versión más nueva de este programa.',
      },
      PASSED: 'El sello de tiempo no exige nada que este programa no conozca.',
      INDETERMINATE: 'El sello de tiempo tiene una extensión crítica que este programa no conoce.',
      FAILED: 'Las extensiones del sello de tiempo contradicen la norma.',
    },
  },
  'timestamp.tsa-name': {
    question: '¿Es la autoridad que nombra el sello de tiempo aquella con cuyo certificado se hizo?',
    outcomes: {
      'PASSED:absent': 'El sello de tiempo no nombra a su autoridad con palabras; no es obligatorio.',
      'FAILED:other-name': 'El sello de tiempo nombra otra autoridad que aquella con cuyo certificado se hizo.',
      PASSED: 'La autoridad que nombra el sello de tiempo es aquella con cuyo certificado se hizo.',
      FAILED: 'El sello de tiempo nombra otra autoridad que aquella con cuyo certificado se hizo.',
      INDETERMINATE: 'No se puede saber si el sello de tiempo nombra a la autoridad con cuyo certificado se hizo.',
      'NOT-CHECKED': 'El sello de tiempo no nombra a su autoridad; no es obligatorio.',
    },
  },
  'timestamp.extended-key-usage': {
    question: '¿Está el certificado de la autoridad destinado solo a sellos de tiempo?',
    outcomes: {
      'FAILED:absent': 'El certificado de la autoridad no dice que esté destinado a sellos de tiempo.',
      'FAILED:not-critical':
        'El certificado de la autoridad nombra su fin, pero no como obligatorio (crítico), como exige la norma.',
      'FAILED:other-purpose': 'El certificado de la autoridad está destinado a otro fin que los sellos de tiempo.',
      'FAILED:additional-purpose':
        'El certificado de la autoridad está destinado a otros fines además de los sellos de tiempo.',
      PASSED: 'El certificado de la autoridad está destinado a sellos de tiempo, y a nada más.',
      FAILED: 'El certificado de la autoridad no está destinado solo a sellos de tiempo.',
      'INDETERMINATE:unreadable':
        'No se lee a qué dice estar destinado el certificado de la autoridad, así que no se puede saber.',
      INDETERMINATE: 'No se puede saber a qué está destinado el certificado de la autoridad.',
    },
  },
  'timestamp.key-usage': {
    question: '¿Está destinado a firmar el certificado de la autoridad?',
    outcomes: {
      'INDETERMINATE:additional-usage':
        'El certificado de la autoridad está destinado también a otras cosas que firmar.',
      'PASSED:unrestricted': 'El certificado de la autoridad no limita aquello a lo que está destinado.',
      'FAILED:key-usage': 'El certificado de la autoridad no está destinado a firmar.',
      'INDETERMINATE:ca-certificate':
        'El certificado de la autoridad es de los que emiten certificados, no de los que firman archivos.',
      PASSED: 'El certificado de la autoridad está destinado a firmar.',
      FAILED: 'El certificado de la autoridad no está destinado a firmar.',
      'INDETERMINATE:unreadable':
        'No se lee a qué dice estar destinado el certificado de la autoridad, así que no se puede saber.',
      INDETERMINATE: 'No se puede saber a qué está destinado el certificado de la autoridad.',
    },
  },
  'timestamp.path-candidate': {
    question: '¿Lleva esta cadena candidata de la autoridad a un ancla de su lista?',
    outcomes: PATH_CANDIDATE,
  },
  'timestamp.path': {
    question: '¿Lleva una cadena de la autoridad a alguien de la lista que usted eligió?',
    outcomes: pathConclusion(
      'Una cadena lleva de la autoridad de sellado de tiempo a un ancla de la lista que usted eligió.',
      'Nada contradice el sello de tiempo.',
    ),
  },
  'timestamp.key': {
    question: '¿Es bastante fuerte la clave del certificado de la autoridad?',
    outcomes: {
      'INDETERMINATE:weak':
        'La clave del certificado de la autoridad es demasiado débil para contar como prueba según la política.',
      'INDETERMINATE:ended':
        'Las claves como la del certificado de la autoridad ya no contaban como prueba en ese momento.',
      'INDETERMINATE:unsupported':
        'La clave del certificado de la autoridad es de una clase con la que esta versión no puede comprobar.',
      PASSED: 'La clave del certificado de la autoridad cuenta como prueba según la política en ese momento.',
      FAILED: 'La clave del certificado de la autoridad no cuenta como prueba.',
      INDETERMINATE: 'No se puede saber si la clave del certificado de la autoridad es bastante fuerte.',
    },
  },
  'timestamp.validity': {
    question: '¿Era válido el certificado de la autoridad cuando se hizo el sello de tiempo?',
    outcomes: {
      'INDETERMINATE:not-yet-valid':
        'El certificado de la autoridad aún no había empezado a valer en el momento que cuenta.',
      'INDETERMINATE:expired': {
        say: 'El certificado de la autoridad había caducado en el momento que cuenta, hasta donde ese momento está demostrado.',
        todo: 'Lo decidiría un sello de tiempo de una autoridad de su lista, hecho antes. O compruebe a fecha de un día anterior (--at).',
      },
      PASSED: 'El certificado de la autoridad era válido cuando se hizo el sello de tiempo.',
      FAILED: 'El certificado de la autoridad no era válido cuando se hizo el sello de tiempo.',
      INDETERMINATE:
        'No se puede saber si el certificado de la autoridad era válido cuando se hizo el sello de tiempo.',
    },
  },
  'timestamp.revocation': {
    question: '¿Había sido revocada la clave de la autoridad antes de que se hiciera el sello de tiempo?',
    outcomes: revocationOutcomes({
      key: 'la clave de la autoridad',
      certificate: 'certificado de la autoridad',
      made: 'el sello de tiempo',
    }),
  },
  'timestamp.gen-time': {
    question: '¿Es el momento declarado anterior al momento de esta comprobación?',
    outcomes: {
      'INDETERMINATE:in-future': IN_FUTURE,
      'INDETERMINATE:bound-in-future': {
        say: 'El momento declarado es anterior al momento de esta comprobación, pero con el margen que declara la autoridad el sello de tiempo puede también haberse hecho después.',
        todo: 'Compruebe de nuevo más tarde, o dé un momento posterior (--at).',
      },
      PASSED: 'El momento declarado es anterior al momento de esta comprobación.',
      FAILED: 'El momento declarado no puede ser.',
      INDETERMINATE: IN_FUTURE,
    },
  },
  'timestamp.believed': {
    question: '¿Se cree aún en el momento declarado, a fecha de esta comprobación?',
    outcomes: {
      'PASSED:renewed': 'Aún se cree en el momento declarado: un sello de tiempo posterior lo renovó a tiempo.',
      'INDETERMINATE:expired': {
        say: 'El certificado de la autoridad ha caducado desde entonces, y ningún sello de tiempo posterior renovó este a tiempo.',
        todo: EARLIER_DAY,
      },
      'INDETERMINATE:path-ended': {
        say: 'La cadena hacia su lista ha caducado desde entonces, y ningún sello de tiempo posterior renovó este a tiempo.',
        todo: EARLIER_DAY,
      },
      'INDETERMINATE:algorithm-ended': {
        say: 'El método del sello de tiempo hoy ya no cuenta, y ningún sello de tiempo posterior lo renovó a tiempo.',
        todo: 'Pida al emisor un paquete renovado.',
      },
      'INDETERMINATE:unsupported':
        'El sello de tiempo usa un método que este programa no conoce, así que no se puede saber si aún se cree en su momento.',
      'INDETERMINATE:no-path':
        'Ninguna cadena lleva de la autoridad a la lista que usted eligió, así que no se cree en su momento.',
      'INDETERMINATE:in-future': 'El momento declarado es posterior al momento de esta comprobación.',
      PASSED: 'Aún se cree en el momento declarado, a fecha de esta comprobación.',
      FAILED: 'El momento declarado está contradicho.',
      INDETERMINATE: {
        say: 'El certificado de la autoridad ha caducado desde entonces, y ningún sello de tiempo posterior renovó este a tiempo.',
        todo: 'Compruebe a fecha de un día anterior (--at), o pida al emisor un paquete renovado.',
      },
    },
  },
  'timestamp.declared-authority': {
    question: '¿Es la autoridad una de las que declara el paquete?',
    outcomes: {
      'INDETERMINATE:not-listed': 'La autoridad no es ninguna de las que declara el paquete.',
      'INDETERMINATE:other-subject': 'El paquete declara otra autoridad con esta etiqueta.',
      PASSED: 'La autoridad es una de las que declara el paquete.',
      FAILED: 'La autoridad no es ninguna de las que declara el paquete.',
      INDETERMINATE: 'La autoridad no es ninguna de las que declara el paquete, o no se puede comparar con ellas.',
      'NOT-CHECKED': 'El paquete no declara ninguna autoridad.',
    },
  },
  'timestamp.threshold': {
    question: '¿Confirman el momento del sello bastantes autoridades distintas?',
    outcomes: {
      'INDETERMINATE:own-key': {
        say: 'La clave que hizo la firma hizo también el sello de tiempo, o certificó a quien lo hizo: eso no confirma el momento a nadie más que a su titular.',
        todo: 'Pida al emisor un sello de tiempo de otra entidad.',
      },
      'INDETERMINATE:too-few': {
        say: 'Confirman el momento menos autoridades distintas de las que se piden: {found} de {expected}.',
        todo: MORE_STAMPS,
      },
      'INDETERMINATE:revocation-unknown': {
        say: 'Confirman el momento bastantes autoridades distintas, pero no se pudo saber si sus claves habían sido revocadas.',
        todo: 'Entregue también las listas de revocación (CRL u OCSP) de los certificados de las autoridades (--crl o --ocsp).',
      },
      'NOT-CHECKED:not-asked': 'La política no pide ningún sello de tiempo.',
      PASSED: 'Confirman el momento bastantes autoridades distintas.',
      INDETERMINATE: {
        say: 'Confirman el momento menos autoridades de las que se piden.',
        todo: MORE_STAMPS,
      },
      'NOT-CHECKED': 'No se pide ningún sello de tiempo.',
    },
  },
}
