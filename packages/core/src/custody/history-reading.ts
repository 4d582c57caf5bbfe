import type { ConsentTable } from '../authorisation/consent-table.ts'
import { OpenedConsents } from '../authorisation/opened-consents.ts'
import type { PayloadManifest } from '../bundle/payload-manifest.ts'
import type { RecordFileFacts } from '../bundle/record-facts.ts'
import type { SignaturePorts } from '../pki/establish-cms.ts'
import { CustodyReading } from './custody-reading.ts'
import { DisclosureReading, type OpenedField } from './disclosure-reading.ts'
import { establishLog, lineRoots, type ReadCheckpoint, type ReadProof } from './establish-log.ts'
import { establishHandovers, type HandoverSignatures } from './handover.ts'
import type { CustodyFacts, HandoverFacts, HistoryFacts, HistoryFileState } from './history-facts.ts'
import { LineTable } from './line-table.ts'
import { OpenedEvents } from './opened-events.ts'
import { OpenedItems } from './opened-items.ts'
import { PlaceList } from './place-list.ts'

/** A file of lines as it was read; `table` null when it could not be. */
export interface ReadLines {
  readonly file: RecordFileFacts
  readonly table: LineTable | null
}

/** What the records of a bundle prove, put together while they are read: items, then custody, then disclosures. */
export class HistoryReading {
  readonly disclosures: DisclosureReading
  readonly consents: OpenedConsents = new OpenedConsents()
  readonly #items: ReadLines
  readonly #custody: ReadLines & { readonly custody: CustodyReading | null }
  readonly #openedEvents: OpenedEvents
  readonly #openedItems: OpenedItems | null

  constructor(
    given: {
      readonly items: ReadLines
      readonly custody: ReadLines & { readonly custody: CustodyReading | null }
      readonly payload: PayloadManifest | null
      /** Null when authorisation.json could not be read. */
      readonly consents: ConsentTable | null
    },
    ports: SignaturePorts,
    onOpened?: (field: OpenedField) => void,
  ) {
    const { items, custody, payload, consents } = given
    this.#items = items
    this.#custody = custody
    this.#openedEvents = new OpenedEvents(items.table?.count ?? null)
    this.#openedItems = items.table === null ? null : new OpenedItems(items.table, payload)
    const tables = { events: custody.table, items: items.table, consents }
    const opened = { events: this.#openedEvents, items: this.#openedItems, consents: this.consents }
    this.disclosures = new DisclosureReading(tables, ports.smallDigest, opened, onOpened)
  }

  async finish(
    rest: {
      readonly disclosures: RecordFileFacts
      readonly checkpoint: ReadCheckpoint
      readonly proofs: readonly ReadProof[]
      readonly proofsFile: RecordFileFacts
      readonly authorisationSha256: string | null
      /** Of bundle.json; null when it could not be read. */
      readonly created: string | null
      /** Number of lines that a request to share is about; null without one. */
      readonly headSize: number | null
    },
    ports: SignaturePorts,
    onHandovers?: (signatures: HandoverSignatures) => void,
  ): Promise<{ readonly history: HistoryFacts; readonly headRoot: string | null }> {
    const { table } = this.#custody
    const { headSize } = rest
    const sizes = rest.proofs.map(({ proof }) => proof.first)
    const roots = table === null ? null : lineRoots(table, ports.smallDigest, [...sizes, headSize ?? 0])
    const matched = this.disclosures.finish()
    const items = this.#openedItems?.finish() ?? null
    const sha256Of = (seq: number) => this.#openedItems?.sha256Of(seq) ?? null
    const reading = this.#custody.custody ?? new CustodyReading(new LineTable('events'))
    const custody = reading.finish()
    const history: HistoryFacts = {
      custody: {
        state: historyState(this.#custody.file),
        ...custody,
        authorisationSha256: rest.authorisationSha256,
        withheld: this.disclosures.withheld('custody.jsonl').finish(),
        created: rest.created,
        ...this.#openedEvents.finish(sha256Of, rest.created),
        handovers: await this.#handovers(custody.logStart, ports, onHandovers),
      },
      log: establishLog(
        {
          checkpoint: rest.checkpoint,
          events: table,
          roots,
          items: this.#items.table,
          exports: reading.earlierExports(),
          proofs: rest.proofs,
          proofsFile: { state: historyState(rest.proofsFile), lines: rest.proofsFile.lines },
        },
        ports.smallDigest,
      ),
      disclosure: {
        state: historyState(rest.disclosures),
        ...matched,
        items: {
          state: historyState(this.#items.file),
          lines: this.#items.table?.count ?? 0,
          unread: this.#unreadItems(),
          opened: this.#openedItems?.opened ?? 0,
          withheld: this.disclosures.withheld('items.jsonl').finish(),
        },
        copies: items?.copies ?? { count: 0, problems: new PlaceList<never>().finish() },
        payload: items?.payload ?? null,
      },
    }
    return { history, headRoot: headSize === null ? null : (roots?.at.get(headSize) ?? null) }
  }

  #unreadItems(): number {
    const { table } = this.#items
    let unread = 0
    for (let seq = 0; seq < (table?.count ?? 0); seq++) {
      if (table?.isStub(seq) === false && table.typeOf(seq) === null) unread++
    }
    return unread
  }

  async #handovers(
    start: CustodyFacts['logStart'],
    ports: SignaturePorts,
    onHandovers: ((signatures: HandoverSignatures) => void) | undefined,
  ): Promise<CustodyFacts['handovers']> {
    const { table } = this.#custody
    const places = new PlaceList<HandoverFacts>()
    if (table === null) return places.finish()
    const { handovers, handoversOmitted } = this.#openedEvents
    const { facts, signatures } = await establishHandovers(handovers, table, start.logId, ports)
    for (const one of facts) places.add(one)
    if (signatures.signatures.length > 0) onHandovers?.(signatures)
    const found = places.finish()
    // What is beyond the limit was not looked at, and is counted as that.
    return handoversOmitted === 0
      ? found
      : {
          ...found,
          count: found.count + handoversOmitted,
          by: { ...found.by, limit: (found.by.limit ?? 0) + handoversOmitted },
        }
  }
}

/** How a file came in, for what is proved by it. */
export function historyState({ state, lines }: RecordFileFacts): HistoryFileState {
  if (lines !== null) return 'read'
  if (state === 'absent' || state === 'limit' || state === 'unreadable') return state
  return state === 'valid' ? 'read' : 'invalid'
}
