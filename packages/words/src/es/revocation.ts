import type { Said } from '../messages.ts'

/** Whose key, and what was made with it: the article stands in the sentence where Spanish joins it. */
export interface Withdrawn {
  /** `la clave del firmante` */
  readonly key: string
  /** `certificado del firmante`, without its article */
  readonly certificate: string
  /** `el sello` */
  readonly made: string
}

/** What is said of withdrawal of a signer's or an authority's key. */
export function revocationOutcomes({ key, certificate, made }: Withdrawn): Readonly<Record<string, string | Said>> {
  const data = {
    todo: 'Pida a la autoridad que emitió el certificado la lista de revocación (CRL u OCSP) del momento que cuenta.',
  }
  const Key = `${key.charAt(0).toUpperCase()}${key.slice(1)}`
  return {
    PASSED: `${Key} no había sido revocada cuando se hizo ${made}.`,
    'PASSED:revoked-later': `${Key} fue revocada más tarde, por un motivo o en un momento que dejan en pie ${made}.`,
    'FAILED:revoked': {
      say: `${Key} había sido revocada antes de que se hiciera ${made}.`,
      todo: `No se apoye en ${made}. Pregunte al emisor qué pasó con la clave.`,
    },
    'INDETERMINATE:revoked-no-proof': {
      say: `${Key} fue revocada, y nada demuestra que ${made} sea anterior.`,
      todo: 'Lo decidiría un sello de tiempo de una autoridad de su lista, hecho antes de la revocación.',
    },
    'INDETERMINATE:authority-revoked-no-proof': {
      say: `Una autoridad por encima del ${certificate} fue revocada, y nada demuestra que ${made} sea anterior.`,
      todo: 'Lo decidiría un sello de tiempo de otra autoridad de su lista, hecho antes de la revocación.',
    },
    'INDETERMINATE:key-compromised': {
      say: `Otro certificado sobre ${key}, o sobre una clave por encima de ella, fue revocado porque esa clave estaba en otras manos, y nada demuestra que ${made} sea anterior.`,
      todo: 'Lo decidiría un sello de tiempo de otra autoridad de su lista, hecho antes de la revocación.',
    },
    'INDETERMINATE:on-hold': {
      say: `${Key} estaba suspendida en el momento que cuenta; no se sabe si al final fue revocada.`,
      ...data,
    },
    'INDETERMINATE:undecided': {
      say: `Los datos de revocación que hay aquí no deciden si ${key} había sido revocada.`,
      ...data,
    },
    'INDETERMINATE:no-data': {
      say: `Sin una lista de revocación no podemos saber si ${key} había sido revocada, y la política lo pide.`,
      ...data,
    },
    'INDETERMINATE:no-path': `Ninguna cadena lleva del ${certificate} a su lista, así que no se podría creer en la lista de revocación de nadie.`,
    'INDETERMINATE:limit':
      'Hay más datos de revocación de los que este programa examina. Eso no dice nada de su contenido.',
    'NOT-CHECKED:not-asked': `No se pidió comprobar si ${key} había sido revocada.`,
    'NOT-CHECKED:no-data': `No se comprobó si ${key} había sido revocada: no hay aquí ninguna lista de revocación para ella.`,
    'NOT-CHECKED:incomplete': `No se comprobó hasta el final si ${key} había sido revocada: hay aquí listas de revocación solo para una parte de la cadena.`,
    'NOT-CHECKED:end-entity-anchor': `Su lista nombra exactamente el ${certificate}, y nadie puede revocarlo salvo el emisor de la lista.`,
  }
}
