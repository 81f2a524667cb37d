import { API_KEY_SCOPES } from '@postino/database'
import type { Operation } from '@postino/console/operation/operation.ts'
import { problemSchema } from '@postino/console/openapi/problem.ts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createKey, createShop, openDatabase } from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { app, operations } = await createConsoleUnderTest(database)
const shop = await createShop(database, 'faenza')

const ALL = operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const)
const WITH_BODY = ALL.filter(([, { body }]) => body !== undefined)

type Problem = z.infer<typeof problemSchema>

/** The parameters an operation cannot do without, each with one of the values it may have. */
function neededIn({ query }: Operation): string {
  return Object.entries(query?.shape ?? {})
    .flatMap(([name, schema]) => (schema instanceof z.ZodEnum ? [`${name}=${schema.options[0]}&`] : []))
    .join('')
}

/** Row ids nobody has: whatever is refused is refused before they are looked for. */
function urlOf({ path, words }: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => words?.[name]?.[0] ?? '999999999')
}

async function ask(
  operation: Operation,
  {
    query = '',
    payload,
    headers,
  }: { query?: string; payload?: string | Buffer; headers?: Record<string, string> },
) {
  const type = payload === undefined ? {} : { 'content-type': 'application/json' }
  const response = await app.inject({
    method: operation.method,
    url: urlOf(operation) + query,
    headers: { ...shop.headers, ...type, ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
  expect(response.headers['content-type'], response.payload).toMatch('application/problem+json')
  expect(response.payload.length).toBeLessThan(20_000)
  return {
    status: response.statusCode,
    headers: response.headers,
    problem: problemSchema.parse(response.json()),
  }
}

test.each(ALL)('%s asks for a key that is live and has its scope', async (_name, operation) => {
  const without = await ask(operation, { headers: { authorization: '' } })
  expect([without.status, without.headers['www-authenticate']]).toEqual([401, 'Bearer realm="postino"'])
  const wrong = await ask(operation, { headers: { authorization: 'Bearer pst_live_wrong' } })
  expect(wrong.status).toBe(401)
  const others = API_KEY_SCOPES.filter((scope) => scope !== operation.scope)
  const { headers } = await createKey(database, shop.shopId, others)
  const refused = await ask(operation, { headers })
  expect([refused.status, refused.headers['www-authenticate']]).toEqual([
    403,
    expect.stringContaining(`scope="${operation.scope}"`),
  ])
  expect((await ask(operation, { query: '?access_token=x' })).problem.type).toBe('/problems/key-in-url')
})

test.each(ALL)(
  '%s refuses a parameter it does not know, and one that stands there twice',
  async (_name, operation) => {
    const { status, problem } = await ask(operation, { query: '?nonsense=1' })
    expect([status, problem.type]).toEqual([422, '/problems/invalid-parameter'])
    expect(problem.errors).toContainEqual(
      expect.objectContaining({ parameter: 'nonsense', code: 'unknown_field' }),
    )
    const named = ({ problem: { errors = [] } }: { problem: Problem }) =>
      errors.map(({ parameter }) => parameter)
    for (const name of Object.keys(operation.query?.shape ?? {})) {
      const twice = await ask(operation, { query: `?${name}=1&${name}=1` })
      expect([twice.status, named(twice)]).toEqual([422, expect.arrayContaining([name])])
      const empty = await ask(operation, { query: `?${name}=` })
      expect([name, empty.status, named(empty)]).toEqual([name, 422, expect.arrayContaining([name])])
      const nul = await ask(operation, { query: `?${name}=%00` })
      expect([name, nul.status, named(nul)]).toEqual([name, 422, expect.arrayContaining([name])])
    }
  },
)

test.each(ALL.filter(([, { query }]) => query !== undefined && 'limit' in query.shape))(
  '%s takes a limit of 1 to 200, and no made-up cursor',
  async (_name, operation) => {
    const given = neededIn(operation)
    for (const limit of ['0', '201', '-1', '1.5', '1e2', '0x10', 'all', '%2050', '99999999999999999999']) {
      const { status, problem } = await ask(operation, { query: `?${given}limit=${limit}` })
      expect([limit, status, problem.errors?.[0]?.parameter]).toEqual([limit, 422, 'limit'])
    }
    const made = Buffer.from('5 AAAAAAAAAAAA').toString('base64url')
    for (const cursor of ['x', '5', made, 'a'.repeat(201), '%F0%9F%98%80']) {
      const { status, problem } = await ask(operation, { query: `?${given}cursor=${cursor}` })
      expect([cursor, status, problem.errors?.[0]?.parameter]).toEqual([cursor, 422, 'cursor'])
    }
  },
)

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

test.each(WITH_BODY)('%s reads strict JSON alone, and a body of its own form', async (_name, operation) => {
  const expected: [string | Buffer, number, string][] = [
    ['', 400, 'empty_body'],
    ['{', 400, 'malformed_json'],
    ['{"a":1}{}', 400, 'malformed_json'],
    [Buffer.from([0x7b, 0xff, 0x7d]), 400, 'invalid_utf8'],
    [Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{}')]), 400, 'byte_order_mark'],
    ['[]', 422, 'wrong_type'],
    ['[{}]', 422, 'wrong_type'],
    ['null', 422, 'wrong_type'],
    ['"text"', 422, 'wrong_type'],
    ['{"a":1,"a":2}', 422, 'duplicate_key'],
    ['{"a":1e999}', 422, 'number_out_of_range'],
    [nested(30), 422, 'too_deep'],
    [`{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 422, 'too_deep'],
    ['{"__proto__":{"a":1}}', 422, 'forbidden_key'],
    [String.raw`{"a":"\u0000"}`, 422, 'nul_character'],
    [String.raw`{"a":"\ud800"}`, 422, 'lone_surrogate'],
  ]
  for (const [payload, status, code] of expected) {
    const answer = await ask(operation, { payload })
    expect([payload.toString().slice(0, 40), answer.status, answer.problem.errors?.[0]?.code]).toEqual([
      payload.toString().slice(0, 40),
      status,
      code,
    ])
  }
  const { status, problem } = await ask(operation, { payload: '{"nonsense":1}' })
  expect([status, problem.type]).toEqual([422, '/problems/invalid-body'])
  expect(problem.errors).toContainEqual(
    expect.objectContaining({ pointer: '/nonsense', code: 'unknown_field' }),
  )
  const huge = await ask(operation, { payload: `{"a":"${'x'.repeat(70_000)}"}` })
  expect([huge.status, huge.headers.connection]).toEqual([413, 'close'])
  for (const [name, value] of [
    ['content-type', 'text/plain'],
    ['content-encoding', 'gzip'],
  ] as const) {
    const other = await ask(operation, { payload: '{}', headers: { [name]: value } })
    expect([other.status, other.headers.accept]).toEqual([415, 'application/json'])
  }
})

test.each([...new Set(operations.map(({ path }) => path))])(
  '%s refuses other methods and says which it knows',
  async (path) => {
    const url = path.replaceAll(/\{\w+\}/g, '1')
    const methods = operations.filter((operation) => operation.path === path).map(({ method }) => method)
    const options = await app.inject({ method: 'OPTIONS', url })
    const allowed = String(options.headers.allow).split(', ')
    expect(new Set(allowed)).toEqual(
      new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']),
    )
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      if (allowed.includes(method)) continue
      const refusal = await app.inject({ method, url, headers: shop.headers })
      expect([method, refusal.statusCode, refusal.headers.allow]).toEqual([
        method,
        405,
        options.headers.allow,
      ])
    }
  },
)
