/** What a third-party case is judged as here, beside what its suite says. */
export interface CaseResult {
  /** Stable id within the suite: the folder, the file, or the suite's own id. */
  readonly id: string
  /** What the suite says. `either`: it leaves the answer open, and any is right. */
  readonly expected: 'valid' | 'invalid' | 'either'
  readonly got: 'PASSED' | 'FAILED' | 'INDETERMINATE'
  /** For `invalid` → INDETERMINATE: whether the check that the suite means is the one that is open. */
  readonly meant?: boolean
  /** Finding ids or the error's code: what decided. */
  readonly detail: string
  /** Of a question about a path: what the shipped policy `sealed` says of it, whatever the suite's own policy leaves open. */
  readonly sealed?: CaseResult['got']
}

export interface Suite {
  readonly name: string
  /**
   * Why it cannot be run on this machine, for people; null when it can. Such a suite is said aloud and nothing of it is counted.
   * @throws {Error} where it must not be left out (continuous integration)
   */
  readonly whyNotHere?: () => string | null
  /** Judges every case below `data` (the folder of the conformance data). */
  readonly run: (data: string) => Promise<readonly CaseResult[]>
}
