import { expect, test } from 'vitest'
import { createConsoleShop, errorsOf } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)
const shop = await createConsoleShop(db)

const NAME = { kind: 'order.status_changed', state: 'shipped', locale: 'it' }
const BUTTON = { text: 'x', url: 'https://shop.example/' }
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const body = (content: string) => `{"kind":"order.status_changed","locale":"it","content":${content}}`
const rows = (count: number, width: number) =>
  Array.from({ length: count }, () => Array.from({ length: width }, () => BUTTON))

const BODIES: [string, unknown, number][] = [
  ['a text of 60,000 characters', { ...NAME, content: { text: 'x'.repeat(60_000) } }, 422],
  ['a text beyond the body’s limit', { ...NAME, content: { text: 'x'.repeat(70_000) } }, 413],
  ['13 rows of buttons', { ...NAME, content: { text: 'x', buttons: rows(13, 8) } }, 422],
  ['a row of 9 buttons', { ...NAME, content: { text: 'x', buttons: rows(1, 9) } }, 422],
  ['lists in lists', body(`{"text":"x","buttons":${nested(500)}}`), 422],
  ['lists without end', body(`{"text":"x","buttons":${'['.repeat(30_000)}`), 400],
  ['ten thousand members', body(`{"text":"x","buttons":[${'[],'.repeat(10_000)}[]]}`), 422],
  ['a member twice', body('{"text":"x","text":"y"}'), 422],
  ['a prototype', body('{"text":"x","__proto__":{"silent":true}}'), 422],
  ['a text with NUL', body(String.raw`{"text":"a\u0000b"}`), 422],
  ['half a character', body(String.raw`{"text":"a\ud800b"}`), 422],
  [
    'eleven files',
    {
      ...NAME,
      content: { text: 'x', media: Array.from({ length: 11 }, () => ({ url: 'https://x.example/a' })) },
    },
    422,
  ],
  [
    '101 texts in a set',
    { templates: Array.from({ length: 101 }, () => ({ ...NAME, content: { text: 'x' } })) },
    422,
  ],
]

test.each(BODIES)('refused within a moment, whatever is asked: %s', async (_name, given, status) => {
  for (const url of ['/v1/templates', '/v1/templates:check', '/v1/templates:preview']) {
    const startMs = performance.now()
    const answer = await ask(shop, { method: 'POST', url, body: given })
    expect([url, answer.status]).toEqual([url, status])
    // Far from what it takes, and far below what anybody would notice.
    expect(performance.now() - startMs).toBeLessThan(2_000)
  }
})

const SOURCES: [string, string][] = [
  ['braces', '{{'.repeat(4_000)],
  ['parentheses', `{{ ${'('.repeat(3_900)}x${')'.repeat(3_900)} }}`],
  ['nested ifs', '{% if order.url %}'.repeat(400)],
  ['nested loops', `${'{% for a in order.items %}'.repeat(6)}x${'{% endfor %}'.repeat(6)}`],
  ['code', "{{ ''.constructor.constructor('return process')() }}"],
  ['an include', '{% include "/etc/passwd" %}'],
  ['a macro', '{% macro x() %}{% endmacro %}{{ x() }}'],
  ['an arithmetic bomb', `{{ ${'9**'.repeat(2_000)}9 }}`],
  ['a filter chain', `{{ order.number${' | upper'.repeat(900)} }}`],
]

test.each(SOURCES)(
  '[PASS-18] a source of %s is an error that is found and shown, and never published',
  async (name, text) => {
    const content = { text }
    const checked = await ask(shop, {
      method: 'POST',
      url: '/v1/templates:check',
      body: { ...NAME, content },
    })
    expect((checked.body as { errors: number }).errors).toBeGreaterThan(0)
    const shown = await ask(shop, {
      method: 'POST',
      url: '/v1/templates:preview',
      body: { ...NAME, content },
    })
    expect(shown).toMatchObject({ status: 200, body: { items: [{ status: 'failed' }] } })
    const state = name.replaceAll(' ', '-')
    const made = await ask(shop, { method: 'POST', url: '/v1/templates', body: { ...NAME, state, content } })
    const { id } = made.body as { id: string }
    const published = await ask(shop, { method: 'POST', url: `/v1/templates/${id}/publish`, body: {} })
    expect([made.status, published.status]).toEqual([201, 422])
    expect(errorsOf(published)[0]).toMatch(/^\/content\/text /)
  },
)
