import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  assess,
  checkBag,
  establishBag,
  type Finding,
  type FindingId,
  listedAmong,
  makeFileTree,
  ParseError,
  type Policy,
  setLeftoversAside,
} from '@probatum/core'
import { nodePorts, openDirectory } from '@probatum/platform/node'
import { instant, shippedPolicy } from '../../testing/judgement.ts'
import type { CaseResult, Suite } from '../suite.ts'

/** What the suite means by each invalid case: the check that must be the one that is open when the answer is not FAILED. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  'baginfo-missing-encoding': ['bag.declaration'],
  'bom-in-bagit.txt': ['bag.declaration'],
  'corrupt-data-file': ['payload.digest'],
  'corrupt-tag-file': ['tag.digest'],
  'extra-file-in-bag': ['payload.listed'],
  'invalid-version-number': ['bag.declaration', 'bag.version'],
  'missing-baginfo': ['tag.present'],
  'missing-bagit.txt': ['bag.declaration', 'ERR_NOT_A_BUNDLE'],
  'out-of-scope-file-paths-using-dot-notation': ['path.safe'],
  'out-of-scope-file-paths-using-dot-notation-for-fetch': ['path.safe'],
  'same-filename-listed-twice-with-different-hashes': ['manifest.unique'],
}

/** Warnings whose bags list files that a case-folding or hiding file system cannot hold: here they are right to fail. */
const NOT_STORABLE: readonly string[] = [
  'duplicate-file-with-different-case',
  'same-filename-listed-twice-with-different-normalization',
  'special-system-files',
]

/** Policy `fixity` with the dates of digests open: the suite's bags are about form, and most of them use MD5. */
function suitePolicy(): Policy {
  const fixity = shippedPolicy('fixity')
  const { algorithms } = fixity
  const digests = Object.fromEntries(Object.keys(algorithms.digests).map((name) => [name, {}]))
  return { ...fixity, algorithms: { ...algorithms, digests } }
}

export const suite: Suite = {
  name: 'bagit',
  run: async (data) => {
    const root = join(data, 'bagit')
    const results: CaseResult[] = []
    const ports = nodePorts({ jobs: 1 })
    const policy = suitePolicy()
    for (const version of folders(root)) {
      for (const kind of folders(join(root, version))) {
        for (const name of folders(join(root, version, kind))) {
          const { got, decisive } = await judgeBag(join(root, version, kind, name), policy, ports)
          const expected = kind === 'invalid' ? 'invalid' : NOT_STORABLE.includes(name) ? 'either' : 'valid'
          const meant = decisive.some((id) => MEANT[name]?.includes(id))
          const detail = decisive.join(' ')
          results.push({ id: `${version}/${kind}/${name}`, expected, got, meant, detail })
        }
      }
    }
    await ports.close()
    return results
  },
}

function folders(path: string): string[] {
  return readdirSync(path)
    .filter((name) => statSync(join(path, name)).isDirectory())
    .sort()
}

async function judgeBag(
  folder: string,
  policy: Policy,
  ports: ReturnType<typeof nodePorts>,
): Promise<{ got: CaseResult['got']; decisive: readonly string[] }> {
  const source = await openDirectory(folder)
  try {
    const found = await makeFileTree(source)
    const listed = await listedAmong(found.tree, found.leftoverCandidates)
    const { tree, leftovers } = setLeftoversAside(found, (path) => listed.has(path))
    const { facts } = await establishBag(tree, ports, { digests: 'all' })
    const validationTime = instant('2026-11-23')
    const findings = checkBag(facts, {
      policy,
      validationTime,
      part: false,
      native: false,
      leftovers,
      declaredSeal: new Set(),
    })
    const { indication } = assess(findings, policy)
    const got = indication === 'TOTAL-PASSED' ? 'PASSED' : indication === 'TOTAL-FAILED' ? 'FAILED' : indication
    return { got, decisive: decisiveIds(findings, policy) }
  } catch (error) {
    if (error instanceof ParseError) return { got: 'INDETERMINATE', decisive: [error.code] }
    throw error
  } finally {
    await source.close()
  }
}

/** Ids of what is not as it should be; for a bag that passes, of what is only said. */
function decisiveIds(findings: readonly Finding[], policy: Policy): readonly string[] {
  const mayBeOpen: readonly FindingId[] = policy.mayBeNotChecked
  const bad = findings.filter(
    ({ id, value }) => value !== 'PASSED' && !(value === 'NOT-CHECKED' && mayBeOpen.includes(id)),
  )
  if (bad.length > 0) return bad.map(({ id }) => id)
  return findings.filter(({ reason }) => reason !== undefined && reason !== 'no-fetch').map(({ id }) => id)
}
