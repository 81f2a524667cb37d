import { expect, test } from 'vitest'
import { createReadSimpleRequest } from './simple-request.ts'

const read = createReadSimpleRequest()

function request(head: string, body = '{}'): Buffer {
  return Buffer.from(`${head}\r\n\r\n${body}`)
}

const LINE = 'POST /bot1:a_-/sendMessage HTTP/1.1'
const HEADERS = 'Host: 127.0.0.1:80\r\nConnection: keep-alive\r\nContent-Type: application/json'

test.each([
  `${LINE}\r\n${HEADERS}\r\ncontent-length: 2`,
  `${LINE}\r\nContent-Length: 2\r\n${HEADERS}; charset=utf-8`,
  `${LINE}\r\n${HEADERS}\r\nAccept: */*\r\nUser-Agent: node\r\nAccept-Encoding: br, gzip\r\ncontent-length: 2`,
])('a call as clients send it is read: %j', (head) => {
  expect(read(request(head))).toEqual({ path: '/bot1:a_-/sendMessage', body: '{}' })
  expect(read(request(head, '{} '))).toBeUndefined()
})

test('the body is UTF-8, its length in bytes', () => {
  expect(read(request(`${LINE}\r\n${HEADERS}\r\ncontent-length: 6`, '"їabc'))).toMatchObject({
    body: '"їabc',
  })
})

const WHOLE = `${HEADERS}\r\ncontent-length: 2`

test.each([
  `GET /bot1:a/getMe HTTP/1.1\r\n${WHOLE}`,
  `POST /bot1:a/getMe HTTP/1.0\r\n${WHOLE}`,
  `POST /bot1:a/getMe?a=b HTTP/1.1\r\n${WHOLE}`,
  `POST /bot1%3Aa/getMe HTTP/1.1\r\n${WHOLE}`,
  `POST /emulator/bots HTTP/1.1\r\n${WHOLE}`,
  `POST  /bot1:a/getMe HTTP/1.1\r\n${WHOLE}`,
  LINE,
  `${LINE}\r\n${HEADERS}`,
  `${LINE}\r\n${HEADERS}\r\ncontent-length: 02`,
  `${LINE}\r\n${HEADERS}\r\ncontent-length: 2\r\ncontent-length: 2`,
  `${LINE}\r\n${HEADERS}\r\ncontent-length : 2`,
  `${LINE}\r\n${WHOLE}\r\n folded`,
  `${LINE}\r\n${WHOLE}\r\nexpect: 100-continue`,
  `${LINE}\r\n${WHOLE}\r\ntransfer-encoding: chunked`,
  `${LINE}\r\n${WHOLE}\r\ncontent-encoding: gzip`,
  `${LINE}\r\n${WHOLE}\r\nx-real-ip: 10.0.0.1`,
  `${LINE}\r\n${WHOLE}\nx: y`,
  `${LINE}\r\n${WHOLE}`.replace('keep-alive', 'close'),
  `${LINE}\r\n${WHOLE}`.replace('json', 'x-www-form-urlencoded'),
  `${LINE}\r\n${WHOLE}`.replace('Host: 127.0.0.1:80\r\n', ''),
])('anything else is left to node: %j', (head) => {
  expect(read(request(head))).toBeUndefined()
})

test.each(['', 'POST', `${LINE}\r\n${WHOLE}\r\n`, `${LINE}\r\n${WHOLE}\r\n\r\n{`])(
  'so is a part of a call: %j',
  (part) => {
    expect(read(Buffer.from(part))).toBeUndefined()
  },
)
