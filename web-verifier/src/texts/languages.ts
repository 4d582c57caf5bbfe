import { ARABIC } from './ar.ts'
import { ENGLISH } from './en.ts'
import { SPANISH } from './es.ts'
import { FRENCH } from './fr.ts'
import { BURMESE } from './my.ts'
import type { PageLanguage, PageTexts } from './texts.ts'

export const TEXTS: Readonly<Record<PageLanguage, PageTexts>> = {
  en: ENGLISH,
  fr: FRENCH,
  es: SPANISH,
  ar: ARABIC,
  my: BURMESE,
}
