import type { AnchorRole, SetRelation, SuccessionAnswer, SuccessionProblem, TrustSetChange } from '@probatum/core'

export interface TrustWords {
  /** Who an anchor of the role is, in a few words. */
  readonly roles: Readonly<Record<AnchorRole, { readonly title: string; readonly is: string }>>
  readonly relations: Readonly<Record<SetRelation, string>>
  readonly changes: Readonly<Record<TrustSetChange['kind'], string>>
}

/** Names of roles and sentences of the `trust` commands, in English alone: the terminal's. */
export const TRUST_WORDS: TrustWords = {
  roles: {
    signer: { title: 'signer', is: 'certifies who seals bundles' },
    'time-stamp-authority': { title: 'time-stamp authority', is: 'certifies who confirms times' },
    log: { title: 'log', is: 'signs the state of a custody log' },
    handover: { title: 'hand-over', is: 'certifies who gives or receives evidence' },
    approver: { title: 'approver', is: 'certifies who approves that a bundle is shared' },
    notice: { title: 'notice', is: 'certifies who sends notices after a bundle was sent' },
    'trust-set': { title: 'trust set', is: 'certifies who may sign that another list follows this one' },
  },
  relations: {
    anchor: 'This very certificate is on the list',
    'same-key':
      'The list has another certificate of the same name and key: the authority renewed its certificate, or the list has an older one. Paths lead to either',
    'same-name-other-key':
      'NEAR MISS: the list has a certificate of the same name with another key. An impostor looks like this, and so does an authority that changed its key. Compare fingerprints by another way before you believe either',
    'other-name': 'The list has the same key under another name',
    'issuer-named':
      'It names this anchor as its issuer. Whether the anchor issued it is not said here: `probatum path verify` checks it',
  },
  changes: { added: 'added', removed: 'no longer there', changed: 'changed' },
}

/** Why one set cannot be the next after another. */
export const SUCCESSION_PROBLEMS: Readonly<Record<SuccessionProblem, string>> = {
  number: 'The number of the next set is not the one after the number of the last.',
  issuer: 'The two sets name different issuers.',
  date: 'The next set is older than the last.',
  sample: 'One of the sets is a sample, and the other is not.',
}

export const SUCCESSION_ANSWERS: Readonly<Record<SuccessionAnswer['value'], string>> = {
  PASSED: 'This set is signed as the next one.',
  FAILED: 'This set is not signed as the next one.',
  INDETERMINATE: 'We cannot tell whether this set is the next one.',
}
