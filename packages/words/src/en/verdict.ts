import type { AnswerFacts, VerdictWords } from '../messages.ts'

function files(facts: AnswerFacts, count: number): string {
  return `${facts.number(count)} evidence ${count === 1 ? 'file' : 'files'}`
}

function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** `2 are different from what was sealed, 1 is missing from this copy`. */
function differences({ tally, number, listSealed: isSealed }: AnswerFacts): string {
  const sealed = isSealed ? 'what was sealed' : 'what is listed'
  const say = (count: number, one: string, many: string) =>
    count === 0 ? [] : [`${number(count)} ${count === 1 ? one : many}`]
  return list([
    ...say(tally.different, `is different from ${sealed}`, `are different from ${sealed}`),
    ...say(tally.missing, 'listed file is missing from this copy', 'listed files are missing from this copy'),
    ...say(tally.unlisted, `was not part of ${sealed}`, `were not part of ${sealed}`),
    ...say(tally.unreadable, 'could not be read', 'could not be read'),
  ])
}

const NOT_TRUTH = 'that what the files show is true, complete, lawfully obtained or correctly described'
const NOT_RECORDER = 'who recorded what is in the files, only whose key sealed the list of them'
const NOT_WHEN_RECORDED = 'when the content was recorded, only since when these bytes exist'

