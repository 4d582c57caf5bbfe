import { fillPlaces, sayCount, sayList } from './language.ts'
import type { Answer, AnswerFacts, Counted, Messages } from './messages.ts'

/**
 * The three answers of a verdict. What is said is chosen here, once for all languages; how it is said stands in the
 * catalogue (`answers`).
 */

type Key = keyof Messages['answers']
/** Keys whose text depends on no number, and on the number of evidence files. */
type Plain = { [key in Key]: Messages['answers'][key] extends string ? key : never }[Key]

type AboutFiles = Extract<Key, `unchanged${string}`>

function speaker({ answers, rules }: Messages) {
  return {
    say: (key: Plain, values: Readonly<Record<string, string>> = {}) => fillPlaces(answers[key], values),
    count: (count: number, text: Counted, values: Readonly<Record<string, string>> = {}) =>
      sayCount(count, text, rules, values),
    list: (words: readonly string[]) => sayList(words, rules),
  }
}

/** `2 are different from what was sealed and 1 listed file is missing from this copy`. */
function differences({ tally, listSealed }: AnswerFacts, messages: Messages): string {
  const { answers } = messages
  const { count, list } = speaker(messages)
  const sealed = listSealed ? answers.sealed : answers.listed
  const part = (number: number, text: Counted) => (number === 0 ? [] : [count(number, text, { sealed })])
  return list([
    ...part(tally.different, answers.different),
    ...part(tally.missing, answers.missing),
    ...part(tally.unlisted, answers.unlisted),
    ...part(tally.renamed, answers.renamed),
    ...part(tally.copies, answers.copies),
    ...part(tally.unreadable, answers.unreadable),
  ])
}

/** What the files are the same as, by what is shown of their list. */
export function sameness(
  { listSealed, signer }: { readonly listSealed: boolean; readonly signer: string },
  { answers }: Messages,
): Counted {
  if (!listSealed) return answers.sameList
  return signer === 'PASSED' ? answers.sameSealed : answers.sameSealedList
}

export function answerUnchanged(facts: AnswerFacts, messages: Messages): Answer {
  const { bytes, completeness, signer } = facts.value
  const { tally, size } = facts
  const { answers } = messages
  const { say, count } = speaker(messages)
  const same = sayCount(tally.here, sameness({ listSealed: facts.listSealed, signer }, messages), messages.rules)
  const what = differences(facts, messages)
  const values = { files: count(tally.here, answers.files), size, same, what }
  const sentence = (key: AboutFiles) => {
    const text = answers[key]
    return typeof text === 'string' ? fillPlaces(text, values) : count(tally.here, text, values)
  }
  const answer = (word: Plain, ...texts: readonly AboutFiles[]): Answer => ({
    word: say(word),
    text: texts.map(sentence).join(' '),
    doesNotShow: answers.notTruth,
  })
  if (bytes === 'PASSED' && completeness === 'PASSED')
    return facts.listSealed
      ? answer('wordYes', 'unchangedAll')
      : answer('wordMatchList', 'unchangedAll', facts.sealed ? 'unchangedListNotSealed' : 'unchangedNobodysList')
  if (bytes === 'FAILED' || completeness === 'FAILED') {
    if (bytes === 'PASSED' && tally.unlisted === 0 && tally.missing > 0)
      return answer(
        'wordIncomplete',
        signer === 'PASSED' || facts.listSealed ? 'unchangedIncompleteSealed' : 'unchangedIncompleteListed',
      )
    if (what === '') return answer('wordNo', 'unchangedBeside')
    return facts.sealed && !facts.listSealed
      ? answer('wordNo', 'unchangedDiffers', 'unchangedListMayDiffer')
      : answer('wordNo', 'unchangedDiffers')
  }
  if (tally.here === 0) return answer('wordCannotTell', 'unchangedNone')
  if (facts.payloadMatches && facts.payloadComplete)
    return answer('wordFilesMatch', 'unchangedAll', 'unchangedBesideOpen')
  if (bytes === 'PASSED')
    return answer('wordCannotTell', what === '' ? 'unchangedAllUnknown' : 'unchangedAllUnknownWhat')
  if (what === '' && facts.payloadMatches) return answer('wordCannotTell', 'unchangedPolicyOpen')
  return answer('wordCannotTell', what === '' ? 'unchangedOpen' : 'unchangedOpenWhat')
}

/** Stands behind the first answer when something lies beside the bundle. */
export function sayOutside({ outside }: AnswerFacts, messages: Messages): string {
  const { answers } = messages
  const { count } = speaker(messages)
  const rest = outside.count - outside.names.length
  return count(outside.count, outside.archive ? answers.outsideArchive : answers.outsideFolder, {
    names: outside.names.join(messages.rules.list.separator),
    more: rest > 0 ? count(rest, answers.outsideMore) : '',
  })
}

/** Stands behind the first answer when something in the bundle was set aside: it was recognised by name and form, which anybody can write. */
export function sayLeftovers({ leftovers }: AnswerFacts, messages: Messages): string {
  const { answers } = messages
  const { count } = speaker(messages)
  const rest = leftovers.count - leftovers.names.length
  return count(leftovers.count, answers.leftovers, {
    names: leftovers.names.join(messages.rules.list.separator),
    more: rest > 0 ? count(rest, answers.outsideMore) : '',
  })
}

