import type { Said } from '../messages.ts'

/** What is said of withdrawal; `whose` is `signer’s` or `authority’s`, `made` is `the seal` or `the time-stamp`. */
export function revocationOutcomes(whose: string, made: string): Readonly<Record<string, string | Said>> {
  const data = {
    todo: 'Ask the authority that issued the certificate for the withdrawal list (CRL or OCSP) of the time that counts.',
  }
  return {
    PASSED: `The ${whose} key had not been withdrawn when ${made} was made.`,
    'PASSED:revoked-later': `The ${whose} key was withdrawn later, for a reason or at a time that leaves ${made} standing.`,
    'FAILED:revoked': {
      say: `The ${whose} key had been withdrawn before ${made} was made.`,
      todo: `Do not rely on ${made}. Ask the issuer what happened to the key.`,
    },
    'INDETERMINATE:revoked-no-proof': {
      say: `The ${whose} key has been withdrawn, and nothing proves that ${made} is older than that.`,
      todo: 'A time-stamp of an authority on your list, made before the withdrawal, would settle it.',
    },
    'INDETERMINATE:authority-revoked-no-proof': {
      say: `An authority above the ${whose} certificate has been withdrawn, and nothing proves that ${made} is older than that.`,
      todo: 'A time-stamp of another authority on your list, made before the withdrawal, would settle it.',
    },
    'INDETERMINATE:key-compromised': {
      say: `Another certificate over the ${whose} key, or over a key above it, was withdrawn because that key was in other hands, and nothing proves that ${made} is older than that.`,
      todo: 'A time-stamp of another authority on your list, made before the withdrawal, would settle it.',
    },
    'INDETERMINATE:on-hold': {
      say: `The ${whose} key was suspended at the time that counts; whether it was withdrawn in the end is not known.`,
      ...data,
    },
    'INDETERMINATE:undecided': {
      say: `The withdrawal data that is here does not settle whether the ${whose} key had been withdrawn.`,
      ...data,
    },
    'INDETERMINATE:no-data': {
      say: `We cannot tell, without a withdrawal list, whether the ${whose} key had been withdrawn, and the policy asks for it.`,
      ...data,
    },
    'INDETERMINATE:no-path': `No path leads from the ${whose} certificate to your list, so nobody’s withdrawal list could be believed.`,
    'INDETERMINATE:limit':
      'There is more withdrawal data than this program examines. That says nothing about what is in it.',
    'NOT-CHECKED:not-asked': `Whether the ${whose} key had been withdrawn was not asked for.`,
    'NOT-CHECKED:no-data': `Whether the ${whose} key had been withdrawn was not checked: no withdrawal list for it is here.`,
    'NOT-CHECKED:incomplete': `Whether the ${whose} key had been withdrawn was not checked to the end: withdrawal lists are here for a part of the path only.`,
    'NOT-CHECKED:end-entity-anchor': `Your list names the ${whose} very certificate, which nobody but the list’s issuer can withdraw.`,
  }
}
