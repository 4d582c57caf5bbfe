import { isJsonObject, type JsonObject, type JsonValue, LIMITS, ParseError, parseJson } from '@probatum/core'
import { LANGUAGE_CODES } from '@probatum/words'
import {
  type CertificateRequest,
  COMMAND_LINE,
  type Maker,
  type Recorded,
  type RecordedLines,
  templateOf,
} from '@probatum/words/certificate'

const WHERE = 'certificate.json'
const SHA256 = /^[0-9a-f]{64}$/
/** CSP 3, hash-source, of SHA-256. */
const SCRIPT_HASH = /^sha256-[A-Za-z0-9+/]{43}=$/
/** RFC 3339 time-numoffset; no place on Earth is farther from UTC. */
const UTC_OFFSET = /^[+-](?:0[0-9]|1[0-4]):[0-5][0-9]$/
const PAPERS = ['a4', 'letter'] as const
const LISTS = ['auto', 'full', 'exceptions', 'none'] as const

/**
 * Reads certificate.json: canonical, every member there and of its type, and no other.
 * @throws ParseError ERR_JSON_*, ERR_REPORT
 */
export function parseRequest(bytes: Uint8Array): CertificateRequest {
  const value = parseJson(bytes, WHERE, { limit: LIMITS.recordBytes, canonical: true })
  const root = objectAt(value, '', [
    'attachments',
    'certificate',
    'engine',
    'fonts',
    'labels',
    'language',
    'list',
    'maker',
    'names',
    'paper',
    'recorded',
    'template',
    'utcOffset',
  ])
  if (root.certificate !== 'probatum/certificate/1-draft') refuse('certificate', 'probatum/certificate/1-draft')
  const engine = objectAt(root.engine, 'engine', ['build', 'name', 'version'])
  if (engine.name !== 'probatum') refuse('engine.name', 'probatum')
  const attachments = objectAt(root.attachments, 'attachments', ['facts', 'inventory', 'policy', 'report', 'trustSet'])
  const digest = (name: string) => textAt(attachments[name], `attachments.${name}`, SHA256)
  const template = objectAt(root.template, 'template', ['choice', 'id', 'version'])
  return {
    certificate: root.certificate as CertificateRequest['certificate'],
    engine: {
      name: 'probatum',
      version: textAt(engine.version, 'engine.version'),
      build: textAt(engine.build, 'engine.build', SHA256),
    },
    attachments: {
      report: digest('report'),
      facts: digest('facts'),
      inventory: digest('inventory'),
      policy: digest('policy'),
      trustSet: attachments.trustSet === null ? null : digest('trustSet'),
    },
    template: {
      id: textAt(template.id, 'template.id'),
      version: countAt(template.version, 'template.version'),
      choice: template.choice === null ? null : textAt(template.choice, 'template.choice'),
    },
    language: oneOf(root.language, 'language', LANGUAGE_CODES),
    paper: oneOf(root.paper, 'paper', PAPERS),
    fonts: textAt(root.fonts, 'fonts', SHA256),
    list: oneOf(root.list, 'list', LISTS),
    labels: listAt(root.labels, 'labels').map((each, index) => {
      const at = `labels[${index}]`
      const { sha256, label } = objectAt(each, at, ['label', 'sha256'])
      return { sha256: textAt(sha256, `${at}.sha256`, SHA256), label: textAt(label, `${at}.label`) }
    }),
    names:
      root.names === null
        ? null
        : listAt(root.names, 'names').map((each, index) => {
            const at = `names[${index}]`
            const { path, name } = objectAt(each, at, ['name', 'path'])
            return { path: textAt(path, `${at}.path`), name: textAt(name, `${at}.name`) }
          }),
    recorded: recordedAt(root.recorded),
    utcOffset: root.utcOffset === null ? null : textAt(root.utcOffset, 'utcOffset', UTC_OFFSET),
    maker: makerAt(root.maker),
  }
}

/** Whether this version has the template of that version, and the choice is one of its own. */
export function isKnownTemplate({ id, version, choice }: CertificateRequest['template']): boolean {
  const template = templateOf(id)
  if (template === undefined || template.version !== version) return false
  return template.choices.length === 0 ? choice === null : template.choices.some((one) => one.id === choice)
}

function makerAt(value: JsonValue | undefined): Maker {
  const { program, script, edition } = objectAt(value, 'maker', ['edition', 'program', 'script'])
  if (oneOf(program, 'maker.program', ['probatum', 'probatum-web-verifier'] as const) === 'probatum') {
    if (script !== null) refuse('maker.script', 'null, for the command line')
    if (edition !== null) refuse('maker.edition', 'null, for the command line')
    return COMMAND_LINE
  }
  const at = 'maker.edition'
  const read = edition === null ? null : objectAt(edition, at, ['name', 'sha256'])
  return {
    program: 'probatum-web-verifier',
    script: textAt(script, 'maker.script', SCRIPT_HASH),
    edition:
      read === null
        ? null
        : { name: textAt(read.name, `${at}.name`), sha256: textAt(read.sha256, `${at}.sha256`, SHA256) },
  }
}

