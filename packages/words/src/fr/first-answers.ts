import type { Messages } from '../messages.ts'

export const EVIDENCE_RECORD_ANSWER: Messages['verdict']['evidenceRecord'] = {
  question: 'Sur ces fichiers mêmes ?',
  PASSED: { word: 'Oui', text: 'L’enregistrement porte exactement sur les octets de ces fichiers.' },
  FAILED: { word: 'Non', text: 'L’enregistrement ne porte pas sur ces fichiers, ou se contredit ; voir ci-dessous.' },
  INDETERMINATE: {
    word: 'Indéterminé',
    text: 'Ce sur quoi porte l’enregistrement n’a pas pu être comparé ; voir ci-dessous.',
  },
}

/** The first answer about a certificate, by the axis `bytes`. */
export const DOCUMENT_ANSWER: Messages['verdict']['document'] = {
  question: 'Est-il tel qu’il a été fait ?',
  PASSED: {
    word: 'Oui',
    text: 'Refait à partir des données qu’il porte, il est le même octet pour octet, et rien n’a été ajouté que ce qui le signe. Son rapport indique {indication} pour le paquet le {time}.',
  },
  FAILED: { word: 'Non', text: 'Pages, données ou signature se contredisent. Ne vous fiez pas à ce qu’il dit.' },
  INDETERMINATE: {
    word: 'On ne peut pas le dire',
    text: 'Il n’est pas tel qu’il a été fait, ou ne peut pas être comparé. Cela seul ne signifie pas que quelqu’un a voulu tromper : imprimer, enregistrer à nouveau et tamponner le font aussi.',
  },
  doesNotShow: 'si le paquet est inchangé : contrôlez aussi le paquet',
}
