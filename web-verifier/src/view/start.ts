import type { Engine } from '../engine/engine.ts'

/** Puts the page into an element that is empty, for an engine whose page was checked. */
export function startView(_engine: Engine, page: HTMLElement): void {
  page.replaceChildren()
}
