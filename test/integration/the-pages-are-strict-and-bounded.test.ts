import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { openPageScene, withoutStyles } from './optin-page.ts'

const databaseUrl = await createTestDatabase()

test('[WEB-10] a page runs nothing, loads nothing, sets no cookie, and stands in no other page', async () => {
  const { get } = await openPageScene(databaseUrl)
  const { headers, text } = await get('?lang=en')
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; img-src data:; form-action 'self'; /,
  )
  expect(policy).toContain("frame-ancestors 'none'")
  expect(Object.fromEntries(headers)).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
  expect(headers.get('set-cookie')).toBeNull()
  expect(text).not.toMatch(/<script|<iframe|<link rel="stylesheet|style="|\son\w+=/)
})

test('[WEB-13] of all servers only the shop’s logo is asked, and whatever a shop writes is text', async () => {
  const { get, change, scene } = await openPageScene(databaseUrl)
  const name = `<script>alert(1)</script>"'&`
  await change({
    name,
    logo_url: 'https://cdn.faenza.example:8443/logo.svg?a=1&b=2',
    accent_color: '#7a1f5c',
    texts: { en: { title: '</h1><img src=x>', intro: '{{7*7}} ${7*7}', button: '"><b>' } },
  })
  await scene.database
    .updateTable('shops')
    .set({ support_contact: '<i>me</i>' })
    .where('id', '=', scene.shopId)
    .execute()
  for (const path of ['?lang=en', '/privacy?lang=en']) {
    const { headers, text } = await get(path)
    expect(headers.get('content-security-policy')).toContain('img-src data: https://cdn.faenza.example:8443;')
    expect(text).toContain('src="https://cdn.faenza.example:8443/logo.svg?a=1&amp;b=2"')
    expect(text).not.toMatch(/<script|<img src=x|<b>|<i>/)
  }
})

test('unknown and hidden shops look the same', async () => {
  const { get, change, served } = await openPageScene(databaseUrl)
  const unknown = await fetch(`${served.url}/o/nobody-knows?lang=it`)
  const page = withoutStyles(await unknown.text())
  expect(unknown.status).toBe(404)
  expect(page).toContain('<html lang="it">')
  await change({}, { isPublished: false })
  const hidden = await get('?lang=it')
  expect([hidden.status, hidden.text]).toEqual([404, page])
  for (const path of ['/embed.js', '/qr.svg', '/login/callback']) expect((await get(path)).status).toBe(404)
  // What people were handed still works.
  expect((await get('/privacy')).status).toBe(200)
})

test.each([
  '/o/',
  '/o/UPPER',
  '/o/a/b/c',
  '/o/..%2f',
  '/',
  '/favicon.ico',
  '/o/shop/qr.gif',
  `/o/${'x'.repeat(64)}`,
])('nobody lives at %s: 404, with a page', async (path) => {
  const { served } = await openPageScene(databaseUrl)
  const response = await fetch(`${served.url}${path}`)
  expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
})

test('a shop without a bot that is served asks nothing', async () => {
  const { get, scene } = await openPageScene(databaseUrl)
  await scene.database
    .updateTable('bots')
    .set({ status: 'paused' })
    .where('shop_id', '=', scene.shopId)
    .execute()
  const { status, headers, text } = await get('?lang=en')
  expect([status, headers.get('retry-after')]).toEqual([503, '300'])
  expect(text).not.toContain('checkbox')
})

test('forms are small and forms; other methods are told which there are', async () => {
  const { url, post } = await openPageScene(databaseUrl)
  expect((await post('', { purpose: 'x'.repeat(9_000) })).status).toBe(413)
  const json = await fetch(url, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  })
  expect(json.status).toBe(400)
  const put = await fetch(url, { method: 'PUT', body: 'x' })
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST, HEAD'])
  const privacy = await fetch(`${url}/privacy`, { method: 'POST' })
  expect([privacy.status, privacy.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  const head = await fetch(url, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('whoever makes links by the dozen waits, told how long; the others do not', async () => {
  const { get, post } = await openPageScene(databaseUrl)
  const { version } = await get('?lang=en')
  const fields = { purpose: 'marketing', lang: 'en', version }
  const from = (address: string) => ({ 'x-test-address': address })
  const statuses: number[] = []
  for (let made = 0; made < 31; made++) {
    // One household's many addresses of IPv6 are one.
    statuses.push((await post('', fields, from(`2001:db8:1:2::${made}`))).status)
  }
  expect(statuses).toEqual([...Array.from({ length: 30 }, () => 200), 429])
  const refused = await post('', fields, from('2001:db8:1:2::99'))
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(20)
  expect(refused.text).toContain('Too many attempts')
  expect((await post('', fields, from('2001:db8:1:3::1'))).status).toBe(200)
  // Reading costs nothing.
  expect((await get('?lang=en', from('2001:db8:1:2::99'))).status).toBe(200)
})

test('a form that trickles in holds up no update', async () => {
  const { slug, served, scene } = await openPageScene(databaseUrl)
  const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
  const head = [
    `POST /o/${slug} HTTP/1.1`,
    'host: x',
    'content-length: 100',
    'content-type: application/x-www-form-urlencoded',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\npurpose=`)
  const phone = scene.addPhone()
  phone.start()
  expect(await phone.nextText()).not.toBe('')
  const closed = once(socket, 'close')
  socket.destroy()
  await closed
  expect(served.log().filter(({ msg }) => msg === 'page.failed')).toEqual([])
})

test('a crowd of visitors holds up no update, and who finds no place is told when to come back', async () => {
  const { url, scene, served } = await openPageScene(databaseUrl)
  const visits = Array.from({ length: 400 }, () => fetch(`${url}?lang=en`))
  const phone = scene.addPhone()
  phone.start()
  expect(await phone.nextText()).not.toBe('')
  const answers = await Promise.all(visits)
  const refused = answers.filter(({ status }) => status === 503)
  expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true)
  expect(refused.every(({ headers }) => headers.get('retry-after') === '30')).toBe(true)
  expect(await served.metrics()).toMatch(/postino_optin_pages_total\{page="home",status="200"\} \d+/)
})
