import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../../setup.mjs'
import type { CaseResult, Suite } from '../suite.ts'

/**
 * The README's lines about a public authority's time-stamp, typed as they stand there, with a real token: what a reader
 * does first. A second case gives other data, which must be refused.
 */
export const suite: Suite = {
  name: 'readme',
  run: async (data) => {
    const folder = join(data, 'tsp', 'rfc3161-client', 'identrust')
    return [
      typed('hello', folder, { expected: 'valid', data: 'hello' }),
      typed('other data', folder, { expected: 'invalid', data: 'jello' }),
    ]
  },
}

function typed(id: string, folder: string, given: { expected: CaseResult['expected']; data: string }): CaseResult {
  const place = mkdtempSync(join(tmpdir(), 'probatum-readme-'))
  try {
    let last = { status: null as number | null, text: '' }
    for (const line of readmeLines()) {
      const command = line
        .replace('printf hello', `printf ${given.data}`)
        .replace('npm start --', `'${process.execPath}' '${join(ROOT, 'tools', 'start.mjs')}'`)
        .replace('ROOT.pem', `'${join(folder, 'ts_chain.pem')}'`)
        .replace('TOKEN', `'${join(folder, 'issue-104.tsr')}'`)
      const run = spawnSync('sh', ['-c', command], { cwd: place, encoding: 'utf8' })
      last = { status: run.status, text: `${run.stdout}${run.stderr}`.trim().split('\n')[0] ?? '' }
    }
    const got = last.status === 0 ? 'PASSED' : last.status === 1 ? 'FAILED' : 'INDETERMINATE'
    return { id, expected: given.expected, got, detail: `exit ${last.status}: ${last.text}` }
  } finally {
    rmSync(place, { recursive: true })
  }
}

/** The block of commands under "A public authority's time-stamp". */
function readmeLines(): string[] {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const block = /## A public authority's time-stamp[\s\S]*?```\n([\s\S]*?)```/.exec(text)?.[1] ?? ''
  const lines = block.trim().split('\n')
  if (lines.length < 3) throw new Error('README.md has no commands about a time-stamp')
  return lines
}
