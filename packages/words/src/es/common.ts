import type { Messages, Said } from '../messages.ts'

const WEAK = 'Pida al emisor un sello con un método actual, o compruebe con una versión más nueva de este programa.'
const ROOTS =
  'Pida al emisor, por otra vía que la de este paquete, el conjunto de confianza que nombra la autoridad de este certificado.'
const CANDIDATE = 'Esta cadena candidata no se sostiene; las demás se juzgan por separado.'

/** Reasons that mean the same under every check; a check's own words go before these. */
export const COMMON: Messages['common'] = {
  'INDETERMINATE:unreadable': {
    say: 'El sistema no pudo leerlo, así que no se sabe nada de ello.',
    todo: 'Copie el paquete a otro disco, o repita la comprobación con permiso para leerlo.',
  },
  'INDETERMINATE:limit':
    'Es más grande o más profundo de lo que este programa examina. Eso no dice nada de su contenido.',
  'INDETERMINATE:undeclared': {
    say: 'Esto no se sostiene en {name}, un archivo que el paquete no declara: cualquiera puede haberlo añadido. No demuestra nada, y no contradice nada.',
    todo: 'Aparte {name} en una copia y compruebe esa copia.',
  },
  'INDETERMINATE:unprotected': {
    say: 'Esto no se sostiene en {name}, que está donde nada firmado lo protege: cualquiera puede haberlo puesto ahí. No demuestra nada, y no contradice nada.',
    todo: 'Pida al firmante una copia sin ello, o con uno correcto.',
  },
  'INDETERMINATE:unsupported': {
    say: 'Usa un método que este programa no conoce. Eso no dice nada en su contra.',
    todo: 'Compruebe con una versión más nueva de este programa.',
  },
  'INDETERMINATE:weak': {
    say: 'Se hizo con un método que hoy se considera débil; por sí solo ya no demuestra nada.',
    todo: WEAK,
  },
  'INDETERMINATE:ended': {
    say: 'Se hizo con un método después del día desde el que ese método ya no cuenta como demostración.',
    todo: WEAK,
  },
  'INDETERMINATE:digest-weaker': {
    say: 'Se hizo con un método fuerte sobre una huella más débil que ese método, así que el conjunto no es más fuerte que la huella.',
    todo: WEAK,
  },
  'INDETERMINATE:certificate-missing': {
    say: 'El certificado con el que se hizo no está aquí, así que no se puede saber.',
    todo: 'Pida al emisor este certificado.',
  },
  'INDETERMINATE:record-missing':
    'La ficha que lo declara falta o no se puede leer, así que no hay nada con que comparar.',
  'INDETERMINATE:version': {
    say: 'Tiene una versión que este programa no conoce.',
    todo: 'Compruebe con una versión más nueva de este programa.',
  },
  'INDETERMINATE:digest-not-announced': 'Usa una huella que no anuncia en su cabecera, como pide la norma.',
  'INDETERMINATE:content-missing': {
    say: 'El archivo sobre el que está hecho no está aquí, así que no se puede saber.',
    todo: 'Pida al remitente una copia completa.',
  },
  'INDETERMINATE:missing': {
    say: 'Lo que hace falta para esto no está en esta copia.',
    todo: 'Pida al remitente una copia completa.',
  },
  'INDETERMINATE:malformed': 'No se lee como quiere el formato, así que no se puede saber.',
  'INDETERMINATE:not-tried':
    'No se intentó el cálculo, porque lo que necesita falta o no está permitido; vea los demás hallazgos.',
  'INDETERMINATE:not-examined': 'Hay datos de revocación, pero esta versión del programa aún no los examina.',
  'NOT-CHECKED:attributes-absent': 'No hay atributos firmados que puedan decirlo.',
  'NOT-CHECKED:unknown-format': 'Este programa no conoce el formato del paquete, así que esto no se juzgó.',
  'NOT-CHECKED:declaration-unreadable':
    'No se pudo leer lo que declara el paquete, así que no hay nada con que comparar.',
  'NOT-CHECKED:no-data': 'No hay aquí datos de revocación, y la política no pide ninguno.',
  'NOT-CHECKED:not-asked': 'Esto no se pidió.',
  'NOT-CHECKED:not-present': 'Aquí no hay nada de esta clase.',
  'NOT-CHECKED:none': 'Aquí no hay nada de esta clase.',
  'NOT-CHECKED:foreign-bag': 'Es un bag de otro autor; no tiene nada de esta clase.',
}

