/** How deep a cause may lie: an error can be its own cause. */
const CAUSES = 4

/** An error and what caused it, the outermost first: `fetch` itself says only that it failed. */
function causesOf(error: unknown): Error[] {
  const causes: Error[] = []
  for (let at = error; at instanceof Error && causes.length < CAUSES; at = at.cause) causes.push(at)
  return causes
}

/** The codes of an error and of what caused it. */
export function codesOf(error: unknown): string[] {
  return causesOf(error).flatMap((at) => ('code' in at && typeof at.code === 'string' ? [at.code] : []))
}

/** Whether an error, or what caused it, has this name. */
export function isNamed(error: unknown, name: string): boolean {
  return causesOf(error).some((at) => at.name === name)
}

/** Whether the other side could not be believed to be who it is: a certificate that does not fit will not fit in a second. */
export function isTlsFailure(error: unknown): boolean {
  return codesOf(error).some((code) =>
    /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_)/.test(code),
  )
}

/**
 * The whole body of an answer, never more of it than the limit.
 * @throws what `tooLarge` gives, when there are more octets
 */
export async function bodyWithin(response: Response, limit: number, tooLarge: () => Error): Promise<Uint8Array> {
  if (Number(response.headers.get('Content-Length') ?? 0) > limit) {
    await response.body?.cancel().catch(() => {})
    throw tooLarge()
  }
  const pieces: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done || value === undefined) break
    length += value.length
    if (length > limit) {
      await reader?.cancel().catch(() => {})
      throw tooLarge()
    }
    pieces.push(value)
  }
  const body = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    body.set(piece, at)
    at += piece.length
  }
  return body
}
