import { encodeUtf8 } from '@probatum/core'

/** Characters that no shell gives a meaning to. */
const PLAIN = /^[A-Za-z0-9_./:=,@%+][A-Za-z0-9_./:=,@%+-]*$/

/**
 * One argument for a POSIX shell. Quotes keep every character as it is except the single quote itself; characters that
 * a terminal would act on are written by octal escape in `$'…'`, which sh of POSIX 2024, bash, zsh and ksh read.
 */
export function quoteForShell(text: string): string {
  if (PLAIN.test(text)) return text
  // A name that begins with a dash would be read as an option.
  const safe = text.startsWith('-') && text !== '-' ? `./${text}` : text
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(safe)) {
    const escaped = safe.replace(/['\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (character) =>
      [...encodeUtf8(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
    )
    return `$'${escaped}'`
  }
  return `'${safe.replaceAll("'", `'\\''`)}'`
}

/** One argument for PowerShell: single quotes of every kind double themselves; hidden characters become `$([char]n)`. */
export function quoteForPowerShell(text: string): string {
  const safe = text.startsWith('-') ? `./${text}` : text
  const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu
  if (!hidden.test(safe)) return `'${safe.replace(/['\u2018-\u201b]/g, '$&$&')}'`
  // Inside double quotes PowerShell reads $, ` and every kind of double quote.
  const escaped = safe.replace(/[`$"\u201c-\u201e]/g, '`$&').replace(hidden, (character) =>
    [...character]
      .flatMap((one) => one.split(''))
      .map((unit) => `$([char]${unit.charCodeAt(0)})`)
      .join(''),
  )
  return `"${escaped}"`
}
