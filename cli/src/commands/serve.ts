import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ExitCode } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError } from '../errors.ts'
import { type PageFile, readOwnPage, readPage } from '../page-file.ts'
import { PAGE_RELEASES } from '../page-releases.ts'
import { isKnownPage, standingOf } from '../page-standing.ts'
import { terminalOf, textOf } from './report-output.ts'

/** Nobody outside this computer can reach it. */
const LOOPBACK = '127.0.0.1'

/** Serves the page to browsers of this computer alone, for where pages may not be opened from a disk. Ends with Ctrl+C. */
export async function serve(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const given = textOf(argv, 'page')
  const own = await readOwnPage()
  const page = given === undefined ? own : await readPage(given)
  if (!isKnownPage(standingOf(page, own, PAGE_RELEASES)))
    throw new InputError(
      'This page is not the one that belongs to this program, nor a released one, nor an edition of either.',
      '`probatum page check FILE` says what it is.',
    )
  const server = createServer((request, response) => answer(page, request, response))
  await new Promise<void>((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      failed(
        new InputError(
          `The port could not be had (${error.code}).`,
          'Leave --port out, and a free one is taken, or name another.',
        ),
      )
    })
    server.listen(typeof argv.port === 'number' ? argv.port : 0, LOOPBACK, listening)
  })
  const { port } = server.address() as AddressInfo
  await terminal.result(
    `http://${LOOPBACK}:${port}/\n\nOpen this address in a browser of this computer. No other computer can reach it. Ctrl+C ends it.\n`,
  )
  await new Promise<void>((closed) => server.once('close', closed))
  return 0
}

function answer(page: PageFile, request: IncomingMessage, response: ServerResponse): void {
  const { port } = request.socket.address() as AddressInfo
  const end = (status: number, text = '') => {
    response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' })
    response.end(text)
  }
  // A foreign page whose name was made to point here must not be able to read it.
  const hosts = [`${LOOPBACK}:${port}`, `localhost:${port}`]
  if (!hosts.includes(request.headers.host ?? '')) end(421, 'Not this host.\n')
  else if (request.url !== '/') end(404, 'There is one page here: /\n')
  else if (request.method !== 'GET' && request.method !== 'HEAD') end(405, 'GET only.\n')
  else sendPage(page, request.method === 'HEAD', response)
}

function sendPage(page: PageFile, isHead: boolean, response: ServerResponse): void {
  const body = Buffer.from(page.text)
  response.writeHead(200, {
    ...HEADERS,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': body.length,
    // As in the page, with what only a header can say.
    'Content-Security-Policy': `${page.policy}; frame-ancestors 'none'`,
  })
  response.end(isHead ? undefined : body)
}

const HEADERS = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const
