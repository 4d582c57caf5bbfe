import type { Messages } from '../messages.ts'

/** Roles of anchors in a trust set. */
export const ROLES: Messages['roles'] = {
  signer: { title: 'signataire', is: 'certifie qui scelle des paquets' },
  'time-stamp-authority': { title: 'autorité d’horodatage', is: 'certifie qui confirme des temps' },
  log: { title: 'journal', is: 'signe l’état d’un journal de possession' },
  handover: { title: 'remise', is: 'certifie qui remet ou reçoit des preuves' },
  approver: { title: 'approbateur', is: 'certifie qui approuve qu’un paquet soit partagé' },
  notice: { title: 'avis', is: 'certifie qui envoie des avis après l’envoi d’un paquet' },
  'trust-set': {
    title: 'ensemble de confiance',
    is: 'certifie qui peut signer qu’une autre liste suit celle-ci',
  },
}
