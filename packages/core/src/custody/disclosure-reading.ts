import type { ConsentTable } from '../authorisation/consent-table.ts'
import type { OpenedConsents } from '../authorisation/opened-consents.ts'
import { CONSENT_SLOTS } from '../bundle/authorisation-record.ts'
import type { DisclosedFile, OpenableFile } from '../bundle/line-types.ts'
import type { JsonValue } from '../json/value.ts'
import { LIMITS } from '../model/limits.ts'
import type { SmallDigest } from '../model/ports.ts'
import { type Disclosed, parseDisclosure, saltIn } from './disclosure-scan.ts'
import { isValueOf } from './field-values.ts'
import type { DisclosureFacts, GroundProblem, OpeningProblem, WithheldPlace } from './history-facts.ts'
import { type LineTable, lineTypeOf } from './line-table.ts'
import type { OpenedEvents } from './opened-events.ts'
import type { OpenedItems } from './opened-items.ts'
import { PlaceList } from './place-list.ts'
import { SaltSet } from './salt-set.ts'

/** An opened field: never part of facts or reports, handed only to who asks for opened values. */
export interface OpenedField {
  readonly file: DisclosedFile
  /** Position of the line, from 0; in authorisation.json of the item. */
  readonly seq: number
  readonly field: string
  readonly value: JsonValue
}

/** The tables of a bundle; null where the file could not be read. */
export interface LineTables {
  readonly events: LineTable | null
  readonly items: LineTable | null
  /** Of authorisation.json; empty where it is a draft. */
  readonly consents: ConsentTable | null
}

/** Clear members that every line has, besides those of its type. */
const CLEAR: readonly string[] = ['prev', 'salt', 'sd', 'seq', 'type']

/** The line, or the consent, whose openings are being read. */
interface Group {
  readonly file: DisclosedFile
  readonly seq: number
  /** Names of the line's slots; null for a stub, and for a line that is not in form. */
  readonly slots: readonly string[] | null
  /**
   * Opened fields whose values are in form. New for each line: V8 keeps what a Map held before it was cleared until it collects
   * everything.
   */
  readonly values: Map<string, JsonValue>
  /** Opened fields whose values are not in form; null for none, like the next: of millions of lines few have any. */
  malformed: Set<string> | null
  /** Fields with a ground. */
  grounded: Set<string> | null
}

function isOpened({ values, malformed }: Group, field: string): boolean {
  return values.has(field) || malformed?.has(field) === true
}

