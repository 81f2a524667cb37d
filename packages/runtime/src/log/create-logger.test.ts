import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createLogger, type Logger } from './create-logger.ts'

const TOKEN = '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'
const URL_WITH_TOKEN = `https://api.telegram.org/bot${TOKEN}/sendMessage`

/** What the log writes, as text. */
function write(log: (logger: Logger) => void): string {
  const lines: string[] = []
  log(
    createLogger({ name: 'trial', level: 'trace', destination: { write: (line) => void lines.push(line) } }),
  )
  return lines.join('')
}

function writeErr(err: unknown): Record<string, unknown> {
  return Object(JSON.parse(write((logger) => logger.error({ err }, 'trial.failed'))))
}

/** As grammY's: the token in the inner error, the payload beside it. */
class CallError extends Error {
  override readonly name = 'CallError'
  readonly method = 'sendMessage'
  readonly payload = { chat_id: 4711, text: 'your parcel is on its way' }
  readonly error_code = 429
  readonly description = 'Too Many Requests: retry after 5'
  readonly parameters = { retry_after: 5 }
}

test.each<[string, (logger: Logger) => void]>([
  ['in a field', (logger) => logger.info({ url: URL_WITH_TOKEN }, 'trial')],
  ['deep in a field', (logger) => logger.info({ request: { options: [{ path: URL_WITH_TOKEN }] } }, 'trial')],
  ['in the name of a field', (logger) => logger.info({ [URL_WITH_TOKEN]: 1 }, 'trial')],
  ['in a header', (logger) => logger.info({ headers: { location: URL_WITH_TOKEN } }, 'trial')],
  ['in the event', (logger) => logger.info(`called ${URL_WITH_TOKEN}`)],
  ['in a child’s fields', (logger) => logger.child({ url: URL_WITH_TOKEN }).info('trial')],
  ['in an error’s message and stack', (logger) => logger.error({ err: new Error(URL_WITH_TOKEN) }, 'trial')],
  [
    'in a cause',
    (logger) => logger.error({ err: new Error('no', { cause: new Error(URL_WITH_TOKEN) }) }, 'trial'),
  ],
  [
    'in an inner error',
    (logger) =>
      logger.error({ err: Object.assign(new Error('no'), { error: new Error(URL_WITH_TOKEN) }) }, 'trial'),
  ],
  [
    'in one of several errors',
    (logger) => logger.error({ err: new AggregateError([new Error(URL_WITH_TOKEN)]) }, 'trial'),
  ],
  [
    'in an error under another name',
    (logger) => logger.error({ deep: { reason: new Error(URL_WITH_TOKEN) } }, 'trial'),
  ],
  ['in a URL object', (logger) => logger.info({ url: new URL(URL_WITH_TOKEN) }, 'trial')],
  ['in a rejection that is a text', (logger) => logger.error({ err: URL_WITH_TOKEN }, 'trial')],
])('a token %s is not written', (_where, log) => {
  const written = write(log)
  expect(written).not.toContain('AAHdq')
  expect(written).toContain('123456789:[removed]')
})

test('of an error only the allowed fields are written, its causes too', () => {
  const { err } = writeErr(
    new CallError('refused', {
      cause: Object.assign(new Error('reset'), { code: 'ECONNRESET', address: '10.0.0.1' }),
    }),
  )
  expect(err).toEqual({
    name: 'CallError',
    message: 'refused',
    method: 'sendMessage',
    error_code: 429,
    description: 'Too Many Requests: retry after 5',
    retry_after: 5,
    stack: expect.stringContaining('refused'),
    cause: { name: 'Error', message: 'reset', code: 'ECONNRESET', stack: expect.any(String) },
  })
})

test('errors that lead in a circle, or without end, are cut', () => {
  const circle = new Error('round')
  circle.cause = circle
  expect(inspect(writeErr(circle), { depth: 20 }).match(/round/g)?.length).toBeLessThan(20)
  const { err } = writeErr(new Error('x'.repeat(1_000_000)))
  expect(JSON.stringify(err).length).toBeLessThan(10_000)
})

test.each([undefined, null, 'text', 42, { some: 'object' }, new Proxy({}, { get: () => throwIt() })])(
  'anything may be thrown, and is logged: %#',
  (thrown) => {
    expect(writeErr(thrown)).toMatchObject({ msg: 'trial.failed' })
  },
)

function throwIt(): never {
  throw new Error('no reading')
}

test('fields called after a secret are not written, whatever they hold; a count of tokens is', () => {
  const line = write((logger) =>
    logger.info(
      {
        headers: { 'X-Telegram-Bot-Api-Secret-Token': 'abc', cookie: ['def'] },
        apiKey: { a: 'ghi' },
        tokens: 3,
      },
      'trial',
    ),
  )
  expect(line).not.toMatch(/abc|def|ghi/)
  expect(JSON.parse(line)).toMatchObject({ tokens: 3 })
})

test('a line is one line of JSON, however big or strange the fields', () => {
  const circle: Record<string, unknown> = {
    id: 12n,
    at: new Date(0),
    nothing: undefined,
    bytes: Buffer.from('abc'),
    list: new Set([1]),
  }
  circle['self'] = circle
  const line = write((logger) =>
    logger.info(
      { circle, long: 'x'.repeat(100_000), many: Array.from({ length: 1_000 }, (_, i) => i) },
      'a\nb',
    ),
  )
  expect(line.trimEnd().split('\n')).toHaveLength(1)
  expect(line.length).toBeLessThan(15_000)
  expect(JSON.parse(line)).toMatchObject({
    level: 'info',
    name: 'trial',
    msg: 'a\nb',
    circle: { id: '12', at: '1970-01-01T00:00:00.000Z', bytes: '[3 bytes]', list: [1] },
  })
})
