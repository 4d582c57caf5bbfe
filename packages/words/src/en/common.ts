import type { Messages, Said } from '../messages.ts'

const WEAK = 'Ask the issuer for a seal under a current method, or check with a newer version of this program.'
const ROOTS =
  'Ask the issuer, by another way than this bundle came, for the trust set that names this certificate’s authority.'
const CANDIDATE = 'This candidate path does not hold; other paths are judged on their own.'

/** Reasons that mean the same under every check; a check's own words go before these. */
export const COMMON: Messages['common'] = {
  'INDETERMINATE:unreadable': {
    say: 'The system could not read it, so nothing is known about it.',
    todo: 'Copy the bundle to another disk, or run again with the right to read it.',
  },
  'INDETERMINATE:limit': 'It is larger or deeper than this program examines. That says nothing about what is in it.',
  'INDETERMINATE:undeclared': {
    say: 'This does not hold in {name}, a file that the bundle does not declare: anybody can have added it. It proves nothing, and contradicts nothing.',
    todo: 'Set {name} aside in a copy and check that copy.',
  },
  'INDETERMINATE:unprotected': {
    say: 'This does not hold in {name}, which stands where nothing signed protects it: anybody can have put it there. It proves nothing, and contradicts nothing.',
    todo: 'Ask the signer for a copy without it, or with a good one.',
  },
  'INDETERMINATE:unsupported': {
    say: 'It uses a method that this program does not know. That says nothing against it.',
    todo: 'Check with a newer version of this program.',
  },
  'INDETERMINATE:weak': {
    say: 'It was made with a method now considered weak; this no longer proves anything by itself.',
    todo: WEAK,
  },
  'INDETERMINATE:ended': {
    say: 'It was made with a method after the day from which this method no longer counts as proof.',
    todo: WEAK,
  },
  'INDETERMINATE:digest-weaker': {
    say: 'It was made with a strong method over a digest that is weaker than this method, so the whole is no stronger than the digest.',
    todo: WEAK,
  },
  'INDETERMINATE:certificate-missing': {
    say: 'The certificate that it was made with is not here, so this cannot be told.',
    todo: 'Ask the issuer for this certificate.',
  },
  'INDETERMINATE:record-missing':
    'The record that declares it is missing or cannot be read, so there is nothing to compare with.',
  'INDETERMINATE:version': {
    say: 'It has a version that this program does not know.',
    todo: 'Check with a newer version of this program.',
  },
  'INDETERMINATE:digest-not-announced':
    'It uses a digest that it does not announce in its head, as the standard asks for.',
  'INDETERMINATE:content-missing': {
    say: 'The file that it is over is not here, so this cannot be told.',
    todo: 'Ask the sender for a complete copy.',
  },
  'INDETERMINATE:missing': {
    say: 'What is needed for this is missing from this copy.',
    todo: 'Ask the sender for a complete copy.',
  },
  'INDETERMINATE:malformed': 'It does not read as the format wants it, so this cannot be told.',
  'INDETERMINATE:not-tried':
    'The arithmetic was not tried, because what it needs is missing or not allowed; see the other findings.',
  'INDETERMINATE:not-examined': 'There is withdrawal data, but this version of the program does not examine it yet.',
  'NOT-CHECKED:attributes-absent': 'There are no signed attributes that could say so.',
  'NOT-CHECKED:unknown-format': 'The format of the bundle is not known to this program, so this was not judged.',
  'NOT-CHECKED:declaration-unreadable':
    'What the bundle declares could not be read, so there is nothing to compare with.',
  'NOT-CHECKED:no-data': 'No withdrawal data is here, and the policy does not ask for any.',
  'NOT-CHECKED:not-asked': 'This was not asked for.',
  'NOT-CHECKED:not-present': 'There is nothing of this kind here.',
  'NOT-CHECKED:none': 'There is nothing of this kind here.',
  'NOT-CHECKED:foreign-bag': 'This is a bag of another maker; it has nothing of this kind.',
}

