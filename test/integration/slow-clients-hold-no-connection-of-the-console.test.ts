import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createShop, openDatabase } from './ingest-under-test.ts'

const REQUEST_MS = 300

const database = openDatabase(await createTestDatabase())
const { key } = await createShop(database, 'shop')
const { app } = await createConsoleUnderTest(database, {
  timeLimits: { requestMs: REQUEST_MS, fileMs: 60_000, checkMs: 50 },
})
const url = await app.listen({ host: '127.0.0.1', port: 0 })

function open(head: string) {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) })
  socket.write(`${head}Host: postino\r\n`)
  return socket
}
const AUTHORIZATION = `Authorization: Bearer ${key}\r\n`
const JSON_BODY = 'Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{"external_id"'

test('a body that does not arrive is a 408', async () => {
  const socket = open('POST /v1/contacts HTTP/1.1\r\n')
  socket.write(AUTHORIZATION + JSON_BODY)
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(answer.toLowerCase()).toContain('application/problem+json')
})

test('whoever has no key is answered, and the connection ends though the body does not', async () => {
  const socket = open('POST /v1/contacts HTTP/1.1\r\n')
  socket.write(JSON_BODY)
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 401 [^]*$/)
})

test('a file may take its time', async () => {
  const socket = open('POST /v1/contacts/imports HTTP/1.1\r\n')
  const file = 'external_id\nada\n'
  socket.write(
    `${AUTHORIZATION}Content-Type: text/csv\r\nContent-Length: ${file.length}\r\n\r\n${file.slice(0, 5)}`,
  )
  // As long as another request takes to be given up; this one began before it.
  const other = open('POST /v1/contacts HTTP/1.1\r\n')
  other.write(AUTHORIZATION + JSON_BODY)
  expect(await text(other)).toMatch(/^HTTP\/1\.1 408 /)
  socket.write(file.slice(5))
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /)
  socket.destroy()
})

test('requests that arrive in time share a connection as long as they like', async () => {
  const socket = open('GET /v1/shop HTTP/1.1\r\n')
  socket.write(`${AUTHORIZATION}\r\n`)
  const [first] = await once(socket, 'data')
  expect(String(first)).toMatch(/^HTTP\/1\.1 200 /)
  const other = open('POST /v1/contacts HTTP/1.1\r\n')
  other.write(AUTHORIZATION + JSON_BODY)
  await text(other)
  socket.write(`GET /v1/shop HTTP/1.1\r\nHost: postino\r\n${AUTHORIZATION}\r\n`)
  const [second] = await once(socket, 'data')
  expect(String(second)).toMatch(/^HTTP\/1\.1 200 /)
  socket.destroy()
})

test('whatever is asked for where nothing is, is not found', async () => {
  for (const [method, path] of [
    ['POST', '/nowhere'],
    ['PUT', '/v1'],
    ['DELETE', '/v1/contacts/1/2/3'],
  ] as const) {
    const response = await fetch(url + path, { method, body: method === 'DELETE' ? null : '{}' })
    expect([method, response.status]).toEqual([method, 404])
  }
})
