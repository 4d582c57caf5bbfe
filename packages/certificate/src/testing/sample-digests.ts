/**
 * SHA-256 of the samples by language and paper. They change with the layout, a font, HarfBuzz or the compressor, and with
 * nothing else: look at the pages before you change them.
 */
export const SAMPLE_DIGESTS: Readonly<Record<string, string>> = {
  'en-a4': '00bf8769721c429969e5c26ee6c30448b30dc5d83e2254c4102532c4c83854df',
  'en-letter': '2da074583d5bc9bc82f135f0a0e317b470cbe961e7d82fcc9fde9d2c935ba1bb',
  'ar-a4': 'b96768f7f15823b30452f3437d83c9c73b491f38acd04887d72edd70919b2831',
  'ar-letter': 'ccf0051320df648cb44be018f7000261bf06a46a2ef04f06fb7f3635bb07f2c6',
  'my-a4': 'bf0a34236e799b80a4351e20461aeaf4a80c52a758aa30d733544efb5d4ff7f3',
  'my-letter': 'd433307b0e36059f6b3c35a2639a3df64cb574d155b9eb25d446bbaecd2ff1a4',
}
