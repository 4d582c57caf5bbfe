import {
  digestOfBytes,
  establishTimestampFacts,
  type FactsFile,
  type Judgement,
  judge,
  ParseError,
  type Report,
} from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import { demonstrationAuthority, demonstrationTrustSet, makeTimeStampToken, seededRandom } from '@probatum/seal'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { lettersOfSid, offsetOf } from '../testing/flips.ts'
import { instant, judgementOf } from '../testing/judgement.ts'

/**
 * Every bit of one good time-stamp token is flipped: whenever the token is still accepted, imprint, genTime, signer and verdict
 * are what they were, and the bit stands where the specification (section 9) says that nothing is protected.
 */
export const name = 'token-flips'

const PIECES = 4

export const pieces = (): number => PIECES

const NOW = '2026-03-14T09:12:00Z'
const VALIDATION_TIME = '2026-03-15T00:00:00Z'
const DATA = new TextEncoder().encode('an invented statement (sample)')

type NodePorts = ReturnType<typeof nodePorts>

interface Sample {
  readonly token: Uint8Array
  /** A certificate of the bag that no path needs: the anchor's own. */
  readonly spare: Uint8Array
  readonly judgement: Judgement
}

export async function runPiece(piece: number, options: PieceOptions): Promise<PieceResult> {
  const ports = nodePorts()
  try {
    const sample = await makeSample(ports)
    const verify = verifier(sample, ports)
    const good = await verify(sample.token)
    if (good.indication !== 'TOTAL-PASSED') return { cases: 1, failures: [`unchanged: ${good.indication}`] }
    const { sid, spare } = unprotectedIn(sample)
    const failures: string[] = []
    let cases = 1
    for (let bit = piece; bit < sample.token.length * 8; bit += PIECES) {
      const at = bit >> 3
      const mask = 1 << (bit & 7)
      const flipped = sample.token.with(at, (sample.token[at] ?? 0) ^ mask)
      const found = await verify(flipped)
      cases += 1
      const where = `octet ${at} 0x${mask.toString(16).padStart(2, '0')}`
      const accepted = found.indication === 'TOTAL-PASSED'
      if (accepted && found.said !== good.said) failures.push(`${where}: accepted, and says something else`)
      // What must be noticed is; and what the list excuses without need is struck from it.
      if (accepted !== sid.has(`${at} ${mask}`) && !spare(at)) failures.push(`${where}: ${found.indication}`)
      if (cases % 1000 === 0) options.progress(`${cases} cases`)
    }
    return { cases, failures }
  } finally {
    await ports.close()
  }
}

async function makeSample(ports: NodePorts): Promise<Sample> {
  const now = instant(NOW)
  const random = seededRandom('token flips')
  const authority = await demonstrationAuthority({ now, random, algorithm: 'rsa-2048' })
  const { timeStampAuthority } = authority
  const spare = authority.roots.timeStampAuthority
  const token = await makeTimeStampToken({
    imprint: { algorithm: 'sha256', digest: ports.smallDigest('sha256', DATA) },
    policy: '2.999.3161.1',
    serialNumber: Uint8Array.of(0x41, 0x07),
    genTime: now,
    accuracy: { seconds: 1, millis: 500, micros: 250 },
    nonce: Uint8Array.of(0x51, 0x02, 0x03),
    tsaName: true,
    key: timeStampAuthority.key,
    certificates: [...timeStampAuthority.certificates, spare],
    digest: 'sha256',
  })
  const judgement = judgementOf({ trustSet: demonstrationTrustSet(authority, now), at: VALIDATION_TIME })
  return { token, spare, judgement }
}

function verifier({ judgement }: Sample, ports: NodePorts) {
  const evidence = digestOfBytes(DATA, ports)
  return async (bytes: Uint8Array): Promise<{ readonly indication: string; readonly said: string }> => {
    try {
      const facts = await establishTimestampFacts({ name: 'sample', bytes }, evidence, ports)
      const { body } = await judge(facts, judgement, ports)
      return { indication: body.assessment.indication, said: statementOf(facts, body) }
    } catch (error) {
      // Bytes that do not begin as a time-stamp are refused before anything is found (exit 4).
      if (error instanceof ParseError) return { indication: 'refused', said: '' }
      throw error
    }
  }
}

/** What a reader takes from an accepted token. */
function statementOf({ facts: { token } }: FactsFile, body: Report['body']): string {
  const candidates = token?.cms?.signers.map((signer) => signer.candidates.map(({ certificate }) => certificate))
  return JSON.stringify([token?.tstInfo, candidates, body.bestSignatureTime, body.assessment, body.signatures])
}

/** The unprotected places of this token. `sid`: each bit there alters a letter's case; `spare` may alter nothing that counts. */
function unprotectedIn({ token, spare }: Sample): {
  readonly sid: ReadonlySet<string>
  readonly spare: (at: number) => boolean
} {
  const first = offsetOf(token, spare)
  return {
    sid: new Set(lettersOfSid(token).map((at) => `${at} 32`)),
    spare: (at) => at >= first && at < first + spare.length,
  }
}