export const VERDICT_WORDS: VerdictWords = {
  headlines: {
    match: 'Everything matches.',
    'match-list': 'The files match their list.',
    mismatch: 'Something does not match.',
    who: 'The files match, but we cannot tell who sealed them.',
    when: 'The files match, but we cannot tell since when they exist.',
    'who-and-when': 'The files match, but we cannot tell who sealed them, nor since when they exist.',
    'match-but-open': 'The files match, but not everything that the policy asks for could be decided.',
    undecided: 'We cannot tell whether everything matches.',
    'token-holds': 'The time-stamp holds for this file.',
    'token-contradicted': 'The time-stamp does not hold for this file.',
    'token-undecided': 'We cannot tell whether the time-stamp holds for this file.',
    'signature-holds': 'The signature holds for this file.',
    'signature-contradicted': 'The signature does not hold for this file.',
    'signature-who': 'The signature is over this file, but we cannot tell who made it.',
    'signature-when': 'The signature is over this file, but we cannot tell since when it exists.',
    'signature-who-and-when':
      'The signature is over this file, but we cannot tell who made it, nor since when it exists.',
    'certificate-holds': 'The certificate counts, by the list that you chose.',
    'certificate-contradicted': 'The certificate did not count at that time.',
    'certificate-undecided': 'We cannot tell whether the certificate counts.',
    'signature-undecided': 'We cannot tell whether the signature holds for this file.',
  },
  questions: {
    unchanged: 'Unchanged?',
    who: 'Who sealed it?',
    since: 'Since when does it exist?',
    token: 'Over this very file?',
    signer: 'Who signed it?',
    certificate: 'Does it count, by your list, at that time?',
  },
  unchanged: (facts) => {
    const { bytes, completeness } = facts.value
    const { tally } = facts
    const doesNotShow = NOT_TRUTH
    const same =
      facts.value.signer === 'PASSED' && facts.listSealed
        ? 'byte for byte the same as when they were sealed'
        : facts.listSealed
          ? 'byte for byte what the sealed list says'
          : 'byte for byte what their list says'
    if (bytes === 'PASSED' && completeness === 'PASSED' && !facts.listSealed)
      return {
        word: 'They match their list',
        text: `All ${files(facts, tally.here)}, ${facts.size}, are ${same}; none is missing, none was added. ${facts.sealed ? 'But the list is not shown to be the one that was sealed.' : 'Nothing shows who made the list, or when.'}`,
        doesNotShow,
      }
    if (bytes === 'PASSED' && completeness === 'PASSED')
      return {
        word: 'Yes',
        text: `All ${files(facts, tally.here)}, ${facts.size}, are ${same}; none is missing, none was added.`,
        doesNotShow,
      }
    if (bytes === 'FAILED' || completeness === 'FAILED') {
      const what = differences(facts)
      if (bytes === 'PASSED' && tally.unlisted === 0 && tally.missing > 0)
        return {
          word: 'Incomplete',
          text: `All ${files(facts, tally.here)} here ${facts.value.signer === 'PASSED' || facts.listSealed ? 'are unchanged' : 'match their list'}; ${what}.`,
          doesNotShow,
        }
      const text =
        what === ''
          ? 'What stands beside the evidence files contradicts the list; see below.'
          : `Of the ${files(facts, tally.here)} here, ${what}.${facts.sealed && !facts.listSealed ? ' The list of the evidence files is not shown to be the one that was sealed, so the list may be what differs.' : ''}`
      return { word: 'No', text, doesNotShow }
    }
    const what = differences(facts)
    if (tally.here === 0)
      return {
        word: 'Cannot tell',
        text: 'There is not one evidence file here that could have been compared.',
        doesNotShow,
      }
    if (facts.payloadMatches && facts.payloadComplete)
      return {
        word: 'The evidence files match',
        text: `All ${files(facts, tally.here)}, ${facts.size}, are ${same}; none is missing, none was added. Something beside them could not be decided; see below.`,
        doesNotShow,
      }
    if (bytes === 'PASSED')
      return {
        word: 'Cannot tell',
        text: `All ${files(facts, tally.here)} here match, but whether they are all could not be decided${what === '' ? '' : `: ${what}`}.`,
        doesNotShow,
      }
    if (what === '' && facts.payloadMatches)
      return {
        word: 'Cannot tell',
        text: `All ${files(facts, tally.here)} here, ${facts.size}, are ${same}, but not everything that the policy asks for could be compared; see below.`,
        doesNotShow,
      }
    return {
      word: 'Cannot tell',
      text:
        what === ''
          ? 'Not everything could be compared; see below.'
          : `Of ${files(facts, tally.here)}, ${what}; see below.`,
      doesNotShow,
    }
  },
  outside: ({ outside, number }) => {
    const [these, are, no] =
      outside.count === 1
        ? (['1 file', 'lies', 'is'] as const)
        : ([`${number(outside.count)} files`, 'lie', 'are'] as const)
    const rest = outside.count - outside.names.length
    const named = `${outside.names.join(', ')}${rest > 0 ? ` and ${number(rest)} more` : ''}`
    return `${these} ${are} beside the bundle in this ${outside.archive ? 'archive' : 'folder'} and ${no} no part of it: ${named}.`
  },
  who: (facts) => {
    const doesNotShow = NOT_RECORDER
    const name = list(facts.signers)
    if (facts.sealUnread)
      return { word: 'Cannot tell', text: 'There is a seal, and it could not be read; see below.', doesNotShow }
    if (!facts.sealed)
      return {
        word: 'Nobody is shown',
        text: 'There is no seal.',
        doesNotShow: 'who made the list that the files were compared with',
      }
    switch (facts.value.signer) {
      case 'PASSED':
        return {
          word: name,
          text: `By your list (${facts.trustSet?.issuer ?? '?'}, ${facts.trustSet?.date ?? '?'}), the seal was made with this name’s key.`,
          doesNotShow,
        }
      case 'FAILED':
        return {
          word: 'Not shown',
          text: facts.sealIntact
            ? 'The seal contradicts what the bundle or the list says about its signer; see below.'
            : 'The seal does not belong to this list of files.',
          doesNotShow,
        }
      default: {
        const claims = name === '' ? 'It names nobody that could be read.' : `It says: ${name}.`
        if (!facts.sealIntact)
          return { word: 'Cannot tell', text: `The seal could not be judged. ${claims}`, doesNotShow }
        const why =
          facts.trustSet === null
            ? 'You chose no list of keys that you believe (--trust-set), so nothing says whose key it is.'
            : `Its maker is not shown by the list of ${facts.trustSet.issuer} of ${facts.trustSet.date}; see below.`
        return { word: 'Cannot tell', text: `The seal is intact. ${claims} ${why}`, doesNotShow }
      }
    }
  },
  since: (facts) => {
    const doesNotShow = NOT_WHEN_RECORDED
    const claim = facts.claimedTime === null ? '' : ` The sealer says ${facts.claimedTime}.`
    if (facts.value.time === 'PASSED' && facts.bestSignatureTime !== null) {
      const by = list(facts.authorities)
      // The time is that of the seal. It says nothing of files that the seal is not shown to be over.
      if (facts.token === null && !facts.listSealed)
        return {
          word: 'Not shown',
          text: `The seal existed no later than ${facts.bestSignatureTime}, as ${by} confirms; but it is not shown to be over these files.`,
          doesNotShow,
        }
      const differs = facts.value.bytes === 'FAILED' || facts.value.completeness === 'FAILED'
      return {
        word: `No later than ${facts.bestSignatureTime}`,
        text: `Confirmed by ${by}${differs ? ', of what was sealed. Nothing shows since when what differs from it exists' : ''}.`,
        doesNotShow,
      }
    }
    if (facts.token !== null) {
      const states =
        facts.token.genTime === null ? 'It states no time that could be read' : `It states ${facts.token.genTime}`
      const word = facts.value.time === 'FAILED' ? 'Not shown' : 'Cannot tell'
      const why = facts.trustSet === null ? '. You chose no list of authorities that you believe (--trust-set)' : ''
      return { word, text: `${states}, in the name of ${list(facts.authorities)}${why}; see below.`, doesNotShow }
    }
    if (facts.authorities.length === 0)
      return { word: 'Not shown', text: `There is no time-stamp of an authority.${claim}`, doesNotShow }
    if (facts.value.time === 'FAILED')
      return { word: 'Not shown', text: `A time-stamp is contradicted; see below.${claim}`, doesNotShow }
    const why = facts.trustSet === null ? ', and you chose no list of authorities that you believe (--trust-set)' : ''
    return {
      word: 'Cannot tell',
      text: `There are time-stamps that name ${list(facts.authorities)}${why}; see below.${claim}`,
      doesNotShow,
    }
  },
  token: (facts) => {
    const doesNotShow = NOT_TRUTH
    switch (facts.token?.imprint) {
      case 'PASSED':
        return { word: 'Yes', text: 'The time-stamp is over exactly the bytes of this file.', doesNotShow }
      case 'FAILED':
        return { word: 'No', text: 'The time-stamp is over other bytes than those of this file.', doesNotShow }
      default:
        return {
          word: 'Cannot tell',
          text: 'What the time-stamp is over could not be compared; see below.',
          doesNotShow,
        }
    }
  },
  signature: (facts) => {
    const doesNotShow = NOT_TRUTH
    switch (facts.signature?.over) {
      case 'PASSED':
        return { word: 'Yes', text: 'The signature is over exactly the bytes of this file.', doesNotShow }
      case 'FAILED':
        return { word: 'No', text: 'The signature is not over the bytes of this file; see below.', doesNotShow }
      default:
        return {
          word: 'Cannot tell',
          text: 'What the signature is over could not be compared; see below.',
          doesNotShow,
        }
    }
  },
  certificate: (facts) => {
    const { name, value, time } = facts.certificate ?? { name: '', value: 'INDETERMINATE', time: '' }
    const doesNotShow = 'who used its key, or for what'
    const by = facts.trustSet === null ? '' : `the list of ${facts.trustSet.issuer} of ${facts.trustSet.date}`
    switch (value) {
      case 'PASSED':
        return { word: 'Yes', text: `${name} leads to ${by}, as of ${time}.`, doesNotShow }
      case 'FAILED':
        return { word: 'No', text: `Something about ${name} contradicts it, as of ${time}; see below.`, doesNotShow }
      default:
        return {
          word: 'Cannot tell',
          text: `${name}, as of ${time}${facts.trustSet === null ? ': you chose no list of keys that you believe (--trust-set)' : ''}; see below.`,
          doesNotShow,
        }
    }
  },
  doesNotMean:
    'This is about files. It does not mean that what they show is true, complete, lawfully obtained or correctly described, nor who recorded it.',
  more: 'Every check stands under --details, and in the JSON of --save.',
  next: {
    match: 'Keep this report with what it is about.',
    mismatch:
      'Do not edit or re-save anything. Ask the sender for a fresh copy, and have a second person check both with the commands of `probatum steps`.',
    open: 'Keep everything as it is. What is missing, and who could supply it, stands above with each open question.',
  },
  sample: 'SAMPLE: invented data under a demonstration authority. It says nothing about anybody.',
}
