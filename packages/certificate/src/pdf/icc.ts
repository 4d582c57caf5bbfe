/** IEC 61966-2-1: the colour space that the document's greys are meant in. */
const GAMMA_POINTS = 1024

/** The primaries and the white of sRGB, adapted to D50 (ICC.1 §6.3.4.3), as s15Fixed16 numbers. */
const WHITE: XYZ = [0x0000_f6d6, 0x0001_0000, 0x0000_d32d]
const RED: XYZ = [0x0000_6fa2, 0x0000_38f5, 0x0000_0390]
const GREEN: XYZ = [0x0000_6299, 0x0000_b785, 0x0000_18da]
const BLUE: XYZ = [0x0000_24a0, 0x0000_0f84, 0x0000_b6cf]

type XYZ = readonly [number, number, number]

/** The curve of IEC 61966-2-1 from a stored value to light, 0 to 1. */
export function srgbCurve(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function big(size: 2 | 4, values: readonly number[]): number[] {
  return values.flatMap((value) =>
    Array.from({ length: size }, (_, index) => (value >>> ((size - 1 - index) * 8)) & 0xff),
  )
}

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))

const xyz = (values: XYZ): number[] => [...ascii('XYZ '), 0, 0, 0, 0, ...big(4, values)]

function curve(): number[] {
  const points = Array.from({ length: GAMMA_POINTS }, (_, index) =>
    Math.round(srgbCurve(index / (GAMMA_POINTS - 1)) * 65_535),
  )
  return [...ascii('curv'), 0, 0, 0, 0, ...big(4, [GAMMA_POINTS]), ...big(2, points)]
}

/** ICC.1:2001 §6.5.17: ASCII, then empty Unicode and ScriptCode forms. */
function description(text: string): number[] {
  return [
    ...ascii('desc'),
    0,
    0,
    0,
    0,
    ...big(4, [text.length + 1]),
    ...ascii(text),
    0,
    ...new Array(4 + 4 + 2 + 1 + 67).fill(0),
  ]
}

function copyright(text: string): number[] {
  return [...ascii('text'), 0, 0, 0, 0, ...ascii(text), 0]
}

/** A version 2 display profile for sRGB, made from its definition: nobody's file is shipped. */
export function srgbProfile(): Uint8Array {
  const sharedCurve = curve()
  const tags: readonly (readonly [string, readonly number[]])[] = [
    ['desc', description('sRGB IEC61966-2.1 (made from its definition)')],
    ['cprt', copyright('No copyright, use freely')],
    ['wtpt', xyz(WHITE)],
    ['rXYZ', xyz(RED)],
    ['gXYZ', xyz(GREEN)],
    ['bXYZ', xyz(BLUE)],
    ['rTRC', sharedCurve],
    ['gTRC', sharedCurve],
    ['bTRC', sharedCurve],
  ]
  const table: number[] = []
  const data: number[] = []
  const start = 128 + 4 + tags.length * 12
  const offsets = new Map<readonly number[], number>()
  for (const [tag, bytes] of tags) {
    let offset = offsets.get(bytes)
    if (offset === undefined) {
      offset = start + data.length
      offsets.set(bytes, offset)
      data.push(...bytes, ...new Array((4 - (bytes.length % 4)) % 4).fill(0))
    }
    table.push(...ascii(tag), ...big(4, [offset, bytes.length]))
  }
  const header = [
    ...big(4, [start + data.length]),
    ...[0, 0, 0, 0],
    ...big(4, [0x0210_0000]),
    ...ascii('mntrRGB XYZ '),
    // A date is wanted; it is that of the standard's first edition.
    ...big(2, [1999, 10, 1, 0, 0, 0]),
    ...ascii('acsp'),
    ...new Array(4 + 4 + 4 + 4 + 8 + 4).fill(0),
    ...big(4, WHITE),
    ...new Array(4 + 44).fill(0),
  ]
  return Uint8Array.from([...header, ...big(4, [tags.length]), ...table, ...data])
}
