import { describe, expect, it } from 'vitest'
import { VERIFY } from '../options.ts'
import { CERTIFICATE, CERTIFICATE_FILE } from './certificate.ts'
import { COMMANDS } from './commands.ts'
import { RESTS_ON_BUNDLE } from './verify.ts'

/** What `verify` takes beside a bundle: files, of which several can be given. */
const GIVEN = Object.keys(VERIFY).filter((name) => VERIFY[name]?.array === true)

const optionsOf = (command: string) =>
  [...COMMANDS, ...CERTIFICATE, ...CERTIFICATE_FILE].find(({ name }) => name === command)?.options ??
  expect.fail(`no command ${command}`)

describe('what is given beside a bundle', () => {
  it('is what it was when this was written: whoever adds to it looks at the page and at saved facts too', () => {
    expect(GIVEN).toEqual(['identity', 'crl', 'ocsp', 'disclosures', 'notices', 'evidence-record'])
  })

  it.each(['certify', 'certificate check', 'explain'])('is taken by `%s` as by `verify`', (command) => {
    for (const name of [...GIVEN, 'identity-password-file'])
      expect(optionsOf(command)[name], name).toEqual(VERIFY[name])
  })

  it('is what `explain --rests-on` reads, all of it', () => {
    expect([...RESTS_ON_BUNDLE].sort()).toEqual([...GIVEN, 'identity-password-file'].sort())
  })

  it('is taken by `steps`, but for lists of withdrawn certificates, which no stock command judges', () => {
    const own = optionsOf('steps')
    expect(GIVEN.filter((name) => own[name] === undefined)).toEqual(['crl', 'ocsp'])
  })

  it.each(['certify', 'certificate check', 'judge', 'explain'])(
    'is judged for whom one names, as a part, by `%s`',
    (command) => {
      for (const name of ['recipient', 'part']) expect(optionsOf(command)[name], name).toEqual(VERIFY[name])
    },
  )
})
