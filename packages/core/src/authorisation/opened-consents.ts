import { objectsIn } from '../custody/field-values.ts'
import type { LineTable } from '../custody/line-table.ts'
import { PlaceList } from '../custody/place-list.ts'
import type { JsonValue } from '../json/value.ts'
import type { ConsentFacts, ConsentPlace, ConsentProblem } from './authorisation-facts.ts'
import { scopeIn } from './consent-scope.ts'
import type { ConsentTable } from './consent-table.ts'
import { ShownWithdrawals } from './shown-withdrawals.ts'
import type { ConsentValues } from './unmet-conditions.ts'

/** What is opened of one item's consent: like every opened value in no facts, and saved only with opened values. */
export interface OpenedConsent {
  /** Position, from 0. */
  readonly item: number
  readonly values: ConsentValues
  /** What files of later openings that were given show of it, together with what the bundle shows. */
  readonly later?: true
}

/** Which items there are, and which of them are wholly withheld. */
export type ItemLines = Pick<LineTable, 'count' | 'isStub'>

/** The opened fields of consents, one item after the other. */
export class OpenedConsents {
  readonly #consents: OpenedConsent[] = []
  readonly #malformed = new Set<number>()
  readonly #withdrawals = new ShownWithdrawals()
  /** Withdrawals that show which items they are about. */
  withdrawalsNamed = 0

  /** A field that is opened and whose value is not in form. */
  malformed(item: number): void {
    this.#malformed.add(item)
  }

  /** All opened fields of one consent whose values are in form. */
  consent(item: number, values: ReadonlyMap<string, JsonValue>): void {
    const text = (name: string) => {
      const value = values.get(name)
      return typeof value === 'string' ? value : 'closed'
    }
    const dateOrNull = (name: string) => (values.get(name) === null ? null : text(name))
    this.#consents.push({
      item,
      values: {
        giver: text('giver'),
        scope: scopeIn(values.get('scope')) ?? 'closed',
        from: text('from'),
        until: dateOrNull('until'),
        withdrawn: dateOrNull('withdrawn'),
      },
    })
  }

  /** All opened fields of an event by which the log says that consents were withdrawn. */
  withdrawal(values: ReadonlyMap<string, JsonValue>): void {
    const objects = objectsIn(values.get('objects') ?? null)
    const time = values.get('time')
    if (objects === null) return
    this.withdrawalsNamed++
    this.#withdrawals.add(objects, typeof time === 'string' ? time.slice(0, 10) : null)
  }

  /**
   * In the order of their items. A consent for an item that is wholly withheld is left out: nothing of that item is shared,
   * so that nothing of its consent can contradict the sharing.
   */
  of(items: ItemLines | null): readonly OpenedConsent[] {
    return items === null
      ? this.#consents
      : this.#consents.filter(({ item }) => item >= items.count || !items.isStub(item))
  }

  /** @param items null when items.jsonl could not be read: then nobody can say which items need a consent */
  finish(table: ConsentTable, items: ItemLines | null): ConsentFacts {
    const problems = new PlaceList<ConsentPlace<ConsentProblem>>()
    for (const item of this.#malformed) {
      if (items === null || item >= items.count || !items.isStub(item)) problems.add({ item, code: 'malformed-value' })
    }
    const openedFields = new Map(this.#consents.map(({ item, values }) => [item, fieldsOpened(values)]))
    let needed = 0
    const by = { closed: 0, partly: 0, opened: 0 }
    const begins = new Map(this.#consents.map(({ item, values }) => [item, values.from]))
    const withdrawn = this.#withdrawals.latest(items?.count ?? 0)
    for (const item of items === null ? table.items : neededIn(items)) {
      needed++
      if (!table.has(item)) problems.add({ item, code: 'consent-missing' })
      else {
        const opened = openedFields.get(item) ?? 0
        by[opened === 0 ? 'closed' : opened < JUDGED.length ? 'partly' : 'opened']++
        const from = begins.get(item) ?? 'closed'
        const day = withdrawn(item)
        // A consent that was given after the day stands.
        if (day !== undefined && (from === 'closed' || day === null || from <= day))
          problems.add({ item, code: 'withdrawn-in-log' })
      }
    }
    if (items !== null) {
      for (const item of table.items) if (item >= items.count) problems.add({ item, code: 'no-item' })
    }
    const stubs = this.#consents.length - this.of(items).length
    return {
      count: table.count,
      needed: items === null ? null : needed,
      problems: problems.finish(),
      ...by,
      ...(stubs === 0 ? {} : { stubs }),
    }
  }
}

/** The fields that conditions are about: who gave a consent is none of them. */
export const JUDGED = ['scope', 'from', 'until', 'withdrawn'] as const

/** How many of the fields that a consent is judged by are opened. */
export function fieldsOpened(values: ConsentValues): number {
  return JUDGED.filter((field) => values[field] !== 'closed').length
}

/** Items that are exported and not wholly withheld. */
function* neededIn(items: ItemLines): Iterable<number> {
  for (let item = 0; item < items.count; item++) if (!items.isStub(item)) yield item
}
