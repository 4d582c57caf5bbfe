import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import type { FetchLike } from '@probatum/seal'

/** No connection, or no agreement on TLS, in time. */
class ConnectTimeoutError extends Error {
  override readonly name = 'ConnectTimeoutError'
}

/** RFC 9110 §6.4.1: these have no content, and a Response takes none for them. */
const WITHOUT_CONTENT: ReadonlySet<number> = new Set([204, 205, 304])

/**
 * Asks by Node's own client: the platform's `fetch` has no time-out of its own for connecting. It follows no redirect,
 * uses no proxy, and keeps no connection. `lookup`: finds the addresses of names; the system's by default.
 */
export function authorityTransport(connectMilliseconds: number, lookup?: LookupFunction): FetchLike {
  return (url, { method = 'POST', headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const isSecure = new URL(url).protocol === 'https:'
      const octets = body instanceof Uint8Array ? body : new Uint8Array()
      const sent = (isSecure ? requestHttps : requestHttp)(url, {
        method,
        // RFC 9110 §8.6: a GET has no content, and says nothing of its length.
        headers: {
          ...(headers as Record<string, string>),
          ...(method === 'GET' ? {} : { 'Content-Length': octets.length }),
        },
        agent: false,
        ...(lookup === undefined ? {} : { lookup }),
        ...(signal == null ? {} : { signal }),
      })
      const timer = setTimeout(
        () => sent.destroy(new ConnectTimeoutError(`${connectMilliseconds} ms`)),
        connectMilliseconds,
      )
      sent.on('socket', (socket) => socket.once(isSecure ? 'secureConnect' : 'connect', () => clearTimeout(timer)))
      sent.on('close', () => clearTimeout(timer))
      sent.on('error', reject)
      sent.on('response', (answer) => {
        const status = answer.statusCode ?? 0
        const given = Object.entries(answer.headers).map(([name, value]): [string, string] => [
          name,
          [value].flat().join(', '),
        ])
        try {
          const content = Readable.toWeb(answer) as NodeReadableStream<Uint8Array> as ReadableStream<Uint8Array>
          if (WITHOUT_CONTENT.has(status)) answer.resume()
          resolve(new Response(WITHOUT_CONTENT.has(status) ? null : content, { status, headers: given }))
        } catch (error) {
          // A status outside 200 to 599 is none.
          answer.destroy()
          reject(error)
        }
      })
      sent.end(octets)
    })
}
