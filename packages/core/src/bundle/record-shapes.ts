import { exactly, hex, integer, listOf, object, oneOf, orNull, type Shape, text, textWhere } from '../json/shape.ts'
import { fromBase64 } from '../model/bytes.ts'
import { parseInstant } from '../model/instant.ts'
import {
  type Approval,
  ASSURANCES,
  type Assurance,
  type AuthorisationRecord,
  type AuthorisationRequest,
  CONSENT_SLOTS,
  type ConsentCommitment,
  HANDLING_KINDS,
  type HandlingCondition,
  type RequestException,
  type RequestRecipient,
  UNMET_CONDITIONS,
} from './authorisation-record.ts'
import {
  type ConsistencyProof,
  DISCLOSED_FILES,
  type DisclosedFile,
  EVENT_TYPES,
  type EventTypeName,
  type Ground,
  ITEM_TYPE,
  type LineType,
  type Opening,
  type Stub,
} from './line-types.ts'
import type { BundleRecord, DeclaredSignature } from './record-facts.ts'

/** The specification's sections 4 and 5: what each record may hold. */

const SHA256 = hex(32)
const RANDOM_128 = hex(16)
/** base64url of 32 octets: 43 characters, the last of which carries two bits. */
const SLOT = text({ pattern: /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, expected: 'base64url of 32 octets' })
const NAME = text({ pattern: /^[^\p{Cc}]{1,1024}$/u, expected: 'text of 1 to 1024 characters, no control character' })
const CODE = text({ pattern: /^[a-z0-9-]{1,64}$/ })
const TIME = textWhere('RFC 3339 time in UTC', (value) => value.length > 10 && parseInstant(value) !== undefined)
const DATE = textWhere('RFC 3339 date', (value) => value.length === 10 && parseInstant(value) !== undefined)
const BASE64 = textWhere('base64', (value) => value !== '' && fromBase64(value) !== undefined)
const ORIGIN = text({ pattern: /^[^\s+\p{Cc}]{1,255}$/u, expected: 'text without white space or plus' })
const COUNT = integer(0)
/** Lists that people read before they sign. */
const FEW = { maximum: 256 }
const FIELD = text({ pattern: /^[a-z][A-Za-z0-9]{0,63}$/ })

export const BUNDLE_RECORD_SHAPE: Shape<BundleRecord> = object<BundleRecord>(
  {
    authorities: listOf(
      object<BundleRecord['authorities'][number]>({ label: text({ pattern: /^[a-z0-9-]{1,32}$/ }), subject: NAME }),
    ),
    created: TIME,
    format: text(),
    issuer: object<BundleRecord['issuer']>({ name: NAME }),
    itemCount: COUNT,
    log: object<BundleRecord['log']>({ id: RANDOM_128, origin: ORIGIN }),
    recipient: orNull(object<{ readonly name: string }>({ name: NAME })),
    sample: exactly(true),
    seal: listOf(
      object<DeclaredSignature>({
        file: text({ pattern: /^tagmanifest-sha(?:256|512)\.txt(?:\.mldsa)?\.p7s$/ }),
        signer: SHA256,
        timestamps: integer(0, 32),
      }),
      { minimum: 1, maximum: 4 },
    ),
  },
  ['sample'],
)

export const STUB_SHAPE: Shape<Stub> = object<Stub>({ seq: COUNT, withheld: SHA256 })

/** What every real line has, as it is read here. */
export interface LineForm {
  readonly seq: number
  readonly type: string
  readonly prev?: string
  readonly logId?: string
  readonly origin?: string
  readonly authorisation?: string
  readonly itemCount?: number
}

const CLEAR_MEMBERS: Readonly<Record<string, Shape<unknown>>> = {
  authorisation: SHA256,
  event: RANDOM_128,
  exportNumber: RANDOM_128,
  itemCount: COUNT,
  itemRoot: SHA256,
  logId: RANDOM_128,
  logKey: SHA256,
  origin: ORIGIN,
  signature: BASE64,
  signedBy: oneOf(['anchor', 'old-key']),
  verifierKey: text({ pattern: /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*$/, expected: 'name+hash+key' }),
}

