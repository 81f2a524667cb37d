import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { makeFolder } from '../support/make-folder.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const CLIENT = join(ROOT, 'packages/client')
const manifestSchema = z.looseObject({
  dependencies: z.undefined().optional(),
  publishConfig: z.object({ exports: z.record(z.string(), z.unknown()) }),
})

// A project of somebody else's, with the package as it is published and nothing else.
const project = makeFolder()
const installed = join(project, 'node_modules/@postino/client')

beforeAll(async () => {
  await mkdir(installed, { recursive: true })
  await tsc('-p', join(CLIENT, 'tsconfig.build.json'), '--outDir', join(installed, 'dist'))
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(CLIENT, 'package.json'), 'utf8')))
  await write(
    'node_modules/@postino/client/package.json',
    JSON.stringify({ ...manifest, ...manifest.publishConfig }),
  )
})

test('it needs Node alone, and ioredis where it is asked for', async () => {
  const files = await readdir(join(installed, 'dist'), { recursive: true })
  const scripts = files.filter((file) => file.endsWith('.js'))
  expect(scripts).toContain('index.js')
  const texts = await Promise.all(scripts.map((file) => readFile(join(installed, 'dist', file), 'utf8')))
  const imported = texts.flatMap((text) =>
    [...text.matchAll(/(?:from|import)[ (]'([^']+)'/g)].map(([, name]) => name),
  )
  const others = new Set(imported.filter((name) => name?.startsWith('.') === false))
  expect(others).toEqual(new Set(['ioredis', 'node:crypto']))
})

const USE = `const postino = createPostino({ url: 'http://127.0.0.1:2', apiKey: 'key', retryForMs: 0 })
postino.send({ type: 'order.status_changed', data: {} }).catch((error) => console.log(error instanceof UnavailableError))`

test('it is imported', async () => {
  await write('use.mjs', `import { createPostino, UnavailableError } from '@postino/client'\n${USE}`)
  expect(await node('use.mjs')).toBe('true\n')
})

test('it is required', async () => {
  await write('use.cjs', `const { createPostino, UnavailableError } = require('@postino/client')\n${USE}`)
  expect(await node('use.cjs')).toBe('true\n')
})

test('without ioredis it says what is missing', async () => {
  const use = `const postino = createPostino({ redis: 'redis://127.0.0.1:2', shop: 'shop' })
postino.send({ type: 'order.status_changed', data: {} }).catch((error) => console.log(error.message))`
  await write('redis.mjs', `import { createPostino } from '@postino/client'\n${use}`)
  expect(await node('redis.mjs')).toContain('npm install ioredis')
})

test('the strictest compiler takes its types, and they take no wrong event', async () => {
  await write('use.mts', TYPED)
  await write(
    'use.cts',
    `import client = require('@postino/client')\nexport const create = client.createPostino\n`,
  )
  const strict = [
    '--strict',
    '--exactOptionalPropertyTypes',
    '--noUncheckedIndexedAccess',
    '--skipLibCheck',
    'false',
  ]
  const target = [
    '--ignoreConfig',
    '--noEmit',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--types',
    'node',
  ]
  const types = ['--typeRoots', join(ROOT, 'node_modules/@types')]
  await tsc(...strict, ...target, ...types, join(project, 'use.mts'), join(project, 'use.cts'))
})

const TYPED = `import { createPostino, type EventOf, type ShopEvent } from '@postino/client'
export const order: EventOf<'order.status_changed'> = {
  type: 'order.status_changed',
  subject: undefined,
  data: {
    order: {
      id: '1143', number: '2026/1143', status: 'a state of our own', total: { amount: '49.90', currency: 'EUR' },
      items: [], placed_at: new Date(), updated_at: '2026-11-20T16:05:00+01:00',
    },
    customer: { external_id: 'customer-2071', phone: undefined },
  },
}
// @ts-expect-error no such kind
export const kind: ShopEvent = { type: 'order.changed', data: order.data }
// @ts-expect-error a letter too much
export const typo: ShopEvent = { ...order, data: { ...order.data, customers: [] } }
const overHttp = createPostino({ url: 'https://postino.example', apiKey: 'key' })
const overRedis = createPostino({ redis: 'redis://127.0.0.1', shop: 'shop' })
export const results = [(await overHttp.send(order)).messages[0]?.recipient, (await overRedis.send(order)).entryId]
// @ts-expect-error HTTP knows of no entries
export const entryId = (await overHttp.send(order)).entryId
`

async function write(file: string, text: string): Promise<void> {
  await writeFile(join(project, file), text)
}

async function node(file: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(project, file)], { env: {} })
  return stdout
}

/** Fails with what the compiler says. */
async function tsc(...args: string[]): Promise<void> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
  const outcome: unknown = await promisify(execFile)(process.execPath, [compiler, ...args]).catch(
    ({ stdout }: { stdout: string }) => stdout,
  )
  expect(outcome).toMatchObject({ stdout: '' })
}