/** One candidate path: why it holds or not. The certificate's own conclusion is another finding. */
export const PATH_CANDIDATE: Readonly<Record<string, string | Said>> = {
  PASSED: 'This path leads to an anchor of the list you chose.',
  'PASSED:end-entity-anchor': 'The certificate itself is an anchor of the list you chose.',
  'FAILED:signature': `A certificate on this path was not signed by the one above it. ${CANDIDATE}`,
  'FAILED:expired': `A certificate on this path had ended at the time that counts. ${CANDIDATE}`,
  'FAILED:not-yet-valid': `A certificate on this path had not begun at the time that counts. ${CANDIDATE}`,
  'FAILED:not-a-ca': `A certificate on this path may not issue others. ${CANDIDATE}`,
  'FAILED:path-length': `This path is longer than a certificate on it allows. ${CANDIDATE}`,
  'FAILED:key-usage': `A certificate on this path is not meant for signing certificates. ${CANDIDATE}`,
  'FAILED:version': `A certificate on this path has a version that does not allow what it is used for. ${CANDIDATE}`,
  'FAILED:algorithms-disagree': `A certificate on this path names two different signature methods. ${CANDIDATE}`,
  'FAILED:repeated-extension': `A certificate on this path has an extension twice. ${CANDIDATE}`,
  'FAILED:malformed-extension': `A certificate on this path has an extension that does not read as its type. ${CANDIDATE}`,
  'FAILED:extended-key-usage': `A certificate on this path is meant for another purpose. ${CANDIDATE}`,
  'FAILED:anchor-not-a-ca': `The anchor of this path may not issue certificates. ${CANDIDATE}`,
  'FAILED:name-not-permitted': `A certificate on this path has a name that one above it does not allow. ${CANDIDATE}`,
  'FAILED:name-excluded': `A certificate on this path has a name that one above it forbids. ${CANDIDATE}`,
  'FAILED:policy-required': `This path must be for a certificate policy, and is for none that counts. ${CANDIDATE}`,
  'FAILED:policy-mapping': `A certificate on this path maps “any policy” to another, which is not allowed. ${CANDIDATE}`,
  'INDETERMINATE:signature-unsupported': 'A signature on this path uses a method that this program does not know.',
  'INDETERMINATE:unknown-critical-extension':
    'A certificate on this path demands something that this program does not know.',
  'INDETERMINATE:name-constraints':
    'A certificate on this path limits names in a way that could not be compared with a name below it.',
  'INDETERMINATE:name-constraints-limit':
    'There are more names and limits on names on this path than this program compares.',
  'INDETERMINATE:policy-limit': 'There are more certificate policies on this path than this program compares.',
  'INDETERMINATE:profile':
    'A certificate on this path was not made as the standard (RFC 5280) asks of its maker, and your policy demands it.',
  'INDETERMINATE:weak-algorithm': 'A signature on this path uses a method now considered weak.',
  'INDETERMINATE:anchor-interval': 'Your list allows this anchor for another time only.',
  'INDETERMINATE:anchor-validity': 'The anchor’s own certificate was outside its dates at the time that counts.',
}

/** The conclusion about one certificate; `{intact}` is said of the seal or the time-stamp. */
export function pathConclusion(passed: string, intact: string): Readonly<Record<string, string | Said>> {
  return {
    PASSED: passed,
    'PASSED:end-entity-anchor': `${passed} The list names this very certificate, so it cannot be withdrawn by anybody but the list’s issuer.`,
    'INDETERMINATE:no-trust-set': {
      say: `${intact} You chose no list of keys that you believe, so nothing says whose key it is.`,
      todo: 'Choose a trust set that came by another way than the bundle (--trust-set FILE).',
    },
    'INDETERMINATE:trust-set-inside': {
      say: `${intact} The list that you chose lies in the bundle itself and was not used.`,
      todo: 'Get the trust set from its issuer by another way.',
    },
    'INDETERMINATE:issuer-missing': {
      say: 'Whoever issued this certificate is neither on your list nor among the certificates here.',
      todo: 'Ask the issuer of the bundle for the intermediate certificates; if there are none, your list is not the one for this issuer.',
    },
    'INDETERMINATE:anchor-missing': { say: `${intact} It is not on the list you chose.`, todo: ROOTS },
    'INDETERMINATE:same-name-other-key': {
      say: 'Your list has an anchor of the same name, but with another key.',
      todo: 'Compare the fingerprints with the issuer by telephone or letter before you believe either.',
    },
    'INDETERMINATE:other-role': {
      say: 'Your list has this anchor, but for another role.',
      todo: 'Ask the issuer of the trust set whether the role was meant.',
    },
    'INDETERMINATE:set-older': {
      say: 'Your list is older than this authority; it cannot know it.',
      todo: 'Ask the issuer of the trust set for a newer one.',
    },
    'INDETERMINATE:none-holds': {
      say: 'There are candidate paths to your list, but none of them holds; each one’s reason is listed apart.',
      todo: ROOTS,
    },
    'INDETERMINATE:anchor-interval': {
      say: 'Your list allows this anchor for another time only.',
      todo: 'Ask the issuer of the trust set why the time was limited.',
    },
    'INDETERMINATE:limit': 'There were more candidate paths than this program tries.',
  }
}
