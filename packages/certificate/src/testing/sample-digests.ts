/**
 * SHA-256 of the samples by language and paper. They change with the layout, a font, HarfBuzz or the compressor, and with
 * nothing else: look at the pages before you change them.
 */
export const SAMPLE_DIGESTS: Readonly<Record<string, string>> = {
  'en-a4': '863cc66f430516d489ab47fb9f3d39078ef7b802cedf85c6b4dc8c521b5eaaf0',
  'en-letter': '29bef671c7e11f00e3d6caec36b2226d6535cf7e50468aada35c5db103ce1027',
  'ar-a4': '3b7b3ed4b9d1bfeb51871bcc6b3daa5468e15902de2b959be50d5c4b8841d994',
  'ar-letter': '8f15ad9fc6baf613d8bbce15af7309c04797caaf32c51c2a7321442e5d967fdd',
  'my-a4': '2cad3d9ba42094d3c1e1df12f2566d722b5668a4fd3a46ab15d7ca41c926c67b',
  'my-letter': '3ab132fa62016dd7248ecc57d82ad9f74592ecf91e15a484adbbfb92fbd047b4',
}
