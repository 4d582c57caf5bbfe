/**
 * SHA-256 of the samples by language and paper. They change with the layout, a font, HarfBuzz or the compressor, and with
 * nothing else: look at the pages before you change them.
 */
export const SAMPLE_DIGESTS: Readonly<Record<string, string>> = {
  'en-a4': '91c8d22a1f4614971aba338635a88ce641d3972a767d1c34f0d4ed1d9b2cc170',
  'en-letter': 'cc4e18f63b5e9dd27ae785efd06ec506966c0c5efeef01b59f7f599084419ed5',
  'ar-a4': '46c0e28c1d4bb70097c76965c24fa9772b886274b4e157a0e4a7ac285519e760',
  'ar-letter': '37dab728db5480d22630ce2f6cc939f5d551e86829cdd28841e235666c5608de',
  'my-a4': '251e6497a055341e7c4dbf6c5691eb0b754ef02fe1a90c4a3022fca4acc278f7',
  'my-letter': '9336aef680a52e1f88f7d59ba96577407848fced252f6111b40d59bd60c3aeae',
}
