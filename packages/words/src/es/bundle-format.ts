import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY =
  'No edite ni guarde nada en esta copia. Pida al remitente una copia nueva, y que una segunda persona compruebe ambas.'
const COMPLETE = 'Pida al remitente una copia completa.'
const NEWER =
  'Compruébelo con una versión más nueva de este programa. Los archivos y el sello se juzgaron de todos modos.'
const COMMANDS = 'Tome las órdenes de `probatum steps` o de la especificación publicada.'
const FOREIGN = 'Es un bag de otro autor; el formato de pruebas no se le aplica.'

type Ids = Extract<FindingId, `${'bundle' | 'seal'}.${string}`>

export const BUNDLE_FORMAT: Record<Ids, FindingWords> = {
  'bundle.format': {
    question: '¿Conoce este programa el formato del paquete?',
    outcomes: {
      'FAILED:profile-differs': 'bag-info.txt y bundle.json nombran formatos distintos.',
      'INDETERMINATE:unknown-version': {
        say: 'El paquete tiene la versión de formato {found}, que este programa no conoce.',
        todo: NEWER,
      },
      'INDETERMINATE:unknown-member': {
        say: 'La ficha del paquete tiene miembros que este programa no conoce: {found}.',
        todo: NEWER,
      },
      'INDETERMINATE:not-named': 'El paquete no nombra la versión de su formato.',
      'INDETERMINATE:profile-missing': 'bag-info.txt no nombra el formato del paquete.',
      PASSED: 'Este programa conoce el formato del paquete.',
      FAILED: 'El paquete se contradice sobre su formato.',
      INDETERMINATE: {
        say: 'El paquete se hizo con una versión más nueva de la que este programa conoce, o tiene miembros que no conoce.',
        todo: NEWER,
      },
      'NOT-CHECKED': FOREIGN,
    },
  },
  'bundle.layout': {
    question: '¿Está cada archivo donde el formato tiene lugar para él?',
    outcomes: {
      'INDETERMINATE:missing': { say: 'No están aquí archivos que todo paquete tiene.', todo: COMPLETE },
      'INDETERMINATE:no-place': 'Algunos archivos están donde el formato no tiene lugar para ellos.',
      PASSED: 'Cada archivo está donde el formato tiene lugar para él.',
      FAILED: 'Algunos archivos están donde el formato no tiene lugar para ellos, o faltan archivos obligatorios.',
      INDETERMINATE: 'No se pudo decidir si cada archivo está donde el formato tiene lugar para él.',
      'NOT-CHECKED': FOREIGN,
    },
  },
  'bundle.record': {
    question: '¿Se leen las fichas del paquete como quiere el formato?',
    doesNotShow: 'Los nombres y las fechas de las fichas son lo que declara el emisor.',
    outcomes: {
      'FAILED:contradiction': 'Las fichas del paquete se contradicen entre sí, o contradicen lo que hay aquí.',
      'INDETERMINATE:malformed':
        'Hay fichas del paquete que no se leen como quiere el formato, así que no se usa lo que dicen.',
      'INDETERMINATE:missing': { say: 'Faltan en esta copia fichas del paquete.', todo: COMPLETE },
      PASSED: 'Las fichas del paquete se leen como quiere el formato.',
      FAILED: 'Hay fichas del paquete que contradicen el formato.',
      INDETERMINATE: 'Hay fichas del paquete que no se pudieron leer enteras.',
      'NOT-CHECKED': 'Es un bag de otro autor; no tiene estas fichas.',
    },
  },
  'bundle.items': {
    question: '¿Nombra el paquete tantas piezas como dice?',
    outcomes: {
      'FAILED:contradiction': {
        say: 'La lista de piezas se contradice, o contradice lo que hay aquí.',
        todo: FRESH_COPY,
      },
      'FAILED:count-differs': {
        say: 'La lista de piezas tiene {found} líneas, y el paquete dice {expected}.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:count-unknown': 'El paquete no dice cuántas piezas hay.',
      'INDETERMINATE:malformed': 'La lista de piezas no se lee como quiere el formato.',
      'INDETERMINATE:missing': { say: 'Falta en esta copia la lista de piezas.', todo: COMPLETE },
      PASSED: 'El paquete nombra tantas piezas como dice.',
      FAILED: 'El paquete nombra otro número de piezas que el que dice.',
      INDETERMINATE: 'No se pudo leer la lista de piezas.',
      'NOT-CHECKED': 'No hay lista de piezas.',
    },
  },
  'bundle.verify-text': {
    question: '¿Es VERIFY.txt el texto publicado de este formato?',
    outcomes: {
      'INDETERMINATE:not-published': {
        say: 'VERIFY.txt no es el texto publicado. No ejecute órdenes tomadas de él.',
        todo: COMMANDS,
      },
      'INDETERMINATE:missing': { say: 'Falta VERIFY.txt en esta copia.', todo: COMMANDS },
      PASSED: 'VERIFY.txt es el texto publicado de este formato.',
      INDETERMINATE: {
        say: 'VERIFY.txt no es el texto publicado. No ejecute órdenes tomadas de él.',
        todo: COMMANDS,
      },
      'NOT-CHECKED': 'Es un bag de otro autor; no necesita VERIFY.txt.',
    },
  },
  'seal.declared': {
    question: '¿Está aquí cada sello que el paquete dice tener?',
    outcomes: {
      'INDETERMINATE:missing': {
        say: 'El paquete dice tener sellos o sellos de tiempo que no están aquí.',
        todo: COMPLETE,
      },
      'INDETERMINATE:not-declared': {
        say: 'El paquete no declara que tenga un sello.',
        todo: 'Pida al emisor el paquete sellado.',
      },
      'INDETERMINATE:declaration-unreadable': 'No se pudo leer lo que el paquete declara de su sello.',
      PASSED: 'Está aquí cada sello y sello de tiempo que el paquete declara.',
      FAILED: 'Un sello declarado contradice la declaración.',
      INDETERMINATE: {
        say: 'El paquete dice tener sellos o sellos de tiempo que no están aquí.',
        todo: COMPLETE,
      },
      'NOT-CHECKED': 'El paquete no declara ningún sello.',
    },
  },
  'seal.undeclared': {
    question: '¿Hay bajo seal/ algo que el paquete no declaró?',
    outcomes: {
      'INDETERMINATE:undeclared': {
        say: 'Hay bajo seal/ archivos que el paquete no declaró. No demuestran nada y restan certeza.',
        todo: 'Aparte estos archivos en una copia y compruebe esa copia.',
      },
      'INDETERMINATE:limit': 'Hay bajo seal/ más archivos de los que este programa examina.',
      PASSED: 'No hay bajo seal/ nada que el paquete no declarara.',
      INDETERMINATE: {
        say: 'Hay bajo seal/ archivos que el paquete no declaró. No demuestran nada y restan certeza.',
        todo: 'Aparte estos archivos en una copia y compruebe esa copia.',
      },
      'NOT-CHECKED': 'El paquete no tiene sello.',
    },
  },
}
