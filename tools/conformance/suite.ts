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
}

export interface Suite {
  readonly name: string
  /** Judges every case below `data` (the folder of the conformance data). */
  readonly run: (data: string) => Promise<readonly CaseResult[]>
}
