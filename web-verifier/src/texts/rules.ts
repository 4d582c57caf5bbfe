import type { LanguageRules, PageLanguage } from './texts.ts'

const oneOrOther = (count: number) => (count === 1 ? 'one' : 'other')

/** CLDR 46, plural rules (cardinal) for whole numbers. */
function arabic(count: number): 'zero' | 'one' | 'two' | 'few' | 'many' | 'other' {
  if (count === 0) return 'zero'
  if (count === 1) return 'one'
  if (count === 2) return 'two'
  const rest = count % 100
  return rest >= 3 && rest <= 10 ? 'few' : rest >= 11 ? 'many' : 'other'
}

const ltr = 'ltr' as const

export const RULES: Readonly<Record<PageLanguage, LanguageRules>> = {
  en: {
    direction: ltr,
    plural: oneOrOther,
    group: ',',
    months: 'January February March April May June July August September October November December'.split(' '),
    datePattern: '{day} {month} {year}, {time}',
  },
  fr: {
    direction: ltr,
    plural: (count) => (count < 2 ? 'one' : 'other'),
    group: '\u202f',
    months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
    datePattern: '{day} {month} {year}, {time}',
  },
  es: {
    direction: ltr,
    plural: oneOrOther,
    group: '\u202f',
    months: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
    datePattern: '{day} de {month} de {year}, {time}',
  },
  ar: {
    direction: 'rtl',
    plural: arabic,
    group: ',',
    months: 'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر'.split(' '),
    datePattern: '{day} {month} {year}، {time}',
  },
  my: {
    direction: ltr,
    plural: () => 'other',
    group: ',',
    months: 'ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ'.split(' '),
    datePattern: '{year} {month} {day}၊ {time}',
  },
}
