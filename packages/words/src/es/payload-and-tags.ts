import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY =
  'No edite ni guarde nada en esta copia. Pida al remitente una copia nueva, y que una segunda persona compruebe ambas.'
const READ_RIGHT = 'Copie el paquete a otro disco, o repita con permiso para leer estos archivos.'
const COMPLETE = 'Pida al remitente una copia completa.'
const ONLY_A_PART =
  'Pida al remitente una copia completa. Si a usted se le dio solo una parte, compruébela de nuevo como una parte (--part).'
const HOW_PACKED = 'Compruebe el paquete en su archivo contenedor, o pregunte al remitente cómo se empaquetó.'
const RENAMED =
  'En una copia del paquete, devuelva a estos archivos los nombres de la lista y compruebe esa copia; o pida una nueva al remitente. Los programas de correo, las carpetas en la nube y los discos antiguos cambian nombres.'
const SECOND =
  'En una copia del paquete, aparte estos duplicados y compruebe esa copia. Las carpetas en la nube y los exploradores de archivos los hacen.'
const ORIGIN =
  'No se apoye en estos archivos. Si usted o un programa de aquí los puso, apártelos en una copia del paquete y compruebe esa copia; si no, pregunte al remitente de dónde vienen.'
const LINES = 'Mire estas líneas, y pregunte a quien hizo la lista.'
const LIST_TRAVELS =
  'Compara los archivos con la lista que viaja con ellos; quién hizo esa lista es la pregunta del sello.'
const NO_LIST = 'No hay ninguna lista de archivos de pruebas que se pudiera usar.'

type Ids = Extract<FindingId, `${'payload' | 'tag'}.${string}`>

