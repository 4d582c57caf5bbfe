import {
  algorithm,
  attribute,
  CONTENT_TYPE,
  digest,
  ID_DATA,
  issuerSerial,
  MESSAGE_DIGEST,
  response,
  SHA256,
  SIGNING_TIME,
  signedData,
  signingCertificateV2,
  TST_INFO,
  tstInfo,
} from '../../test-vectors/make/cms.ts'
import {
  commonNames,
  type Der,
  explicit,
  integer,
  octets,
  oid,
  sequence,
  set,
  setOf,
  tlv,
  utcTime,
} from '../../test-vectors/make/der.ts'
import type { Issued } from './pki.ts'

export interface SignerInfoRecipe {
  readonly signer: Issued
  readonly content: Uint8Array
  readonly eContentType?: string
  readonly digest?: 'sha256' | 'sha512'
  readonly version?: number
  /** Null: no signedAttrs. A function alters the usual ones, which stand in this order: content-type, message-digest, signing-certificate-v2, signing-time. */
  readonly attributes?: null | ((usual: readonly Der[]) => readonly Der[])
  /** Signed and written in the order given, which is not that of DER. */
  readonly asGiven?: boolean
  readonly digestAlgorithm?: Der
  readonly alter?: (signature: Uint8Array) => Uint8Array
}

export const essCertificate = (one: Issued, of: Issued = one): Der =>
  sequence(octets(digest('sha256', one.der)), issuerSerial(of.issuer, of.serial))

export function usualAttributes({
  signer,
  content,
  eContentType = ID_DATA,
  digest: name = 'sha256',
}: SignerInfoRecipe): Der[] {
  return [
    attribute(CONTENT_TYPE, oid(eContentType)),
    attribute(MESSAGE_DIGEST, octets(digest(name, content))),
    signingCertificateV2(essCertificate(signer)),
    attribute(SIGNING_TIME, utcTime('260314091200Z')),
  ]
}

const DIGEST_OID = { sha256: SHA256, sha512: '2.16.840.1.101.3.4.2.3' } as const

export async function signerInfo(recipe: SignerInfoRecipe): Promise<Der> {
  const { signer, digest: name = 'sha256' } = recipe
  const usual = usualAttributes(recipe)
  const attributes = recipe.attributes === null ? null : (recipe.attributes?.(usual) ?? usual)
  const wire = attributes === null ? null : recipe.asGiven ? set(...attributes) : setOf(...attributes)
  const signature = await signer.key.sign(wire ?? recipe.content, name)
  return sequence(
    integer(recipe.version ?? 1),
    sequence(signer.issuer, signer.serial),
    recipe.digestAlgorithm ?? algorithm(DIGEST_OID[name]),
    ...(wire === null ? [] : [Uint8Array.of(0xa0, ...wire.subarray(1))]),
    signer.key.signatureAlgorithm(name),
    octets(recipe.alter?.(signature) ?? signature),
  )
}

/** A detached signature whose parts a vector chooses. */
export async function signature(
  recipe: SignerInfoRecipe & {
    readonly certificates?: readonly Der[]
    readonly eContent?: Uint8Array
    /** Further SignerInfos. */
    readonly others?: readonly Der[]
  },
): Promise<Der> {
  const certificates = recipe.certificates ?? [recipe.signer.der]
  const { eContentType = ID_DATA, eContent } = recipe
  return sequence(
    oid('1.2.840.113549.1.7.2'),
    explicit(
      0,
      sequence(
        integer(eContentType === ID_DATA ? 1 : 3),
        setOf(recipe.digestAlgorithm ?? algorithm(SHA256)),
        sequence(oid(eContentType), ...(eContent === undefined ? [] : [explicit(0, octets(eContent))])),
        ...(certificates.length === 0 ? [] : [tlv(0xa0, ...certificates)]),
        setOf(await signerInfo(recipe), ...(recipe.others ?? [])),
      ),
    ),
  )
}

export interface TokenRecipe extends Partial<Omit<SignerInfoRecipe, 'signer' | 'content'>> {
  readonly data: Uint8Array
  readonly unit: Issued
  readonly genTime?: string
  readonly version?: number
  readonly imprint?: Der
  /** Default: accuracy of one second, and the field `tsa` with the unit's subject. */
  readonly rest?: readonly Der[]
  readonly certificates?: readonly Der[]
  readonly otherSigners?: readonly Issued[]
  readonly infoVersion?: number
}

export const accuracy: Der = sequence(integer(1))
export const tsaName = (subject: Der): Der => explicit(0, explicit(4, subject))
export const named = (name: string): Der => commonNames(`${name} (sample)`)

/** A bare TimeStampToken (RFC 3161 §2.4.2). */
export async function token(recipe: TokenRecipe): Promise<Der> {
  const { unit } = recipe
  const info = tstInfo({
    data: recipe.data,
    genTime: recipe.genTime ?? '20260314091200Z',
    rest: recipe.rest ?? [accuracy, tsaName(unit.subject)],
    ...(recipe.imprint === undefined ? {} : { imprint: recipe.imprint }),
    ...(recipe.infoVersion === undefined ? {} : { version: recipe.infoVersion }),
  })
  const signers = [unit, ...(recipe.otherSigners ?? [])]
  const certificates = recipe.certificates ?? signers.map(({ der }) => der)
  const { data: _, unit: __, genTime: ___, ...extra } = recipe
  return signedData({
    eContentType: TST_INFO,
    eContent: info,
    digestAlgorithm: recipe.digestAlgorithm ?? algorithm(DIGEST_OID[recipe.digest ?? 'sha256']),
    ...(certificates.length === 0 ? {} : { certificates }),
    signerInfos: await Promise.all(
      signers.map((signer) => signerInfo({ eContentType: TST_INFO, ...extra, signer, content: info })),
    ),
  })
}

export const granted = (one: Der): Der => response(0, one)
