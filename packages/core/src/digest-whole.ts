import type { DigestAlgorithm, Digester, DigestOutcome, RandomAccess } from './model/ports.ts'

/**
 * Digests one file from its first byte to its last.
 * @param options as `Digester.digest` takes them; it rejects as that does
 */
export async function digestWhole(
  container: RandomAccess,
  algorithms: readonly DigestAlgorithm[],
  digester: Digester,
  options: Parameters<Digester['digest']>[1] = {},
): Promise<DigestOutcome> {
  const { size } = container
  const extent = { container, offset: 0, length: size, method: 'stored', size } as const
  for await (const outcomes of digester.digest([{ path: '', extent, algorithms }], options)) {
    const [outcome] = outcomes
    if (outcome !== undefined) return outcome
  }
  throw new TypeError('a digester that gives no outcome')
}
