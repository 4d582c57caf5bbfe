import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A Firefox that is installed, or what PROBATUM_FIREFOX names; undefined where there is none. */
export function findFirefox(): string | undefined {
  const named = process.env.PROBATUM_FIREFOX
  if (named !== undefined && named !== '') return named
  const folders = (process.env.PATH ?? '').split(delimiter)
  return ['firefox-esr', 'firefox'].flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync)
}

/** One page of Firefox, driven by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), which needs no patched browser. */
export interface FirefoxPage {
  readonly version: string
  /** Console errors and script errors since the start. */
  readonly problems: readonly string[]
  goto(url: string): Promise<void>
  /** Calls the text of a function in the page with JSON values, awaits it, and gives its JSON value. */
  call(functionText: string, ...args: readonly unknown[]): Promise<unknown>
  setFiles(selector: string, paths: readonly string[]): Promise<void>
  close(): Promise<void>
}

/** As shipped: local pages are strangers to each other. */
const PREFERENCES = `
user_pref("security.fileuri.strict_origin_policy", true);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
`

export async function openFirefoxPage(program: string): Promise<FirefoxPage> {
  const profile = mkdtempSync(join(tmpdir(), 'probatum-firefox-'))
  writeFileSync(join(profile, 'user.js'), PREFERENCES)
  const browser = spawn(program, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
  })
  const begin = async () => {
    const link = await BidiLink.open(await addressOf(browser))
    const session = (await link.send('session.new', { capabilities: {} })) as {
      capabilities: { browserVersion: string }
    }
    return { link, ...session }
  }
  const { link, capabilities } = await begin().catch((error: unknown) => {
    // Nobody else would end it.
    browser.kill('SIGKILL')
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    throw error
  })
  const problems: string[] = []
  link.onEvent = (method, params) => {
    if (method !== 'log.entryAdded') return
    const { level, text } = params as { level: string; text: string | null }
    if (level === 'error' || level === 'warn') problems.push(`${level}: ${text}`)
  }
  await link.send('session.subscribe', { events: ['log.entryAdded'] })
  const { contexts } = (await link.send('browsingContext.getTree', {})) as { contexts: { context: string }[] }
  const context = contexts[0]?.context ?? ''
  const call = async (functionDeclaration: string, args: readonly unknown[], isValue: boolean) => {
    const answer = (await link.send('script.callFunction', {
      functionDeclaration: isValue
        ? `async (text) => JSON.stringify(await (${functionDeclaration})(...JSON.parse(text)) ?? null)`
        : functionDeclaration,
      awaitPromise: true,
      target: { context },
      arguments: [{ type: 'string', value: isValue ? JSON.stringify(args) : String(args[0]) }],
    })) as { type: string; result: { value: string; sharedId?: string }; exceptionDetails?: { text: string } }
    if (answer.type !== 'success') throw new Error(answer.exceptionDetails?.text ?? 'an exception in the page')
    return answer.result
  }
  return {
    version: capabilities.browserVersion,
    problems,
    async goto(url) {
      await link.send('browsingContext.navigate', { context, url, wait: 'complete' })
    },
    call: async (functionText, ...args) => JSON.parse((await call(functionText, args, true)).value),
    async setFiles(selector, paths) {
      const element = await call('(selector) => document.querySelector(selector)', [selector], false)
      await link.send('input.setFiles', { context, element: { sharedId: element.sharedId }, files: paths })
    },
    async close() {
      await link.send('browser.close', {}).catch(() => {})
      link.close()
      await new Promise<void>((ended) => {
        if (browser.exitCode !== null) ended()
        else browser.once('exit', () => ended())
        setTimeout(() => browser.kill('SIGKILL'), 5000).unref()
      })
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function addressOf(browser: ChildProcess): Promise<URL> {
  return new Promise((resolve, reject) => {
    let text = ''
    browser.once('error', reject)
    browser.once('exit', (code) => reject(new Error(`Firefox ended with ${code}: ${text.slice(-500)}`)))
    browser.stderr?.on('data', (data) => {
      text += data
      const found = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(text)?.[1]
      if (found !== undefined) resolve(new URL('/session', found))
    })
  })
}

/** Commands and events over one WebSocket (RFC 6455), which Node 20 does not have. */
class BidiLink {
  readonly #socket: Socket
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: unknown) => void }>()
  #received: Buffer = Buffer.alloc(0)
  #message: Buffer[] = []
  #count = 0
  onEvent: (method: string, params: unknown) => void = () => {}

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (data) => this.#read(data))
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Firefox closed the connection'))
    })
    socket.on('error', () => {})
  }

  static async open(address: URL): Promise<BidiLink> {
    const socket = connect(Number(address.port), address.hostname)
    const key = randomBytes(16).toString('base64')
    await new Promise<void>((opened, failed) => {
      socket.once('error', failed)
      socket.once('connect', () => opened())
    })
    socket.write(
      `GET ${address.pathname} HTTP/1.1\r\nHost: ${address.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    )
    const head = await new Promise<Buffer>((resolve) => socket.once('data', resolve))
    // RFC 6455 §4.2.2.
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    if (!head.toString('latin1').includes(accept)) throw new Error('Firefox refused the connection')
    return new BidiLink(socket)
  }

  send(method: string, params: object): Promise<unknown> {
    const id = ++this.#count
    const payload = Buffer.from(JSON.stringify({ id, method, params }))
    // RFC 6455 §5.2: one text frame, its length in the shortest form, masked, as every client's must be.
    const mask = randomBytes(4)
    const wide = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8
    const head = Buffer.alloc(2 + wide)
    head[0] = 0x81
    head[1] = 0x80 | (wide === 0 ? payload.length : wide === 2 ? 126 : 127)
    if (wide === 2) head.writeUInt16BE(payload.length, 2)
    if (wide === 8) head.writeBigUInt64BE(BigInt(payload.length), 2)
    for (let at = 0; at < payload.length; at++) payload[at] = (payload[at] ?? 0) ^ (mask[at & 3] ?? 0)
    this.#socket.write(Buffer.concat([head, mask, payload]))
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data])
    for (;;) {
      const { length } = this.#received
      if (length < 2) return
      const [first = 0, second = 0] = this.#received
      const short = second & 0x7f
      const headLength = short === 126 ? 4 : short === 127 ? 10 : 2
      if (length < headLength) return
      const size =
        short === 126
          ? this.#received.readUInt16BE(2)
          : short === 127
            ? Number(this.#received.readBigUInt64BE(2))
            : short
      if (length < headLength + size) return
      const payload = this.#received.subarray(headLength, headLength + size)
      this.#received = this.#received.subarray(headLength + size)
      const opcode = first & 0x0f
      if (opcode > 2) continue
      this.#message.push(payload)
      if ((first & 0x80) === 0) continue
      this.#answered(Buffer.concat(this.#message).toString('utf8'))
      this.#message = []
    }
  }

  #answered(text: string): void {
    const message = JSON.parse(text) as {
      type: string
      id?: number
      method?: string
      params?: unknown
      result?: unknown
      error?: string
      message?: string
    }
    if (message.type === 'event') {
      this.onEvent(message.method ?? '', message.params)
      return
    }
    const waiting = this.#waiting.get(message.id ?? -1)
    this.#waiting.delete(message.id ?? -1)
    if (message.type === 'success') waiting?.resolve(message.result)
    else waiting?.reject(new Error(`${message.error}: ${message.message}`))
  }
}
