import { typeOfLine } from '../custody-log/custody-log.ts'
import {
  ExportRefused,
  ExportUnfinished,
  type LogExportInput,
  type PreparedExport,
  prepareExport,
} from '../custody-log/custody-log-export.ts'
import { type ExportGate, requireGates } from '../gate/export-gate.ts'
import type { BundleSink, SealableFile } from '../sealing/bundle-sink.ts'
import type { SealOutcome, SealValidation } from '../sealing/seal-writing.ts'
import { type Leak, LeakSearch, type SearchSummary } from './redact-leaks.ts'
import { type DisclosurePolicy, showingOf, signatureWithoutName } from './redact-policy.ts'

/** A sink whose files can be read again: what was written is what is searched. */
export interface ReadableSink extends BundleSink {
  /** What was written so far, by path. */
  written(): ReadonlyMap<string, SealableFile>
}

/** One recipient of a run: what is shown, by which decision, and where the bundle goes. */
export interface RedactRecipient {
  /** With a gate, that of the request (`policyUnder`). */
  readonly policy: DisclosurePolicy
  readonly gate?: ExportGate
  /** Instead of that of all: who approved for one recipient is nothing that another has to learn. */
  readonly validation?: SealValidation
  readonly sink: ReadableSink
}

/** A run of `redact`: a kept log, and the recipients of bundles of it, in the order in which their exports are written. */
export interface RedactInput
  extends Omit<LogExportInput, 'sink' | 'recipient' | 'externalIdentifier' | 'showing' | 'purpose'> {
  readonly recipients: readonly RedactRecipient[]
}

/** Withheld values stand in the output: nothing may be handed out. */
export class RedactionRefused extends Error {
  override readonly name = 'RedactionRefused'
  /** Index of the recipient, and what stands in the bundle made for it. */
  readonly leaks: readonly { readonly recipient: number; readonly leaks: readonly Leak[]; readonly omitted: number }[]
  constructor(leaks: RedactionRefused['leaks']) {
    const [first] = leaks.flatMap((each) => each.leaks)
    const [place] = first?.withheld ?? []
    super(
      `withheld values stand in the output: ${place?.file} ${place?.seq} ${place?.field} in ${first?.path} (${first?.form})`,
    )
    this.leaks = leaks
  }
}

/** One finished bundle: how it was sealed, and how it was searched for withheld values. */
export interface RedactedBundle {
  readonly outcome: SealOutcome & { readonly exportNumber: string; readonly size: number }
  readonly search: SearchSummary
}

/** Bundles of which everything with values in it is written and searched. Nothing is signed, and the log is as it was. */
export interface PreparedRedaction {
  /**
   * Adds each export to the log and signs its bundle, then searches what was written since. Throws RedactionRefused or whatever
   * failed; once the log has an export event, inside ExportUnfinished that names all of the run: none of its bundles may be
   * handed out.
   */
  finish(): Promise<RedactedBundle[]>
}

/**
 * Begins a bundle for each recipient over the same log, each at its own size. Every bundle is written and searched for every
 * value that its policy withholds before the first export is added to the log. Throws RedactionRefused when something
 * withheld stands there, ExportRefused for what the caller has wrong, GateRefused (before anything else) for requests that are
 * not to be sealed; its `request` counts the recipients that have one.
 */
export async function prepareRedaction(input: RedactInput): Promise<PreparedRedaction> {
  const { recipients, ...common } = input
  // All of them before anything is written for one: each refusal is told at once.
  await requireGates(recipients.flatMap(({ gate }) => (gate === undefined ? [] : [{ ...common, gate }])))
  await requireNamesWithSignatures(input)
  const prepared: PreparedExport[] = []
  for (const { policy, sink, gate, validation } of recipients)
    prepared.push(
      await prepareExport({
        ...common,
        sink,
        ...(gate === undefined ? {} : { gate }),
        ...(validation === undefined ? {} : { validation }),
        recipient: policy.recipient,
        externalIdentifier: policy.identifier,
        showing: showingOf(policy),
        ...(policy.purpose === undefined ? {} : { purpose: policy.purpose }),
      }),
    )
  const searches: LeakSearch[] = []
  for (const { policy, gate } of recipients) searches.push(await LeakSearch.of(input.custody, policy, input, gate))
  await refuseLeaks(recipients, searches, () => new Set())

  return {
    async finish() {
      const searched = recipients.map(({ sink }) => new Set(sink.written().keys()))
      const outcomes: RedactedBundle['outcome'][] = []
      const events = () => outcomes.map(({ size }) => size - 1)
      try {
        for (const each of prepared) outcomes.push(await each.finish())
        await refuseLeaks(recipients, searches, (at) => searched[at] ?? new Set())
      } catch (error) {
        if (error instanceof ExportUnfinished) throw new ExportUnfinished([...events(), ...error.events], error.cause)
        throw outcomes.length === 0 ? error : new ExportUnfinished(events(), error)
      }
      return outcomes.map((outcome, at) => ({ outcome, search: (searches[at] as LeakSearch).summary() }))
    },
  }
}

/** `prepareRedaction` and `finish` in one. */
export async function redactBundles(input: RedactInput): Promise<RedactedBundle[]> {
  return (await prepareRedaction(input)).finish()
}

/** More say nothing more. */
const LEAKS = 200

async function refuseLeaks(
  recipients: readonly RedactRecipient[],
  searches: readonly LeakSearch[],
  skip: (recipient: number) => ReadonlySet<string>,
): Promise<void> {
  const refused: RedactionRefused['leaks'][number][] = []
  for (const [recipient, { sink }] of recipients.entries()) {
    const files = new Map([...sink.written()].filter(([path]) => !skip(recipient).has(path)))
    const leaks = (await searches[recipient]?.leaks(files)) ?? []
    const omitted = Math.max(0, leaks.length - LEAKS)
    if (leaks.length > 0) refused.push({ recipient, leaks: leaks.slice(0, LEAKS), omitted })
  }
  if (refused.length > 0) throw new RedactionRefused(refused)
}

async function requireNamesWithSignatures({ custody, recipients }: RedactInput): Promise<void> {
  for await (const line of custody.lines('custody.jsonl')) {
    if (typeOfLine(line) !== 'transfer') continue
    for (const { policy } of recipients) {
      const field = signatureWithoutName(policy, line.seq)
      if (field !== undefined && line.openings.some((opening) => opening.field === field))
        throw new ExportRefused(
          `disclosure policy of ${policy.identifier}: ${field} of event ${line.seq} names the person who signed; open ${field === 'handover' ? 'agent' : 'receiver'} too, or withhold both`,
        )
    }
  }
}
