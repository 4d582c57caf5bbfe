import { equalBytes, SHIPPED_POLICIES, serializePolicy } from '@probatum/core'
import { quoteForShell } from '../quote.ts'
import { type CommandNames, commandOf } from '../report-command.ts'
import { cmsCommand, signatureSteps, sumsCommand, tsCommand } from '../stock-commands.ts'
import type { Context } from './context.ts'
import { certificateOf, crlOf } from './signatures.ts'
import { code, type Writer } from './writer.ts'

/** What OpenSSL 3 prints; both commands end with the status 0. */
const CMS_HOLDS = 'CAdES Verification successful'
const TS_HOLDS = 'Verification: OK'

/** The prefix of the certificate id; docs/spec/certificate-1-draft.md, section 3. */
export const CERTIFICATE_ID_PREFIX = 'probatum/certificate/1-draft\n'

/** The commands that give the same result again, and what they must print. */
export function writeReproduction(writer: Writer, context: Context): void {
  const { report, facts, certificateId } = context
  writer.heading(1, 'headingReproduction')
  writer.say('reproduceTool')
  writer.commands([commandOf(report, certificateId === null ? undefined : attachedNames(context))])
  writer.say('reproduceToolGet')
  writer.say('reproduceStock')
  writeSums(writer, context)
  writeSeal(writer, context)
  const { bundleId } = report.body.subject
  if (bundleId !== null) {
    writer.commands(['sha256sum tagmanifest-sha256.txt'])
    writer.say('reproduceExpected', { output: code(`${bundleId}  tagmanifest-sha256.txt`) })
  }
  for (const { file, sha256 } of report.body.subject.sealIds) {
    writer.commands([`sha256sum ${quoteForShell(file)}`])
    writer.say('reproduceExpected', { output: code(`${sha256}  ${file}`) })
  }
  writeRevocation(writer, context)
  const example = facts.bag?.manifests[0]?.path ?? 'FILE'
  writer.say('reproduceOther')
  writer.commands([
    `shasum -a 256 ${quoteForShell(example)}`,
    `certutil -hashfile ${quoteForShell(example)} SHA256`,
    `Get-FileHash -Algorithm SHA256 ${quoteForShell(example)}`,
  ])
  if (certificateId === null) return
  writer.say('reproduceCheck')
  writer.commands(['probatum certificate check certificate.pdf'])
  writer.say('reproduceCertificate')
  writer.commands([
    'pdfdetach -saveall -o . certificate.pdf',
    `{ printf '${CERTIFICATE_ID_PREFIX.replace('\n', '\\n')}'; cat certificate.json; } | sha256sum`,
  ])
  writer.say('reproduceExpected', { output: code(`${certificateId}  -`) })
  writer.say('reproduceReport')
  writer.say('reproduceSignature')
  writer.commands(['pdfsig certificate.pdf'])
}

/** The attached files under their names, where the program does not have them itself. */
function attachedNames({ report, policy, trustSet }: Context): CommandNames {
  const shipped = SHIPPED_POLICIES.find(({ id }) => id === policy.id)
  const isShipped = shipped !== undefined && equalBytes(serializePolicy(shipped), serializePolicy(policy))
  return {
    input: report.envelope.container.name,
    policy: isShipped ? policy.id : './policy.json',
    trustSet: trustSet === null ? null : 'trust-set.json',
  }
}

/** One command for each list; a list that something differs from prints it. */
function writeSums(writer: Writer, { facts }: Context): void {
  for (const manifest of facts.bag?.manifests ?? []) {
    const command = sumsCommand(manifest.path, manifest.algorithm)
    if (command === null || manifest.state !== 'read') continue
    writer.commands([command])
    const absent = manifest.kind === 'payload' ? facts.bag?.missing.payload : facts.bag?.missing.tag
    const isAbsent = absent?.first.some(({ manifests }) => manifests.includes(manifest.path)) === true
    if (isAbsent || (manifest.unmatched.by.mismatch ?? 0) > 0) writer.say('reproduceDiffers')
    // Of lists in another form, or where something could not be read, a stock tool may say otherwise.
    else if (manifest.nativeForm && manifest.unmatched.count === 0 && (absent?.count ?? 0) === 0)
      writer.say('reproduceQuiet')
  }
}

/** The seal and its time-stamps; what is expected is said only of what passed here. */
function writeSeal(writer: Writer, { report }: Context): void {
  const passed = (axis: 'signer' | 'time') => report.body.assessment.axes[axis].value === 'PASSED'
  for (const signature of signatureSteps(report)) {
    writer.commands([cmsCommand(signature, quoteForShell, 'signer-roots.pem', '/dev/null')])
    // OpenSSL before 3.5 knows no ML-DSA.
    if (passed('signer') && !signature.file.endsWith('.mldsa.p7s'))
      writer.say('reproduceExpected', { output: code(CMS_HOLDS) })
    for (const token of signature.tokens) {
      writer.commands([tsCommand(token, signature.file, quoteForShell, 'tsa-roots.pem')])
      if (passed('time')) writer.say('reproduceExpected', { output: code(TS_HOLDS) })
    }
  }
}

/** Withdrawal by a CRL of the bundle, with OpenSSL: the certificate that the signature holds under, as of the list's own time. */
function writeRevocation(writer: Writer, context: Context): void {
  const { report, facts } = context
  const pool = new Map(facts.certificates.map(({ sha256, der }) => [sha256, der]))
  for (const step of signatureSteps(report)) {
    const signer = report.body.signatures.find(({ file }) => file === step.file)?.signer
    const certificate = signer == null ? null : certificateOf(pool, signer.sha256)
    const list = certificate === null ? null : listOf(facts, certificate.issuer.text)
    if (list === null) continue
    writer.say('reproduceRevocation')
    const seen = `-in ${quoteForShell(step.file)} -content ${quoteForShell(step.covers)}`
    writer.commands([
      `openssl cms -verify -noverify -binary -inform DER ${seen} -signer signer.pem -certsout chain.pem -out /dev/null`,
      `openssl verify -CAfile signer-roots.pem -no-CApath -no-CAstore -untrusted chain.pem -CRLfile ${quoteForShell(list.source)} -crl_check -purpose any -attime ${list.thisUpdate} signer.pem`,
    ])
    const isGood = report.body.findings.some(
      ({ id, value, subject }) => id === 'signer.revocation' && value === 'PASSED' && subject.name === step.file,
    )
    if (isGood) writer.say('reproduceExpected', { output: code('signer.pem: OK') })
  }
}

/** The list of a file of the bundle that the signer's issuer made, the newest; null where there is none. */
function listOf({ revocation }: Context['facts'], issuer: string): { source: string; thisUpdate: number } | null {
  const lists = revocation.crls.flatMap(({ sha256, der, source }) => {
    const crl = source.startsWith('seal/') && source.endsWith('.crl') ? crlOf(der) : null
    if (crl === null || crl.sha256 !== sha256 || crl.issuer.text !== issuer) return []
    return [{ source, thisUpdate: crl.thisUpdate.epochSeconds }]
  })
  return lists.sort((a, b) => b.thisUpdate - a.thisUpdate)[0] ?? null
}
