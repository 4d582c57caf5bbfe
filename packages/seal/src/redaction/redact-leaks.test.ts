import { expect, it } from 'vitest'
import { instant } from '../../../../tools/testing/judgement.ts'
import { LineMaker, MemoryCustodyLog, makeLogStart } from '../custody-log/custody-log.ts'
import { seededRandom } from '../random.ts'
import { fileOf } from '../sealing/bundle-sink.ts'
import { LeakSearch } from './redact-leaks.ts'
import { parseDisclosurePolicy } from './redact-policy.ts'

it('values beyond those of one pass over the files are looked for in further ones', async () => {
  const making = { random: seededRandom('many values') }
  const id = '00112233445566778899aabbccddeeff'
  const start = makeLogStart({ id, origin: 'sample.example', fingerprint: 'ab'.repeat(32) }, {}, making)
  const log = new MemoryCustodyLog({ id, origin: 'sample.example', verifierKey: 'none' }, start)
  const maker = new LineMaker(log, making)
  const count = 130
  const agents = Array.from({ length: count }, (_, at) => `Invented person no. ${at}`)
  await log.append(agents.map((agent) => maker.make({ type: 'access', fields: { agent } })))
  const text = {
    disclosurePolicy: 'probatum/disclosure-policy/1-draft',
    recipient: null,
    identifier: 'Example (sample)',
  }
  const policy = parseDisclosurePolicy(new TextEncoder().encode(JSON.stringify(text)), 'policy')
  const statement = {
    issuer: 'Example Mechanism (sample)',
    softwareAgent: 'probatum',
    now: instant('2026-03-14T09:12:00Z'),
    log: { origin: 'sample.example' },
    signer: { certificates: [] },
    timeStampAuthorities: [],
  }
  const search = await LeakSearch.of(log, policy, statement, undefined, 50)
  const file = (content: string) => new Map([['data/00/000001.txt', fileOf(new TextEncoder().encode(content))]])
  expect(await search.leaks(file('INVENTED SAMPLE, nobody is named\n'))).toEqual([])
  const leaks = await search.leaks(file(`INVENTED SAMPLE: ${agents[0]}; ${agents[count - 1]?.toUpperCase()}\n`))
  const places = leaks.flatMap(({ withheld }) => withheld.map(({ seq }) => seq))
  expect(places).toEqual(expect.arrayContaining([1, count]))
  expect(search.summary().values).toBe(count)
})