function recordedAt(value: JsonValue | undefined): Recorded {
  const members = ['container', 'custody', 'events', 'items', 'sharing']
  const { container = null, custody, events, items, sharing } = objectAt(value, 'recorded', members)
  return {
    container: container === null ? null : textAt(container, 'recorded.container', SHA256),
    events:
      events === null
        ? null
        : Object.fromEntries(
            Object.entries(anyObjectAt(events, 'recorded.events')).map(([kind, count]) => [
              kind,
              countAt(count, `recorded.events.${kind}`),
            ]),
          ),
    custody: custody === null ? null : linesAt(custody, 'recorded.custody'),
    items: items === null ? null : linesAt(items, 'recorded.items'),
    sharing: sharingAt(sharing),
  }
}

function linesAt(value: JsonValue | undefined, at: string): RecordedLines {
  const { first, last, withheld } = objectAt(value, at, ['first', 'last', 'withheld'])
  return {
    first: textAt(first, `${at}.first`, SHA256),
    last: textAt(last, `${at}.last`, SHA256),
    withheld: listAt(withheld, `${at}.withheld`).map((each, index) => {
      const place = `${at}.withheld[${index}]`
      const { digest, line } = objectAt(each, place, ['digest', 'line'])
      return { digest: textAt(digest, `${place}.digest`, SHA256), line: countAt(line, `${place}.line`) }
    }),
  }
}

function sharingAt(value: JsonValue | undefined): Recorded['sharing'] {
  const at = 'recorded.sharing'
  const { state } = anyObjectAt(value, at)
  if (state !== 'request') {
    objectAt(value, at, ['state'])
    return { state: oneOf(state, `${at}.state`, ['absent', 'not-at-hand', 'unreadable', 'no-request'] as const) }
  }
  const members = ['approvals', 'assurances', 'conditions', 'consents', 'exceptions', 'grounds', 'purpose', 'state']
  const request = objectAt(value, at, members)
  const texts = (name: string) =>
    listAt(request[name], `${at}.${name}`).map((each, index) => textAt(each, `${at}.${name}[${index}]`))
  const count = (name: string) => countAt(request[name], `${at}.${name}`)
  return {
    state,
    purpose: textAt(request.purpose, `${at}.purpose`),
    grounds: texts('grounds'),
    conditions: texts('conditions'),
    assurances: listAt(request.assurances, `${at}.assurances`).map((each, index) => {
      const place = `${at}.assurances[${index}]`
      const read = objectAt(each, place, ['assurance', 'by', 'date', 'reference'])
      const text = (name: string) => textAt(read[name], `${place}.${name}`)
      return { assurance: text('assurance'), by: text('by'), date: text('date'), reference: text('reference') }
    }),
    consents: count('consents'),
    approvals: count('approvals'),
    exceptions: count('exceptions'),
  }
}

function refuse(member: string, expected: string): never {
  throw new ParseError('ERR_REPORT', { where: member === '' ? WHERE : `${WHERE}: ${member}`, expected })
}

function anyObjectAt(value: JsonValue | undefined, member: string): JsonObject {
  if (value === undefined || !isJsonObject(value)) refuse(member, 'an object')
  return value
}

function objectAt(value: JsonValue | undefined, member: string, members: readonly string[]): JsonObject {
  const object = anyObjectAt(value, member)
  if (Object.keys(object).sort().join() !== [...members].sort().join())
    refuse(member, `the members ${members.join(', ')}`)
  return object
}

function listAt(value: JsonValue | undefined, member: string): readonly JsonValue[] {
  if (!Array.isArray(value)) refuse(member, 'a list')
  return value as readonly JsonValue[]
}

const EXPECTED = new Map([
  [SHA256, 'a SHA-256'],
  [SCRIPT_HASH, 'sha256-, then Base64'],
  [UTC_OFFSET, 'an offset from UTC, +06:30'],
])

function textAt(value: JsonValue | undefined, member: string, pattern = /^/): string {
  if (typeof value !== 'string' || !pattern.test(value)) refuse(member, EXPECTED.get(pattern) ?? 'text')
  return value
}

function countAt(value: JsonValue | undefined, member: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) refuse(member, 'a number')
  return value
}

function oneOf<T extends string>(value: JsonValue | undefined, member: string, values: readonly T[]): T {
  const found = values.find((one) => one === value)
  if (found === undefined) refuse(member, values.join(', '))
  return found
}
