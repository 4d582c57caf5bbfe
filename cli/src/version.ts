import { ENGINE_VERSION } from '@probatum/core'

/** Set by tools/build.mjs; undefined where the sources are run as they are. */
declare const PROBATUM_BUILD: string | undefined

export const VERSION: string = ENGINE_VERSION

/** SHA-256 of the sources that reports and certificates come from, hex (tools/program-build.mjs). */
export const BUILD: string = typeof PROBATUM_BUILD === 'string' ? PROBATUM_BUILD : '0'.repeat(64)
