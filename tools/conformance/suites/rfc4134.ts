import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { digestOfBytes, establishCms } from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { parseCertificate } from '../../../packages/core/src/pki/certificate-parse.ts'
import type { CmsFacts, SignerFacts } from '../../../packages/core/src/pki/facts.ts'
import { instant } from '../../testing/judgement.ts'
import { conformancePolicy, judgePath } from '../judge-path.ts'
import type { CaseResult, Suite } from '../suite.ts'

/** Messages of RFC 4134 §4 are signed; the others are ContentInfo of other kinds, and have to be refused as that. */
const SIGNED = /^4\./
const TIME = instant('2002-11-01T00:00:00Z')
const ANCHORS = ['CarlRSASelf.cer', 'CarlDSSSelf.cer']

export const suites: readonly Suite[] = [{ name: 'rfc4134', run: judgeAll }]

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const policy = conformancePolicy('rfc4134')

async function judgeAll(data: string): Promise<CaseResult[]> {
  const folder = join(data, 'cms', 'rfc4134')
  const read = (file: string) => new Uint8Array(readFileSync(join(folder, file)))
  const files = readdirSync(folder).sort()
  const certificates = files.filter((file) => file.endsWith('.cer')).map(read)
  const anchors = ANCHORS.map(read)
  const content = read('ExContent.bin')
  const results: CaseResult[] = []
  for (const file of files.filter((name) => /^[3-7]\.\d+\.(?:bin|eml)$/.test(name))) {
    const message = file.endsWith('.eml') ? messageOf(read(file), content) : { bytes: read(file), content }
    const expected = SIGNED.test(file) ? 'valid' : 'invalid'
    results.push({ id: file, expected, ...(await judge(message, certificates, anchors)) })
  }
  return results
}

interface Message {
  readonly bytes: Uint8Array
  readonly content: Uint8Array
}

/**
 * RFC 5652 alone: the messages are older than the attribute that binds a signer's certificate (RFC 2634, RFC 5035), and
 * most have no signed attributes, which a seal must have.
 */
async function judge(
  { bytes, content }: Message,
  certificates: readonly Uint8Array[],
  anchors: readonly Uint8Array[],
): Promise<Pick<CaseResult, 'got' | 'detail'>> {
  const pool = certificates.map((der) => parseCertificate(der))
  const { failure, cms } = await establishCms(bytes, digestOfBytes(content, ports), pool, ports, content)
  if (failure !== null) return { got: 'FAILED', detail: `${failure.code} ${failure.where}` }
  if (cms.eContent === 'differs') return { got: 'FAILED', detail: 'eContent differs' }
  if (cms.signers.length === 0) return { got: 'INDETERMINATE', detail: 'no signer' }
  const answers = await Promise.all(cms.signers.map((signer) => judgeSigner(signer, cms)))
  const worst = ['FAILED', 'INDETERMINATE', 'PASSED'] as const
  const got = worst.find((value) => answers.some((answer) => answer.got === value)) ?? 'INDETERMINATE'
  return { got, detail: answers.map(({ detail }) => detail).join(', ') }

  async function judgeSigner(signer: SignerFacts, facts: CmsFacts): Promise<Pick<CaseResult, 'got' | 'detail'>> {
    const said = (got: CaseResult['got'], detail: string) => ({ got, detail: `${signer.at} ${detail}` })
    if (facts.version !== facts.expectedVersion) return said('FAILED', 'version')
    if (signer.signedAttrs === 'not-der' || signer.irregularAttributes.length > 0) return said('FAILED', 'signedAttrs')
    if (signer.signedAttrs === 'der') {
      if (signer.contentType !== facts.eContentType) return said('FAILED', 'content-type')
      if (signer.messageDigest !== signer.contentDigest) return said('FAILED', 'message-digest')
    }
    const holding = signer.candidates.find(({ signature }) => signature === 'valid')
    if (holding === undefined) {
      const isWrong =
        signer.candidates.length > 0 && signer.candidates.every(({ signature }) => signature === 'invalid')
      return said(isWrong ? 'FAILED' : 'INDETERMINATE', signer.candidates.map((one) => one.unsupported).join(' '))
    }
    const target = pool.find(({ sha256 }) => sha256 === holding.certificate)
    if (target === undefined) return said('INDETERMINATE', 'certificate')
    const question = { intermediates: certificates, anchors, role: 'signer', time: TIME, policy } as const
    const { got, detail } = await judgePath({ ...question, target: target.der })
    return said(got, detail)
  }
}

/**
 * The structure in base64, which stands last; a first part in clear is what it is over (RFC 8551 §3.5.3). Here what is
 * signed is a MIME entity, whose headers are empty.
 */
function messageOf(mail: Uint8Array, content: Uint8Array): Message {
  const text = Buffer.from(mail).toString('latin1').replace(/\r?\n/g, '\r\n')
  const base64 = text.slice(text.lastIndexOf('\r\n\r\nMI') + 4).replace(/\r\n--[\s\S]*$/, '')
  const boundary = /boundary="([^"]*)"/.exec(text)?.[1]
  const part = boundary === undefined ? undefined : text.split(`\r\n--${boundary}\r\n`)[1]
  return {
    bytes: new Uint8Array(Buffer.from(base64, 'base64')),
    content: part === undefined ? new Uint8Array([13, 10, ...content]) : new Uint8Array(Buffer.from(part, 'latin1')),
  }
}
