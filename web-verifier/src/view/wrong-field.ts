import type { Engine } from '../engine/engine.ts'
import { readMoment } from '../rows/typed-moment.ts'
import { MOMENT, TRUST_CODE } from './choice-view.ts'
import { RECIPIENT } from './recipient-field.ts'
import type { ChoiceState } from './state.ts'

/** Goes to the first field that keeps the work from beginning, and gives what stands under it to `announce`. */
export function pointAtWrongField(engine: Engine, choice: ChoiceState, announce: (text: string) => void): boolean {
  const id = wrongField(engine, choice)
  if (id !== null) pointAt(id, announce)
  return id !== null
}

/** Nothing is begun with a value that cannot be what was meant: the answer under the field says why. */
function wrongField(engine: Engine, { trustSet, typedCode, recipient, at }: ChoiceState): string | null {
  // A code that belongs to another list, or was mistyped.
  if (trustSet !== null && typedCode.trim() !== '' && engine.confirmTrustSet(trustSet, typedCode).state !== 'same')
    return TRUST_CODE
  // Somebody whom nobody can be.
  const { state } = engine.recipientOf(recipient)
  if (state !== 'read' && state !== 'nobody') return RECIPIENT
  // A moment that nobody can read.
  return at.trim() !== '' && readMoment(at) === undefined ? MOMENT : null
}

/** The field is marked until it is changed. */
function pointAt(id: string, announce: (text: string) => void): void {
  const control = document.getElementById(id)
  control?.closest('details')?.setAttribute('open', '')
  control?.setAttribute('aria-invalid', 'true')
  control?.addEventListener('input', () => control.removeAttribute('aria-invalid'), { once: true })
  control?.focus()
  announce(document.getElementById(`${id}-answer`)?.textContent ?? '')
}
