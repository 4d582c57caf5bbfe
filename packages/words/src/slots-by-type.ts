import { CONSENT_SLOTS, EVENT_TYPES, ITEM_TYPE } from '@probatum/core'

/** Names of the slots by type of line: from the specification, never from the bundle. */
export const SLOTS_BY_TYPE: readonly (readonly [string, readonly string[]])[] = [
  ['consent', CONSENT_SLOTS],
  ['item', ITEM_TYPE.slots],
  ...Object.entries(EVENT_TYPES).map(([type, { slots }]) => [type, slots] as const),
]
