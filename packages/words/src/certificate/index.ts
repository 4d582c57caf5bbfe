/**
 * Certificates and HTML reports: apart from the rest of the package, because a verification needs nothing of it.
 */
export { type HtmlOptions, renderHtml } from '../render-html.ts'
export * from './document.ts'
export * from './input.ts'
export { inventoryLines } from './inventory-lines.ts'
export { readRecords } from './read-records.ts'
export { type RecordBytes, readRecorded } from './recorded.ts'
export { CERTIFICATE_ID_PREFIX } from './reproduction.ts'
export * from './templates.ts'
