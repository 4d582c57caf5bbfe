import type { Page } from '../pdf/page.ts'

/** The part of a page that text fills, in points; `top` and `bottom` from the page's lower edge. */
export interface Body {
  readonly left: number
  readonly width: number
  readonly top: number
  readonly bottom: number
}

/** A piece of a page that is never divided. */
export interface Unit {
  readonly height: number
  /** Space before it, which is left out at the top of a page. */
  readonly gap: number
  /** It stands on the page of what follows it. */
  readonly keepWithNext?: boolean
  /** It may reach into the reserve below the body (the lower edge of a frame). */
  readonly overhangs?: boolean
  draw(page: Page, top: number): void
}

/** A frame that is open: its sides are drawn page by page. */
export interface Frame {
  readonly left: number
  readonly width: number
  top: number
}

export interface PageMaker {
  newPage(): Page
}

/** A little less than the height of a body: what is higher must be divided by who makes it. */
export const fullHeight = ({ top, bottom }: Body): number => top - bottom - 1

/** Fills pages from the top with units. */
export class Flow {
  readonly body: Body
  readonly #maker: PageMaker
  #page: Page
  #y: number
  #atTop = true
  #waiting: Unit[] = []
  #frames: Frame[] = []
  /** Drawn again at the top of every new page (a table's header). */
  #repeat: Unit | undefined

  constructor(body: Body, maker: PageMaker) {
    this.body = body
    this.#maker = maker
    this.#page = maker.newPage()
    this.#y = body.top
  }

  add(unit: Unit): void {
    this.#waiting.push(unit)
    if (unit.keepWithNext !== true) this.flush()
  }

  /** The height that units take together. */
  #heightOf(units: readonly Unit[]): number {
    return units.reduce(
      (sum, { gap, height, overhangs }, index) =>
        sum + (overhangs === true ? 0 : height) + (index === 0 && this.#atTop ? 0 : gap),
      0,
    )
  }

  flush(): void {
    const units = this.#waiting
    this.#waiting = []
    if (units.length === 0) return
    const isOnlyOverhang = units.every(({ overhangs }) => overhangs === true)
    if (!this.#atTop && !isOnlyOverhang && this.#heightOf(units) > this.#y - this.body.bottom) this.pageBreak()
    for (const unit of units) {
      // A chain that is higher than a page is divided all the same.
      if (!this.#atTop && unit.overhangs !== true && this.#heightOf([unit]) > this.#y - this.body.bottom)
        this.pageBreak()
      if (!this.#atTop) this.#y -= unit.gap
      unit.draw(this.#page, this.#y)
      this.#y -= unit.height
      this.#atTop = false
    }
  }

  pageBreak(): void {
    for (const frame of this.#frames) drawSides(this.#page, frame, this.#y)
    this.#page = this.#maker.newPage()
    this.#y = this.body.top
    this.#atTop = true
    for (const frame of this.#frames) frame.top = this.#y
    if (this.#repeat !== undefined) {
      this.#repeat.draw(this.#page, this.#y)
      this.#y -= this.#repeat.height
    }
  }

  /** A page break that somebody asked for: none at the top of a page. */
  forcedBreak(): void {
    this.flush()
    if (!this.#atTop) this.pageBreak()
  }

  repeatOnNewPages(unit: Unit | undefined): void {
    this.#repeat = unit
  }

  get repeatedHeight(): number {
    return this.#repeat?.height ?? 0
  }

  openFrame(frame: Frame): void {
    this.#frames.push(frame)
  }

  closeFrame(bottom: number): void {
    const frame = this.#frames.pop()
    if (frame !== undefined) {
      drawSides(this.#page, frame, bottom)
      this.#page.rule(frame.left, bottom, frame.width, FRAME_WIDTH, FRAME_GREY)
    }
  }
}

export const FRAME_WIDTH = 0.75
export const FRAME_GREY = 0.35

function drawSides(page: Page, { left, width, top }: Frame, bottom: number): void {
  page.rectangle(left - FRAME_WIDTH / 2, bottom, FRAME_WIDTH, top - bottom, FRAME_GREY)
  page.rectangle(left + width - FRAME_WIDTH / 2, bottom, FRAME_WIDTH, top - bottom, FRAME_GREY)
}
