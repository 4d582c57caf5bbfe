import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `evidence.${string}`>

export const EVIDENCE_RECORD: Record<Ids, FindingWords> = {
  'evidence.structure': {
    question: '¿Se lee el registro de evidencia como quiere la RFC 4998?',
    outcomes: {
      PASSED: 'El registro de evidencia se lee como debe.',
      'PASSED:digest-not-announced':
        'El registro de evidencia se lee como debe; su cabecera no nombra cada huella que usa, y nada depende de ello.',
      'INDETERMINATE:malformed': {
        say: 'El registro de evidencia se interrumpe, o no tiene la forma que prescribe la RFC 4998, así que no prueba nada.',
        todo: 'Pida una copia nueva a quien lo guarda.',
      },
      'INDETERMINATE:limit':
        'El registro de evidencia es mayor que lo que este programa examina. Eso no dice nada de su contenido.',
      'INDETERMINATE:version': {
        say: 'El registro de evidencia tiene una versión que este programa no conoce.',
        todo: 'Compruebe con una versión más nueva de este programa.',
      },
      INDETERMINATE: 'No se pudo leer el registro de evidencia.',
    },
  },
  'evidence.data': {
    question: '¿Está cada archivo entre los que el registro protege?',
    outcomes: {
      PASSED:
        'Cada archivo ({files}) está entre aquellos sobre los que está hecho el primer sello de tiempo del registro.',
      'FAILED:differs': {
        say: 'El registro no contiene la huella de cada archivo entregado: {covered} de {files} están en él.',
        todo: 'Compruebe que tiene el archivo que se archivó, byte por byte, y el registro que le corresponde.',
      },
      'INDETERMINATE:encryption-info': {
        say: 'El registro no contiene la huella de este archivo. Dice que se cifraron archivos antes de archivarlos, y este programa no los cifra de nuevo.',
        todo: 'Entregue el archivo cifrado, tal como se archivó.',
      },
      'INDETERMINATE:hash-length':
        'El registro contiene huellas de una longitud que su método no da, así que nada se puede comparar.',
      'INDETERMINATE:not-read': 'No se pudo leer sobre qué está hecho el registro.',
      'INDETERMINATE:unreadable': 'No se pudo calcular la huella de un archivo.',
      'INDETERMINATE:unsupported': {
        say: 'El registro usa una huella que este programa no conoce. Eso no dice nada en su contra.',
        todo: 'Compruebe con una versión más nueva de este programa.',
      },
      FAILED: 'El registro no está hecho sobre este archivo.',
      INDETERMINATE: 'No se puede saber si el registro está hecho sobre estos archivos.',
    },
  },
  'evidence.hash-tree': {
    question: '¿Está el sello de tiempo {name} hecho sobre su propio árbol de huellas?',
    outcomes: {
      PASSED: 'El sello de tiempo está hecho sobre la raíz de su árbol.',
      'PASSED:no-tree': 'No hay árbol: el sello de tiempo está hecho sobre una sola huella.',
      'FAILED:differs': {
        say: 'El sello de tiempo está hecho sobre otro árbol que el que lo acompaña.',
        todo: 'Pida una copia nueva a quien guarda el registro.',
      },
      'INDETERMINATE:digest-differs':
        'El árbol y el sello de tiempo usan huellas distintas, así que el uno no lleva al otro.',
      'INDETERMINATE:hash-length':
        'El árbol contiene huellas de una longitud que su método no da, así que no se calculó.',
      'INDETERMINATE:not-read': 'No se pudo leer el sello de tiempo, así que no hay con qué comparar su árbol.',
      'INDETERMINATE:unprotected': {
        say: 'Un sello de tiempo posterior está hecho sobre otro árbol que el que lo acompaña. Nada firmado dice que pertenezca aquí: cualquiera puede haberlo puesto. No prueba nada y no contradice nada.',
        todo: 'Pida una copia nueva a quien guarda el registro.',
      },
      'INDETERMINATE:unsupported': {
        say: 'El árbol usa una huella que este programa no conoce. Eso no dice nada en su contra.',
        todo: 'Compruebe con una versión más nueva de este programa.',
      },
      FAILED: 'El sello de tiempo no está hecho sobre su árbol.',
      INDETERMINATE: 'No se puede saber si el sello de tiempo está hecho sobre su árbol.',
    },
  },
  'evidence.renewal': {
    question: '¿Renueva el sello de tiempo {name} lo que está antes de él en el registro?',
    outcomes: {
      'PASSED:time-stamp': 'Está hecho sobre el sello de tiempo anterior.',
      'PASSED:hash-tree':
        'Está hecho sobre los archivos con una huella nueva, junto con todo lo que el registro tenía antes.',
      'INDETERMINATE:not-linked': {
        say: 'No está hecho sobre lo que está antes de él: falta una renovación intermedia, lo anterior se alteró, o este pertenece a otro registro. Aquí no prueba nada.',
        todo: 'Pida una copia completa a quien guarda el registro.',
      },
      'INDETERMINATE:unreadable': 'No se pudo calcular la huella de un archivo.',
      'INDETERMINATE:unsupported': {
        say: 'Usa una huella que este programa no conoce. Eso no dice nada en su contra.',
        todo: 'Compruebe con una versión más nueva de este programa.',
      },
      'NOT-CHECKED:in-future': 'Se hizo después del momento de esta comprobación, y no forma parte de ella.',
      PASSED: 'Renueva lo que está antes de él.',
      INDETERMINATE: 'No se puede saber qué renueva.',
      'NOT-CHECKED': 'No se comprobó esta renovación.',
    },
  },
  'evidence.order': {
    question: '¿Es el sello de tiempo {name} posterior al anterior?',
    outcomes: {
      PASSED: 'Es posterior al anterior.',
      'PASSED:within-accuracy': 'Es posterior al anterior, hasta donde la exactitud de ambos permite decirlo.',
      'INDETERMINATE:not-later': {
        say: 'Indica una hora anterior a la del que renueva, lo que no puede ser.',
        todo: 'Pida una copia nueva a quien guarda el registro.',
      },
      'INDETERMINATE:unknown': 'Uno de los dos no indica una hora legible.',
      INDETERMINATE: 'No se pudo establecer el orden.',
    },
  },
  'evidence.record': {
    question: '¿Demuestra un registro de evidencia entregado desde cuándo existían archivos de aquí?',
    doesNotShow: 'No dice nada de los archivos que no abarca, ni de quién los hizo.',
    outcomes: {
      PASSED:
        'De los {files} archivos de aquí, {covered} existían antes del {found}: un registro de evidencia abarca sus bytes.',
      'INDETERMINATE:malformed': {
        say: 'El registro de evidencia no se puede leer.',
        todo: 'Pida una copia entera a quien lo guarda. No dice nada contra estos archivos.',
      },
      'INDETERMINATE:limit': 'El registro de evidencia es mayor de lo que se examina aquí.',
      'INDETERMINATE:common': {
        say: 'El registro de evidencia solo abarca aquí archivos que son iguales en otros paquetes ({common} de {files}): no muestra nada de este.',
        todo: 'Pida a quien lo guarda el registro que abarca este paquete. No dice nada contra estos archivos.',
      },
      'INDETERMINATE:foreign': {
        say: 'El registro de evidencia no abarca ninguno de estos archivos: es de otros, o estos no son los archivos para los que se hizo.',
        todo: 'Pregunte a quien lo guarda qué archivos abarca. No dice nada contra estos.',
      },
      'INDETERMINATE:not-compared': {
        say: 'El registro de evidencia no abarca ninguno de los archivos que se pudieron comparar; la huella que usa no se calculó para los demás.',
        todo: '`probatum evidence-record verify RECORD --data FILE` compara archivos sueltos.',
      },
      'INDETERMINATE:unproved': {
        say: 'El registro de evidencia abarca archivos de aquí, pero no demuestra para ellos ningún momento.',
        todo: '`probatum evidence-record verify RECORD --data FILE` dice qué queda abierto. No dice nada contra estos archivos.',
      },
      INDETERMINATE: 'El registro de evidencia no demuestra nada para estos archivos.',
      'NOT-CHECKED:in-future':
        'El registro de evidencia se hizo después del momento de esta comprobación, así que aún no existía.',
      'NOT-CHECKED': 'El registro de evidencia no se juzgó.',
    },
  },
  'evidence.digest': {
    question: '¿Contaron las huellas de esta parte del registro hasta que otras ocuparon su lugar?',
    outcomes: {
      PASSED: 'Las huellas de esta parte aún cuentan.',
      'PASSED:replaced': 'Las huellas de esta parte terminaron; mientras contaban, otras ocuparon su lugar.',
      'INDETERMINATE:ended': {
        say: 'Las huellas de esta parte ya no cuentan, y ninguna otra ocupó su lugar a tiempo: desde entonces puede haberse puesto otro archivo con la misma huella.',
        todo: 'Pida a quien guarda el registro uno cuyos archivos se hayan vuelto a calcular a tiempo. Compruebe con fecha anterior (--at) para ver qué se mostraba entonces.',
      },
      'INDETERMINATE:weak': {
        say: 'Las huellas de esta parte no cuentan como prueba según esta política.',
        todo: 'Pida a quien guarda el registro uno con una huella actual.',
      },
      'INDETERMINATE:mixed': 'Sellos de tiempo de una misma parte usan huellas distintas, lo que la RFC 4998 prohíbe.',
      'INDETERMINATE:unsupported': {
        say: 'Se usa una huella que este programa no conoce. Eso no dice nada en su contra.',
        todo: 'Compruebe con una versión más nueva de este programa.',
      },
      INDETERMINATE: 'No se puede saber si las huellas contaban.',
    },
  },
}
