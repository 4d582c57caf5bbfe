import type { Messages } from '../messages.ts'

/** Who an anchor of the role is, in a few words. */
export const ROLES: Messages['roles'] = {
  signer: { title: 'firmante', is: 'certifica a quien sella paquetes' },
  'time-stamp-authority': { title: 'autoridad de sellado de tiempo', is: 'certifica a quien confirma momentos' },
  log: { title: 'registro', is: 'firma el estado de un registro de custodia' },
  handover: { title: 'entrega', is: 'certifica a quien entrega o recibe pruebas' },
  approver: { title: 'aprobador', is: 'certifica a quien aprueba que se comparta un paquete' },
  notice: { title: 'aviso', is: 'certifica a quien envía avisos después de enviado un paquete' },
  'trust-set': { title: 'conjunto de confianza', is: 'certifica a quien puede firmar que otra lista sigue a esta' },
}