/** Matches the lines of a disclosures file to the lines that they open, in the order in which they stand. */
export class DisclosureReading {
  readonly #tables: LineTables
  readonly #digest: SmallDigest
  readonly #events: OpenedEvents
  readonly #items: OpenedItems | null
  readonly #consents: OpenedConsents | null
  readonly #onOpened: ((field: OpenedField) => void) | undefined
  readonly #problems = new PlaceList<OpeningProblem>()
  readonly #groundProblems = new PlaceList<GroundProblem>()
  /** Grounds of the withheld lines that a finding can name, by file and position. */
  readonly #lineGrounds: Readonly<Record<OpenableFile, Map<number, string>>> = {
    'custody.jsonl': new Map(),
    'items.jsonl': new Map(),
  }
  #group: Group | null = null
  readonly #salts = new SaltSet()
  #saltsAgain = 0
  #openings = 0
  #holding = 0
  #grounds = 0
  #grounded = 0

  constructor(
    tables: LineTables,
    digest: SmallDigest,
    opened: {
      readonly events: OpenedEvents
      readonly items: OpenedItems | null
      readonly consents?: OpenedConsents
    },
    onOpened?: (field: OpenedField) => void,
  ) {
    this.#tables = tables
    this.#digest = digest
    this.#events = opened.events
    this.#items = opened.items
    this.#consents = opened.consents ?? null
    this.#onOpened = onOpened
  }

  /**
   * @param opening ASCII octets of the disclosure
   * @param disclosed what they say, where that is known already
   * @returns what they say; `undefined` when they are not in form
   */
  opening(
    file: DisclosedFile,
    seq: number,
    field: string,
    opening: Uint8Array,
    disclosed: Disclosed | undefined = parseDisclosure(opening),
  ): Disclosed | undefined {
    this.#openings++
    const group = this.#at(file, seq)
    const code = disclosed === undefined ? ('malformed' as const) : this.#judge(group, field, disclosed, opening)
    if (code !== null) this.#problems.add({ file, line: seq + 1, field, code })
    return disclosed
  }

  #judge(group: Group, field: string, disclosed: Disclosed, opening: Uint8Array): OpeningProblem['code'] | null {
    const { file, seq, slots } = group
    const table = this.#openable(file)
    if (table === null) return 'line-unread'
    if (table.kind === 'consents' ? !table.has(seq) : seq >= table.count) return 'no-line'
    if (table.kind !== 'consents' && table.isStub(seq)) return 'line-withheld'
    if (slots === null) return 'line-unread'
    const index = slots.indexOf(field)
    if (index === -1) return isClear(table, seq, field) ? 'clear-member' : 'no-such-field'
    const found = table.findSlot(seq, this.#digest('sha256', opening))
    if (found.index === -1) return 'no-slot'
    if (found.again || isOpened(group, field)) return 'twice'
    if (found.index !== index || disclosed.name !== field) return 'other-slot'
    this.#holding++
    if (!this.#salts.isFull && this.#salts.add(saltIn(opening))) this.#saltsAgain++
    this.#onOpened?.({ file, seq, field, value: disclosed.value })
    if (!isValueOf(file, field, disclosed.value)) {
      group.malformed ??= new Set()
      group.malformed.add(field)
      if (file === 'custody.jsonl') this.#events.malformed(seq, field)
      else if (file === 'items.jsonl') this.#items?.malformed(seq, field)
      else this.#consents?.malformed(seq)
      return 'malformed-value'
    }
    group.values.set(field, disclosed.value)
    // The request is in the export event, and names the digest of this file.
    return file === 'custody.jsonl' && seq === table.count - 1 ? 'own-export' : null
  }

  #openable(file: DisclosedFile): LineTable | ConsentTable | null {
    return file === 'authorisation.json' ? this.#tables.consents : this.#table(file)
  }

  ground(file: DisclosedFile, seq: number, field: string | null, ground: string): void {
    this.#grounds++
    const group = this.#at(file, seq)
    const table = this.#openable(file)
    const note = (code: GroundProblem['code']) => this.#groundProblems.add({ file, line: seq + 1, field, code })
    if (table === null) note('line-unread')
    else if (table.kind === 'consents' ? !table.has(seq) : seq >= table.count) note('no-line')
    else if (field === null) {
      if (file === 'authorisation.json' || table.kind === 'consents') note('line-shown')
      // What cannot be read is perhaps the stub.
      else if (!table.isStub(seq)) note(table.typeOf(seq) === null ? 'line-unread' : 'line-shown')
      else if (this.#lineGrounds[file].size < LIMITS.exceptionsInFinding) this.#lineGrounds[file].set(seq, ground)
    } else if (group.slots === null) {
      if (table.kind !== 'consents' && !table.isStub(seq)) note('line-unread')
    } else {
      if (!group.slots.includes(field)) note('no-such-field')
      else {
        group.grounded ??= new Set()
        group.grounded.add(field)
      }
    }
  }

  #table(file: OpenableFile): LineTable | null {
    return file === 'items.jsonl' ? this.#tables.items : this.#tables.events
  }

  #at(file: DisclosedFile, seq: number): Group {
    const group = this.#group
    if (group !== null && group.file === file && group.seq === seq) return group
    this.#close()
    const slots = this.#slotsOf(file, seq)
    const next: Group = { file, seq, slots, values: new Map(), malformed: null, grounded: null }
    this.#group = next
    return next
  }

  #slotsOf(file: DisclosedFile, seq: number): readonly string[] | null {
    if (file === 'authorisation.json') return this.#tables.consents?.has(seq) === true ? CONSENT_SLOTS : null
    const table = this.#table(file)
    const type = table !== null && seq < table.count ? table.typeOf(seq) : null
    return table === null || type === null ? null : lineTypeOf(table.kind, type).slots
  }

  #close(): void {
    const group = this.#group
    this.#group = null
    if (group === null) return
    const { file, seq, values, malformed, grounded } = group
    for (const field of grounded ?? []) {
      if (isOpened(group, field)) this.#groundProblems.add({ file, line: seq + 1, field, code: 'field-opened' })
      else this.#grounded++
    }
    if (values.size > 0 || malformed !== null) {
      if (file === 'items.jsonl') this.#items?.item(seq, values)
      else if (file === 'authorisation.json') this.#consents?.consent(seq, values)
      else {
        const type = this.#tables.events?.typeOf(seq) ?? ''
        this.#events.event(seq, type, values)
        if (type === 'consent-withdrawal') this.#consents?.withdrawal(values)
      }
    }
  }

  finish(): Omit<DisclosureFacts, 'state' | 'items' | 'copies' | 'payload'> {
    this.#close()
    return {
      openings: this.#openings,
      holding: this.#holding,
      saltsAgain: this.#saltsAgain,
      problems: this.#problems.finish(),
      grounds: this.#grounds,
      groundProblems: this.#groundProblems.finish(),
      fields: { slots: this.#slots(), opened: this.#holding, grounded: this.#grounded },
    }
  }

  /** Slots of all shown lines, this export's own event apart, and of consents. */
  #slots(): number {
    let slots = (this.#tables.consents?.count ?? 0) * CONSENT_SLOTS.length
    for (const table of [this.#tables.events, this.#tables.items]) {
      if (table === null) continue
      const end = table.kind === 'events' ? table.count - 1 : table.count
      for (let seq = 0; seq < end; seq++) {
        const type = table.typeOf(seq)
        if (type !== null) slots += lineTypeOf(table.kind, type).slots.length
      }
    }
    return slots
  }

  /** The withheld lines of a file, with the grounds that were given. */
  withheld(file: OpenableFile): PlaceList<WithheldPlace> {
    const places = new PlaceList<WithheldPlace>()
    const table = this.#table(file)
    for (let seq = 0; seq < (table?.count ?? 0); seq++) {
      if (table?.isStub(seq) !== true) continue
      places.add({ line: seq + 1, code: 'withheld', ground: this.#lineGrounds[file].get(seq) ?? null })
    }
    return places
  }
}

/** Whether a line, or a consent, has a member of this name in the clear. */
function isClear(table: LineTable | ConsentTable, seq: number, field: string): boolean {
  if (table.kind === 'consents') return field === 'item' || field === 'salt' || field === 'sd'
  const type = table.typeOf(seq)
  const clear: readonly string[] = type === null ? [] : lineTypeOf(table.kind, type).clear
  return CLEAR.includes(field) || clear.includes(field)
}
