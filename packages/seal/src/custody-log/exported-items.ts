import { isJsonObject, toHex } from '@probatum/core'
import { textAsJson } from './custody-log.ts'
import type { LogTree } from './custody-log-tree.ts'

/** What an event of type `export` says of the items of its log. */
interface ExportedItems {
  readonly seq: number
  readonly itemCount: number
  readonly itemRoot: string
}

/** The items that the exports of a log were over: no other event names the lines of items.jsonl, which never change. */
export class ExportedItemsCheck {
  readonly #exports: ExportedItems[] = []

  /** @param text a line of custody.jsonl; those of other types are passed over */
  add(seq: number, text: string): void {
    if (!text.includes('"type":"export"')) return
    const value = textAsJson(text)
    const { type, itemCount, itemRoot } = isJsonObject(value) ? value : {}
    if (type !== 'export' || typeof itemCount !== 'number' || typeof itemRoot !== 'string') return
    this.#exports.push({ seq, itemCount, itemRoot })
  }

  /** Positions of exports that were over other items than the log begins with, or over more. @param items the tree over all item lines */
  contradictedBy(items: LogTree): readonly number[] {
    const differs = ({ itemCount, itemRoot }: ExportedItems) =>
      !Number.isSafeInteger(itemCount) || itemCount > items.size || toHex(items.root(itemCount)) !== itemRoot
    return this.#exports.filter(differs).map(({ seq }) => seq)
  }
}
