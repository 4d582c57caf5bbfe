import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY =
  'No edite ni guarde nada en esta copia. Pida al remitente una copia nueva, y que una segunda persona compruebe ambas.'
const NEWER = 'Compruebe con una versión más nueva de este programa.'
const COMPLETE = 'Pida al remitente una copia completa.'
const NO_LIST = 'No hay ninguna lista de archivos de pruebas que se pudiera usar.'

type Ids = Extract<FindingId, `${'bag' | 'manifest' | 'path' | 'file'}.${string}`>

export const BAG_AND_PATHS: Record<Ids, FindingWords> = {
  'manifest.algorithm': {
    question: '¿Cuentan como demostración, según esta política, las huellas de las listas?',
    outcomes: {
      PASSED: 'Las huellas de las listas cuentan como demostración según esta política.',
      'PASSED:renewed':
        'Los métodos de las listas hoy ya no cuentan, pero una renovación con un método más fuerte listó cada archivo mientras contaban.',
      'PASSED:weak-beside-strong':
        'Una lista usa un método que hoy se considera débil, pero otra a su lado cuenta como demostración.',
      'INDETERMINATE:unsupported-algorithm': {
        say: 'Las listas usan clases de huella que este programa no conoce.',
        todo: NEWER,
      },
      'INDETERMINATE:weak-digest': {
        say: 'Las listas usan métodos que hoy se consideran débiles; que concuerden ya no demuestra por sí solo que los archivos no hayan cambiado.',
        todo: 'Pida al remitente una lista con SHA-256 o más fuerte.',
      },
      'INDETERMINATE:no-manifest': NO_LIST,
    },
  },
  'bag.declaration': {
    question: '¿Declara bagit.txt un bag?',
    outcomes: {
      PASSED: 'bagit.txt declara un bag como quiere RFC 8493.',
      'PASSED:loose': 'bagit.txt declara un bag, con pequeñas desviaciones de RFC 8493 que no cambian nada.',
      'INDETERMINATE:missing': {
        say: 'Falta bagit.txt, así que nada dice con qué reglas se ha de leer el resto.',
        todo: COMPLETE,
      },
      'INDETERMINATE:unreadable': 'No se pudo leer bagit.txt.',
      'INDETERMINATE:malformed': 'bagit.txt no se lee como quiere RFC 8493.',
      'INDETERMINATE:unsupported-encoding': 'bagit.txt nombra una codificación de texto que este programa no lee.',
    },
  },
  'bag.version': {
    question: '¿Es conocida la versión del bag, y la admite la política?',
    outcomes: {
      PASSED: 'La versión del bag es conocida y está admitida.',
      'PASSED:old-version': 'La versión del bag es antigua; sus reglas eran menos estrictas.',
      'INDETERMINATE:old-version': {
        say: 'La versión del bag es antigua, sus reglas eran menos estrictas, y esta política no la admite.',
        todo: 'Compruébelo con la política fixity.',
      },
      'INDETERMINATE:unknown-version': {
        say: 'El bag tiene una versión que este programa no conoce.',
        todo: NEWER,
      },
      'INDETERMINATE:not-stated': 'El bag no declara su versión.',
      'INDETERMINATE:native-version': 'Un paquete de pruebas es un bag de la versión 1.0, y este declara otra.',
    },
  },
  'bag.info': {
    question: '¿Se lee bag-info.txt como etiquetas y valores?',
    doesNotShow: 'Lo que bag-info.txt dice de remitente, lugar o fecha es lo que declara el remitente.',
    outcomes: {
      PASSED: 'bag-info.txt se lee como etiquetas y valores.',
      'PASSED:absent': 'No hay bag-info.txt; no es obligatorio.',
      'PASSED:loose':
        'bag-info.txt se lee como etiquetas y valores, con pequeñas desviaciones de RFC 8493 que no cambian nada.',
      'INDETERMINATE:missing': {
        say: 'Falta bag-info.txt, y un paquete de pruebas debe tenerlo.',
        todo: COMPLETE,
      },
      'INDETERMINATE:unreadable': 'No se pudo leer bag-info.txt.',
      'INDETERMINATE:malformed': 'bag-info.txt tiene líneas que no son etiqueta y valor.',
    },
  },
  'bag.fetch': {
    question: '¿Está todo aquí, sin nada que traer de otro lugar?',
    outcomes: {
      'PASSED:no-fetch': 'No queda nada que traer de otro lugar.',
      'PASSED:already-here': 'Hay un fetch.txt, y todo lo que nombra ya está aquí.',
      'FAILED:not-allowed': 'Hay un fetch.txt, y un paquete de pruebas no debe tenerlo.',
      'INDETERMINATE:not-fetched': {
        say: 'Algunos archivos aún se han de traer de otro lugar. Este programa nunca lo hace.',
        todo: COMPLETE,
      },
      'INDETERMINATE:not-listed': 'fetch.txt nombra archivos que las listas no nombran.',
      'INDETERMINATE:malformed': 'fetch.txt tiene líneas que no se pueden leer.',
      'INDETERMINATE:unreadable': 'No se pudo leer fetch.txt.',
    },
  },
  'bag.part': {
    question: '¿Es este bag uno de un grupo, y qué partes no están aquí?',
    outcomes: {
      'NOT-CHECKED:no-group': 'El bag no dice que sea uno de un grupo.',
      'NOT-CHECKED:info-not-read': 'No se pudo leer bag-info.txt; puede decir que el bag es uno de un grupo.',
      'NOT-CHECKED:part-of-group': {
        say: 'Este bag es uno de un grupo; no se dice nada de las otras partes.',
        todo: 'Compruebe también las otras partes; bag-info.txt dice cuántas hay.',
      },
      'NOT-CHECKED:declared-part': 'Usted dijo que esta copia es una parte (--part); no se dice nada del resto.',
      'INDETERMINATE:malformed': 'No se puede leer lo que bag-info.txt dice del grupo.',
    },
  },
  'manifest.present': {
    question: '¿Hay una lista de los archivos de pruebas?',
    outcomes: {
      PASSED: 'Hay una lista de los archivos de pruebas.',
      'INDETERMINATE:missing': { say: 'Falta una lista que debe estar aquí.', todo: COMPLETE },
    },
  },
  'manifest.syntax': {
    question: '¿Se leen las listas como quiere la norma?',
    outcomes: {
      PASSED: 'Las listas se leen como quiere la norma.',
      'PASSED:loose': 'Las listas se pueden leer, con pequeñas desviaciones de RFC 8493 que no cambian nada.',
      'FAILED:not-native-form': 'Una lista no está en la única forma que prescribe un paquete de pruebas.',
      'INDETERMINATE:malformed': 'Una lista tiene líneas que no son huella y ruta.',
      'INDETERMINATE:manifest-not-read': 'No se pudo leer una lista.',
      'INDETERMINATE:no-manifest': NO_LIST,
    },
  },
  'manifest.unique': {
    question: '¿Nombra cada lista una sola vez cada archivo?',
    outcomes: {
      PASSED: 'Cada lista nombra una sola vez cada archivo.',
      'PASSED:repeated': 'Una lista nombra un archivo más de una vez, con la misma huella.',
      'FAILED:contradictory': {
        say: 'Una lista da a un archivo dos huellas distintas: ambas no pueden ser correctas.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:same-algorithm': 'Hay dos listas con la misma clase de huella, y no está claro cuál cuenta.',
      'INDETERMINATE:no-manifest': NO_LIST,
    },
  },
  'path.safe': {
    question: '¿Quedan todas las rutas dentro del paquete?',
    outcomes: {
      PASSED: 'Todas las rutas quedan dentro del paquete.',
      'PASSED:not-portable':
        'Todas las rutas quedan dentro del paquete; algunas tienen caracteres que no todo sistema puede guardar.',
      'FAILED:unsafe': {
        say: 'Algunas rutas salen del paquete, o no pueden estar puestas de buena fe.',
        todo: 'No descomprima este paquete con otros programas.',
      },
      'INDETERMINATE:not-utf-8':
        'Algunos nombres no son texto en UTF-8, así que no se puede saber con seguridad a qué archivo se refieren.',
      'INDETERMINATE:too-long': 'Algunas rutas son más largas de lo que guarda cualquier sistema.',
      'INDETERMINATE:no-files': 'No hay ningún archivo.',
    },
  },
  'path.collision': {
    question: '¿Coincidirían dos archivos en otro sistema?',
    outcomes: {
      PASSED: 'No hay dos rutas que coincidan donde las mayúsculas o los acentos se guardan de otro modo.',
      'PASSED:case': 'Algunas rutas difieren solo en las mayúsculas; en Windows y macOS una sustituiría a la otra.',
      'INDETERMINATE:normalisation': {
        say: 'Algunas rutas difieren solo en cómo se guardan los acentos; en otro sistema una sustituiría a la otra.',
        todo: 'Compruebe el paquete en su archivo contenedor, sin descomprimirlo.',
      },
      'INDETERMINATE:no-files': 'No hay ningún archivo.',
    },
  },
  'file.regular': {
    question: '¿Es todo lo que está aquí un archivo corriente?',
    outcomes: {
      PASSED: 'Todo lo que está aquí es un archivo corriente.',
      'FAILED:irregular': {
        say: 'Hay enlaces, dispositivos u otras cosas que no son archivos corrientes, y un paquete de pruebas no los tiene. No se siguieron.',
        todo: 'Los enlaces llevan fuera del paquete: haga una copia en la que estén en su lugar los archivos mismos, si sabe adónde llevan, y compruebe esa copia; o pida una nueva al remitente.',
      },
      'INDETERMINATE:irregular':
        'Hay enlaces, dispositivos u otras cosas que no son archivos corrientes. No se siguieron, así que no se sabe nada de ellos.',
      'INDETERMINATE:hard-link': {
        say: 'Algunos archivos del archivo contenedor están escritos como segundos nombres de otros. No se siguieron.',
        todo: 'Descomprima el archivo contenedor y compruebe la carpeta: allí son archivos corrientes.',
      },
      'INDETERMINATE:unreadable-folder': {
        say: 'No se pudieron abrir algunas carpetas, así que no se sabe qué contienen.',
        todo: 'Copie el paquete a otro disco, o repita con permiso para leer estos archivos.',
      },
    },
  },
  'file.leftover': {
    question: '¿Dejó un sistema operativo archivos suyos?',
    outcomes: {
      PASSED: 'Ningún sistema operativo dejó archivos suyos, o se apartaron como no sellados.',
      'INDETERMINATE:refused': {
        say: 'Un sistema operativo dejó archivos suyos (añadidos después del sellado), y esta política los rechaza.',
        todo: 'Compruebe el paquete como se recibió, antes de que un sistema lo abriera.',
      },
    },
  },
}
