import type { ChallengeEntry } from '../messages.ts'

/** What may be asked of evidence that was checked so, in the order in which it is printed. The answers hold for any bundle. */
export const CHALLENGE_KEYS = [
  'altered',
  'listAltered',
  'otherKey',
  'backdated',
  'before',
  'sameDigest',
  'program',
  'leftOut',
  'logRewritten',
  'chosenKeys',
  'otherMaker',
] as const

export const CHALLENGES: Readonly<Record<(typeof CHALLENGE_KEYS)[number], ChallengeEntry>> = {
  altered: {
    ask: 'Could the files have been altered after they were sealed?',
    answer:
      'If one bit of a file is another one, so is its digest. Each digest was computed anew from the bytes that are here and compared with the sealed list.',
  },
  listAltered: {
    ask: 'Could somebody have altered a file and the list with it?',
    answer:
      'Then the list is not the one that the seal is over, and the check of the seal fails. Without a seal that holds, nothing rules it out.',
  },
  otherKey: {
    ask: 'Could somebody else have made the seal?',
    answer:
      'Only with the same key. Whose key it is rests on the list of keys, and on the key having been in its owner’s hands alone.',
  },
  backdated: {
    ask: 'Could the seal have been dated back?',
    answer:
      'The time that the signer states can be any time. A proved time is that of an authority which had seen the digest; it rests on the authority’s clock and key.',
  },
  before: {
    ask: 'Could a file have been altered before it was sealed?',
    answer:
      'Yes. Nothing here shows what happened before the proved time. The custody log tells about it, and is a statement of those who kept it.',
  },
  sameDigest: {
    ask: 'Could two different files have the same digest?',
    answer:
      'For SHA-256 nobody is known to have found two. Which methods counted, and which were not relied on, is stated.',
  },
  program: {
    ask: 'Could the program be wrong?',
    answer:
      'The steps with other tools check digests, seal and time-stamps without it. Its source is open, and a second expert can run it again.',
  },
  leftOut: {
    ask: 'Could something be missing that would change the picture?',
    answer:
      'What is withheld, and how many items the log has, is stated. What never came into the log cannot be known from it.',
  },
  logRewritten: {
    ask: 'Could the custody log have been written anew?',
    answer:
      'Each entry holds the digest of the one before, and the log’s key signed a state of it. Whoever has that key could write another log; two bundles of one log show whether both tell the same.',
  },
  chosenKeys: {
    ask: 'Could the result come from the choice of keys and policy?',
    answer:
      'Whoever ran the program chose both, and both are named here with their digests. Another person can judge the same facts under his own.',
  },
  otherMaker: {
    ask: 'Could somebody else have made this document?',
    answer:
      'Anybody can make a paper that looks like it. The program makes its pages again from what they carry, and with the bundle at hand compares that too. A signature under it says who answers for it.',
  },
}
