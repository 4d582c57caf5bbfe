import type { PageLanguage, PageRules } from './texts.ts'

const names = (text: string) => text.split(' ')

/** Digits are 0 to 9 and the calendar is that of the reports, in every language. */
export const RULES: Readonly<Record<PageLanguage, PageRules>> = {
  en: {
    direction: 'ltr',
    plural: 'one-other',
    group: ',',
    months: names('January February March April May June July August September October November December'),
    datePattern: '{day} {month} {year}, {time}',
  },
  fr: {
    direction: 'ltr',
    plural: 'zero-is-one',
    group: '\u202f',
    months: names('janvier février mars avril mai juin juillet août septembre octobre novembre décembre'),
    datePattern: '{day} {month} {year}, {time}',
  },
  es: {
    direction: 'ltr',
    plural: 'one-other',
    group: '\u202f',
    months: names('enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'),
    datePattern: '{day} de {month} de {year}, {time}',
  },
  ar: {
    direction: 'rtl',
    plural: 'arabic',
    group: ',',
    months: names('يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر'),
    datePattern: '{day} {month} {year}، {time}',
  },
  my: {
    direction: 'ltr',
    plural: 'none',
    group: ',',
    months: names('ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ'),
    datePattern: '{year} {month} {day}၊ {time}',
  },
}
