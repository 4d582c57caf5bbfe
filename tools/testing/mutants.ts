import { parseSync } from 'vite'

/** One small change of a module's source. */
export interface Mutant {
  /** Line and column of what was changed, from 1. */
  readonly at: string
  /** The line that the change begins in, without the space around it. */
  readonly line: string
  readonly was: string
  readonly is: string
  /** The whole module, changed. */
  readonly text: string
}

/** What a module's words and names may be taken for. Each is replaced by each other one of its list. */
export interface Confusable {
  /** String literals, and properties named so. Any other string gets a character more. */
  readonly words: readonly string[]
  /** Variables and properties that a writer could take for each other. */
  readonly names: readonly (readonly string[])[]
}

export interface MutantOptions extends Confusable {
  /** Names of top-level declarations; without it, all of the module. */
  readonly only?: readonly string[]
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}
interface Change {
  readonly start: number
  readonly end: number
  readonly is: string
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

const nodesIn = (value: unknown): readonly Node[] =>
  Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []

function parsed(text: string): Node {
  const { program, errors } = parseSync('module.ts', text, { lang: 'ts', sourceType: 'module' })
  const [error] = errors
  if (error !== undefined) throw new SyntaxError(error.message)
  return program as unknown as Node
}

/** Types decide nothing at run time; of what they are written around, the expression does. */
const isErased = ({ type }: Node): boolean =>
  type === 'ImportDeclaration' ||
  (type.startsWith('TS') && !['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression'].includes(type))

/** What is a name and not a value: what a declaration binds, and the name of a property. */
const NAMES: Readonly<Record<string, string>> = {
  VariableDeclarator: 'id',
  FunctionDeclaration: 'id params',
  FunctionExpression: 'id params',
  ArrowFunctionExpression: 'params',
}

function childrenOf(node: Node): readonly Node[] {
  const names = (NAMES[node.type] ?? '').split(' ')
  if (node.computed !== true) {
    if (node.type === 'Property') names.push('key')
    if (node.type === 'MemberExpression') names.push('property')
  }
  return Object.entries(node).flatMap(([key, value]) => (names.includes(key) ? [] : nodesIn(value)))
}

const COMPARED: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
}
const NEGATED = new Set(['===', '!==', '<', '<=', '>', '>='])
const METHODS: Readonly<Record<string, string>> = { some: 'every', every: 'some', add: 'delete', delete: 'add' }
const ANSWERS = new Set(['includes', 'has', 'some', 'every', 'startsWith', 'endsWith'])
const LOOPS = new Set(['ForStatement', 'ForOfStatement', 'ForInStatement', 'WhileStatement', 'DoWhileStatement'])
const DROPPED = new Set([
  ...LOOPS,
  'ExpressionStatement',
  'ReturnStatement',
  'ContinueStatement',
  'BreakStatement',
  'ThrowStatement',
])

/**
 * Every mutant of a module: each differs from it in one place. The same source always gives the same ones in the same
 * order, that of the text. What changes only types gives none.
 * @throws SyntaxError when the source is none
 */
export function mutantsOf(source: string, { only, ...confusable }: MutantOptions): readonly Mutant[] {
  const changes: Change[] = []
  for (const statement of nodesIn(parsed(source).body))
    if (only === undefined || namesDeclaredBy(statement).some((name) => only.includes(name)))
      changes.push(...changesBelow(statement, undefined, source, confusable))
  const seen = new Set([source])
  return changes
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .flatMap(({ start, end, is }) => {
      const text = `${source.slice(0, start)}${is}${source.slice(end)}`
      if (seen.has(text)) return []
      seen.add(text)
      const before = source.slice(0, start).split('\n')
      const line = source.split('\n')[before.length - 1] ?? ''
      const at = `${before.length}:${(before.at(-1) ?? '').length + 1}`
      return [{ at, line: line.trim(), was: source.slice(start, end), is, text }]
    })
}

function namesDeclaredBy(statement: Node): readonly string[] {
  const [declared = statement] = nodesIn(statement.declaration)
  const named = declared.type === 'VariableDeclaration' ? nodesIn(declared.declarations) : [declared]
  return named.flatMap((one) => nodesIn(one.id).map((id) => String(id.name)))
}

function* changesBelow(node: Node, above: Node | undefined, source: string, confusable: Confusable): Generator<Change> {
  if (isErased(node)) return
  yield* changesOf(node, above, source, confusable)
  for (const child of childrenOf(node)) yield* changesBelow(child, node, source, confusable)
}

