import { type FontName, makePdf, openTypesetter, type Paper } from '@probatum/certificate'
import { sampleDocument } from '../../packages/certificate/src/testing/sample-document.ts'
import { sampleOptions } from '../../packages/certificate/src/testing/sample-options.ts'

// Runs in the browser: makes the samples there from files that the test hands over in Base64.

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

export interface SampleRequest {
  readonly harfbuzzWasm: string
  readonly subsetWasm: string
  readonly fonts: Readonly<Record<string, string>>
  readonly samples: readonly { readonly language: string; readonly paper: Paper }[]
}

async function makeSamples({ harfbuzzWasm, subsetWasm, fonts, samples }: SampleRequest): Promise<string[]> {
  const typesetter = await openTypesetter({
    harfbuzzWasm: bytesOf(harfbuzzWasm),
    subsetWasm: bytesOf(subsetWasm),
    fonts: Object.fromEntries(Object.entries(fonts).map(([name, text]) => [name, bytesOf(text)])) as Record<
      FontName,
      Uint8Array
    >,
  })
  const digests: string[] = []
  for (const { language, paper } of samples) {
    const pdf = makePdf(sampleDocument({ language }), sampleOptions(typesetter, paper))
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', pdf as Uint8Array<ArrayBuffer>))
    digests.push(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''))
  }
  return digests
}

Object.assign(globalThis, { makeSamples })

export type MakeSamples = typeof makeSamples
