import { createServer } from 'node:http'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { createLogger } from '../log/create-logger.ts'
import { createResources, type Resource } from './resources.ts'

function setUp() {
  const lines: Record<string, unknown>[] = []
  const destination = { write: (line: string) => void lines.push(Object(JSON.parse(line))) }
  const resources = createResources({ logger: createLogger({ name: 'trial', level: 'info', destination }) })
  return { lines, resources, soon: () => performance.now() + 10_000 }
}

const closed: string[] = []
const note = (name: string) => () => void closed.push(name)

test.each<[string, Resource]>([
  ['close', { close: note('close') }],
  ['an asynchronous dispose', { [Symbol.asyncDispose]: async () => note('an asynchronous dispose')() }],
  ['stop', { stop: note('stop') }],
  ['quit', { quit: note('quit') }],
  ['end', { end: note('end') }],
  ['destroy', { destroy: note('destroy') }],
  ['dispose', { [Symbol.dispose]: note('dispose') }],
])('what has %s is closed by it', async (name, resource) => {
  const { resources, soon } = setUp()
  resources.add(name, resource)
  expect(await resources.closeAll(soon())).toBe(true)
  expect(closed.at(-1)).toBe(name)
})

test('what has none of them is refused when it is handed over, not at the end', () => {
  const { resources } = setUp()
  // @ts-expect-error The type says so already.
  expect(() => resources.add('nothing', {})).toThrow('nothing cannot be closed')
})

test('a server of node:http, whose close takes a callback, is waited for', async () => {
  const { resources, soon } = setUp()
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  resources.add('server', server)
  expect(await resources.closeAll(soon())).toBe(true)
  expect(server.listening).toBe(false)
})

test('one that throws at once, and one that rejects, are named; the rest is closed', async () => {
  const { resources, lines, soon } = setUp()
  const ended: string[] = []
  resources.add('first', { close: () => void ended.push('first') })
  resources.add('rejecting', { close: () => Promise.reject(new Error('no')) })
  resources.add('throwing', { close: throwIt })
  expect(await resources.closeAll(soon())).toBe(false)
  expect(ended).toEqual(['first'])
  expect(lines).toMatchObject([
    { msg: 'service.resource_failed_to_close', resource: 'throwing' },
    { msg: 'service.resource_failed_to_close', resource: 'rejecting' },
  ])
})

function throwIt(): never {
  throw new Error('at once')
}

test('two that hang take no more than the deadline together, and the rest still gets its turn', async () => {
  const { resources, lines } = setUp()
  const ended: string[] = []
  resources.add('first', { close: () => void ended.push('first') })
  resources.add('stuck', { close: () => new Promise(() => undefined) })
  resources.add('stuck too', { close: () => new Promise(() => undefined) })
  expect(await resources.closeAll(performance.now() + 200)).toBe(false)
  expect(ended).toEqual(['first'])
  expect(lines).toMatchObject([
    { msg: 'service.resource_hangs', resource: 'stuck too' },
    { msg: 'service.resource_hangs', resource: 'stuck' },
  ])
})

test('what was closed is not closed again', async () => {
  const { resources, soon } = setUp()
  let times = 0
  resources.add('once', { close: () => void times++ })
  await resources.closeAll(soon())
  await resources.closeAll(soon())
  expect(times).toBe(1)
})
