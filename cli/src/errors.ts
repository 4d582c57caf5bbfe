/** The command was not understood: exit code 2, and nothing has been checked. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly todo: string
  constructor(
    message: string,
    todo = '`probatum help` shows the commands, `probatum COMMAND --help` the options of one.',
  ) {
    super(message)
    this.todo = todo
  }
}

/** An input that cannot be read or is not what it must be: exit code 4. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly todo: string
  constructor(message: string, todo: string, options?: { cause?: unknown }) {
    super(message, options)
    this.todo = todo
  }
}

/** The result could not be written to its end: exit code 70, because whoever reads it has no whole result. */
export class OutputError extends Error {
  override readonly name = 'OutputError'
  /** What to do, where more is known than the system's code tells; the message then says what and where. */
  readonly todo?: string
  constructor(message: string, options?: { cause?: unknown; todo?: string }) {
    super(message, options)
    if (options?.todo !== undefined) this.todo = options.todo
  }
}

/** What is known of the file that an error is about, where the error itself does not know it. */
export interface AboutFile {
  readonly path: string
  /** A sentence: what the file looks like. */
  readonly looks?: string
  /** What to do, better than the error knows. */
  readonly todo?: string
}

const ABOUT = new WeakMap<object, AboutFile>()

export function tellFile(error: Error, about: AboutFile): void {
  ABOUT.set(error, about)
}

export function fileOf(error: Error): AboutFile | undefined {
  return ABOUT.get(error)
}

/** An error of the operating system as Node gives it: about a disk or a right, and not about this program. */
export function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    'syscall' in error &&
    /^E[A-Z0-9]+$/.test(error.code)
  )
}