export function answerWho(facts: AnswerFacts, messages: Messages): Answer {
  const { answers } = messages
  const { say, list } = speaker(messages)
  const doesNotShow = answers.notRecorder
  const name = list(facts.signers)
  const set = { issuer: facts.trustSet?.issuer ?? '?', date: facts.trustSet?.date ?? '?' }
  const isReader = facts.told === 'reader'
  if (facts.sealUnread) return { word: answers.wordCannotTell, text: answers.whoUnread, doesNotShow }
  if (!facts.sealed) {
    // A signature, or a certificate as PDF, is no list of files.
    const open = facts.signature === null ? answers.notListMaker : answers.notMaker
    return { word: answers.wordNobody, text: answers.whoNoSeal, doesNotShow: open }
  }
  if (facts.value.signer === 'PASSED')
    return { word: name, text: say(isReader ? 'whoByListReader' : 'whoByList', set), doesNotShow }
  if (facts.value.signer === 'FAILED')
    return {
      word: answers.wordNotShown,
      text: facts.sealIntact ? answers.whoContradicted : answers.whoOtherList,
      doesNotShow,
    }
  const claims = name === '' ? answers.whoClaimsNobody : say('whoClaims', { name })
  if (!facts.sealIntact) return { word: answers.wordCannotTell, text: say('whoNotJudged', { claims }), doesNotShow }
  const why =
    facts.trustSet !== null ? say('whoNotOnList', set) : isReader ? answers.whoNoTrustSetReader : answers.whoNoTrustSet
  return { word: answers.wordCannotTell, text: say('whoIntact', { claims, why }), doesNotShow }
}

export function answerSince(facts: AnswerFacts, messages: Messages): Answer {
  const { answers } = messages
  const { say, list } = speaker(messages)
  const doesNotShow = answers.notWhenRecorded
  const by = list(facts.authorities)
  const time = facts.bestSignatureTime
  const noSet = facts.trustSet === null
  if (facts.value.time === 'PASSED' && time !== null) {
    // The time is that of the seal. It says nothing of files that the seal is not shown to be over.
    if (facts.token === null && !facts.listSealed)
      return { word: answers.wordNotShown, text: say('sinceNotOverFiles', { time, by }), doesNotShow }
    const differs = facts.value.bytes === 'FAILED' || facts.value.completeness === 'FAILED'
    return {
      word: say('wordNoLater', { time }),
      text: say(differs ? 'sinceConfirmedDiffers' : 'sinceConfirmed', { by }),
      doesNotShow,
    }
  }
  if (facts.token !== null) {
    const { genTime } = facts.token
    const key =
      genTime === null
        ? noSet
          ? 'sinceStatesNothingNoTrustSet'
          : 'sinceStatesNothing'
        : noSet
          ? 'sinceStatesNoTrustSet'
          : 'sinceStates'
    const word = facts.value.time === 'FAILED' ? answers.wordNotShown : answers.wordCannotTell
    return { word, text: say(key, { time: genTime ?? '', by }), doesNotShow }
  }
  const claim = facts.claimedTime === null ? '' : ` ${say('sinceClaim', { time: facts.claimedTime })}`
  if (facts.authorities.length === 0 && facts.sealUnread)
    return { word: answers.wordCannotTell, text: `${answers.whoUnread}${claim}`, doesNotShow }
  if (facts.authorities.length === 0)
    return { word: answers.wordNotShown, text: `${answers.sinceNone}${claim}`, doesNotShow }
  if (facts.value.time === 'FAILED')
    return { word: answers.wordNotShown, text: `${answers.sinceContradicted}${claim}`, doesNotShow }
  const names = say(
    !noSet ? 'sinceNames' : facts.told === 'reader' ? 'sinceNamesNoTrustSetReader' : 'sinceNamesNoTrustSet',
    { by },
  )
  return { word: answers.wordCannotTell, text: `${names}${claim}`, doesNotShow }
}

type Over = 'PASSED' | 'FAILED' | 'INDETERMINATE' | undefined

function answerOver(over: Over, [yes, no, open]: readonly [Plain, Plain, Plain], messages: Messages): Answer {
  const { answers } = messages
  const [word, text] =
    over === 'PASSED'
      ? (['wordYes', yes] as const)
      : over === 'FAILED'
        ? (['wordNo', no] as const)
        : (['wordCannotTell', open] as const)
  return { word: answers[word], text: answers[text], doesNotShow: answers.notTruth }
}

export function answerToken(facts: AnswerFacts, messages: Messages): Answer {
  return answerOver(facts.token?.imprint, ['tokenYes', 'tokenNo', 'tokenOpen'], messages)
}

export function answerSignature(facts: AnswerFacts, messages: Messages): Answer {
  return answerOver(facts.signature?.over, ['signatureYes', 'signatureNo', 'signatureOpen'], messages)
}

export function answerCertificate(facts: AnswerFacts, messages: Messages): Answer {
  const { answers } = messages
  const { say } = speaker(messages)
  const { name, value, time } = facts.certificate ?? { name: '', value: 'INDETERMINATE', time: '' }
  const values = { name, time, issuer: facts.trustSet?.issuer ?? '?', date: facts.trustSet?.date ?? '?' }
  const [word, text]: readonly [Plain, Plain] =
    value === 'PASSED'
      ? ['wordYes', 'certificateYes']
      : value === 'FAILED'
        ? ['wordNo', 'certificateNo']
        : ['wordCannotTell', facts.trustSet === null ? 'certificateOpenNoTrustSet' : 'certificateOpen']
  return { word: say(word), text: say(text, values), doesNotShow: answers.notKeyUse }
}
