import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `document.${string}`>

const AS_MADE =
  'Pida el archivo tal como se hizo, enviado como archivo y no a través de un sistema que lo imprima o lo guarde de nuevo.'
const OTHER_VERSION =
  'Este certificado lo hizo otra versión o compilación del programa, y solo esa hace con seguridad los mismos bytes. Eso no dice nada en su contra.'
const CHECK_WITH_VERSION = 'Compruébelo con la versión {version.found}, compilación {build.found}, del programa.'
const FROM_MAKER = 'No se apoye en este archivo. Pida el certificado a quien lo hizo.'

/** Words of the checks of a PDF certificate. */
export const PDF_CERTIFICATE: Readonly<Record<Ids, FindingWords>> = {
  'document.structure': {
    question: '¿Se lee el archivo como un PDF, y de una sola manera?',
    outcomes: {
      PASSED: 'El archivo se lee como un PDF.',
      'INDETERMINATE:malformed': {
        say: 'El archivo no se lee como un PDF (en {where.found}), así que programas distintos pueden mostrar páginas distintas. Puede haberse cortado o dañado por el camino.',
        todo: AS_MADE,
      },
      'INDETERMINATE:limit': 'El archivo pide más de lo que se lee de un certificado (en {where.found}).',
      'INDETERMINATE:encrypted': {
        say: 'El archivo está cifrado. Los certificados no lo están; alguien lo guardó así.',
        todo: AS_MADE,
      },
      INDETERMINATE: 'No se pudo leer el archivo como un PDF.',
    },
  },
  'document.data': {
    question: '¿Están los datos de los que se hizo el certificado, y se corresponden entre sí?',
    outcomes: {
      PASSED: 'Los datos adjuntos están todos, y cada uno tiene la huella que declaran los demás.',
      'FAILED:disagree': {
        say: 'Los datos adjuntos se contradicen: se esperaba {expected}, y está {found}. Algunos se intercambiaron después de hacerse el certificado.',
        todo: FROM_MAKER,
      },
      'INDETERMINATE:lost': {
        say: 'Los datos de los que se hizo el certificado no están en este archivo. Se pierden cuando un certificado se imprime, se escanea o lo guarda un sistema que quita los adjuntos.',
        todo: `${AS_MADE} Con el archivo que acompaña al certificado (NAME.pdf.json) se pueden comparar las huellas de sus páginas (--sidecar).`,
      },
      'INDETERMINATE:malformed': 'Los datos adjuntos no se leen como los de un certificado.',
      'INDETERMINATE:limit':
        'Los datos adjuntos son mayores de lo que lee esta versión: un certificado se descomprime a 32 MiB y 16 veces su propio tamaño como máximo. No se leyeron enteros.',
      'INDETERMINATE:not-read': 'El archivo no se lee, así que no se pudieron mirar sus datos.',
      FAILED: 'Los datos adjuntos se contradicen.',
      INDETERMINATE: 'Los datos adjuntos no están, o no se leen.',
    },
  },
  'document.base': {
    question: '¿Es el archivo, hasta su firma, byte por byte lo que se hace de los datos adjuntos?',
    outcomes: {
      PASSED: 'Las páginas se hicieron de nuevo con los datos adjuntos, y cada byte es el mismo.',
      'FAILED:differs': {
        say: 'El archivo se cambió: hecho de nuevo con los datos adjuntos tiene otros bytes, el primero en {firstDifference.found}, {differing.found} en total.',
        todo: FROM_MAKER,
      },
      'INDETERMINATE:written-anew': {
        say: 'El archivo no está como se hizo: otro programa lo escribió de nuevo. No se comparó byte por byte lo que dicen páginas, tipos de letra e imágenes, y una firma no sobrevive a ello.',
        todo: AS_MADE,
      },
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'Sin los datos adjuntos no se pudo hacer de nuevo nada con que comparar.',
      FAILED: 'El archivo tiene otros bytes que los que se hacen de sus datos.',
      INDETERMINATE: 'No se pudo comparar el archivo con lo que se hace de sus datos.',
    },
  },
  'document.shown': {
    question: '¿Dicen las páginas que ve un lector lo que dicen los datos adjuntos?',
    doesNotShow:
      'Si un visor muestra el archivo como dicen sus bytes. Compare las huellas de la página con las que se muestran aquí.',
    outcomes: {
      PASSED: 'Las páginas son las que se hicieron de los datos adjuntos, y nada está encima de ellas.',
      'FAILED:differs': {
        say: 'Las páginas no dicen lo que dicen los datos adjuntos: de {pieces.expected} trozos de texto están {pieces.found}. Se intercambiaron las páginas o los datos.',
        todo: FROM_MAKER,
      },
      'INDETERMINATE:text-same':
        'Cada trozo de texto de las páginas es el que dicen los datos; no se compararon imágenes, tipos de letra ni lo que está encima.',
      'INDETERMINATE:added': {
        say: 'Las páginas tienen todo lo que dicen los datos, y más: se añadió texto después de hacerse el certificado, como hacen los sistemas de archivo al poner un timbre.',
        todo: AS_MADE,
      },
      'INDETERMINATE:pages-missing': {
        say: 'Faltan páginas: están aquí {pages.found} de {pages.expected}.',
        todo: AS_MADE,
      },
      'INDETERMINATE:other-pages': {
        say: 'Las páginas presentes que vienen del certificado están enteras, pero faltan algunas, se añadieron otras, o están en otro orden: aquí hay {pages.found} páginas, se hicieron {pages.expected}.',
        todo: AS_MADE,
      },
      'INDETERMINATE:made-anew': {
        say: 'Otro programa hizo de nuevo las páginas, así que no se pudo comparar su texto.',
        todo: AS_MADE,
      },
      'INDETERMINATE:unread': 'Aquí no se pudieron leer las páginas.',
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'Sin los datos adjuntos no hay nada con que comparar las páginas.',
      FAILED: 'Las páginas no dicen lo que dicen los datos adjuntos.',
      INDETERMINATE: 'No se pudieron comparar las páginas con los datos.',
    },
  },
  'document.report': {
    question: '¿Resulta el informe de los hechos que lleva adjuntos?',
    doesNotShow: 'Si estos son los hechos del paquete se ve al comprobarlo de nuevo (--bundle).',
    outcomes: {
      PASSED:
        'Los hechos adjuntos, juzgados de nuevo con la política y el conjunto de confianza adjuntos, dan el informe adjunto: {indication.found} a fecha de {validationTime.found}.',
      'FAILED:differs': {
        say: 'El informe adjunto declara {indication.found}, y los hechos adjuntos dan otro informe.',
        todo: 'No se apoye en este archivo. Compruebe el paquete mismo.',
      },
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'Sin los datos adjuntos no se pudo juzgar de nuevo ningún informe.',
      FAILED: 'Los hechos adjuntos dan otro informe.',
      INDETERMINATE: 'No se pudo juzgar de nuevo el informe.',
    },
  },
  'document.revisions': {
    question: '¿Se añadió al archivo algo más que firmas y lo que las demuestra más tarde?',
    outcomes: {
      PASSED:
        'No se añadió al archivo más que firmas, sellos de tiempo sobre el documento y lo que los demuestra más tarde.',
      'INDETERMINATE:changed': {
        say: 'Después se añadió o se cambió algo más; puede ser el timbre de un sistema de archivo, o un cambio con mala intención. Lo que se firmó antes sigue en el archivo; lo que ve un lector no es eso.',
        todo: AS_MADE,
      },
      'INDETERMINATE:signed-again': {
        say: 'Después se firmó de nuevo el archivo. Una firma posterior cubre también lo que añade; debe responder de ello quien lo añadió.',
        todo: 'Pregunte quién firmó después, y por qué.',
      },
      'INDETERMINATE:not-appended': {
        say: 'El archivo se escribió de otro modo que los certificados, así que no se puede saber qué se le añadió.',
        todo: AS_MADE,
      },
      'INDETERMINATE:not-read': 'El archivo no se lee, así que no se puede saber qué se le añadió.',
      INDETERMINATE: 'No se puede saber qué se añadió al archivo.',
    },
  },
  'document.bundle': {
    question: '¿Es el paquete entregado aquel del que trata el certificado?',
    outcomes: {
      PASSED: 'El paquete entregado es aquel del que trata el certificado, archivo por archivo.',
      'FAILED:differs': {
        say: 'El paquete entregado no es lo que el certificado declara de él: su número es el mismo, y no lo son sus archivos o lo que se leyó de ellos.',
        todo: 'Compruebe el paquete por sí solo, y pida una copia nueva de ambos.',
      },
      'INDETERMINATE:facts-differ':
        'El paquete entregado tiene otros archivos que cuando se hizo el certificado: faltan algunos o se añadieron, y ninguno es distinto.',
      'INDETERMINATE:other-bundle': {
        say: 'El certificado trata de otro paquete que el entregado.',
        todo: 'Entregue el paquete cuyo número figura en el certificado.',
      },
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'Sin los datos adjuntos no hay nada con que comparar el paquete.',
      'NOT-CHECKED:not-given': {
        say: 'No se entregó ningún paquete.',
        todo: 'Entregue también el paquete (--bundle).',
      },
      FAILED: 'El paquete no es lo que el certificado declara de él.',
      INDETERMINATE: 'No se pudo comparar el paquete con el certificado.',
      'NOT-CHECKED': 'No se entregó ningún paquete.',
    },
  },
  'document.sidecar': {
    question: '¿Corresponde a este certificado el archivo que se entregó a su lado?',
    doesNotShow: 'Si unas páginas cuyas huellas son correctas dicen por lo demás lo que dice el certificado.',
    outcomes: {
      PASSED: 'El archivo a su lado corresponde a este certificado.',
      'PASSED:printed':
        'La huella del informe que figura en las páginas es la del archivo a su lado, que tiene {known.found} de las huellas de ellas; de otras {unknown.found} no sabe nada. No se comparó lo demás que figura en las páginas.',
      'INDETERMINATE:other-certificate': 'El archivo a su lado corresponde a otro certificado.',
      'INDETERMINATE:printed-differs': {
        say: 'Las huellas de las páginas no son las del archivo a su lado: corresponde a otro certificado, o se leyeron o se escribieron mal.',
        todo: 'Compárelas a ojo, y pida el certificado mismo.',
      },
      'INDETERMINATE:no-digests': {
        say: 'No se pudo leer ninguna huella en las páginas.',
        todo: 'Escriba la huella del informe que figura al pie de cada página (--printed).',
      },
      'NOT-CHECKED:not-given': 'No se entregó ningún archivo al lado del certificado.',
      INDETERMINATE: 'No se pudo comparar el archivo a su lado.',
      'NOT-CHECKED': 'No se entregó ningún archivo al lado del certificado.',
    },
  },
  'document.signed': {
    question: '¿Está firmado el certificado?',
    outcomes: {
      PASSED: 'El certificado está firmado.',
      'INDETERMINATE:none': {
        say: 'Nadie firmó este certificado. Quien tenga el programa y algunos datos puede hacer páginas así.',
        todo: 'Compruebe el paquete mismo, junto al certificado (--bundle) o solo; o pida un certificado firmado.',
      },
      'INDETERMINATE:limit': 'Tiene más firmas de las que se miran.',
      'INDETERMINATE:not-read': 'El archivo no se lee, así que no se pudo buscar ninguna firma.',
      INDETERMINATE: 'No se halló ninguna firma.',
    },
  },
  'document.coverage': {
    question: '¿Cubre la firma todo lo que había en el archivo cuando se hizo?',
    outcomes: {
      PASSED: 'La firma cubre todo hasta ella misma.',
      'FAILED:not-four': 'La firma no dice qué cubre: {ByteRange.found}.',
      'FAILED:out-of-range': 'Lo que la firma dice cubrir se solapa, o está fuera del archivo: {ByteRange.found}.',
      'FAILED:not-whole': 'La firma deja fuera bytes del archivo en el que se hizo: cubre {ByteRange.found}.',
      'FAILED:not-its-contents': 'La firma deja fuera otros bytes que su propio lugar: cubre {ByteRange.found}.',
      'INDETERMINATE:moved': {
        say: 'El archivo se escribió de nuevo después de firmarse. Lo que cubría la firma ya no está, así que no puede mostrar nada.',
        todo: AS_MADE,
      },
      FAILED: 'La firma no cubre entero el archivo en el que se hizo.',
      INDETERMINATE: 'No se puede saber qué cubre la firma.',
    },
  },
  'document.form': {
    question: '¿Es la firma de la forma que tienen las firmas de PDF (PAdES)?',
    outcomes: {
      PASSED: 'La firma es de la forma que tienen las firmas de PDF.',
      'INDETERMINATE:empty': {
        say: 'Hay sitio para una firma, y ninguna firma en él.',
        todo: '`probatum certificate embed` la pone ahí.',
      },
      'INDETERMINATE:sub-filter': 'La firma es de otra forma que la de los certificados: {SubFilter.found}.',
      'INDETERMINATE:trailing': 'Detrás de la firma, en su sitio, hay bytes que nada cubre.',
      'INDETERMINATE:signing-time':
        'La firma declara su momento en un segundo lugar, donde las firmas de PDF no deben hacerlo.',
      INDETERMINATE: 'La firma es de otra forma que la de los certificados.',
    },
  },
}
