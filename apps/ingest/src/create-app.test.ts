import { createLogger } from '@postino/runtime'
import { EXAMPLES } from '@postino/domain'
import { createShares } from '@postino/http'
import { expect, test } from 'vitest'
import { LineFullError } from './accept/create-waiting-line.ts'
import { createApp, type AppDependencies } from './create-app.ts'
import { problemSchema } from './openapi/answers.ts'

const KEY = { authorization: 'Bearer pst_live_x' }
const ORDER = { ...EXAMPLES['order.status_changed'], time: '2026-11-20T10:00:00Z' }

function createTestApp(more: Partial<AppDependencies> = {}) {
  return createApp({
    checkKey: async () => ({ id: 'key', shopId: '1', scopes: ['events:write', 'events:read'] }),
    line: {
      add: async (_shopId, items) =>
        items.map(({ eventId: id, source }) => ({
          status: 'accepted',
          id,
          source,
          messages: [],
          isFresh: true,
        })),
    },
    bodyShares: createShares({ total: 10_000_000, perShop: 5_000_000 }),
    metrics: {
      countEvent() {},
      observeFlush() {},
      countLeftToSweeper() {},
      observeStreams() {},
      observeRequest() {},
    },
    logger: createLogger({ name: 'ingest', level: 'silent' }),
    nowMs: () => Date.UTC(2026, 10, 21),
    listRejectedEvents: async () => [],
    listEventTrails: async () => [],
    findMessageTrail: async () => undefined,
    ...more,
  })
}

test.each([
  ['GET', '/nowhere', 404],
  ['POST', '/v1/event', 404],
  ['GET', '//v1/events', 404],
  ['GET', '/v1/events/%zz', 400],
  ['GET', `/v1/events/${'x'.repeat(3_000)}`, 414],
  ['GET', '/docs/static/../../package.json', 404],
  ['GET', '/problems/__proto__', 404],
] as const)('%s %.40s is a problem document with status %i', async (method, url, status) => {
  const app = await createTestApp()
  const response = await app.inject({ method, url })
  expect(response.statusCode).toBe(status)
  expect(response.headers['content-type']).toMatch('application/problem+json')
  const problem = problemSchema.parse(response.json())
  expect(problem.status).toBe(status)
  expect(problem.instance).toBe(`urn:uuid:${String(response.headers['x-request-id'])}`)
  expect(response.headers['x-content-type-options']).toBe('nosniff')
})

test.each([
  ['/', 'GET, HEAD, OPTIONS'],
  ['/v1/events', 'POST, OPTIONS'],
  ['/v1/events/1', 'GET, HEAD, OPTIONS'],
  ['/v1/messages/1', 'GET, HEAD, OPTIONS'],
  ['/openapi.json', 'GET, HEAD, OPTIONS'],
])('%s knows %s and refuses all other methods with them in allow', async (url, allow) => {
  const app = await createTestApp()
  for (const method of app.supportedMethods.filter((known) => !allow.split(', ').includes(known))) {
    const response = await app.inject({
      method: method as 'GET',
      url,
      headers: { 'content-type': 'text/plain' },
    })
    expect([method, response.statusCode, response.headers.allow]).toEqual([method, 405, allow])
  }
  const options = await app.inject({ method: 'OPTIONS', url })
  expect([options.statusCode, options.headers.allow]).toEqual([204, allow])
})

test.each([
  [undefined, 'Bearer realm="postino"'],
  ['Basic dXNlcjpwYXNz', 'Bearer realm="postino"'],
  ['Bearer', 'Bearer realm="postino"'],
  ['Bearer a b', 'Bearer realm="postino"'],
  ['Bearer pst_live_wrong', 'Bearer realm="postino", error="invalid_token"'],
])('with the authorization %s the answer is 401 and says how', async (authorization, challenge) => {
  const app = await createTestApp({ checkKey: async () => undefined })
  for (const [method, url] of [
    ['POST', '/v1/events'],
    ['GET', '/v1/events/1'],
    ['GET', '/v1/messages/1'],
  ] as const) {
    const response = await app.inject({
      method,
      url,
      headers: authorization === undefined ? {} : { authorization },
    })
    expect([response.statusCode, response.headers['www-authenticate']]).toEqual([401, challenge])
    problemSchema.parse(response.json())
  }
})

test('a key may only do what its scopes say', async () => {
  const app = await createTestApp({
    checkKey: async () => ({ id: 'key', shopId: '1', scopes: ['events:read'] }),
  })
  const response = await app.inject({ method: 'POST', url: '/v1/events', headers: KEY, payload: {} })
  expect(response.statusCode).toBe(403)
  expect(response.headers['www-authenticate']).toContain('scope="events:write"')
  expect((await app.inject({ url: '/v1/messages/1', headers: KEY })).statusCode).toBe(404)
})

