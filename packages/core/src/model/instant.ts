/** Placeholder until the time parser lands. */
export interface Instant {
  readonly epochSeconds: number
  readonly fraction: string
}
