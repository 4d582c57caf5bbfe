import type { Messages } from '../messages.ts'

export const EVIDENCE_RECORD_ANSWER: Messages['verdict']['evidenceRecord'] = {
  question: 'Over these very files?',
  PASSED: { word: 'Yes', text: 'The record is over exactly the bytes of these files.' },
  FAILED: { word: 'No', text: 'The record is not over these files, or contradicts itself; see below.' },
  INDETERMINATE: { word: 'Cannot tell', text: 'What the record is over could not be compared; see below.' },
}

/** The first answer about a certificate, by the axis `bytes`. */
export const DOCUMENT_ANSWER: Messages['verdict']['document'] = {
  question: 'Is it as it was made?',
  PASSED: {
    word: 'Yes',
    text: 'Made again from the data that it carries, it is the same byte for byte, and nothing was added but what signs it. Its report states {indication} for the bundle at {time}.',
  },
  FAILED: { word: 'No', text: 'Pages, data or signature contradict each other. Do not rely on what it says.' },
  INDETERMINATE: {
    word: 'Cannot tell',
    text: 'It is not as it was made, or cannot be compared. This alone does not mean that anybody meant to deceive: printing, saving anew and stamping do it too.',
  },
  doesNotShow: 'whether the bundle is unchanged: verify the bundle too',
}
