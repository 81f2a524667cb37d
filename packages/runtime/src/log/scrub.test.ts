import { expect, test } from 'vitest'
import { scrub } from './scrub.ts'

const SECRET = 'AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'

test.each([
  ['bare', `123456789:${SECRET}`],
  ['in the path of a call', `https://api.telegram.org/bot123456789:${SECRET}/sendMessage`],
  ['in the path of a file', `https://api.telegram.org/file/bot123456789:${SECRET}/photos/1.jpg`],
  ['with an encoded colon', `http://proxy/?url=bot123456789%3A${SECRET}%2FgetMe`],
  ['after a line break as JSON writes it', JSON.stringify({ text: `a\n123456789:${SECRET}` })],
  ['glued to a word', `token123456789:${SECRET}`],
  ['of 24 characters only', `123456789:${SECRET.slice(0, 24)}`],
  ['twice in a line', `123456789:${SECRET} 987654321:${SECRET}`],
])('no bot token stays in a line: %s', (_where, line) => {
  const scrubbed = scrub(line)
  expect(scrubbed).not.toContain(SECRET.slice(0, 8))
  expect(scrubbed).toContain('[removed]')
})

test('in the path of a call even a token much too short goes, and the bot’s number and method stay', () => {
  expect(scrub('POST http://127.0.0.1:8081/bot42:ABC/getMe')).toBe(
    'POST http://127.0.0.1:8081/bot42:[removed]/getMe',
  )
})

test.each([
  ['postgres://postino:hunter2@db:5432/postino', 'postgres://postino:[removed]@db:5432/postino'],
  ['postgresql://postino:hunt@er/2@db/postino', 'postgresql://postino:[removed]@db/postino'],
  ['redis://:hunter2@cache:6379', 'redis://:[removed]@cache:6379'],
  ['rediss://default:hunter2@cache', 'rediss://default:[removed]@cache'],
  ['https://user:hunter2@proxy.example/path', 'https://user:[removed]@proxy.example/path'],
  [JSON.stringify({ url: 'postgres://a:hun"ter\\2@db/x' }), '{"url":"postgres://a:[removed]@db/x"}'],
])('no password stays in %s', (line, scrubbed) => {
  expect(scrub(line)).toBe(scrubbed)
})

test('no key of ours stays', () => {
  const key = `pst_live_0123456789${'a'.repeat(32)}ABCDEF`
  expect(scrub(`authorization: Bearer ${key}, x`)).toBe('authorization: Bearer pst_live_[removed], x')
  expect(scrub('SECRET_KEYS=local:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU=')).toBe(
    'SECRET_KEYS=local:[removed]',
  )
})

test.each([
  'postgres://db:5432/postino and someone@example.com',
  'https://example.com:8443/@someone/page',
  '2026-11-21T09:08:17.717Z turn.ended bot=42 took 1250 ms',
  'job 12345:retry',
  'https://api.telegram.org/bot/getMe',
  '0190f0e2-7c1b-7d1e-9d5a-3f0b6a2c4d5e',
])('what is no secret stays as it is: %s', (line) => {
  expect(scrub(line)).toBe(line)
})
