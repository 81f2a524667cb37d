import { expect, test } from 'vitest'
import { createDownloadFile } from './download-file.ts'
import { standInHttp } from './stand-in.ts'
import type { TargetSettings } from './target.ts'

/** What is refused without a connection, or what came of the connection. */
async function outcomeOf(address: string, settings: Partial<TargetSettings> = {}): Promise<string> {
  const download = createDownloadFile({
    allowedHosts: [],
    allowHttp: true,
    totalTimeoutMs: 5_000,
    ...settings,
  })
  const result = await download(address, { maxBytes: 1_000 })
  if (result.status === 'failed') return result.reason
  await result.file[Symbol.asyncDispose]()
  return result.status
}

const NAMES: Record<string, string[]> = {
  'inside.example': ['10.0.0.7'],
  'loop.example': ['127.0.0.1'],
  'mixed.example': ['149.154.167.220', '127.0.0.1'],
  'mixed6.example': ['149.154.167.220', '::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
}

async function resolve(hostname: string): Promise<string[]> {
  const addresses = NAMES[hostname]
  if (addresses === undefined) throw new Error('no such name')
  return addresses
}

test.each([
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '0',
  '0.0.0.0',
  '0x7f.1',
  '0x7f000001',
  '0177.0.0.1',
  '017700000001',
  '2130706433',
  '127.0.0.1.',
  '%31%32%37.0.0.1',
  '１２７.0.0.1',
  '①②⑦.0.0.1',
  '127。0。0。1',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[fe80::1]',
  '169.254.169.254',
  '10.0.0.1',
  '192.168.0.1',
  '[fd00::1]',
])('no spelling of a private address is connected to: %s', async (host) => {
  expect(await outcomeOf(`http://${host}/`)).toBe('address_not_public')
  expect(await outcomeOf(`https://user@${host}/`)).toBe('url_not_allowed')
})

test.each(Object.keys(NAMES))('a name with one private address is not connected to: %s', async (name) => {
  expect(await outcomeOf(`https://${name}/a`, { resolve })).toBe('address_not_public')
})

test('this machine’s own names are not connected to, by the real resolver', async () => {
  expect(['address_not_public', 'name_not_found']).toContain(await outcomeOf('https://localhost/'))
  expect(['address_not_public', 'name_not_found']).toContain(await outcomeOf('https://a.localhost./'))
})

test('a name nobody knows is told', async () => {
  expect(await outcomeOf('https://nowhere.example/', { resolve })).toBe('name_not_found')
})

test.each([
  'https://shop.example:8443/',
  'https://shop.example:22/',
  'http://shop.example:443/',
  'https://shop.example:80/',
  'https://me:secret@shop.example/',
  'https://me@shop.example/',
  'ftp://shop.example/a',
  'file:///etc/passwd',
  'data:text/plain,hello',
  'gopher://shop.example/',
  'javascript:alert(1)',
  '//shop.example/a',
  'shop.example/a',
  'https://',
  'https://[::1',
  'https://a b/',
  '',
])('this is no address for a file: %s', async (address) => {
  expect(await outcomeOf(address, { resolve: async () => ['149.154.167.220'] })).toBe('url_not_allowed')
})

test('plain http is for those who allow it', async () => {
  expect(await outcomeOf('http://inside.example/', { allowHttp: false, resolve })).toBe('url_not_allowed')
  expect(await outcomeOf('http://inside.example/', { resolve })).toBe('address_not_public')
})

test('an allowed host may be private; its neighbours, and the same host on another port, may not', async () => {
  await using server = await standInHttp((_request, response) => response.end('file'))
  const allowedHosts = [`127.0.0.1:${server.port}`]
  expect(await outcomeOf(`http://127.0.0.1:${server.port}/`, { allowedHosts })).toBe('downloaded')
  // Another spelling of the same host is the same host.
  expect(await outcomeOf(`http://2130706433:${server.port}/`, { allowedHosts })).toBe('downloaded')
  for (const host of ['127.0.0.2', 'localhost', '[::1]', '[::ffff:127.0.0.1]']) {
    expect(await outcomeOf(`http://${host}:${server.port}/`, { allowedHosts })).toBe('url_not_allowed')
  }
  expect(await outcomeOf(`http://127.0.0.1:${server.port + 1}/`, { allowedHosts })).toBe('url_not_allowed')
  expect(server.connections()).toBe(2)
})

test('a redirect leads nowhere, least of all inside', async () => {
  await using inside = await standInHttp((_request, response) => response.end('secret'))
  await using server = await standInHttp((_request, response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${inside.port}/` }).end()
  })
  const address = `http://127.0.0.1:${server.port}/`
  expect(await outcomeOf(address, { allowedHosts: [`127.0.0.1:${server.port}`] })).toBe('other_status')
  expect(inside.connections()).toBe(0)
})

test('a name is asked for once, and only what was checked is connected to', async () => {
  await using server = await standInHttp(({ headers }, response) => response.end(headers.host))
  const asked: string[] = []
  const outcome = await outcomeOf(`http://files.example:${server.port}/`, {
    allowedHosts: [`files.example:${server.port}`],
    async resolve(hostname) {
      asked.push(hostname)
      // A second answer would be another one.
      return asked.length === 1 ? ['127.0.0.1'] : ['127.0.0.2']
    },
  })
  expect(outcome).toBe('downloaded')
  expect(asked).toEqual(['files.example'])
  expect(server.connections()).toBe(1)
})

test('of several addresses the one that answers is used', async () => {
  await using server = await standInHttp((_request, response) => response.end('file'))
  const outcome = await outcomeOf(`http://files.example:${server.port}/`, {
    allowedHosts: [`files.example:${server.port}`],
    resolve: async () => ['127.0.0.9', '127.0.0.1'],
  })
  expect(outcome).toBe('downloaded')
})
