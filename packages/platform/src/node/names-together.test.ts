import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { testPlace } from '../../../../tools/testing/place.ts'
import { openDirectory } from './directory.ts'
import { lookAtNames, type NamesTogether } from './names-together.ts'

const { place: root } = testPlace('names')
beforeAll(() => {
  for (let i = 0; i < 4200; i++) writeFileSync(join(root, `${i}`), `${i % 7 === 0 ? '' : i}`)
  mkdirSync(join(root, 'below'))
  writeFileSync(join(root, 'below', 'file'), 'a file (sample)')
  symlinkSync('0', join(root, 'link'))
})

/** What a listing says, whoever looked. */
async function listed(lookTogether?: (names: NamesTogether) => void) {
  const { entries, irregular } = await openDirectory(root, lookTogether === undefined ? {} : { lookTogether })
  return {
    entries: entries.map(({ path, size, extent }) => ({ path, size, handle: extent.container.handle })),
    irregular,
  }
}

test.each([
  ['none', () => {}],
  ['all', lookAtNames],
  // It takes some, and is never heard of again.
  ['a thread that died', ({ memory }: NamesTogether) => void Atomics.add(new Int32Array(memory), 0, 64)],
])('a folder has the same list when another thread looks at its names: %s', async (_, lookTogether) => {
  const alone = await listed()
  expect(alone.entries.length).toBe(4201)
  expect(alone.irregular).toEqual([{ path: 'link', what: 'symbolic-link' }])
  expect(await listed(lookTogether)).toEqual(alone)
})

test('a name that is gone when others look at it is a fault, as it is without them', async () => {
  const gone = join(root, 'gone')
  writeFileSync(gone, '')
  const run = listed((names) => {
    rmSync(gone)
    lookAtNames(names)
  })
  await expect(run).rejects.toMatchObject({ name: 'SourceFault', reason: 'changed', path: 'gone' })
})
