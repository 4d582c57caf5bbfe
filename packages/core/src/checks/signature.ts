import type { Evidence, Exception, Finding } from '../model/finding.ts'
import type { SignatureFileFacts } from '../pki/facts.ts'
import { answer, type Declaration, type ExaminedSigner, type SignedObject } from './signature-object.ts'

/** Signature files lie here; bundle.json names them without it. */
export const SEAL_FOLDER = 'seal/1/'

/**
 * Whether the signature files are here that the bundle says it has. `record` is null for a bag that is no bundle of
 * ours: it promises none, so none is NOT-CHECKED.
 */
export function checkSignaturePresent(signatures: readonly SignatureFileFacts[], record: Declaration | null): Finding {
  const id = 'signature.present'
  const subject = { kind: record === null ? 'bag' : 'bundle', name: '' } as const
  const here = new Set(signatures.map(({ path }) => path))
  const declared = (record?.record?.seal ?? []).map(({ file }) => `${SEAL_FOLDER}${file}`)
  const absent = declared.filter((path) => !here.has(path)).sort()
  const found: Evidence = { name: 'signatureFiles', found: `${signatures.length}` }
  if (absent.length > 0) {
    // A file that is there under its name and has no facts could not be read; payload.readable says why.
    const present = new Set(sealFilesHere(record))
    const exceptions = absent.map((path): Exception => {
      return { path, value: 'INDETERMINATE', reason: present.has(path) ? 'unreadable' : 'missing' }
    })
    const evidence = [
      found,
      ...absent.map((path): Evidence => {
        const place: Evidence = { name: 'signatureFile', expected: path }
        return present.has(path) ? { ...place, found: 'unreadable' } : { ...place, missing: 'signature' }
      }),
    ]
    const counts = { passed: declared.length - absent.length, indeterminate: absent.length }
    const reason = absent.every((path) => present.has(path)) ? 'unreadable' : 'declared-missing'
    return { ...answer(id, subject, `INDETERMINATE:${reason}`, evidence), exceptions, counts }
  }
  if (signatures.length > 0) return answer(id, subject, 'PASSED', [found])
  return record === null
    ? answer(id, subject, 'NOT-CHECKED:none', [found])
    : answer(id, subject, 'INDETERMINATE:none', [{ ...found, missing: 'signature' }])
}

/** Signature files that are here by their names; read or not. */
function sealFilesHere(record: Declaration | null): readonly string[] {
  return (record?.seal ?? []).filter(({ present }) => present).map(({ file }) => `${SEAL_FOLDER}${file}`)
}

/** What the seal signs must be the tag manifest that its name says, and nothing that could be read as something else. */
export function checkSignatureContent(file: SignatureFileFacts, object: SignedObject): Finding {
  const id = 'signature.content'
  const { subject, cms } = object
  const covers: Evidence = { name: 'content', found: file.covers }
  if (file.coversState === 'absent') {
    const evidence = [{ name: 'content', expected: file.covers, missing: 'signed-content' }]
    return answer(id, subject, 'INDETERMINATE:content-missing', evidence, 'SIGNED_DATA_NOT_FOUND')
  }
  if (cms.eContent === 'differs') {
    const evidence: Evidence[] = [{ name: 'eContent', expected: file.covers, found: 'other bytes' }]
    if (cms.lineEnds !== undefined) {
      evidence.push({ name: 'lineEnds', expected: cms.lineEnds, found: 'other' })
      return answer(id, subject, 'FAILED:line-ends', evidence, 'HASH_FAILURE')
    }
    return answer(id, subject, 'FAILED:differs', evidence, 'HASH_FAILURE')
  }
  // draft-ietf-lamps-cms-euf-cma-signeddata: attributes that somebody signed elsewhere, passed off as content.
  if (cms.contentIsAttributes === true) {
    return answer(id, subject, 'FAILED:attributes', [{ ...covers, expected: 'tag manifest' }], 'FORMAT_FAILURE')
  }
  if (file.coversState === 'unread') return answer(id, subject, 'INDETERMINATE:content-unread', [covers])
  if (file.coversState === 'not-a-tag-manifest') {
    return answer(id, subject, 'FAILED:not-a-tag-manifest', [{ ...covers, expected: 'tag manifest' }], 'FORMAT_FAILURE')
  }
  switch (cms.eContent) {
    case 'absent':
      return answer(id, subject, 'PASSED', [covers])
    case 'equal':
      return answer(id, subject, 'PASSED:attached', [covers])
    case 'present':
      // There is a copy inside, and nothing compared it.
      return answer(id, subject, 'INDETERMINATE:content-missing', [{ ...covers, missing: 'signed-content' }])
  }
}

/**
 * Whether the signer is the one that bundle.json declares. The declared one must be among the signers; another beside
 * it is no contradiction of the declaration, but more than it says.
 */
export function checkDeclaredSigner(
  file: SignatureFileFacts,
  object: SignedObject,
  signers: readonly ExaminedSigner[],
  record: Declaration | null,
): Finding {
  const id = 'signature.declared-signer'
  const { subject } = object
  const bundle = record?.record ?? null
  if (bundle === null) {
    const evidence = [{ name: 'seal.signer', missing: 'bundle-record' }]
    return answer(id, subject, 'INDETERMINATE:record-missing', evidence)
  }
  const declared = bundle.seal.find((entry) => `${SEAL_FOLDER}${entry.file}` === file.path)
  if (declared === undefined) {
    const evidence = [
      { name: 'seal.file', expected: bundle.seal.map((entry) => entry.file).join(' '), found: file.path },
    ]
    return answer(id, subject, 'INDETERMINATE:undeclared', evidence)
  }
  // Known means bound by the signature or made by that key; a certificate that merely lies in the bag is neither.
  const known = signers.map(({ certificate, candidate }) =>
    candidate?.bound === 'match' || candidate?.signature === 'valid' ? (certificate?.sha256 ?? null) : null,
  )
  const evidence = (known.length === 0 ? [null] : known).map(
    (certificate): Evidence => ({
      name: 'signer',
      expected: declared.signer,
      ...(certificate === null ? { missing: 'signing-certificate' } : { found: certificate }),
    }),
  )
  const others = known.filter((certificate) => certificate !== declared.signer)
  if (known.length > 0 && others.length === 0) return answer(id, subject, 'PASSED', evidence)
  if (others.length < known.length) return answer(id, subject, 'INDETERMINATE:additional-signer', evidence)
  if (known.includes(null) || known.length === 0) return answer(id, subject, 'INDETERMINATE:not-established', evidence)
  return answer(id, subject, 'FAILED:other-signer', evidence, 'SIG_CONSTRAINTS_FAILURE')
}
