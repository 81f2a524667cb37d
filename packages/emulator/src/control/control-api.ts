import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Emulator } from '../emulator.ts'
import { readBody, BodyTooLargeError } from '../http/read-body.ts'
import { ActError } from '../world/act-error.ts'
import { createControlRoutes } from './control-routes.ts'
import type { Route } from './control-routes.ts'
import type { EventStream } from './event-stream.ts'
import { parseFields } from './fields.ts'

/** Answers requests under `/emulator`. */
export type ControlApi = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const MAX_BODY_BYTES = 8 * 1024 * 1024

export function createControlApi(emulator: Emulator, events: EventStream): ControlApi {
  const routes = createControlRoutes(emulator)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://emulator')
    const words = url.pathname
      .split('/')
      .slice(2)
      .map(decodeURIComponent)
      .filter((word) => word !== '')
    if (request.method === 'GET' && words[0] === 'events') {
      const person = url.searchParams.get('person')
      const lastEventId = request.headers['last-event-id']
      const personId = person === null ? undefined : Number(person)
      events.open(response, {
        personId,
        lastEventId: lastEventId === undefined ? undefined : String(lastEventId),
      })
      return
    }
    if (request.method === 'GET' && words[0] === 'files' && words.length === 2) {
      writeFile(response, emulator.chats.file(words[1] ?? ''))
      return
    }

    const found = findRoute(routes, request.method ?? '', words)
    const body = await readBody(request, MAX_BODY_BYTES)
    const fields = parseFields(body.toString('utf8'))
    const result = await found.route.run({ path: found.path, query: url.searchParams, fields })
    writeJson(response, 200, result)
  }

  return async (request, response) => {
    try {
      checkOrigin(request)
      await answer(request, response)
    } catch (error) {
      if (error instanceof ActError) writeJson(response, error.statusCode, { error: error.message })
      else if (error instanceof URIError) writeJson(response, 400, { error: 'the path is not well-formed' })
      else if (error instanceof BodyTooLargeError)
        writeJson(response, 413, { error: 'the body is too large' })
      else throw error
    }
  }
}

/** A page of another site, open in the same browser, must not play with the emulator. */
function checkOrigin(request: IncomingMessage): void {
  const { origin, host } = request.headers
  if (origin === undefined) return
  if (!URL.canParse(origin) || new URL(origin).host !== host)
    throw new ActError(409, 'requests from other sites are refused')
}

function findRoute(
  routes: readonly Route[],
  method: string,
  words: readonly string[],
): { route: Route; path: string[] } {
  const atPath = routes.filter((route) => matches(route, words))
  const route = atPath.find((each) => each.method === method)
  if (route === undefined) {
    throw new ActError(404, atPath.length === 0 ? 'there is no such route' : `this route has no ${method}`)
  }
  return { route, path: words.filter((_word, at) => route.words[at] === '*') }
}

function matches(route: Route, words: readonly string[]): boolean {
  return (
    route.words.length === words.length && route.words.every((word, at) => word === '*' || word === words[at])
  )
}

function writeJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value)
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  })
  response.end(body)
}

/** A file may hold anything, a page with scripts too; the browser shows it without letting it act. */
function writeFile(response: ServerResponse, file: { contentType: string; bytes: Buffer }): void {
  response.writeHead(200, {
    'Content-Type': file.contentType,
    'Content-Length': file.bytes.length,
    'Content-Security-Policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'max-age=3600',
  })
  response.end(file.bytes)
}
