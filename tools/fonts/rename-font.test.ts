import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FONT_FILES } from '@probatum/certificate'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../setup.mjs'
import { namesOf, renameFont } from './rename-font.ts'

const folder = join(ROOT, 'packages/certificate/fonts')
const read = (file: string): Uint8Array => new Uint8Array(readFileSync(join(folder, file)))
const readme = readFileSync(join(folder, 'README.md'), 'utf8')

describe('the fonts', () => {
  test('are those of the list, no more and no fewer', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.ttf'))
    expect(files.sort()).toEqual(
      Object.values(FONT_FILES)
        .map(({ file }) => file)
        .sort(),
    )
  })

  test('are described with their source, and the subset with its digest', () => {
    for (const { file } of Object.values(FONT_FILES)) expect(readme).toContain(`\`${file}\``)
    const digest = createHash('sha256').update(read('NotoSansSC-Subset.ttf')).digest('hex')
    expect(readme).toContain(digest)
    expect(FONT_FILES.han.sha256).toBe(digest)
  })

  test('name the SIL Open Font License themselves', () => {
    for (const { file } of Object.values(FONT_FILES))
      expect(namesOf(read(file)).get(13)).toContain('SIL Open Font License')
  })

  test('the Chinese subset bears a name of its own and keeps its copyright', () => {
    const names = namesOf(read('NotoSansSC-Subset.ttf'))
    for (const id of [1, 3, 4, 6]) expect(names.get(id)).not.toMatch(/Source|Noto/)
    expect(names.get(1)).toBe('Probatum Han Subset')
    expect(names.get(0)).toContain('Adobe')
  })

  test('a renamed font differs in its names alone', () => {
    const font = read('NotoSansMono-Regular.ttf')
    const renamed = renameFont(font, 'Another Name')
    expect(namesOf(renamed).get(4)).toBe('Another Name')
    expect(namesOf(renamed).get(0)).toBe(namesOf(font).get(0))
  })
})
