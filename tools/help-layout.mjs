// What yargs lays out its help with. tools/build.mjs gives yargs these functions in place of the packages, and has this module
// loaded when one of them is called.
// @ts-expect-error the package brings no types
import cliui from 'cliui'
import stringWidth from 'string-width'

/** @param {readonly unknown[]} options */
export function layOut(...options) {
  return cliui(...options)
}

/** @param {Parameters<typeof stringWidth>} text */
export function widthOf(...text) {
  return stringWidth(...text)
}
