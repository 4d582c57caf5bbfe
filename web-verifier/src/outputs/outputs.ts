import type { Verified } from '../engine/engine.ts'
import type { ViewContext } from '../view/context.ts'

/** Makes a file to keep from a result. */
export type MakeOutput = (context: ViewContext, result: Verified) => Promise<BlobPart>

/** Null while @probatum/certificate makes no certificate: the page then offers printing in its place. */
export const makePdfCertificate: MakeOutput | null = null

/** Null while @probatum/words renders no HTML. */
export const makeHtmlReport: MakeOutput | null = null