function lineShape(name: string, type: LineType, chained: boolean): Shape<LineForm> {
  const members: Record<string, Shape<unknown>> = {
    salt: RANDOM_128,
    sd: listOf(SLOT, { minimum: type.slots.length, maximum: type.slots.length }),
    seq: COUNT,
    type: exactly(name),
  }
  if (chained) members.prev = SHA256
  for (const clear of type.clear) {
    const shape = CLEAR_MEMBERS[clear]
    if (shape === undefined) throw new TypeError(`no shape for the member ${clear}`)
    members[clear] = shape
  }
  // The members are those of LineForm that this type has; the compiler cannot follow the table.
  return object(members) as Shape<unknown> as Shape<LineForm>
}

export const ITEM_SHAPES: ReadonlyMap<string, Shape<LineForm>> = new Map([
  ['item', lineShape('item', ITEM_TYPE, false)],
])

export const EVENT_SHAPES: ReadonlyMap<string, Shape<LineForm>> = new Map(
  Object.entries<LineType>(EVENT_TYPES).map(([name, type]) => [name, lineShape(name, type, true)]),
)

const SLOT_NAMES: Readonly<Record<DisclosedFile, ReadonlySet<string>>> = {
  'authorisation.json': new Set(CONSENT_SLOTS),
  'custody.jsonl': new Set(Object.keys(EVENT_TYPES).flatMap((name) => EVENT_TYPES[name as EventTypeName].slots)),
  'items.jsonl': new Set(ITEM_TYPE.slots),
}

export const OPENING_SHAPE: Shape<Opening> = object<Opening>({
  field: FIELD,
  file: oneOf(DISCLOSED_FILES),
  opening: text({ pattern: /^[A-Za-z0-9_-]+$/, expected: 'base64url of [salt, name, value]' }),
  seq: COUNT,
})

export const GROUND_SHAPE: Shape<Ground> = object<Ground>(
  { field: FIELD, file: oneOf(DISCLOSED_FILES), ground: CODE, seq: COUNT },
  ['field'],
)

/** Whether a file can have a field of this name at all. */
export function isFieldOf(file: DisclosedFile, field: string): boolean {
  return SLOT_NAMES[file].has(field)
}

export const PROOF_SHAPE: Shape<ConsistencyProof> = object<ConsistencyProof>({
  // RFC 9162 §2.1.4.1: at most ceil(log2 n) + 1 nodes, and n is below 2^53.
  consistencyPath: listOf(SHA256, { maximum: 54 }),
  first: integer(1),
  firstRoot: SHA256,
  second: integer(1),
})

export const AUTHORISATION_REQUEST_SHAPE: Shape<AuthorisationRequest> = object<AuthorisationRequest>({
  assurances: listOf(object<Assurance>({ assurance: oneOf(ASSURANCES), by: NAME, date: DATE, reference: NAME }), FEW),
  conditions: listOf(
    object<HandlingCondition>({ kind: oneOf(HANDLING_KINDS), text: NAME, until: DATE }, ['until']),
    FEW,
  ),
  consents: listOf(
    object<ConsentCommitment>({
      item: COUNT,
      salt: RANDOM_128,
      sd: listOf(SLOT, { minimum: CONSENT_SLOTS.length, maximum: CONSENT_SLOTS.length }),
    }),
  ),
  disclosures: SHA256,
  exceptions: listOf(
    object<RequestException>({
      condition: oneOf(UNMET_CONDITIONS),
      ground: NAME,
      item: orNull(COUNT),
      signature: BASE64,
    }),
  ),
  exportNumber: RANDOM_128,
  grounds: listOf(NAME, FEW),
  head: object<AuthorisationRequest['head']>({ root: SHA256, size: COUNT }),
  itemCount: COUNT,
  itemRoot: SHA256,
  logId: RANDOM_128,
  purpose: orNull(NAME),
  recipient: orNull(object<RequestRecipient>({ key: orNull(SHA256), kind: NAME, name: NAME })),
})

export const AUTHORISATION_SHAPE: Shape<AuthorisationRecord> = object<AuthorisationRecord>({
  approvals: listOf(object<Approval>({ approver: NAME, signature: BASE64 }), { maximum: 16 }),
  authorisation: exactly('probatum/authorisation/1-draft'),
  request: orNull(AUTHORISATION_REQUEST_SHAPE),
})
