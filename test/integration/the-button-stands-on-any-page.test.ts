import { once } from 'node:events'
import { createServer } from 'node:http'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { useBrowser } from '../support/use-browser.ts'
import { openPageScene } from './optin-page.ts'

const browser = useBrowser()
const databaseUrl = await createTestDatabase()
const TOKEN = 'AbCdEfGhIjKlMnOpQrStUv'

/** A shop's own page with a strict policy, which allows scripts of one origin and no styles at all. */
async function startShop(body: string, allowed: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${allowed}`,
    })
    response.end(
      `<!doctype html><html lang="it-IT"><title>Shop</title><link rel="icon" href="data:,"><main><h1>Shop</h1>${body}</main></html>`,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEnd(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

test('[WEB-10, WEB-13] one script tag, one button: in the shop’s colour and language, under its policy, with no global name', async () => {
  const { url, served, change } = await openPageScene(databaseUrl)
  await change({ accent_color: '#7a1f5c' })
  const src = `${url}/embed.js`
  const tags = [
    `<script src="${src}"></script>`,
    `<p lang="uk"><script src="${src}" async></script></p>`,
    `<script src="${src}" data-lang="en" data-source="checkout" data-label="Orders on Telegram &lt;3"></script>`,
    `<script src="${src}" data-lang="en" data-link="${served.url}/o/x/${TOKEN}"></script>`,
    `<script src="${src}" data-lang="xx" data-link="${TOKEN}" defer></script>`,
  ]
  const shop = await startShop(tags.join('\n'), served.url)
  const page = await browser.open(shop, { expected: /data:,/ })
  await page.getByRole('link').nth(4).waitFor()
  const buttons = await page
    .getByRole('link')
    .evaluateAll((links) =>
      links.map((it) => [
        it.textContent,
        it.getAttribute('href'),
        it.getAttribute('target'),
        it.getAttribute('rel'),
      ]),
    )
  expect(buttons.map(([, href]) => href)).toEqual([
    `${url}?lang=it`,
    `${url}?lang=uk`,
    `${url}?lang=en&source=checkout`,
    `${url}/${TOKEN}?lang=en`,
    `${url}/${TOKEN}?lang=it`,
  ])
  expect(buttons[0]).toEqual([
    'Ricevi le novità su Telegram (si apre in una nuova finestra)',
    `${url}?lang=it`,
    '_blank',
    'noopener',
  ])
  expect(buttons[2]?.[0]).toBe('Orders on Telegram <3 (opens in a new window)')
  const color = await page
    .getByRole('link')
    .first()
    .evaluate((it) => it.computedStyleMap().get('background-color')?.toString())
  expect(color).toBe('rgb(122, 31, 92)')
  expect(
    await page.evaluate("['PAGE', 'script', 'createButton', 'STYLE'].filter((name) => name in window)"),
  ).toEqual([])
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
})

test('the button opens the page in a new window, by keyboard too', async () => {
  const { url, served } = await openPageScene(databaseUrl)
  const shop = await startShop(`<script src="${url}/embed.js" data-lang="en"></script>`, served.url)
  const page = await browser.open(shop, { expected: /data:,/ })
  await page.keyboard.press('Tab')
  expect(await page.getByRole('link').evaluate((it) => it.matches(':focus-visible'))).toBe(true)
  const opened = page.context().waitForEvent('page')
  await page.keyboard.press('Enter')
  const popup = await opened
  await popup.getByRole('heading', { name: 'Bottega Faenza on Telegram' }).waitFor()
  expect(await popup.evaluate('window.opener')).toBeNull()
})

test('the script is small, for every origin, and nothing of a shop’s words runs in it', async () => {
  const { url, change } = await openPageScene(databaseUrl)
  await change({ name: '</script><script>alert(1)//', locales: ['uk', 'it'] })
  const response = await fetch(`${url}/embed.js`)
  const script = await response.text()
  expect(Buffer.byteLength(script)).toBeLessThan(4_096)
  expect(script).not.toMatch(/alert|^\s*\/\//m)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=300',
  })
})

test('[CM-3, PASS-3] the code for the counter leads to the page, and says that one stood there', async () => {
  const { get, url } = await openPageScene(databaseUrl)
  const svg = await get('/qr.svg')
  expect(svg.headers.get('content-type')).toBe('image/svg+xml')
  expect(svg.text).toMatch(/^<svg /)
  const png = await fetch(`${url}/qr.png`)
  expect(png.headers.get('content-type')).toBe('image/png')
  expect(
    Buffer.from(await png.arrayBuffer())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
})
