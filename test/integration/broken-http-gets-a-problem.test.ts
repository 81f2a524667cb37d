import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { problemSchema } from '@postino/ingest/openapi/answers.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import {
  countRows,
  createIngestUnderTest,
  createShop,
  openDatabase,
  orderEvent,
} from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { key } = await createShop(database, 'shop')
const { app } = await createIngestUnderTest(database, {
  timeLimits: { headersMs: 300, requestMs: 600, checkMs: 50 },
})
await app.listen({ host: '127.0.0.1', port: 0 })
const port = portOf(app)

const HOST = 'Host: postino\r\n'
const AUTHORIZATION = `Authorization: Bearer ${key}\r\n`
const POST = `POST /v1/events HTTP/1.1\r\n${HOST}${AUTHORIZATION}Content-Type: application/json\r\n`
const BODY = JSON.stringify(orderEvent('raw'))

/** Writes these bytes and reads until the server closes. */
async function talk(...writes: (string | Buffer)[]): Promise<{ status: number; head: string; body: string }> {
  const socket = connect({ host: '127.0.0.1', port })
  await once(socket, 'connect')
  for (const bytes of writes) socket.write(bytes)
  const answer = await text(socket)
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head: head.toLowerCase(), body }
}

test.each<[string, number, string[]]>([
  ['no HTTP at all', 400, ['hello\r\n\r\n']],
  ['TLS on a plain port', 400, [Buffer.from('16030100a5010000a10303', 'hex').toString('latin1')]],
  ['another version of HTTP', 400, [`GET / HTTP/3.0\r\n${HOST}\r\n`]],
  ['no host', 400, ['GET / HTTP/1.1\r\n\r\n']],
  ['a method nobody knows', 400, [`FETCH / HTTP/1.1\r\n${HOST}\r\n`]],
  ['a NUL in a header', 400, [`GET / HTTP/1.1\r\n${HOST}A: b\0c\r\n\r\n`]],
  ['a blank before a colon', 400, [`GET / HTTP/1.1\r\n${HOST}A : b\r\n\r\n`]],
  ['two different lengths', 400, [`${POST}Content-Length: 5\r\nContent-Length: 6\r\n\r\n${BODY}`]],
  ['a length and chunks', 400, [`${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`]],
  ['a length that is none', 400, [`${POST}Content-Length: 5x\r\n\r\n${BODY}`]],
  ['a broken chunk', 400, [`${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`]],
  ['chunks that are not the last coding', 400, [`${POST}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`]],
  ['20 KiB of headers', 431, [`GET / HTTP/1.1\r\n${HOST}A: ${'x'.repeat(20_000)}\r\n\r\n`]],
  ['an expectation nobody can meet', 417, [`${POST}Expect: a-miracle\r\nContent-Length: 1\r\n\r\n1`]],
  ['headers that never end', 408, [`GET / HTTP/1.1\r\n${HOST}`]],
  ['a body that never ends', 408, [`${POST}Content-Length: ${BODY.length}\r\n\r\n${BODY.slice(0, 10)}`]],
  ['a length of 5 MB', 413, [`${POST}Content-Length: 5000000\r\n\r\n`, 'x'.repeat(100_000)]],
  [
    '5 MB of chunks',
    413,
    [`${POST}Transfer-Encoding: chunked\r\n\r\n`, ...Array(50).fill(`186a0\r\n${' '.repeat(100_000)}\r\n`)],
  ],
])('%s: %i', async (_what, status, writes) => {
  const answer = await talk(...writes)
  expect([answer.status, answer.head]).toEqual([status, expect.stringContaining('application/problem+json')])
  expect(answer.head).toContain('x-request-id:')
  expect(answer.head).toContain('connection: close')
  expect(problemSchema.parse(JSON.parse(answer.body)).status).toBe(status)
  expect(await countRows(database)).toEqual({ events: 0, messages: 0 })
})

test('a client that goes away in the middle of its body leaves nothing behind', async () => {
  const socket = connect({ host: '127.0.0.1', port })
  await once(socket, 'connect')
  socket.write(`${POST}Content-Length: ${BODY.length}\r\n\r\n${BODY.slice(0, -1)}`)
  socket.resetAndDestroy()
  await once(socket, 'close')
  const response = await fetch(`http://127.0.0.1:${port}/`)
  expect(response.status).toBe(200)
  expect(await countRows(database)).toEqual({ events: 0, messages: 0 })
})

test('requests on one connection are answered one by one, whatever was wrong with the one before', async () => {
  const refused = `${POST}Content-Length: 2\r\n\r\n{}`
  const unauthorized = `POST /v1/events HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\nhello`
  const accepted = `${POST}Connection: close\r\nContent-Length: ${Buffer.byteLength(BODY)}\r\n\r\n${BODY}`
  const socket = connect({ host: '127.0.0.1', port })
  socket.write(refused + unauthorized + accepted)
  const statuses = [...(await text(socket)).matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1])
  expect(statuses).toEqual(['422', '401', '202'])
})

test('a client may wait for 100 Continue before it sends its body', async () => {
  const body = JSON.stringify(orderEvent('patient'))
  const socket = connect({ host: '127.0.0.1', port })
  socket.write(
    `${POST}Expect: 100-continue\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`,
  )
  const [first] = await once(socket, 'data')
  expect(String(first)).toContain('100 Continue')
  socket.write(body)
  expect(await text(socket)).toContain('202 Accepted')
})

test('a closing server answers what it has begun', async () => {
  const second = await createIngestUnderTest(database)
  await second.app.listen({ host: '127.0.0.1', port: 0 })
  const body = JSON.stringify(orderEvent('last'))
  const socket = connect({ host: '127.0.0.1', port: portOf(second.app) })
  socket.write(`${POST}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body.slice(0, 20)}`)
  await once(socket, 'connect')
  await fetch(`http://127.0.0.1:${portOf(second.app)}/`)
  const closed = second.app.close()
  socket.write(body.slice(20))
  expect(await text(socket)).toContain('202 Accepted')
  await closed
})

function portOf(server: typeof app): number {
  const [address] = server.addresses()
  if (typeof address !== 'object') throw new Error('the server listens on a port')
  return address.port
}
