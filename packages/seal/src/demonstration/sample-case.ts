import { concatBytes, crc32, encodeUtf8 } from '@probatum/core'

/** An evidence file of the invented case. */
export interface SampleFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly mediaType: string
  readonly description: string
}

const BANNER = 'INVENTED SAMPLE – no real person, place, event or case.'

const READ_ME = `${BANNER}

These files belong to "Example case 1 (sample)". They show what a sealed export looks like. An invented
mechanism received them from an invented source; all of it was written for this demonstration.
`

const TRANSCRIPT = `${BANNER}
Transcript of a conversation that never took place

[00:00:03] Speaker A: Which way did the blue van leave?
[00:00:07] Speaker B: Along the river road, towards the mill. I wrote the time down.
[00:00:12] Speaker A: And what time was that?
[00:00:15] Speaker B: Twelve minutes past nine.
`

const OBSERVATIONS = `# ${BANNER}
time,place,what
2026-01-05T08:40:00Z,Example Square,market opens
2026-01-05T09:12:00Z,River Road (invented),blue van passes
2026-01-05T09:31:00Z,Example Mill,gate closes
`

const MESSAGE = `{
  "note": "${BANNER}",
  "from": "sender@source.example",
  "to": "archive@mechanism.example",
  "sent": "2026-01-06T10:00:00Z",
  "text": "Enclosed are the picture and my notes."
}
`

/** The invented case: five small files, the same bytes each time. */
export function sampleCase(): SampleFile[] {
  const text = (name: string, content: string, mediaType: string, description: string): SampleFile => ({
    name,
    bytes: encodeUtf8(content),
    mediaType,
    description,
  })
  return [
    text('README (sample).txt', READ_ME, 'text/plain', 'What this invented case is'),
    {
      name: 'picture (sample).png',
      bytes: samplePicture(),
      mediaType: 'image/png',
      description: 'A drawn test picture',
    },
    text('transcript (sample).txt', TRANSCRIPT, 'text/plain', 'An invented conversation'),
    text('observations (sample).csv', OBSERVATIONS, 'text/csv', 'Invented observations'),
    text('message (sample).json', MESSAGE, 'application/json', 'An invented message'),
  ]
}

const WIDTH = 48
const HEIGHT = 32

/** A PNG (ISO/IEC 15948) of a hill under a sun, one bit for a pixel, stored without compression. */
function samplePicture(): Uint8Array {
  const row = WIDTH / 8
  const pixels = new Uint8Array(HEIGHT * (1 + row))
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const sun = (x - 36) ** 2 + (y - 8) ** 2 <= 25
      const hill = y > 30 - (x * (WIDTH - x)) / 48
      if (sun || hill)
        pixels[y * (1 + row) + 1 + (x >> 3)] = (pixels[y * (1 + row) + 1 + (x >> 3)] ?? 0) | (0x80 >> (x & 7))
    }
  const header = concatBytes(bigEndian(WIDTH), bigEndian(HEIGHT), Uint8Array.of(1, 0, 0, 0, 0))
  return concatBytes(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('tEXt', encodeUtf8('Comment\0INVENTED SAMPLE')),
    chunk('IDAT', storedZlib(pixels)),
    chunk('IEND', new Uint8Array(0)),
  )
}

function bigEndian(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255)
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const typed = concatBytes(encodeUtf8(type), data)
  return concatBytes(bigEndian(data.length), typed, bigEndian(crc32(typed)))
}

/** One stored block (RFC 1951 §3.2.4) in a zlib stream (RFC 1950 §2.2); up to 65,535 octets. */
function storedZlib(data: Uint8Array): Uint8Array {
  const low = data.length & 255
  const high = data.length >> 8
  let a = 1
  let b = 0
  for (const byte of data) {
    a = (a + byte) % 65_521
    b = (b + a) % 65_521
  }
  const head = Uint8Array.of(0x78, 0x01, 0x01, low, high, low ^ 255, high ^ 255)
  return concatBytes(head, data, bigEndian(b * 65_536 + a))
}
