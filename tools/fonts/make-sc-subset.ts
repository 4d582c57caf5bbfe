import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSubsetter } from '../../packages/certificate/src/text/subset.ts'
import { ROOT } from '../setup.mjs'
import { namesOf, renameFont } from './rename-font.ts'

// node tools/run.mjs tools/fonts/make-sc-subset.ts NotoSansSC_400Regular.ttf
// Makes packages/certificate/fonts/NotoSansSC-Subset.ttf; packages/certificate/fonts/README.md says from what.

const SOURCE_SHA256 = 'd45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16'
const NAME = 'Probatum Han Subset'

/** Characters of a double-byte encoding whose first byte lies in a range, as the WHATWG Encoding Standard decodes them. */
function charactersOf(
  encoding: string,
  lead: readonly [number, number],
  trail: readonly (readonly [number, number])[],
) {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const found: number[] = []
  for (let first = lead[0]; first <= lead[1]; first += 1)
    for (const [from, to] of trail)
      for (let second = from; second <= to; second += 1) {
        try {
          const text = decoder.decode(Uint8Array.of(first, second))
          const codePoint = text.codePointAt(0) ?? 0
          // An unassigned place decodes to a private character in GBK.
          if ([...text].length === 1 && !/\p{Co}/u.test(text)) found.push(codePoint)
        } catch {
          // Not assigned: nothing to keep.
        }
      }
  return found
}

/** GB 2312 (rows 1 to 5 hold punctuation, full-width forms and kana, 16 to 87 the characters) and level 1 of Big5. */
function codePointsOfSubset(): number[] {
  const gb2312 = [
    ...charactersOf('gbk', [0xa1, 0xa5], [[0xa1, 0xfe]]),
    ...charactersOf('gbk', [0xb0, 0xf7], [[0xa1, 0xfe]]),
  ]
  const big5 = [
    ...charactersOf(
      'big5',
      [0xa4, 0xc5],
      [
        [0x40, 0x7e],
        [0xa1, 0xfe],
      ],
    ),
    ...charactersOf('big5', [0xc6, 0xc6], [[0x40, 0x7e]]),
  ]
  const big5Punctuation = charactersOf(
    'big5',
    [0xa1, 0xa1],
    [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
  )
  const isWanted = (codePoint: number): boolean =>
    (codePoint >= 0x3000 && codePoint <= 0x30ff) ||
    (codePoint >= 0x3400 && codePoint <= 0x9fff) ||
    (codePoint >= 0xff00 && codePoint <= 0xffef)
  return [...new Set([...gb2312, ...big5, ...big5Punctuation])].filter(isWanted).sort((a, b) => a - b)
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const [path] = process.argv.slice(2)
if (path === undefined)
  throw new Error('name the file NotoSansSC_400Regular.ttf of @expo-google-fonts/noto-sans-sc 0.4.3')
const source = readFileSync(path)
if (sha256(source) !== SOURCE_SHA256) throw new Error(`${path} is not the expected font: SHA-256 ${sha256(source)}`)
const wasm = readFileSync(join(ROOT, 'node_modules/harfbuzzjs/dist/harfbuzz-subset.wasm'))
const subsetter = await openSubsetter(wasm)
const codePoints = codePointsOfSubset()
const cut = subsetter.subset({
  font: source,
  codePoints,
  keepNumbers: false,
  // Vertical writing, the baseline of other scripts, and what only hinting or style menus read.
  dropTables: ['BASE', 'vhea', 'vmtx', 'gasp', 'STAT', 'VORG'],
})
// The subsetter leaves the licence out.
const result = renameFont(cut, NAME, namesOf(source))
writeFileSync(join(ROOT, 'packages/certificate/fonts/NotoSansSC-Subset.ttf'), result)
console.log(`${codePoints.length} characters, ${result.length} bytes, SHA-256 ${sha256(result)}`)
