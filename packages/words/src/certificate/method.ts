import { sayList } from '../language.ts'
import { type Context, comparedDigests, nameOfDigest } from './context.ts'
import { code, type LabelKey, name, type Writer } from './writer.ts'

/** What was done, under which rules, and with what. */
export function writeMethod(writer: Writer, context: Context): void {
  const { report, facts, messages, names, maker, build } = context
  const { body } = report
  const { counted, ended } = comparedDigests(context)
  writer.heading(1, 'headingMethod')
  writer.say('methodBytes')
  writer.say('methodAlgorithms', { algorithms: sayList([...counted, ...ended], messages.rules) })
  if (ended.length > 0) writer.say('warningWeakDigest', { algorithms: sayList(ended, messages.rules) })
  writer.say('methodCompare')
  if (body.signatures.length > 0) writer.say('methodSeal')
  writer.say('methodContent')
  if (facts.records?.history != null) {
    writer.say('methodChain')
    writer.say(names === null ? 'methodCommitments' : 'methodCommitmentsNames')
  }
  writer.say('methodPolicy')
  writePolicy(writer, context)
  writer.say('methodOffline')
  writer.say('methodSame')
  const program = code(`probatum ${body.engine.version}`)
  // One sentence for either: the numbers of the paragraphs behind it depend on the report alone.
  writer.say(maker.script === null ? 'methodMadeByCommandLine' : 'methodMadeByPage', { program })
  writer.facts([
    ['program', program],
    ['programBuild', build === null ? null : code(build)],
    ['pageScript', maker.script === null ? null : code(maker.script)],
    ['pageEdition', maker.edition === null ? null : name(maker.edition.name)],
    ['pageEditionDigest', maker.edition === null ? null : code(maker.edition.sha256)],
  ])
}

function writePolicy(writer: Writer, { report, policy, messages }: Context): void {
  const { rules, axes } = messages
  const strict: readonly (readonly [boolean, LabelKey])[] = [
    [policy.strict.systemLeftovers === 'refused', 'strictLeftovers'],
    [policy.strict.unlistedTagFiles === 'refused', 'strictTagFiles'],
    [policy.strict.oldBagVersions === 'refused', 'strictOldBags'],
  ]
  const asked = strict.flatMap(([is, key]) => (is ? [writer.label(key)] : []))
  const { revocation } = policy
  const rule =
    revocation === 'required' ? 'ruleRequired' : revocation === 'if-present' ? 'ruleIfPresent' : 'ruleNotChecked'
  const ended = [
    ...Object.entries(policy.algorithms.digests).flatMap(([digest, row]) =>
      row?.until === undefined ? [] : [`${nameOfDigest(digest)}: ${row.until}`],
    ),
    ...(policy.algorithms.rsaUntil ?? []).map(({ bits, until }) => `RSA ${bits}: ${until}`),
  ]
  const none = writer.label('none')
  writer.facts([
    ['policyId', writer.label('policyName', { id: policy.id, number: String(policy.number) })],
    ['policyDigest', code(report.body.policy.sha256)],
    [
      'policyAxes',
      sayList(
        policy.requiredAxes.map((axis) => axes[axis].name),
        rules,
      ) || none,
    ],
    ['policyRevocation', writer.runs(rule)],
    ['policyTimestamps', writer.number(policy.timestamps.atLeast)],
    ['policyDigests', sayList(policy.payload.digests.map(nameOfDigest), rules) || none],
    ['policyStrict', sayList(asked, rules) || none],
    ['policyEnded', ended.join(rules.list.separator) || none],
  ])
}
