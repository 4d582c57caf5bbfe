import { expect, it } from 'vitest'
import { EVENT_TYPES } from '../bundle/line-types.ts'
import { equalBytes } from '../model/bytes.ts'
import { LineTable } from './line-table.ts'

/** 32 octets that no other slot of no other line has. */
const slotOf = (seq: number, slot: number) =>
  new Uint8Array(Uint32Array.of(seq, slot, 0, 0, 0, 0, seq, slot + 1).buffer)

it('a table gives each line its own slots, wherever its memory is parted', () => {
  const table = new LineTable('events')
  const types = ['access', 'transfer', 'log-start'] as const
  const typeAt = (seq: number) => types[seq % types.length] ?? 'access'
  const eventAt = (seq: number) => (typeAt(seq) === 'transfer' ? seq.toString(16).padStart(32, '0') : undefined)
  const lines = 6_000
  const scratch = new Uint8Array(64 * 32)
  let octets = 0
  for (let seq = 0; seq < lines; seq++) {
    const { slots } = EVENT_TYPES[typeAt(seq)]
    octets += slots.length * 32
    // Whatever stands behind the slots of the type belongs to another line.
    scratch.fill(0xff)
    for (const slot of slots.keys()) scratch.set(slotOf(seq, slot), slot * 32)
    table.append(slotOf(seq, 99), typeAt(seq), scratch, eventAt(seq))
  }
  expect(octets).toBeGreaterThan(1 << 20)
  const wrong: string[] = []
  for (let seq = 0; seq < lines; seq++) {
    const { slots } = EVENT_TYPES[typeAt(seq)]
    for (const slot of slots.keys()) {
      const stands = table.slotsOf(seq)?.digestAt(slot) ?? new Uint8Array(0)
      const found = table.findSlot(seq, slotOf(seq, slot))
      if (!equalBytes(stands, slotOf(seq, slot)) || found.index !== slot || found.again) wrong.push(`${seq} ${slot}`)
      if (table.findSlot(seq, slotOf(seq + 1, slot)).index !== -1) wrong.push(`${seq} has ${seq + 1} ${slot}`)
    }
    if (table.eventOf(seq) !== (eventAt(seq) ?? null)) wrong.push(`${seq} event`)
  }
  expect(wrong).toEqual([])
})

it('a slot that stands twice in a line is found as that', () => {
  const table = new LineTable('items')
  const slots = new Uint8Array(64 * 32)
  for (let slot = 0; slot < 64; slot++) slots.set(slotOf(0, slot === 5 ? 2 : slot), slot * 32)
  table.append(slotOf(0, 99), 'item', slots)
  expect(table.findSlot(0, slotOf(0, 2))).toEqual({ index: 2, again: true })
})