test.each(['?access_token=x', '?api_key=x', '?x=pst_live_abc', '?a=1&apikey=2', '?pst_test_x'])(
  'a key in the query %s is refused, even beside a good one',
  async (query) => {
    const app = await createTestApp()
    for (const [method, url] of [
      ['POST', '/v1/events'],
      ['GET', '/v1/events/1'],
    ] as const) {
      const response = await app.inject({ method, url: url + query, headers: KEY })
      expect([response.statusCode, response.json().type]).toEqual([400, '/problems/key-in-url'])
    }
  },
)

test.each([
  '0',
  '-1',
  '01',
  '1.5',
  '1e3',
  'abc',
  '9223372036854775808',
  '1'.repeat(100),
  '%00',
  '1%00',
  ' 1',
])('the message id %s is nobody’s, and no question to Postgres', async (id) => {
  const app = await createTestApp({
    findMessageTrail: () => Promise.reject(new Error('must not be asked')),
  })
  expect((await app.inject({ url: `/v1/messages/${id}`, headers: KEY })).statusCode).toBe(404)
})

test.each(['?source=a&source=b', '?source=', '?source=%00', `?source=${'x'.repeat(600)}`, '?other=1'])(
  'GET /v1/events/1%.30s has a parameter that is not valid',
  async (query) => {
    const app = await createTestApp()
    const response = await app.inject({ url: `/v1/events/1${query}`, headers: KEY })
    expect([response.statusCode, response.json().type]).toEqual([422, '/problems/invalid-parameter'])
  },
)

test('an event id may hold anything a URL can', async () => {
  const asked: string[] = []
  const app = await createTestApp({
    async listEventTrails(_shopId, { eventId }) {
      asked.push(eventId)
      return []
    },
  })
  for (const id of ['a/b', 'ü😀', 'a b', '%']) {
    expect((await app.inject({ url: `/v1/events/${encodeURIComponent(id)}`, headers: KEY })).statusCode).toBe(
      404,
    )
  }
  expect(asked).toEqual(['a/b', 'ü😀', 'a b', '%'])
})

test.each([
  ['shop_full', 429],
  ['full', 503],
] as const)(
  'when the line is full (%s) the answer is %i and says when to come back',
  async (scope, status) => {
    const app = await createTestApp({ line: { add: () => Promise.reject(new LineFullError(scope)) } })
    const response = await app.inject({ method: 'POST', url: '/v1/events', headers: KEY, payload: ORDER })
    expect([response.statusCode, Number(response.headers['retry-after']) > 0]).toEqual([status, true])
  },
)

test('bodies that would take more than the memory for them are refused, and nothing of it stays taken', async () => {
  const app = await createTestApp({ bodyShares: createShares({ total: 3_000, perShop: 2_500 }) })
  const send = (payload: object) => app.inject({ method: 'POST', url: '/v1/events', headers: KEY, payload })
  for (let time = 0; time < 3; time++) {
    expect((await send({ ...ORDER, subject: 'x'.repeat(2_000) })).statusCode).toBe(429)
    expect((await send(ORDER)).statusCode).toBe(202)
  }
})

test('a mistake of ours is a 500 that shows nothing of it', async () => {
  const app = await createTestApp({ line: { add: () => Promise.reject(new TypeError('secret detail')) } })
  const response = await app.inject({ method: 'POST', url: '/v1/events', headers: KEY, payload: ORDER })
  expect(response.statusCode).toBe(500)
  expect(response.payload).not.toMatch(/secret|TypeError|node_modules|\.ts/)
})

test('what the document describes is what is served', async () => {
  const app = await createTestApp()
  const { paths } = (await app.inject({ url: '/openapi.json' })).json()
  const described = Object.entries<object>(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
  expect(described).toEqual([
    'POST /v1/events',
    'GET /v1/events/:id',
    'GET /v1/rejected-events',
    'GET /v1/messages/:id',
  ])
  for (const route of described) {
    const [method = '', url = ''] = route.split(' ')
    const refusal = await app.inject({ method: 'DELETE', url })
    expect(String(refusal.headers.allow).split(', ')).toContain(method)
  }
})

test('the reference page loads nothing from elsewhere and runs no inline script', async () => {
  const app = await createTestApp()
  const page = await app.inject({ url: '/docs' })
  expect(page.statusCode).toBe(200)
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self';/)
  expect(page.payload).not.toMatch(/https?:\/\/|<script>|style=/)
  const assets = [...page.payload.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(assets.length).toBeGreaterThan(3)
  for (const asset of assets) expect((await app.inject({ url: asset })).statusCode).toBe(200)
})
