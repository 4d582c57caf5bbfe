import type { GlyphRun, Line } from '../text/lines.ts'
import type { DocumentFonts } from './fonts.ts'
import { number } from './numbers.ts'
import type { Ref } from './objects.ts'
import type { StructureElement, StructureTree, TaggedPage } from './structure.ts'

/** What carries no meaning of its own: rules, frames, signs beside their word, and what repeats on every page. */
export type Artifact = 'Layout' | 'Header' | 'Footer'

const ARTIFACTS: Readonly<Record<Artifact, string>> = {
  Layout: '/Artifact BMC',
  Header: '/Artifact <</Type /Pagination /Subtype /Header>> BDC',
  Footer: '/Artifact <</Type /Pagination /Subtype /Footer>> BDC',
}

/** Grey from 0 (black) to 1 (white). */
export type Grey = number

/** Where text goes: an element of the structure, or an artifact. */
export type Owner = StructureElement | Artifact

function hexUtf16(text: string): string {
  let hex = 'FEFF'
  for (let index = 0; index < text.length; index += 1)
    hex += text.charCodeAt(index).toString(16).padStart(4, '0').toUpperCase()
  return hex
}

/** One page's content, in user space: points from the lower left corner. */
export class Page implements TaggedPage {
  readonly ref: Ref
  readonly parents: Ref[] = []
  readonly #operators: string[] = []
  readonly #fonts: DocumentFonts
  readonly #structure: StructureTree
  readonly #language: string
  #open: Owner | undefined

  constructor(ref: Ref, fonts: DocumentFonts, structure: StructureTree, language: string) {
    this.ref = ref
    this.#fonts = fonts
    this.#structure = structure
    this.#language = language
  }

  /** Begins a marked-content sequence of the owner, unless it is open already. */
  #enter(owner: Owner): void {
    if (this.#open === owner) return
    this.#leave()
    if (typeof owner === 'string') this.#operators.push(ARTIFACTS[owner])
    else this.#operators.push(`/${owner.type} <</MCID ${this.#structure.content(owner, this)}>> BDC`)
    this.#open = owner
  }

  #leave(): void {
    if (this.#open !== undefined) this.#operators.push('EMC')
    this.#open = undefined
  }

  /** One line of text from `x` along a baseline. */
  text(owner: Owner, line: Line, x: number, baseline: number, grey: Grey = 0): void {
    const runs = line.runs.filter(({ glyphs }) => glyphs.length > 0)
    if (runs.length === 0) return
    this.#enter(owner)
    const operators: string[] = [`BT ${number(grey)} g`]
    let font = ''
    for (const run of runs) {
      const select = `/${this.#fonts.resourceOf(run.font)} ${number(run.size)} Tf`
      if (select !== font) operators.push(select)
      font = select
      operators.push(`1 0 0 1 ${number(x + run.x)} ${number(baseline)} Tm`)
      const properties = this.#propertiesOf(run, typeof owner === 'string')
      if (properties !== '') operators.push(`/Span <<${properties}>> BDC`)
      operators.push(this.#show(run))
      if (properties !== '') operators.push('EMC')
    }
    operators.push('ET')
    this.#operators.push(operators.join('\n'))
  }

  /**
   * The language of a run in another one, and Burmese in its logical order: glyphs stand in the order in which they are
   * drawn. (Readers that honour ActualText reverse it in right-to-left text, so Arabic goes without.)
   */
  #propertiesOf({ piece, isBurmese, text }: GlyphRun, isArtifact: boolean): string {
    if (isArtifact) return ''
    const language =
      piece.lang !== undefined && piece.lang !== this.#language && /^[A-Za-z0-9-]+$/.test(piece.lang)
        ? `/Lang (${piece.lang})`
        : ''
    const actual = isBurmese ? `/ActualText <${hexUtf16(text)}>` : ''
    return `${language}${actual}`
  }

  #show({ font, size, glyphs }: GlyphRun): string {
    const used = this.#fonts.use(font)
    const parts: string[] = []
    let array = ''
    let codes = ''
    let rise = 0
    // In thousandths of the em: where the reader's pen is, and where the glyph's origin is to be.
    let pen = 0
    let origin = 0
    const closeCodes = (): void => {
      if (codes !== '') array += `<${codes}>`
      codes = ''
    }
    const flush = (): void => {
      closeCodes()
      if (array !== '') parts.push(`[${array}] TJ`)
      array = ''
    }
    for (const glyph of glyphs) {
      if (glyph.y !== rise) {
        flush()
        rise = glyph.y
        parts.push(`${number((rise * size) / 1000)} Ts`)
      }
      const place = origin + glyph.x
      if (place !== pen) {
        closeCodes()
        array += String(pen - place)
      }
      codes += used.codeOf(glyph)
      pen = place + used.advanceOf(glyph)
      origin += glyph.advance
    }
    flush()
    if (rise !== 0) parts.push('0 Ts')
    return parts.join('\n')
  }

  rectangle(x: number, y: number, width: number, height: number, grey: Grey, owner: Owner = 'Layout'): void {
    this.#enter(owner)
    this.#operators.push(`${number(grey)} g ${number(x)} ${number(y)} ${number(width)} ${number(height)} re f`)
  }

  /** Straight lines through points; closed and filled where a grey for it is given. */
  path(
    points: readonly (readonly [number, number])[],
    options: { readonly width: number; readonly grey?: Grey; readonly fill?: Grey; readonly close?: boolean },
  ): void {
    this.#enter('Layout')
    const [first, ...rest] = points
    if (first === undefined) return
    const steps = [
      `${number(first[0])} ${number(first[1])} m`,
      ...rest.map(([x, y]) => `${number(x)} ${number(y)} l`),
    ].join(' ')
    const fill = options.fill === undefined ? '' : `${number(options.fill)} g `
    const paint = options.fill === undefined ? (options.close === true ? 's' : 'S') : 'b'
    this.#operators.push(`${fill}${number(options.grey ?? 0)} G ${number(options.width)} w 1 J 1 j ${steps} ${paint}`)
  }

  rule(x: number, y: number, width: number, thickness: number, grey: Grey): void {
    this.rectangle(x, y - thickness / 2, width, thickness, grey)
  }

  /** A circle of four Bézier curves. */
  circle(x: number, y: number, radius: number, options: { readonly width: number; readonly fill: Grey }): void {
    this.#enter('Layout')
    const reach = radius * 0.5523
    const point = (dx: number, dy: number): string => `${number(x + dx)} ${number(y + dy)}`
    this.#operators.push(
      `${number(options.fill)} g 0 G ${number(options.width)} w ${point(radius, 0)} m`,
      `${point(radius, reach)} ${point(reach, radius)} ${point(0, radius)} c`,
      `${point(-reach, radius)} ${point(-radius, reach)} ${point(-radius, 0)} c`,
      `${point(-radius, -reach)} ${point(-reach, -radius)} ${point(0, -radius)} c`,
      `${point(reach, -radius)} ${point(radius, -reach)} ${point(radius, 0)} c b`,
    )
  }

  /** Many black squares at once. */
  squares(owner: StructureElement, boxes: readonly (readonly [number, number, number, number])[]): void {
    this.#enter(owner)
    this.#operators.push('0 g', boxes.map((box) => `${box.map(number).join(' ')} re`).join('\n'), 'f')
  }

  content(): string {
    this.#leave()
    return this.#operators.join('\n')
  }
}
