import type { Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { Readable } from 'node:stream'
import { array, assert, asyncProperty, constantFrom, nat, record } from 'fast-check'
import { expect, test } from 'vitest'
import { createTelegramTransport } from './create-transport.ts'
import { parseAnswer } from './parse-answer.ts'
import { standInTcp } from './stand-in.ts'
import { TransportError } from './transport-error.ts'

// JSON goes over a reader of our own and uploads over undici's, so each is the other's proof.

const BODY = '{"ok":true,"result":{"message_id":1,"text":"дякую 👍"}}'
const REFUSAL =
  '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}'
const LENGTH = Buffer.byteLength(BODY)

function head(status: number, ...fields: string[]): string {
  return [`HTTP/1.1 ${status} Whatever`, ...fields, '', ''].join('\r\n')
}

function chunked(body: string, size: number, end = '0\r\n\r\n'): string {
  const bytes = Buffer.from(body)
  let text = ''
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = bytes.subarray(at, at + size)
    text += `${chunk.length.toString(16)}\r\n${chunk.toString('latin1')}\r\n`
  }
  return Buffer.from(text + end, 'latin1').toString('latin1')
}

/** One character a byte. */
const raw = (text: string): string => Buffer.from(text).toString('latin1')

const ANSWERS: Record<string, string> = {
  'as Telegram answers':
    head(200, 'Server: nginx', 'Connection: keep-alive', `Content-Length: ${LENGTH}`) + raw(BODY),
  'a refusal': head(429, 'Retry-After: 3', `content-length: ${REFUSAL.length}`) + REFUSAL,
  'without a reason phrase': `HTTP/1.1 200\r\ncontent-length: ${LENGTH}\r\n\r\n${raw(BODY)}`,
  'until the end of the connection': head(200, 'connection: close') + raw(BODY),
  'of HTTP/1.0': `HTTP/1.0 200 OK\r\n\r\n${raw(BODY)}`,
  'of HTTP/1.0 and kept': `HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: ${LENGTH}\r\n\r\n${raw(BODY)}`,
  'in chunks': head(200, 'Transfer-Encoding: chunked') + chunked(BODY, 7),
  'in one chunk with an extension and a trailer':
    head(200, 'TRANSFER-ENCODING: Chunked') +
    `${LENGTH.toString(16)};a=b\r\n${raw(BODY)}\r\n0\r\nX: y\r\n\r\n`,
  'in chunks without the last': head(200, 'transfer-encoding: chunked') + chunked(BODY, 9, ''),
  'in chunks without the last, to be closed':
    head(200, 'transfer-encoding: chunked', 'connection: close') + chunked(BODY, 9, ''),
  'in chunks whose size is none':
    head(200, 'transfer-encoding: chunked') + `xyz\r\n${raw(BODY)}\r\n0\r\n\r\n`,
  'in a chunk that is longer than said':
    head(200, 'transfer-encoding: chunked') + `5\r\n${raw(BODY)}\r\n0\r\n\r\n`,
  'an error page': head(502, 'content-type: text/html', 'content-length: 6') + '<html>',
  'an error page until the end': head(429, 'retry-after: 17', 'connection: close') + '<html>',
  'an error page in chunks': head(403, 'transfer-encoding: chunked') + chunked('<html>', 3),
  'nothing at all': '',
  'half a head': 'HTTP/1.1 200 OK\r\ncontent-le',
  'a head alone': head(200, `content-length: ${LENGTH}`),
  'half a body': head(200, `content-length: ${LENGTH}`) + raw(BODY).slice(0, 20),
  'half a body of a refusal': head(429, 'retry-after: 9', 'content-length: 300') + REFUSAL,
  'less than its length, to be closed': head(200, 'connection: close', 'content-length: 300') + raw(BODY),
  'more than its length': `${head(200, `content-length: ${LENGTH}`)}${raw(BODY)}${raw(BODY)}`,
  'two answers': (head(200, `content-length: ${LENGTH}`) + raw(BODY)).repeat(2),
  'no HTTP': 'SSH-2.0-OpenSSH_9.6\r\n\r\n',
  'a length that is none': `${head(200, 'content-length: many')}${raw(BODY)}`,
  'a negative length': `${head(200, 'content-length: -1')}${raw(BODY)}`,
  'two lengths': `${head(200, `content-length: ${LENGTH}`, 'content-length: 3')}${raw(BODY)}`,
  'a length and chunks': head(200, 'content-length: 3', 'transfer-encoding: chunked') + chunked(BODY, 7),
  'a field without a colon': `${head(200, 'nonsense', `content-length: ${LENGTH}`)}${raw(BODY)}`,
  'a field with a blank in its name': `${head(200, 'content length: 3', `content-length: ${LENGTH}`)}${raw(BODY)}`,
  'a head that does not end': `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(40_000)}`,
  'an interim answer before': head(103, 'link: </a>') + head(200, `content-length: ${LENGTH}`) + raw(BODY),
  'to go on': head(100) + head(200, `content-length: ${LENGTH}`) + raw(BODY),
  'another protocol': head(101, 'upgrade: websocket', 'connection: upgrade'),
  'no content': head(204),
  'not modified': head(304, 'content-length: 5'),
  'a redirection': head(302, 'location: https://other.example/', 'content-length: 0'),
  'an empty answer': head(500, 'content-length: 0'),
  'bytes that are no UTF-8': `${head(200, 'content-length: 26')}{"ok":true,"result":"\xff\xfe"} `,
}

