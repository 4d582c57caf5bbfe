import type { Messages } from '../messages.ts'

export const EVIDENCE_RECORD_ANSWER: Messages['verdict']['evidenceRecord'] = {
  question: '¿Sobre estos mismos archivos?',
  PASSED: { word: 'Sí', text: 'El registro está hecho exactamente sobre los bytes de estos archivos.' },
  FAILED: { word: 'No', text: 'El registro no está hecho sobre estos archivos, o se contradice; vea abajo.' },
  INDETERMINATE: {
    word: 'Sin determinar',
    text: 'No se pudo comparar sobre qué está hecho el registro; vea abajo.',
  },
}

/** The first answer about a certificate, by the axis `bytes`. */
export const DOCUMENT_ANSWER: Messages['verdict']['document'] = {
  question: '¿Está como se hizo?',
  PASSED: {
    word: 'Sí',
    text: 'Hecho de nuevo a partir de los datos que lleva, es el mismo byte por byte, y no se añadió nada más que lo que lo firma. Su informe indica {indication} para el paquete el {time}.',
  },
  FAILED: { word: 'No', text: 'Las páginas, los datos o la firma se contradicen. No se apoye en lo que dice.' },
  INDETERMINATE: {
    word: 'Sin determinar',
    text: 'No está como se hizo, o no puede compararse. Esto por sí solo no significa que alguien quisiera engañar: imprimir, guardar de nuevo y sellar también lo hacen.',
  },
  doesNotShow: 'si el paquete está sin cambios: compruebe también el paquete',
}