function* changesOf(node: Node, above: Node | undefined, source: string, confusable: Confusable): Generator<Change> {
  const textOf = ({ start, end }: Node): string => source.slice(start, end)
  const become = (is: string, { start, end }: { start: number; end: number } = node): Change => ({ start, end, is })
  const [left, right] = [nodesIn(node.left)[0], nodesIn(node.right)[0]]
  const operator = String(node.operator)

  if (DROPPED.has(node.type) && !isWholeBranch(node, above)) yield become(';')
  for (const test of nodesIn(node.test)) if (node.type !== 'SwitchCase') yield* changesOfTest(test, node, textOf(test))

  if (node.type === 'BinaryExpression' && left !== undefined && right !== undefined)
    for (const other of COMPARED[operator] ?? []) yield become(`${textOf(left)} ${other} ${textOf(right)}`)
  if (node.type === 'LogicalExpression' && left !== undefined && right !== undefined) {
    const other = operator === '&&' ? '||' : '&&'
    // Brackets keep what is on each side together.
    if (operator !== '??') yield become(`((${textOf(left)}) ${other} (${textOf(right)}))`)
    yield become(`(${textOf(left)})`)
    yield become(`(${textOf(right)})`)
  }
  if (node.type === 'UnaryExpression' && operator === '!')
    for (const argument of nodesIn(node.argument)) yield become(textOf(argument))
  if (node.type === 'UpdateExpression') yield become(textOf(node).replace(operator, operator === '++' ? '--' : '++'))
  if (node.type === 'Literal') yield* changesOfLiteral(node, become, confusable)
  if (node.type === 'Identifier')
    for (const other of othersThan(String(node.name), confusable.names)) yield become(other)
  if (node.type === 'MemberExpression' && node.computed !== true) {
    for (const property of nodesIn(node.property)) {
      const name = String(property.name)
      const words = confusable.words.filter((word) => /^\w+$/.test(word))
      for (const other of [...othersThan(name, [words, ...confusable.names]), ...othersThan(name, methodsOf(above))])
        yield become(other, property)
    }
    if (node.optional === true) yield become(textOf(node).replace('?.', '.'))
  }
  if (node.type === 'CallExpression') yield* changesOfCall(node, above, textOf(node), become)
  if (node.type === 'NewExpression' && nodesIn(node.arguments).length > 0)
    for (const callee of nodesIn(node.callee)) yield become(`new ${textOf(callee)}()`)
  if (node.type === 'ArrayExpression') {
    const elements = nodesIn(node.elements)
    yield become(elements.length === 0 ? '[0]' : '[]')
    if (elements.length > 1) for (const element of elements) yield withoutItem(element, source)
    for (const [at, element] of elements.entries()) {
      const next = elements[at + 1]
      if (next === undefined) continue
      const between = source.slice(element.end, next.start)
      yield become(`${textOf(next)}${between}${textOf(element)}`, { start: element.start, end: next.end })
    }
  }
  if (node.type === 'ObjectExpression')
    for (const property of nodesIn(node.properties)) yield withoutItem(property, source)
  if (node.type === 'SwitchStatement') for (const one of nodesIn(node.cases)) yield become('', one)
}

/** The one statement of an `if` without `else`: to drop it is to have the condition false. */
const isWholeBranch = (node: Node, above: Node | undefined): boolean =>
  above?.type === 'IfStatement' && above.consequent === node && above.alternate === null

function* changesOfTest(test: Node, { type }: Node, text: string): Generator<Change> {
  const isNegatedElsewhere =
    (test.type === 'BinaryExpression' && NEGATED.has(String(test.operator))) ||
    (test.type === 'UnaryExpression' && test.operator === '!') ||
    test.type === 'CallExpression'
  if (!isNegatedElsewhere) yield { ...test, is: `!(${text})` }
  // A loop without an end says nothing but that it has none.
  if (!LOOPS.has(type)) yield { ...test, is: 'true' }
  yield { ...test, is: 'false' }
}

function* changesOfLiteral({ value }: Node, become: (is: string) => Change, { words }: Confusable): Generator<Change> {
  if (typeof value === 'boolean') yield become(String(!value))
  if (typeof value === 'number') {
    yield become(String(value + 1))
    if (value > 1) yield become('0')
  }
  if (typeof value === 'string') {
    const others = othersThan(value, [words])
    for (const other of others.length > 0 ? others : [`${value}~`]) yield become(`'${other}'`)
  }
}

function* changesOfCall(
  node: Node,
  above: Node | undefined,
  text: string,
  become: (is: string) => Change,
): Generator<Change> {
  for (const callee of nodesIn(node.callee)) {
    const [object, property] = [nodesIn(callee.object)[0], nodesIn(callee.property)[0]]
    if (object === undefined || property === undefined) continue
    const isNegated = above?.type === 'UnaryExpression' && above.operator === '!'
    if (ANSWERS.has(String(property.name)) && !isNegated) yield become(`(!${text})`)
    if (property.name === 'filter') yield become(text.slice(0, object.end - node.start))
  }
}

/** some for every where it is called. */
const methodsOf = (above: Node | undefined): readonly (readonly string[])[] =>
  above?.type === 'CallExpression' ? Object.entries(METHODS) : []

function othersThan(name: string, lists: readonly (readonly string[])[]): readonly string[] {
  const list = lists.filter((one) => one.includes(name)).flat()
  return [...new Set(list)].filter((other) => other !== name)
}

/** An item of a list, with the comma that follows it. */
function withoutItem({ start, end }: Node, source: string): Change {
  const comma = /^\s*,/.exec(source.slice(end))?.[0].length ?? 0
  return { start, end: end + comma, is: '' }
}

/**
 * Has every loop of a source call a function first, so that a mutant that would never end can be stopped: by a count of
 * steps, which is the same on every machine, and not by the clock.
 */
export function withCountedLoops(source: string, call: string): string {
  const places: { readonly at: number; readonly text: string }[] = []
  const look = (node: Node): void => {
    if (LOOPS.has(node.type))
      for (const body of nodesIn(node.body)) {
        if (body.type === 'BlockStatement') places.push({ at: body.start + 1, text: `${call};` })
        else places.push({ at: body.start, text: `{${call};` }, { at: body.end, text: '}' })
      }
    for (const child of childrenOf(node)) look(child)
  }
  look(parsed(source))
  let text = source
  // From the back, so that no place moves. Of two that end together the outer one was found first and closes last.
  for (const [, place] of [...places.entries()].sort(([i, a], [j, b]) => b.at - a.at || i - j))
    text = `${text.slice(0, place.at)}${place.text}${text.slice(place.at)}`
  return text
}
