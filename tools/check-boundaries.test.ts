// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources under test hold templates
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkBoundaries } from './check-boundaries.mjs'
import { testPlace } from './testing/place.ts'

const { newFolder } = testPlace('boundaries')

const manifest = (...dependencies: string[]) =>
  JSON.stringify({ dependencies: Object.fromEntries(dependencies.map((name) => [name, '1.0.0'])) })

/** A small tree that breaks no rule; each test adds one file or replaces one. */
const CLEAN: Readonly<Record<string, string>> = {
  'package.json': '{"devDependencies":{"vitest":"4.1.12"}}',
  'docs/dependencies.md':
    '`@noble/hashes` `@noble/curves` `pkijs` `@peculiar/x509` `asn1js` `reflect-metadata` `yargs`',
  'packages/core/package.json': manifest('@noble/hashes'),
  'packages/core/src/index.ts':
    "export { a } from './model/a.ts'\nimport { sha256 } from '@noble/hashes/sha2.js'\nexport { sha256 }",
  'packages/core/src/model/a.ts': 'export const a = 1',
  'packages/core/src/model/utf8.ts': 'declare class TextDecoder {}',
  'packages/words/package.json': manifest('@probatum/core'),
  'packages/words/src/index.ts': "import type { a } from '@probatum/core'",
  'packages/platform/package.json': manifest('@probatum/core', '@noble/hashes', '@noble/curves'),
  'packages/platform/src/node/index.ts': "import { createHash } from 'node:crypto'\nimport '@noble/curves/ed25519.js'",
  'packages/platform/src/browser/index.ts': "import '../table.ts'",
  'packages/seal/package.json': manifest('@probatum/core', 'pkijs', '@peculiar/x509', 'asn1js', 'reflect-metadata'),
  'packages/seal/src/index.ts':
    "import * as pkijs from 'pkijs'\nawait crypto.subtle.verify(a, b, c, d)\nsubtle\n  .verify(a)",
  'packages/certificate/package.json': manifest('@probatum/core', '@probatum/words'),
  'packages/certificate/src/index.ts': "import { renderText } from '@probatum/words'",
  'cli/package.json': manifest('@probatum/core', '@probatum/platform', '@probatum/seal', '@probatum/words', 'yargs'),
  'cli/src/main.ts':
    "import '@probatum/platform/node'\nimport yargs from 'yargs'\nconst { seal } = await import('@probatum/seal')",
}

