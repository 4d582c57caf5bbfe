import { fromBER } from 'asn1js'
import { Certificate, CertificateRevocationList, ContentInfo, SignedData } from 'pkijs'

const plain = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/**
 * What a careful user of pkijs does for each token: imprint, signature and chain at genTime, with the lists. Roots and
 * lists are parsed once. It answers only how long that takes: nothing of the product asks it.
 */
export function pkijsVerifier(root: Uint8Array, lists: readonly Uint8Array[]) {
  const trustedCerts = [Certificate.fromBER(plain(root))]
  const crls = lists.map((der) => new CertificateRevocationList({ schema: fromBER(plain(der)).result }))
  return async (token: Uint8Array, data: Uint8Array): Promise<boolean> => {
    const { content } = ContentInfo.fromBER(plain(token))
    const signed = new SignedData({ schema: content })
    signed.crls = crls
    return signed.verify({ signer: 0, data: plain(data), trustedCerts, checkChain: true })
  }
}