/** One candidate path: why it holds or not. The certificate's own conclusion is another finding. */
export const PATH_CANDIDATE: Readonly<Record<string, string | Said>> = {
  PASSED: 'Esta cadena lleva a un ancla de la lista que usted eligió.',
  'PASSED:end-entity-anchor': 'El certificado mismo es un ancla de la lista que usted eligió.',
  'FAILED:signature': `Un certificado de esta cadena no fue firmado por el que está encima. ${CANDIDATE}`,
  'FAILED:expired': `Un certificado de esta cadena había caducado en el momento que cuenta. ${CANDIDATE}`,
  'FAILED:not-yet-valid': `Un certificado de esta cadena aún no había empezado a valer en el momento que cuenta. ${CANDIDATE}`,
  'FAILED:not-a-ca': `Un certificado de esta cadena no puede emitir otros. ${CANDIDATE}`,
  'FAILED:path-length': `Esta cadena es más larga de lo que permite un certificado de ella. ${CANDIDATE}`,
  'FAILED:key-usage': `Un certificado de esta cadena no está destinado a firmar certificados. ${CANDIDATE}`,
  'FAILED:version': `Un certificado de esta cadena tiene una versión que no permite aquello para lo que se usa. ${CANDIDATE}`,
  'FAILED:algorithms-disagree': `Un certificado de esta cadena nombra dos métodos de firma distintos. ${CANDIDATE}`,
  'FAILED:repeated-extension': `Un certificado de esta cadena tiene dos veces una extensión. ${CANDIDATE}`,
  'FAILED:malformed-extension': `Un certificado de esta cadena tiene una extensión que no se lee como su tipo. ${CANDIDATE}`,
  'FAILED:extended-key-usage': `Un certificado de esta cadena está destinado a otro fin. ${CANDIDATE}`,
  'FAILED:anchor-not-a-ca': `El ancla de esta cadena no puede emitir certificados. ${CANDIDATE}`,
  'FAILED:name-not-permitted': `Un certificado de esta cadena tiene un nombre que uno de encima no permite. ${CANDIDATE}`,
  'FAILED:name-excluded': `Un certificado de esta cadena tiene un nombre que uno de encima prohíbe. ${CANDIDATE}`,
  'FAILED:policy-required': `Esta cadena debe ser para una política de certificados, y no lo es para ninguna que cuente. ${CANDIDATE}`,
  'FAILED:policy-mapping': `Un certificado de esta cadena equipara «cualquier política» a otra, y eso no se permite. ${CANDIDATE}`,
  'INDETERMINATE:signature-unsupported': 'Una firma de esta cadena usa un método que este programa no conoce.',
  'INDETERMINATE:unknown-critical-extension': 'Un certificado de esta cadena exige algo que este programa no conoce.',
  'INDETERMINATE:name-constraints':
    'Un certificado de esta cadena limita los nombres de un modo que no se pudo comparar con un nombre de debajo.',
  'INDETERMINATE:name-constraints-limit':
    'En esta cadena hay más nombres y límites de nombres de los que este programa compara.',
  'INDETERMINATE:policy-limit': 'En esta cadena hay más políticas de certificados de las que este programa compara.',
  'INDETERMINATE:profile':
    'Un certificado de esta cadena no se hizo como la norma (RFC 5280) pide a su autor, y su política lo exige.',
  'INDETERMINATE:weak-algorithm': 'Una firma de esta cadena usa un método que hoy se considera débil.',
  'INDETERMINATE:anchor-interval': 'Su lista admite esta ancla solo para otro periodo.',
  'INDETERMINATE:anchor-validity':
    'El propio certificado del ancla estaba fuera de sus fechas en el momento que cuenta.',
}

/** The conclusion about one certificate; `{intact}` is said of the seal or the time-stamp. */
export function pathConclusion(passed: string, intact: string): Readonly<Record<string, string | Said>> {
  return {
    PASSED: passed,
    'PASSED:end-entity-anchor': `${passed} La lista nombra este mismo certificado, así que nadie puede revocarlo salvo el emisor de la lista.`,
    'INDETERMINATE:no-trust-set': {
      say: `${intact} Usted no eligió ninguna lista de claves en las que crea, así que nada dice de quién es la clave.`,
      todo: 'Elija un conjunto de confianza que le haya llegado por otra vía que el paquete (--trust-set FILE).',
    },
    'INDETERMINATE:trust-set-inside': {
      say: `${intact} La lista que usted eligió está en el paquete mismo y no se usó.`,
      todo: 'Obtenga el conjunto de confianza de su emisor por otra vía.',
    },
    'INDETERMINATE:issuer-missing': {
      say: 'Quien emitió este certificado no está ni en su lista ni entre los certificados presentes.',
      todo: 'Pida al emisor del paquete los certificados intermedios; si no los hay, su lista no es la de ese emisor.',
    },
    'INDETERMINATE:anchor-missing': { say: `${intact} No está en la lista que usted eligió.`, todo: ROOTS },
    'INDETERMINATE:same-name-other-key': {
      say: 'Su lista tiene un ancla del mismo nombre, pero con otra clave.',
      todo: 'Compare las huellas con el emisor por teléfono o carta antes de creer en una u otra.',
    },
    'INDETERMINATE:other-role': {
      say: 'Su lista tiene esta ancla, pero para otra función.',
      todo: 'Pregunte al emisor del conjunto de confianza si esa función era la prevista.',
    },
    'INDETERMINATE:set-older': {
      say: 'Su lista es más antigua que esta autoridad; no puede conocerla.',
      todo: 'Pida al emisor del conjunto de confianza uno más nuevo.',
    },
    'INDETERMINATE:none-holds': {
      say: 'Hay cadenas candidatas hacia su lista, pero ninguna se sostiene; la razón de cada una figura aparte.',
      todo: ROOTS,
    },
    'INDETERMINATE:anchor-interval': {
      say: 'Su lista admite esta ancla solo para otro periodo.',
      todo: 'Pregunte al emisor del conjunto de confianza por qué se limitó el periodo.',
    },
    'INDETERMINATE:limit': 'Había más cadenas candidatas de las que este programa prueba.',
  }
}
