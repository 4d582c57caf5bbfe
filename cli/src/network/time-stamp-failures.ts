import type { MissingTimeStamp, TimeStampError, TimeStampErrorReason, TimeStampNote } from '@probatum/seal'
import { escapeForDisplay, quoteForShell } from '@probatum/words'
import { InputError } from '../errors.ts'
import { PROGRAM } from '../program.ts'

const ADDRESS = 'Check the address, the network and the authority, or name another one.'
const TELL = 'Do not use this answer. Tell the authority what is said here, or name another one.'

/** What each reason means, and what to do. */
const WORDS: Readonly<Record<TimeStampErrorReason, readonly [say: string, todo: string]>> = {
  network: ['It cannot be reached, or the connection broke off.', ADDRESS],
  tls: [
    'It did not show a certificate for this address that this computer believes.',
    'Check the address and this computer’s clock; a network that opens encrypted connections does this too.',
  ],
  'connect-timeout': ['No connection came about in time.', ADDRESS],
  timeout: [
    'No whole answer came in time.',
    'Try again later, give it more time with --tsa-timeout, or name another one.',
  ],
  redirect: [
    'It sends us to another address, which is not followed: another address is another authority.',
    'Ask the authority for its address, and name that one.',
  ],
  'http-status': [
    'The server answered with an error.',
    'Check the address; 401 and 403 ask for --tsa-login. Else try again later.',
  ],
  'content-type': ['What came is no time-stamp: the server sent another kind of content.', ADDRESS],
  'too-large': ['What came is too large for a time-stamp.', ADDRESS],
  unreadable: ['What came cannot be read as an RFC 3161 response.', TELL],
  refused: ['It refused the request.', 'The words in brackets are its own: check the policy and digest asked for.'],
  'no-token': ['It says that it granted the request, and sent no time-stamp.', TELL],
  'other-imprint': ['The time-stamp is over something else.', TELL],
  'other-nonce': ['The time-stamp answers another request: it may be an old one.', TELL],
  'other-policy': [
    'The time-stamp was made under another policy than was asked for.',
    'Ask for a policy that the authority has.',
  ],
  'other-time': [
    'Its time and this computer’s clock are too far apart, or its accuracy is too coarse.',
    'Set this computer’s clock. If that is right, the authority’s is wrong: name another one.',
  ],
  'other-authority': [
    'Another certificate signed than the one that the bundle names.',
    'Ask the authority which certificates it uses, and seal again.',
  ],
  signers: ['The time-stamp does not have exactly one signer.', TELL],
  'no-certificate': ['The certificate that signed is not in the answer, which asked for it.', TELL],
  extension: ['The time-stamp has a critical extension that is not understood.', TELL],
  algorithm: ['The time-stamp uses an algorithm that does not count any more, or is not supported.', TELL],
  'signed-attributes': ['The signed attributes of the time-stamp do not hold.', TELL],
  signature: ['The signature of the time-stamp does not hold.', TELL],
  'tsa-name': ['The time-stamp names another authority than the one that signed.', TELL],
  'extended-key-usage': ['The certificate that signed is not for time-stamping, critically and alone.', TELL],
  'key-usage': ['The certificate that signed may not sign time-stamps.', TELL],
  validity: ['The certificate that signed had expired, or was not valid yet.', TELL],
  contradiction: ['The time-stamp contradicts itself.', TELL],
}

/** An authority's failure: what, where, why, and what to do. `outcome`: what was not done, as a sentence. */
export function timeStampFailed(error: TimeStampError, outcome: string): InputError {
  const [say, todo] = WORDS[error.reason]
  const more = error.problems.slice(1).map(({ reason, detail }) => `\n  also ${reason}: ${escapeForDisplay(detail)}`)
  return new InputError(
    `A time-stamp authority gave no usable time-stamp (${error.reason}: ${escapeForDisplay(error.detail)}). ${say} ${outcome}${more.join('')}`,
    todo,
    { cause: error },
  )
}

/** One line about what was not taken. */
export function sayProblem(error: TimeStampError): string {
  return `${WORDS[error.reason][0]} (${error.reason}: ${escapeForDisplay(error.detail)})`
}

/** What is told while authorities are asked. */
export function sayNote(label: string, note: TimeStampNote): string {
  switch (note.kind) {
    case 'not-encrypted':
      return `${label} is asked over http, not https. Nobody on the way can change the answer unnoticed, because it is signed and answers this request alone; but they can see when you seal, and keep the answer back.`
    case 'retry':
      return `${label}: ${sayProblem(note.error)} It is asked again in ${Math.ceil(note.waitMilliseconds / 1000)} s.`
    case 'granted-with-mods':
      return `${label} granted the request with modifications (grantedWithMods). The answer has everything that was asked for and was taken.`
  }
}

/** What a bundle has room for and does not have yet, and how it gets there. */
export function sayMissing(missing: readonly MissingTimeStamp[], bundle: string): string[] {
  if (missing.length === 0) return []
  return [
    ...missing.map(
      ({ file, label, error }) =>
        `No time-stamp  ${label}  ${file}${error === null ? ': it is to be asked later' : `: ${sayProblem(error)}`}`,
    ),
    `It can be added: ${PROGRAM} timestamp request ${quoteForShell(bundle)} -o …, then timestamp attach. A ZIP is made after that.`,
  ]
}
