import { type Files, fileAt } from './seal.ts'

/** The openings of consents that a bundle has, as a file of later openings for the same bundle without them. */
export function laterConsents(bundle: Files): Uint8Array {
  const lines = new TextDecoder().decode(fileAt(bundle, 'record/disclosures.jsonl')).split('\n')
  return new TextEncoder().encode(
    lines.flatMap((line) => (line.includes('"file":"authorisation.json"') ? [`${line}\n`] : [])).join(''),
  )
}

/**
 * Files of later openings for the bundle `small` with line 1 of its custody log withheld (`custody-event-withheld`): the
 * line and its openings are those of `small` itself. By name.
 */
export function laterOpenings(small: Files, other: Files): ReadonlyMap<string, Uint8Array> {
  const lines = (files: Files, path: string) => new TextDecoder().decode(fileAt(files, path)).split('\n').slice(0, -1)
  const openings = (files: Files, seq: number, file = 'custody.jsonl') =>
    lines(files, 'record/disclosures.jsonl').filter((line) => {
      const one = JSON.parse(line)
      return one.file === file && one.seq === seq
    })
  const whole = (line: string) => JSON.stringify({ file: 'custody.jsonl', line, seq: 1 })
  const withheld = lines(small, 'record/custody.jsonl')[1] ?? ''
  const own = openings(small, 1)
  const [agent = '', instrument = ''] = own
  const item = openings(small, 0, 'items.jsonl')
  const [name = '', path = ''] = item
  const alter = (line: string, change: (one: Record<string, unknown>) => object) =>
    JSON.stringify(change(JSON.parse(line)))
  /** The opening with its own salt and name, and another value. */
  const otherValue = (line: string, value: string) =>
    alter(line, (one) => {
      const [salt, field] = JSON.parse(Buffer.from(String(one.opening), 'base64url').toString())
      return { ...one, opening: Buffer.from(JSON.stringify([salt, field, value])).toString('base64url') }
    })
  const made = (field: string, seq: number, file: string) =>
    JSON.stringify({
      field,
      file,
      opening: Buffer.from(JSON.stringify(['AAECAwQFBgcICQoLDA0ODw', field, 'Example (sample)'])).toString('base64url'),
      seq,
    })
  const files: Readonly<Record<string, readonly string[]>> = {
    'line-and-fields': [whole(withheld), ...own],
    line: [whole(withheld)],
    'fields-without-line': own,
    'fields-shown-already': item,
    'of-another-bundle': [whole(lines(other, 'record/custody.jsonl')[1] ?? ''), ...openings(other, 1)],
    'fields-of-another-bundle': openings(other, 0, 'items.jsonl'),
    'other-value': [whole(withheld), otherValue(agent, 'Example Elsewhere (sample)'), instrument],
    'other-value-alone': [otherValue(name, 'other (sample).txt')],
    'other-name': [alter(name, (one) => ({ ...one, field: 'description' })), path],
    twice: [name, name],
    'clear-member': [path, made('salt', 0, 'items.jsonl')],
    'no-such-field': [made('place', 0, 'items.jsonl'), ...item.slice(1)],
    'line-altered': [whole(withheld.replace(/"salt":"[0-9a-f]{2}/, '"salt":"00')), ...item],
    'beyond-the-end': [...item, alter(name, (one) => ({ ...one, seq: 40 }))],
    'not-canonical': [` ${name}`, path],
    'unknown-member': [alter(name, (one) => ({ ...one, until: '2027-01-01' })), path],
  }
  const bytes = (content: readonly string[]) => new TextEncoder().encode(content.map((line) => `${line}\n`).join(''))
  return new Map([
    ...Object.entries(files).map(([key, content]) => [key, bytes(content)] as const),
    ['empty', new Uint8Array(0)] as const,
    ['no-json', new TextEncoder().encode('INVENTED SAMPLE: this is a letter.\n')] as const,
  ])
}
