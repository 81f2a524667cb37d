import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { servePhonePage } from './routes.ts'

let server: Server
let url: string

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!(await servePhonePage(request, response))) response.writeHead(418).end()
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void serve(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  url = `http://127.0.0.1:${address.port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('the page allows nothing from elsewhere, no inline script and no frame around it', async () => {
  for (const path of ['/', '/?person=1&bot=2', '/open?url=https://t.me/shop_bot?start=a']) {
    const response = await fetch(`${url}${path}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*|https?:|data:/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  }
})

test('every script and style the page asks for is served, without types', async () => {
  const page = await (await fetch(`${url}/`)).text()
  const seen = new Set<string>()
  const wanted = [...page.matchAll(/(?:href|src)="(\/phone\/[^"]+)"/g)].map((match) => match[1] ?? '')
  for (let path = wanted.pop(); path !== undefined; path = wanted.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    const response = await fetch(`${url}${path}`)
    expect(`${path} ${response.status}`).toBe(`${path} 200`)
    const body = await response.text()
    if (!path.endsWith('.ts')) continue
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(body).not.toMatch(/^(?:export )?(?:type|interface) |^import type /m)
    for (const [, file] of body.matchAll(/^(?:import|\}) .*from '\.\/([^']+)'/gm))
      wanted.push(`/phone/${file}`)
  }
  expect(seen.size).toBeGreaterThan(30)
})

test('a file that did not change is not sent again', async () => {
  const first = await fetch(`${url}/phone/main.ts`)
  const etag = first.headers.get('etag') ?? ''
  const second = await fetch(`${url}/phone/main.ts`, { headers: { 'if-none-match': etag } })
  expect(second.status).toBe(304)
  expect(await second.text()).toBe('')
})

test('what is not a file of the page is not found, whatever the path tries', async () => {
  const paths = [
    '/phone/',
    '/phone/nothing.ts',
    '/phone/tsconfig.json',
    '/phone/%2e%2e/routes.ts',
    '/phone/../../index.ts',
  ]
  for (const path of paths) expect((await fetch(`${url}${path}`)).status).toBeGreaterThanOrEqual(404)
  expect((await fetch(`${url}/phone/main.ts`, { method: 'POST' })).status).toBe(405)
})

test('other paths are left to others', async () => {
  for (const path of ['/bot1:a/getMe', '/emulator', '/phones', '/opened']) {
    expect((await fetch(`${url}${path}`)).status).toBe(418)
  }
})
