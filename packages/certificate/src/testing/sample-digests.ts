/**
 * SHA-256 of the samples by language and paper. They change with the layout, a font, HarfBuzz or the compressor, and with
 * nothing else: look at the pages before you change them.
 */
export const SAMPLE_DIGESTS: Readonly<Record<string, string>> = {
  'en-a4': '416c7a9f668831d4b77aab9effda658243a284919b9518048496d4428447dd5f',
  'en-letter': '202a2132e99d8a19e5bba0254a4bc23a6e3b65268aef0da8cfc54378e087194a',
  'ar-a4': 'df4d9c8d8eee44b6092340c596d765d411e9f329a35e3e94e45cbb7ba2cf3f70',
  'ar-letter': '4269530cbe141b7efa59f8120d56679ed3130c517f14da4e8732658d6e3d0ebb',
  'my-a4': '664993d62a1011d7aaaad115cb52700558d30889f07cfad533a60f9379d34a94',
  'my-letter': 'e40cb2a29247ff9c9cb000714e0aef1b98cb0d880f26e15f4e007ba9145634b0',
}