export const PAYLOAD_AND_TAGS: Record<Ids, FindingWords> = {
  'payload.digest': {
    question: '¿Está cada archivo de pruebas byte por byte como dice la lista?',
    doesNotShow: LIST_TRAVELS,
    outcomes: {
      PASSED: 'Cada archivo de pruebas que nombra {name} y que está aquí es byte por byte lo que dice la lista.',
      'FAILED:mismatch': {
        say: 'Hay archivos de pruebas distintos de {sealed} (según {name}, son distintos {failed} y concuerdan {passed}).',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:unreadable': {
        say: 'No se pudieron leer archivos de pruebas, así que no se sabe nada de ellos; los demás se compararon todos.',
        todo: READ_RIGHT,
      },
      'INDETERMINATE:malformed-digest':
        'Para algunos archivos {name} no da ninguna huella que se pueda leer, así que no se compararon.',
      'INDETERMINATE:nothing-compared': 'Nada de lo que nombra {name} está aquí, así que no se comparó nada.',
      'INDETERMINATE:unsupported-algorithm':
        '{name} usa una clase de huella que este programa no conoce; no se comparó nada con ella.',
      'INDETERMINATE:manifest-not-read': 'No se pudo leer la lista {name}, así que no se comparó nada con ella.',
      'INDETERMINATE:no-manifest': NO_LIST,
      'NOT-CHECKED:not-asked': 'No se pidió comparar con esta clase de huella.',
    },
  },
  'payload.coverage': {
    question: '¿Se comparó cada archivo de pruebas con cada clase de huella que pide la política?',
    outcomes: {
      PASSED: 'Cada archivo de pruebas se comparó con cada clase de huella que pide la política.',
      'INDETERMINATE:not-compared': 'Algunos archivos de pruebas no se compararon con ninguna huella.',
      'INDETERMINATE:required-digest': {
        say: 'Algunos archivos de pruebas no se compararon con una clase de huella que pide la política.',
        todo: 'Compruebe con todas las huellas que figuran (sin --digests), o pida al remitente una lista con esa clase de huella.',
      },
      'INDETERMINATE:weak-digest': {
        say: 'Algunos archivos de pruebas se compararon solo con métodos que hoy se consideran débiles; que concuerden ya no demuestra por sí solo que no hayan cambiado.',
        todo: 'Pida al remitente una lista con SHA-256 o más fuerte.',
      },
      'INDETERMINATE:no-payload': 'No hay ningún archivo de pruebas que se pudiera comparar.',
    },
  },
  'payload.readable': {
    question: '¿Se pudo leer cada archivo hasta el final?',
    outcomes: {
      PASSED: 'Cada archivo se pudo leer hasta el final.',
      'INDETERMINATE:unreadable': {
        say: 'El sistema no entregó algunos archivos. Esto no dice nada de su contenido.',
        todo: READ_RIGHT,
      },
      'INDETERMINATE:no-files': 'No hay ningún archivo.',
    },
  },
  'payload.container-agrees': {
    question: '¿Concuerda el archivo contenedor consigo mismo sobre cada archivo?',
    outcomes: {
      PASSED:
        'Lo que el archivo contenedor dice de sus archivos (tamaño, suma de control) es lo que se leyó. Una carpeta no dice nada así.',
      'FAILED:contradiction': {
        say: 'El archivo contenedor se contradice sobre algunos archivos: se dañó o se alteró después de hacerse.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:undeclared': {
        say: 'El archivo contenedor se contradice sobre archivos que están bajo seal/ y que el paquete no nombra. Puede haberlos añadido cualquiera.',
        todo: 'Quite de una copia los archivos aquí nombrados y compruébela; o descomprima el archivo contenedor y compruebe la carpeta.',
      },
      'INDETERMINATE:limit': {
        say: 'Algunos archivos del archivo contenedor se descomprimen a más de lo que este programa examina.',
        todo: 'Descomprima a mano el archivo contenedor y compruebe la carpeta.',
      },
    },
  },
  'tag.digest': {
    question: '¿Está cada archivo acompañante byte por byte como dice la lista?',
    doesNotShow: LIST_TRAVELS,
    outcomes: {
      PASSED: 'Cada archivo acompañante que nombra {name} y que está aquí es byte por byte lo que dice la lista.',
      'FAILED:mismatch': {
        say: 'Hay archivos acompañantes distintos de {sealed} (según {name}, son distintos {failed} y concuerdan {passed}).',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:unreadable': {
        say: 'No se pudieron leer archivos acompañantes, así que no se sabe nada de ellos; los demás se compararon todos.',
        todo: READ_RIGHT,
      },
      'INDETERMINATE:malformed-digest':
        'Para algunos archivos {name} no da ninguna huella que se pueda leer, así que no se compararon.',
      'INDETERMINATE:nothing-compared': 'Nada de lo que nombra {name} está aquí, así que no se comparó nada.',
      'INDETERMINATE:unsupported-algorithm':
        '{name} usa una clase de huella que este programa no conoce; no se comparó nada con ella.',
      'INDETERMINATE:manifest-not-read': 'No se pudo leer la lista {name}, así que no se comparó nada con ella.',
      'INDETERMINATE:no-tag-manifest':
        'La lista de archivos acompañantes que un paquete debe tener no está aquí, así que nada protege los archivos acompañantes.',
      'NOT-CHECKED:no-tag-manifest': 'Ninguna lista nombra los archivos acompañantes, así que nada los protege.',
    },
  },
  'payload.oxum': {
    question: '¿Concuerdan el número y el tamaño de los archivos de pruebas con bag-info.txt?',
    outcomes: {
      PASSED: 'El número y el tamaño de los archivos de pruebas concuerdan con bag-info.txt.',
      'FAILED:mismatch': {
        say: 'El número o el tamaño de los archivos de pruebas no es lo que dice bag-info.txt.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:part':
        'Hay menos archivos de pruebas de los que dice bag-info.txt; usted dijo que esta copia es una parte.',
      'INDETERMINATE:not-all-here':
        'Hay menos archivos de pruebas de los que dice bag-info.txt, porque algunos están en otro lugar o no se ven.',
      'INDETERMINATE:copies':
        'Hay más archivos de pruebas de los que dice bag-info.txt, porque algunos están aquí dos veces.',
      'INDETERMINATE:malformed': 'No se pueden leer el número y el tamaño en bag-info.txt.',
      'INDETERMINATE:repeated': 'bag-info.txt declara dos veces el número y el tamaño, y de modo distinto.',
      'INDETERMINATE:missing':
        'bag-info.txt no dice cuántos archivos de pruebas hay, y un paquete de pruebas debe decirlo.',
      'INDETERMINATE:info-not-read':
        'No se pudo leer bag-info.txt, así que no se sabe qué dice del número de archivos de pruebas.',
      'NOT-CHECKED:absent': 'bag-info.txt no dice cuántos archivos de pruebas hay.',
    },
  },
  'payload.present': {
    question: '¿Está aquí cada archivo de pruebas que nombran las listas?',
    outcomes: {
      PASSED: 'Cada archivo de pruebas de la lista está aquí.',
      'PASSED:other-spelling':
        'Cada archivo de pruebas de la lista está aquí, algunos con otra grafía del mismo nombre.',
      'FAILED:missing': { say: 'Faltan en esta copia archivos de pruebas de la lista.', todo: ONLY_A_PART },
      'INDETERMINATE:missing': 'Faltan en esta parte archivos de pruebas de la lista; usted dijo que es una parte.',
      'INDETERMINATE:renamed': {
        say: 'Hay archivos de pruebas de la lista que están aquí con otros nombres. Sus bytes son los de la lista.',
        todo: RENAMED,
      },
      'INDETERMINATE:in-fetch': {
        say: 'Hay archivos de pruebas de la lista que se han de traer de otro lugar. Este programa nunca lo hace.',
        todo: COMPLETE,
      },
      'INDETERMINATE:unreadable-folder': {
        say: 'Hay archivos de pruebas de la lista que estarían en una carpeta que no se pudo abrir.',
        todo: READ_RIGHT,
      },
      'INDETERMINATE:irregular':
        'En el lugar de archivos de pruebas de la lista hay enlaces o dispositivos. No se siguieron.',
      'INDETERMINATE:other-spelling': {
        say: 'Puede que archivos de pruebas de la lista estén aquí con otra grafía, pero no se puede saber con seguridad.',
        todo: HOW_PACKED,
      },
      'INDETERMINATE:malformed-line': {
        say: 'Hay líneas de una lista que no se pueden leer como tales; cada una puede nombrar un archivo de pruebas que no está aquí.',
        todo: LINES,
      },
      'INDETERMINATE:manifest-not-read':
        'No se pudo leer una lista, así que no se sabe si está aquí todo lo que nombra.',
      'INDETERMINATE:no-manifest': NO_LIST,
    },
  },
  'payload.listed': {
    question: '¿Está también en las listas cada archivo de pruebas que está aquí?',
    outcomes: {
      PASSED: 'Cada archivo de pruebas que está aquí figura en las listas.',
      'FAILED:unlisted': { say: 'Algunos archivos que están aquí no eran parte de {sealed}.', todo: ORIGIN },
      'INDETERMINATE:renamed': {
        say: 'Algunos archivos que están aquí tienen otros nombres que en la lista. Sus bytes son los de archivos de la lista.',
        todo: RENAMED,
      },
      'INDETERMINATE:copy': {
        say: 'Algunos archivos que están aquí son duplicados de otros archivos del paquete.',
        todo: SECOND,
      },
      'INDETERMINATE:other-spelling': {
        say: 'Puede que algunos archivos que están aquí figuren en la lista con otra grafía, pero no se puede saber con seguridad.',
        todo: HOW_PACKED,
      },
      'INDETERMINATE:manifest-not-read':
        'No se pudo leer una lista, o una línea de ella, así que no se sabe si nombra todos los archivos.',
      'INDETERMINATE:no-manifest': NO_LIST,
    },
  },
  'payload.not-empty': {
    question: '¿Hay algún archivo de pruebas?',
    outcomes: {
      PASSED: 'Hay archivos de pruebas.',
      'INDETERMINATE:empty': {
        say: 'No hay ni un archivo de pruebas, así que de nada se mostró que no haya cambiado.',
        todo: 'Pregunte al remitente si el paquete debe estar vacío.',
      },
    },
  },
  'tag.present': {
    question: '¿Está aquí cada archivo acompañante que nombran sus listas?',
    outcomes: {
      PASSED: 'Cada archivo acompañante de la lista está aquí.',
      'PASSED:other-spelling':
        'Cada archivo acompañante de la lista está aquí, algunos con otra grafía del mismo nombre.',
      'FAILED:missing': { say: 'Faltan en esta copia archivos acompañantes de la lista.', todo: ONLY_A_PART },
      'INDETERMINATE:missing': 'Faltan en esta parte archivos acompañantes de la lista; usted dijo que es una parte.',
      'INDETERMINATE:renamed': {
        say: 'Hay archivos acompañantes de la lista que están aquí con otros nombres. Sus bytes son los de la lista.',
        todo: RENAMED,
      },
      'INDETERMINATE:in-fetch': {
        say: 'Hay archivos acompañantes de la lista que se han de traer de otro lugar. Este programa nunca lo hace.',
        todo: COMPLETE,
      },
      'INDETERMINATE:unreadable-folder': {
        say: 'Hay archivos acompañantes de la lista que estarían en una carpeta que no se pudo abrir.',
        todo: READ_RIGHT,
      },
      'INDETERMINATE:irregular':
        'En el lugar de archivos acompañantes de la lista hay enlaces o dispositivos. No se siguieron.',
      'INDETERMINATE:other-spelling': {
        say: 'Puede que archivos acompañantes de la lista estén aquí con otra grafía, pero no se puede saber con seguridad.',
        todo: HOW_PACKED,
      },
      'INDETERMINATE:malformed-line': {
        say: 'Hay líneas de una lista que no se pueden leer como tales; cada una puede nombrar un archivo acompañante que no está aquí.',
        todo: LINES,
      },
      'INDETERMINATE:manifest-not-read':
        'No se pudo leer una lista, así que no se sabe si está aquí todo lo que nombra.',
      'INDETERMINATE:no-tag-manifest': 'La lista de archivos acompañantes que un paquete debe tener no está aquí.',
      'NOT-CHECKED:no-tag-manifest': 'Ninguna lista nombra los archivos acompañantes.',
    },
  },
  'tag.listed': {
    question: '¿Está cada archivo acompañante en sus listas?',
    outcomes: {
      PASSED: 'Cada archivo acompañante está en sus listas.',
      'PASSED:unlisted-allowed':
        'Algunos archivos acompañantes no están en ninguna lista, y esta política lo permite; nada los protege.',
      'FAILED:unlisted': { say: 'Algunos archivos acompañantes no eran parte de {sealed}.', todo: ORIGIN },
      'INDETERMINATE:unlisted':
        'Algunos archivos acompañantes no están en ninguna lista, así que nada los protege, y esta política lo pide.',
      'INDETERMINATE:renamed': {
        say: 'Algunos archivos acompañantes tienen otros nombres que en la lista. Sus bytes son los de archivos de la lista.',
        todo: RENAMED,
      },
      'INDETERMINATE:copy': {
        say: 'Algunos archivos acompañantes son duplicados de otros archivos del paquete.',
        todo: SECOND,
      },
      'INDETERMINATE:other-spelling': {
        say: 'Puede que algunos archivos acompañantes figuren en la lista con otra grafía, pero no se puede saber con seguridad.',
        todo: HOW_PACKED,
      },
      'INDETERMINATE:manifest-not-read':
        'No se pudo leer una lista de archivos acompañantes, así que no se sabe si nombra todos los archivos.',
    },
  },
}
