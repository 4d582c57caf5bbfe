import type { Engine } from '../engine/engine.ts'
import { LANGUAGES, type PageLanguage } from '../texts/texts.ts'
import { App } from './app.ts'

/** Puts the page into an element that is empty, for an engine whose page was checked. */
export function startView(engine: Engine, page: HTMLElement): void {
  new App(engine, page, preferredLanguage(navigator.languages))
}

/** The first language of the browser that the page has; English else. */
function preferredLanguage(wanted: readonly string[]): PageLanguage {
  for (const tag of wanted) {
    const language = LANGUAGES.find((code) => code === tag.toLowerCase().split('-')[0])
    if (language !== undefined) return language
  }
  return 'en'
}
