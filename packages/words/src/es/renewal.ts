import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `renewal.${string}`>

export const RENEWAL: Record<Ids, FindingWords> = {
  'renewal.levels': {
    question: '¿Se renovó el sello, y está completa cada renovación?',
    outcomes: {
      PASSED: 'Cada renovación posterior del sello está en su lugar: {levels}.',
      'INDETERMINATE:gap': {
        say: 'Falta una renovación intermedia, así que las que la siguen no demuestran nada aquí.',
        todo: 'Pida al emisor todas las renovaciones de este paquete.',
      },
      'INDETERMINATE:incomplete': {
        say: 'Una renovación no tiene lista o no tiene sello de tiempo, así que no demuestra nada.',
        todo: 'Aparte en una copia la carpeta de esta renovación y compruebe esa copia, o pida al emisor la renovación entera.',
      },
      'INDETERMINATE:misplaced': {
        say: 'Hay en una renovación archivos que no tienen lugar allí. No demuestran nada y cuestan certeza.',
        todo: 'Aparte estos archivos en una copia y compruebe esa copia.',
      },
      'INDETERMINATE:limit': 'Hay más renovaciones de las que este programa examina.',
      'NOT-CHECKED:none': 'El sello no se ha renovado.',
      'NOT-CHECKED': 'El sello no se ha renovado.',
      INDETERMINATE: 'Una renovación posterior del sello no está completa, así que no demuestra nada.',
    },
  },
  'renewal.sums': {
    question: '¿Están los archivos como los lista la renovación {name}?',
    outcomes: {
      PASSED: 'Cada archivo que la renovación lista está como estaba entonces ({matched} comparados).',
      'INDETERMINATE:absent':
        'La renovación no tiene lista de archivos, así que sus sellos de tiempo no se refieren a nada.',
      'INDETERMINATE:not-read': 'No se pudo leer la lista de la renovación.',
      'INDETERMINATE:malformed': {
        say: 'La lista de la renovación no tiene la forma prescrita, así que no demuestra nada.',
        todo: 'Pida de nuevo esta renovación al emisor.',
      },
      'INDETERMINATE:mismatch': {
        say: 'Un archivo no está como lo lista la renovación, así que esta no demuestra nada de esta copia.',
        todo: 'Pida al emisor una copia nueva. Lo que esto significa para las pruebas está en las otras respuestas.',
      },
      'INDETERMINATE:missing': {
        say: 'Un archivo que la renovación lista no está aquí, así que esta no demuestra nada de esta copia.',
        todo: 'Pida al emisor una copia nueva.',
      },
      'INDETERMINATE:unreadable': 'No se pudo leer un archivo que la renovación lista.',
      INDETERMINATE: 'No se pudieron comparar los archivos con la lista de la renovación.',
    },
  },
  'renewal.coverage': {
    question: '¿Lista la renovación {name} todo lo que tiene que proteger?',
    outcomes: {
      PASSED: 'La renovación lista cada archivo.',
      'PASSED:seal-only':
        'La renovación lista el sello y las listas de archivos; eso basta mientras sus métodos cuenten.',
      'INDETERMINATE:unlisted': {
        say: 'La renovación no lista cada archivo del sello que está debajo, así que no demuestra nada.',
        todo: 'Pida al emisor una renovación completa, o aparte los archivos que se añadieron después.',
      },
      'INDETERMINATE:incomplete': {
        say: 'Un método por debajo de esta renovación ya no cuenta, y ella no lista cada archivo: ya no puede responder del resto.',
        todo: 'Pida al emisor una renovación que liste cada archivo y se hiciera a tiempo.',
      },
      'INDETERMINATE:digest-ended': 'El método de la propia lista de la renovación ya no cuenta.',
      'INDETERMINATE:not-read': 'No se pudo leer lo que lista la renovación.',
      'NOT-CHECKED:not-asked': 'La renovación lista archivos de prueba con SHA-512, y no se pidió esa huella.',
      INDETERMINATE: 'No se pudo decidir si la renovación lo lista todo.',
      'NOT-CHECKED': 'No se comparó todo lo que lista la renovación.',
    },
  },
  'renewal.token': {
    question: '¿Está demostrado el momento de la renovación {name}, y se cree aún en él?',
    outcomes: {
      PASSED: 'Los sellos de tiempo de la renovación se sostienen, y aún se cree en ellos.',
      'PASSED:renewed':
        'Los sellos de tiempo de la renovación se sostienen, y una renovación posterior llegó a tiempo para conservarlos.',
      'INDETERMINATE:none': 'La renovación no tiene sello de tiempo, así que no demuestra nada.',
      'INDETERMINATE:broken': {
        say: 'Un sello de tiempo de la renovación se contradice, o contradice aquello a lo que se refiere. Cualquiera pudo ponerlo allí; con él, la renovación no demuestra nada.',
        todo: 'Aparte este archivo en una copia y compruebe esa copia, o pida de nuevo la renovación al emisor.',
      },
      'INDETERMINATE:not-believed': {
        say: 'Ya no se cree en los sellos de tiempo de la renovación, y ninguna renovación posterior llegó a tiempo.',
        todo: 'Compruebe a fecha de un día anterior (--at), o pida al emisor una renovación posterior.',
      },
      'INDETERMINATE:revocation-unknown':
        'No se sabe si los certificados de los sellos de tiempo de la renovación fueron revocados.',
      'INDETERMINATE:not-proved':
        'Con la lista que usted eligió, los sellos de tiempo de la renovación no demuestran su momento.',
      'NOT-CHECKED:in-future':
        'La renovación se hizo después del momento de esta comprobación, así que no entra en ella.',
      'NOT-CHECKED': 'La renovación se hizo después del momento de esta comprobación, así que no entra en ella.',
      'INDETERMINATE:own-key': {
        say: 'La clave que selló el paquete hizo también el sello de tiempo de la renovación, o certificó a quien lo hizo: eso no confirma el momento a nadie más que a su titular.',
        todo: 'Pida al emisor una renovación con un sello de tiempo de otra entidad.',
      },
      'INDETERMINATE:too-few': 'Menos autoridades de las que pide la política confirman el momento de la renovación.',
      INDETERMINATE: 'El momento de la renovación no está demostrado.',
    },
  },
  'renewal.order': {
    question: '¿Es la renovación {name} posterior a todo lo que renueva?',
    outcomes: {
      PASSED: 'La renovación es posterior a todo lo que renueva.',
      'INDETERMINATE:not-later': 'Un sello de tiempo de la renovación no es posterior a uno que se dice que renueva.',
      'INDETERMINATE:unknown': 'Ningún sello de tiempo de la renovación declara un momento que se pueda comparar.',
      INDETERMINATE: 'No se pudo decidir el orden de las renovaciones.',
    },
  },
  'renewal.due': {
    question: '¿Hasta cuándo dura esta demostración del momento?',
    outcomes: {
      'PASSED:certificate':
        'Renueve antes del {renewBefore.found}: entonces caduca el certificado «{certificate.found}» de los sellos de tiempo.',
      'PASSED:anchor': 'Renueve antes del {renewBefore.found}: entonces caduca la raíz «{anchor.found}» de su lista.',
      'PASSED:anchor-interval':
        'Renueve antes del {renewBefore.found}: desde entonces su lista ya no confía en «{anchor-interval.found}».',
      'PASSED:algorithm':
        'Renueve antes del {renewBefore.found}: desde entonces el método {algorithm.found} ya no cuenta según esta política.',
      'INDETERMINATE:overdue': {
        say: 'El sello debía renovarse antes del {renewBefore.found}; no hay aquí ninguna renovación hecha a tiempo.',
        todo: 'Pida al emisor el paquete renovado. Compruebe a fecha de un día anterior (--at) para ver qué estaba demostrado entonces.',
      },
      'NOT-CHECKED:nothing-proved': 'No hay ningún momento demostrado, así que no hay nada que renovar.',
      INDETERMINATE: 'No se pudo decidir hasta cuándo dura la demostración del momento.',
      'NOT-CHECKED': 'No hay ningún momento demostrado, así que no hay nada que renovar.',
      PASSED: 'La demostración del momento debe renovarse más tarde.',
    },
  },
}
