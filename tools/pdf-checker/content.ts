import { Cursor, Name, Operator, type PdfModel, PdfString, type Reference, type Thing } from './reader.ts'

/** A mark that a content stream makes: text shown or a path painted. */
export interface Mark {
  readonly kind: 'text' | 'path'
  /** The MCID of the sequence around it, `artifact`, or nothing. */
  readonly owner: number | 'artifact' | undefined
  readonly font?: string
  readonly size?: number
  readonly codes?: readonly number[]
  readonly x?: number
  readonly y?: number
}

export interface PageContent {
  readonly reference: Reference
  readonly marks: readonly Mark[]
  readonly mcids: readonly number[]
  readonly operators: ReadonlySet<string>
  readonly languages: readonly string[]
  readonly actualTexts: readonly string[]
  readonly problems: readonly string[]
}

const PAINT = new Set(['S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*'])
const SHOW = new Set(['Tj', 'TJ', "'", '"'])

/** Reads a page's content: who owns each mark, and whether sequences and text objects are balanced. */
export function readContent(model: PdfModel, reference: Reference): PageContent {
  const page = model.dictionary(reference)
  const stream = model.stream(page.get('Contents'))
  const cursor = new Cursor(Buffer.from(stream?.data ?? new Uint8Array()).toString('latin1'))
  const marks: Mark[] = []
  const mcids: number[] = []
  const operators = new Set<string>()
  const languages: string[] = []
  const actualTexts: string[] = []
  const problems: string[] = []
  const open: (number | 'artifact' | 'span')[] = []
  let operands: Thing[] = []
  let inText = false
  let font: string | undefined
  let size = 0
  let x = 0
  let y = 0
  const ownerNow = (): number | 'artifact' | undefined =>
    open.findLast((entry): entry is number | 'artifact' => entry !== 'span')
  const begin = (tag: string, properties: Thing | undefined): void => {
    const dictionary = properties instanceof Map ? properties : new Map<string, Thing>()
    const language = dictionary.get('Lang')
    if (language instanceof PdfString) languages.push(language.text)
    const actual = dictionary.get('ActualText')
    if (actual instanceof PdfString) actualTexts.push(actual.text)
    const mcid = dictionary.get('MCID')
    const outer = ownerNow()
    if (typeof mcid === 'number') {
      if (outer !== undefined) problems.push(`MCID ${mcid} inside ${outer}`)
      mcids.push(mcid)
      open.push(mcid)
    } else if (tag === 'Artifact') {
      if (outer !== undefined) problems.push(`an artifact inside ${outer}`)
      open.push('artifact')
    } else open.push('span')
  }
  for (cursor.skip(); cursor.at < cursor.text.length; cursor.skip()) {
    const token = cursor.token()
    if (!(token instanceof Operator)) {
      operands.push(token)
      continue
    }
    const { operator } = token
    operators.add(operator)
    const tag = operands[0] instanceof Name ? operands[0].name : ''
    if (operator === 'BMC' || operator === 'BDC') begin(tag, operands[1])
    else if (operator === 'EMC') {
      if (open.pop() === undefined) problems.push('EMC without a beginning')
    } else if (operator === 'BT') {
      if (inText) problems.push('BT inside a text object')
      inText = true
    } else if (operator === 'ET') {
      if (!inText) problems.push('ET outside a text object')
      inText = false
    } else if (operator === 'Tf') {
      font = tag
      size = Number(operands[1])
    } else if (operator === 'Tm') {
      x = Number(operands[4])
      y = Number(operands[5])
    } else if (SHOW.has(operator)) {
      if (!inText) problems.push('text shown outside a text object')
      const parts = Array.isArray(operands[0]) ? operands[0] : operands
      const codes = parts.flatMap((part) => (part instanceof PdfString ? codesOf(part.bytes) : []))
      marks.push({ kind: 'text', owner: ownerNow(), size, codes, x, y, ...(font === undefined ? {} : { font }) })
    } else if (PAINT.has(operator)) marks.push({ kind: 'path', owner: ownerNow() })
    operands = []
  }
  if (open.length > 0) problems.push('a marked-content sequence without end')
  if (inText) problems.push('a text object without end')
  return { reference, marks, mcids, operators, languages, actualTexts, problems }
}

function codesOf(bytes: string): number[] {
  const codes: number[] = []
  for (let at = 0; at + 1 < bytes.length; at += 2) codes.push(bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1))
  return codes
}