/** What comes of one call; of a failure all but the name it is given. */
async function outcome(pieces: Buffer[], body: () => string | Readable): Promise<unknown> {
  await using standIn = await standInTcp((socket) => {
    let request = ''
    socket.on('data', (bytes) => {
      request += bytes.toString('latin1')
      if (/\r\n\r\n(?:\{\}|2\r\n\{\}\r\n0\r\n\r\n)$/.test(request)) void play(socket, pieces)
    })
  })
  const apiRoot = `http://${standIn.host}`
  const transport = createTelegramTransport({ apiRoot, connections: 1 })
  try {
    const url = `${apiRoot}/bot7:AAA/sendMessage`
    const answer = await transport.fetch(url, { body: body(), deadlineMs: 2_000 })
    return { answer, read: parseAnswer(answer, url) }
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    const { mayHaveArrived, timedOut, httpStatus, retryAfterSeconds } = error
    return { mayHaveArrived, timedOut, httpStatus, retryAfterSeconds }
  } finally {
    await transport.close()
  }
}

async function play(socket: Socket, pieces: Buffer[]): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return
    socket.write(piece)
    await setImmediate()
  }
  socket.end()
}

const json = () => '{}'
const stream = () => Readable.from([Buffer.from('{}')])

test.for(Object.keys(ANSWERS))(
  'an answer %s means what it means to undici, in one piece or byte by byte',
  async (name) => {
    const bytes = Buffer.from(ANSWERS[name] ?? '', 'latin1')
    const expected = await outcome([bytes], stream)
    expect(await outcome([bytes], json)).toEqual(expected)
    if (bytes.length > 1_000) return
    const single = Array.from(bytes, (byte) => Buffer.of(byte))
    expect(await outcome(single, json)).toEqual(expected)
  },
)

test('an answer torn anywhere, cut off anywhere, means what it means to undici', async () => {
  const names = Object.keys(ANSWERS).filter((name) => (ANSWERS[name] ?? '').length < 1_000)
  const cases = record({
    name: constantFrom(...names),
    tears: array(nat(300), { maxLength: 4 }),
    end: nat(300),
  })
  await assert(
    asyncProperty(cases, async ({ name, tears, end }) => {
      const bytes = Buffer.from(ANSWERS[name] ?? '', 'latin1').subarray(0, end)
      const places = [0, ...tears.filter((at) => at < end).toSorted((a, b) => a - b), end]
      const pieces = places.slice(1).map((at, index) => bytes.subarray(places[index], at))
      expect(await outcome(pieces, json)).toEqual(await outcome(pieces, stream))
    }),
    { numRuns: 150 },
  )
})