function treeOf(files: Readonly<Record<string, string>>): string {
  const root = newFolder('tree')
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

function violationsOf(changed: Readonly<Record<string, string>>): string[] {
  const { violations } = checkBoundaries(treeOf({ ...CLEAN, ...changed }))
  return violations.map(({ path, line, message }) => `${path}:${line}: ${message}`)
}

const CORE = 'packages/core/src/model/b.ts'
const WORDS = 'packages/words/src/catalogue.ts'
const SEAL = 'packages/seal/src/sign.ts'

describe('a tree that keeps the rules', () => {
  test('has no violation', () => {
    expect(violationsOf({})).toEqual([])
  })

  test.each([
    ['a banned name in a comment', CORE, '// never Date.now or process.env\n/* fetch( */ export const b = 1'],
    ['a banned name in a string', CORE, "export const b = 'process.env'"],
    [
      'a banned name as a longer name',
      CORE,
      'export const b = subprocess.id + a.process.id + new ArrayBuffer(1).byteLength',
    ],
    ['a property called node', CORE, 'export const b = { node: 1 }'],
    ['a word from in code', CORE, "export const b = Array.from('ab')"],
    ['an import inside a string', CORE, `export const b = "import 'node:fs'"`],
    ['an import in a regular expression', CORE, "export const b = /from 'x'/.test(a) ? 4 / 2 : 1 / 1"],
    ['an import inside a template', CORE, "export const b = `import x from 'y' ${`${1}`} z`"],
    [
      'a test with Node, a clock and a library',
      'packages/core/src/b.test.ts',
      "import 'node:fs'\nimport 'pkijs'\nDate.now()\na.verify()",
    ],
    ['a test with vectors', 'packages/core/src/b.test.ts', "import '../../../test-vectors/cases.ts'"],
    ['the list of banned words', WORDS, "export const banned = ['genuine'] // word-list"],
    ['a word that is only in a comment', WORDS, '// never say genuine\nexport const b = 1'],
    ['a longer word', WORDS, "export const b = 'authenticated encryption'"],
    ['a verify call without those libraries', 'packages/platform/src/node/v.ts', 'port.verify(key)'],
  ])('may have %s', (_, path, text) => {
    expect(violationsOf({ [path]: text })).toEqual([])
  })
})

describe('imports that cross a boundary', () => {
  test.each([
    ['core reaches Node', CORE, "import { readFileSync } from 'node:fs'", 'packages/core has no Node here: node:fs'],
    ['core reaches Node by a type', CORE, "import type { Hash } from 'node:crypto'", 'packages/core has no Node here'],
    [
      'core reaches Node by an import type',
      CORE,
      "export type H = import('node:crypto').Hash",
      'packages/core has no Node here',
    ],
    ['core reaches Node by import()', CORE, "await import('node:fs')", 'packages/core has no Node here'],
    ['core reaches Node by require', CORE, "require('node:fs')", 'packages/core has no Node here'],
    [
      'core reaches Node inside a template',
      CORE,
      "export const b = `${await import('node:fs')}`",
      'packages/core has no Node here',
    ],
    ['core imports what it cannot name', CORE, 'await import(name)', 'target is not a plain string'],
    ['core imports by a template', CORE, 'await import(`./a.ts`)', 'target is not a plain string'],
    ['core imports by a sum', CORE, "await import('./a' + '.ts')", 'target is not a plain string'],
    ['core imports another package', CORE, "import 'pkijs'", 'packages/core may not import pkijs'],
    ['core imports all of noble', CORE, "import '@noble/hashes'", 'packages/core may not import @noble/hashes'],
    ['core reaches up', CORE, "import '@probatum/words'", 'packages/core may not import @probatum/words'],
    [
      'core reaches a platform',
      CORE,
      "export * from '@probatum/platform/node'",
      'packages/core may not import @probatum/platform/node',
    ],
    ['core leaves its folder', CORE, "import '../../package.json'", 'a relative import leaves packages/core/src'],
    ['core imports by an absolute path', CORE, "import '/etc/passwd'", 'neither relative nor a package'],
    ['core takes types by reference', CORE, '/// <reference types="node" />', 'core takes no types from elsewhere'],
    [
      'core silences the type check',
      CORE,
      '// @ts-expect-error\nexport const b = 1',
      'core is checked without exceptions',
    ],
    [
      'core declares a host',
      CORE,
      'declare const process: unknown',
      'core declares what the host has in model/utf8.ts only',
    ],
    ['words reaches a platform', WORDS, "import '@probatum/platform/node'", 'packages/words may not import'],
    ['words reaches Node', WORDS, "import 'node:path'", 'packages/words has no Node here'],
    [
      'platform reaches words',
      'packages/platform/src/t.ts',
      "import '@probatum/words'",
      'packages/platform may not import',
    ],
    [
      'platform reaches Node outside src/node',
      'packages/platform/src/t.ts',
      "import 'node:fs'",
      'packages/platform has no Node here',
    ],
    [
      'the browser reaches Node adapters',
      'packages/platform/src/browser/b.ts',
      "import '../node/index.ts'",
      "the browser's adapters import Node's",
    ],
    ['seal reaches a platform', SEAL, "import '@probatum/platform/node'", 'packages/seal may not import'],
    ['seal reaches Node', SEAL, "import 'node:crypto'", 'packages/seal has no Node here'],
    [
      'certificate reaches seal',
      'packages/certificate/src/c.ts',
      "import '@probatum/seal'",
      'packages/certificate may not import',
    ],
    [
      'a package imports the command line',
      SEAL,
      "import 'probatum-cli'",
      'nothing in packages imports the command line',
    ],
    [
      'a package imports the command line by path',
      SEAL,
      "import '../../../cli/src/main.ts'",
      'a relative import leaves packages/seal/src',
    ],
    [
      'a test imports the command line',
      'packages/core/src/b.test.ts',
      "import '../../../cli/src/main.ts'",
      'a relative import leaves packages/core/src',
    ],
    [
      'the command line leaves its folder',
      'cli/src/c.ts',
      "import '../../packages/core/src/index.ts'",
      'a relative import leaves cli',
    ],
    [
      'the command line imports what it does not declare',
      'cli/src/c.ts',
      "import '@probatum/certificate'",
      '@probatum/certificate is not among the dependencies',
    ],
    [
      'a package without a rule',
      'packages/new/src/n.ts',
      "import 'pkijs'",
      'no rule says what packages/new may import',
    ],
    ['a source that cannot be followed', CORE, "export const b = `${'", 'cannot be read'],
  ])('%s: refused', (_, path, text, message) => {
    const violations = violationsOf({ [path]: text, 'packages/new/package.json': '{}' })
    expect(violations).toHaveLength(1)
    expect(violations[0]).toContain(`${path}:`)
    expect(violations[0]).toContain(message)
  })
})

describe('what core may not contain', () => {
  test.each([
    'Date.now()',
    'new Date(0)',
    'performance.now()',
    'setTimeout(f)',
    'Math.random()',
    'crypto.subtle',
    'process.env',
    'process?.env',
    "process['env']",
    'globalThis.b',
    "Buffer.from('')",
    'document.title',
    'window.open',
    "fetch('')",
    'a.localeCompare(c)',
    'a.toLocaleLowerCase()',
    'new Intl.Collator()',
    "eval('1')",
    '`${Math.random()}`',
    "import.meta.resolve('node:fs')",
  ])('%s: refused, on its line', (code) => {
    const violations = violationsOf({ [CORE]: `\n\nexport const b = ${code}` })
    expect(violations).toEqual([expect.stringContaining(`${CORE}:3: core `)])
  })
})

describe('what the page may not do with texts', () => {
  const PAGE = 'web-verifier/src/view/v.ts'
  const page = { 'web-verifier/package.json': manifest('@probatum/core') }

  test.each([
    'a.innerHTML = b',
    'a.outerHTML',
    "a.insertAdjacentHTML('beforeend', b)",
    'range.createContextualFragment(b)',
    'new DOMParser()',
    'a.setHTMLUnsafe(b)',
    'document.write(b)',
    'document.writeln(b)',
    'frame.srcdoc = b',
    'eval(b)',
    'new Function(b)',
    'a.localeCompare(b)',
    "new Intl.NumberFormat('my')",
    'a.toLocaleString()',
  ])('%s: refused, on its line', (code) => {
    const violations = violationsOf({ ...page, [PAGE]: `\n\nexport const b = ${code}` })
    expect(violations).toEqual([expect.stringContaining(`${PAGE}:3: the page `)])
  })

  test('texts that name them, and nodes made from texts, are free', () => {
    const text = "export const b = 'innerHTML'\na.textContent = b\na.replaceChildren(b)"
    expect(violationsOf({ ...page, [PAGE]: text })).toEqual([])
  })
})

describe('ways out of the page', () => {
  const ENGINE = 'web-verifier/src/engine/e.ts'
  const BROWSER = 'packages/platform/src/browser/b.ts'
  const owners = {
    'web-verifier/package.json': manifest('@probatum/core'),
    'packages/platform/package.json': manifest('@probatum/core', '@noble/curves'),
  }

  test.each([
    "fetch('https://example.org/')",
    'new XMLHttpRequest()',
    "new WebSocket('wss://example.org/')",
    "new EventSource('/')",
    "navigator.sendBeacon('/', a)",
    'new RTCPeerConnection()',
    'new WebTransport(a)',
    'importScripts(a)',
    'navigator.serviceWorker',
    "window.open('https://example.org/')",
    "open('https://example.org/')",
    'location = a',
    'location.href = a',
    'location.assign(a)',
    'import(a)',
  ])('the page and what it is made of may not: %s', (text) => {
    for (const path of [ENGINE, BROWSER]) expect(violationsOf({ ...owners, [path]: `${text}\n` }), path).not.toEqual([])
  })

  test('names in texts, members of our own, and comparisons are free', () => {
    const text = "export const b = ['fetch', 'open']\nengine.open(a)\nsource.open(entry)\nif (location === a) c()"
    for (const path of [ENGINE, BROWSER]) expect(violationsOf({ ...owners, [path]: text }), path).toEqual([])
  })
})

describe('what a library may not decide', () => {
  test.each([
    ['the chain engine', SEAL, 'new CertificateChainValidationEngine()'],
    ['the chain builder', SEAL, 'new X509ChainBuilder()'],
    ['revocation of a certificate', SEAL, 'crl.isCertificateRevoked(certificate)'],
    ['the status in an OCSP response', SEAL, 'response.getCertificateStatus(certificate)'],
    ['the entry in a list', SEAL, 'crl.findRevoked(certificate)'],
    ['a signature, where the object may come from anywhere', SEAL, 'signedData.verify({})'],
    ['a signature, over two lines', SEAL, 'signedData\n  ?.verify({})'],
    ['the engine, from another layer', 'cli/src/c.ts', 'new CertificateChainValidationEngine()'],
  ])('%s: refused', (_, path, text) => {
    expect(violationsOf({ [path]: text })).toEqual([expect.stringContaining('a library must not judge')])
  })
})

describe('words that claim too much', () => {
  test.each([
    ['the catalogue', WORDS, "export const b = 'This file is authentic.'"],
    ['a template', WORDS, 'export const b = `${n} of them genuine`'],
    ['a capital letter', WORDS, "export const b = 'Admissible.'"],
    ['a data file', 'packages/words/src/en.json', '{"b":"tampered"}'],
    ['the command line', 'cli/src/c.ts', "export const b = 'authenticity'"],
    ['a line that only looks exempt', WORDS, "export const b = 'word-list genuine'"],
  ])('%s: refused', (_, path, text) => {
    expect(violationsOf({ [path]: text })).toEqual([expect.stringContaining('a word that claims too much')])
  })
})

describe('dependencies', () => {
  test('a range instead of an exact version is refused', () => {
    expect(violationsOf({ 'package.json': '{"devDependencies":{"vitest":"^4.1.12"}}' })).toEqual([
      'package.json:1: not an exact version: vitest ^4.1.12',
    ])
  })

  test('a run-time dependency without its reason is refused', () => {
    expect(violationsOf({ 'packages/core/package.json': manifest('@noble/hashes', 'left-pad') })).toEqual([
      'packages/core/package.json:1: no reason in docs/dependencies.md: left-pad',
    ])
  })

  test('an import of an allowed package that package.json does not declare is refused', () => {
    expect(violationsOf({ 'packages/core/package.json': manifest() })).toEqual([
      'packages/core/src/index.ts:2: @noble/hashes is not among the dependencies of packages/core/package.json',
    ])
  })
})

describe('the program', () => {
  const program = join(import.meta.dirname, 'check-boundaries.mjs')
  const run = (root: string) => spawnSync(process.execPath, [program, root], { encoding: 'utf8' })

  test('ends with 0 and says how much it checked', () => {
    expect(run(treeOf(CLEAN))).toMatchObject({
      status: 0,
      stdout: 'Boundaries: 9 files checked, 0 violations\n',
      stderr: '',
    })
  })

  test('ends with 1 and names file, line and rule', () => {
    const stderr = `${CORE}:1: core has no clock: Date.now\n`
    expect(run(treeOf({ ...CLEAN, [CORE]: 'Date.now()' }))).toMatchObject({ status: 1, stderr })
  })

  test('ends with 1 when there is nothing to check', () => {
    expect(run(treeOf({}))).toMatchObject({ status: 1, stderr: 'Not one source file was found to check.\n' })
  })
})

describe('who asks the network', () => {
  const TRANSPORT = 'cli/src/network/authority-transport.ts'
  const OWN = { [TRANSPORT]: "import { request } from 'node:https'\nexport const ask = request" }

  test.each(['node:https', 'node:net', 'node:dns/promises'])(
    'no other file of the command line imports %s',
    (module) => {
      const path = 'cli/src/commands/verify.ts'
      for (const text of [`import '${module}'`, `await import('${module}')`, `const a = require('${module}')`])
        expect(violationsOf({ [path]: text })).toEqual([`${path}:1: no network here: ${module}`])
      expect(violationsOf({ 'packages/platform/src/node/a.ts': `import '${module}'` })).toHaveLength(1)
    },
  )

  test('what asks is loaded by import() alone, by what stands behind --tsa and --online', () => {
    const loading = "const { ask } = await import('./authority-transport.ts')"
    for (const name of ['time-stamp-authorities', 'validation-choice'])
      expect(violationsOf({ ...OWN, [`cli/src/network/${name}.ts`]: loading })).toEqual([])
    const [early] = violationsOf({
      ...OWN,
      'cli/src/network/validation-choice.ts': "import { ask } from './authority-transport.ts'",
    })
    expect(early).toBe(
      'cli/src/network/validation-choice.ts:1: load it where it is used, with import(): ./authority-transport.ts',
    )
    const verify = 'cli/src/commands/verify.ts'
    for (const text of [
      "import { ask } from '../network/authority-transport.ts'",
      "await import('../network/validation-transport.ts')",
    ])
      expect(violationsOf({ ...OWN, 'cli/src/network/validation-transport.ts': '', [verify]: text })).toEqual([
        expect.stringMatching(/^cli\/src\/commands\/verify\.ts:1: only --tsa and --online ask the network: /),
      ])
    const behind = { 'cli/src/network/validation-transport.ts': "import { ask } from './authority-transport.ts'" }
    expect(violationsOf({ ...OWN, ...behind })).toEqual([])
  })

  test('where paths and revocation are judged, a moment is not looked into', () => {
    const text = 'export const a = (time) => time.epochSeconds > 0\nexport const b = ({ fraction }) => fraction.length'
    expect(violationsOf({ 'packages/core/src/pki/a.ts': text })).toHaveLength(3)
    expect(violationsOf({ 'packages/core/src/model/a.ts': text })).toEqual([])
  })

  test.each(["fetch('https://example.org/')", 'globalThis.fetch', 'new WebSocket(a)', 'new XMLHttpRequest()'])(
    '%s is nobody’s to call where a transport is a parameter',
    (code) => {
      for (const path of ['cli/src/a.ts', 'packages/seal/src/a.ts'])
        expect(violationsOf({ [path]: `export const a = ${code}` })).toHaveLength(1)
    },
  )

  test('a transport that was given may be called', () => {
    const text = 'export const a = async (input) => input.fetch(url)\nexport const fetchAll = () => a.fetch(b)'
    expect(violationsOf({ 'packages/seal/src/a.ts': text })).toEqual([])
  })
})
