import { type CertificateFiles, type FontName, openTypesetter, remakeCertificate } from '@probatum/certificate'
import { nobleSmallDigest } from '@probatum/platform/browser'

// Runs in the browser: makes certificates again there from what they carry, handed over in Base64.

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

type InBase64<T> = { readonly [key in keyof T]: string }

export interface RemakeRequest {
  readonly harfbuzzWasm: string
  readonly subsetWasm: string
  readonly fonts: Readonly<Record<string, string>>
  readonly certificates: readonly InBase64<CertificateFiles>[]
}

/** SHA-256 of each certificate. */
async function remake({ harfbuzzWasm, subsetWasm, fonts, certificates }: RemakeRequest): Promise<string[]> {
  const typesetter = await openTypesetter({
    harfbuzzWasm: bytesOf(harfbuzzWasm),
    subsetWasm: bytesOf(subsetWasm),
    fonts: Object.fromEntries(Object.entries(fonts).map(([name, text]) => [name, bytesOf(text)])) as Record<
      FontName,
      Uint8Array
    >,
  })
  const digests: string[] = []
  for (const files of certificates) {
    const { pdf } = remakeCertificate(
      {
        request: bytesOf(files.request),
        report: bytesOf(files.report),
        facts: bytesOf(files.facts),
        inventory: bytesOf(files.inventory),
        policy: bytesOf(files.policy),
        trustSet: bytesOf(files.trustSet),
      },
      { typesetter, smallDigest: nobleSmallDigest },
    )
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', pdf as Uint8Array<ArrayBuffer>))
    digests.push(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''))
  }
  return digests
}

Object.assign(globalThis, { remake })

export type Remake = typeof remake
