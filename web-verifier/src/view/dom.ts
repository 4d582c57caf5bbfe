/**
 * The only way in which this page makes elements. There is no way to give it markup: texts become text nodes, so that a
 * file name can only ever be read, never run.
 */

/** What may stand inside an element. Null and false stand for nothing. */
export type Child = Node | string | null | undefined | false | readonly Child[]

type Listener = (event: Event) => void

/** `class`, `id`, `href` and the like as they are written; `on` adds listeners; a boolean attribute by true. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>> & {
  readonly on?: never
}

/** Attributes whose value would be run or fetched, and is never taken from data. */
const REFUSED = /^(on|style$|srcdoc$|src$|action$|formaction$)/i

export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  setAttributes(element, attributes)
  add(element, children)
  return element
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    if (REFUSED.test(key)) throw new TypeError(`this page sets no attribute ${key}`)
    element.setAttribute(key, value === true ? '' : String(value))
  }
}

/** Appends children; strings become text. */
export function add(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue
    if (typeof child === 'string') parent.appendChild(document.createTextNode(child))
    else if (child instanceof Node) parent.appendChild(child)
    else add(parent, child)
  }
}

/** Replaces what stands in an element. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren()
  add(parent, children)
}

export function on<Target extends EventTarget>(target: Target, type: string, listener: Listener): Target {
  target.addEventListener(type, listener)
  return target
}

/** A button that is one: reached by Tab, pressed by Enter and Space. */
export function button(label: Child, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return on(el('button', { type: 'button', ...attributes }, label), 'click', () => press())
}

const SVG = 'http://www.w3.org/2000/svg'

export function svg(name: string, attributes: Attributes = {}, ...children: readonly Child[]): SVGElement {
  const element = document.createElementNS(SVG, name)
  setAttributes(element, attributes)
  add(element, children)
  return element
}

/** Moves the focus to a heading or region that is no control. */
export function focusOn(element: HTMLElement): void {
  if (!element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1')
  element.focus({ preventScroll: false })
}
