import { ARCHIVE_INPUTS } from './hostile-archives.ts'
import { HOSTILE_INPUTS } from './hostile-inputs.ts'
import { PDF_INPUTS } from './hostile-pdfs.ts'
import { RECORD_INPUTS } from './hostile-records.ts'
import { peakMemory } from './peak-memory.ts'

/** Started by the test: makes one input, says that it is ready, judges it when told to, and says what came of it. */
const name = process.argv[2] ?? ''
const inputs = [HOSTILE_INPUTS, RECORD_INPUTS, ARCHIVE_INPUTS, PDF_INPUTS]
const input = inputs.find((each) => each.has(name))?.get(name)
if (input === undefined) throw new TypeError(`no such input: ${name}`)
const judgeIt = await input.make()
process.once('message', () => {
  const before = process.memoryUsage().rss
  const began = process.cpuUsage()
  judgeIt().then(
    (answer) => {
      const growth = peakMemory() - before
      const { user, system } = process.cpuUsage(began)
      process.send?.({ answer, growth, milliseconds: (user + system) / 1000 }, () => process.disconnect())
    },
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.send?.('ready')
