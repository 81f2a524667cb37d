import type { ServerResponse } from 'node:http'
import { closeRegistration } from '@postino/database'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createFileServer } from './file-server.ts'
import { createStage, type Stage, type TestBot } from './pipeline-under-test.ts'
import { pictureOf } from './pictures.ts'
import { callsOf, queueContents, seenBy } from './queued-content.ts'

const stage = await createStage()
const { database, emulator } = stage
const server = await createFileServer()
const sender = stage.startSender({ outgoingAllowedHosts: server.host, outgoingAllowHttp: true })

/** A file that arrives when the test says so. */
function addSlowFile(name: string): { url: string; asked: Promise<void>; finish: () => void } {
  const asked = Promise.withResolvers<void>()
  const answers: ServerResponse[] = []
  const url = server.add(name, (response) => {
    answers.push(response)
    asked.resolve()
  })
  return { url, asked: asked.promise, finish: () => answers.forEach((answer) => answer.end('a;b\n')) }
}

async function queueFile(bot: TestBot, url: string, people: number) {
  const everybody = await stage.addPeople(bot, people)
  const media = [{ as: 'document', url, name: 'list.csv' } as const]
  const ids: string[] = []
  for (const to of everybody) ids.push(...(await queueContents(stage, { bot, to }, [{ media }])))
  await stage.wake(bot)
  return { ids, people: everybody }
}

test('a file for many people is fetched once and uploaded once', async () => {
  const bot = await stage.addBot()
  const { url, asked, finish } = addSlowFile('for-many.csv')
  const { ids, people } = await queueFile(bot, url, 30)
  await asked
  finish()
  const messages = await stage.waitForEnd(ids)
  expect(messages.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
  expect(people.flatMap((person) => seenBy(stage, person))).toEqual(Array(30).fill('document: Your order'))
  expect(server.requests(url)).toBe(1)
  const stored = new Set(
    people.flatMap(({ chat }) =>
      emulator.chats.messages(chat, { limit: 9 }).messages.map(({ media }) => media?.file_unique_id),
    ),
  )
  stored.delete(undefined)
  expect(stored.size).toBe(1)
})

test('while a file is fetched the other chats go on, and the chat keeps its order', async () => {
  const bot = await stage.addBot()
  const { url, asked, finish } = addSlowFile('slow.csv')
  const { ids, people } = await queueFile(bot, url, 1)
  const [ada] = people
  const ben = await stage.addPerson(bot)
  await asked
  const later = await queueContents(stage, { bot, to: ada! }, [{ html: 'later' }])
  const others = await queueContents(stage, { bot, to: ben }, [{ html: 'meanwhile' }])
  await stage.wake(bot)
  await stage.waitForEnd(others)
  expect(seenBy(stage, ada!)).toEqual([])
  finish()
  await stage.waitForEnd([...ids, ...later])
  expect(seenBy(stage, ada!)).toEqual(['document: Your order', 'later'])
})

test('who says STOP while a file is fetched gets nothing', async () => {
  const bot = await stage.addBot()
  const { url, asked, finish } = addSlowFile('stopped.csv')
  const { ids, people } = await queueFile(bot, url, 1)
  const [person] = people
  await asked
  await closeRegistration(database, stage.shopId, {
    registrationId: person!.registrationId,
    status: 'stopped',
    reason: 'registration_stopped',
  })
  finish()
  expect(await stage.waitForEnd(ids)).toMatchObject([
    { status: 'suppressed', reason: 'registration_stopped' },
  ])
  expect(callsOf(stage, person!)).toEqual([])
})

test.each([
  ['a host nobody allowed', (host: string) => `http://${host.replace('127.0.0.1', '127.0.0.2')}/inside.png`],
  [
    'another spelling of this machine',
    (host: string) => `http://[::ffff:127.0.0.1]:${host.split(':')[1]}/a.png`,
  ],
  ['a name of this machine', (host: string) => `http://localhost:${host.split(':')[1]}/inside.png`],
  ['another port of an allowed host', () => 'http://127.0.0.1:1/inside.png'],
  ['a cloud’s own address', () => 'http://169.254.169.254/latest/meta-data'],
])('%s is never fetched; the file is a link', async (_what, addressOf) => {
  const inside = server.add('inside.png', pictureOf(10, 10))
  const url = addressOf(server.host)
  emulator.describeUrl({ url: new URL(url).href, status: 404 })
  const bot = await stage.addBot()
  const to = await stage.addPerson(bot)
  const ids = await queueContents(stage, { bot, to }, [{ media: [{ as: 'photo', url, name: 'photo' }] }])
  await stage.wake(bot)
  expect(await stage.waitForEnd(ids)).toMatchObject([{ status: 'sent' }])
  expect(seenBy(stage, to)).toEqual(['Your order\n\nphoto'])
  expect(server.requests(inside)).toBe(0)
})

test('a sender that ends while it fetches gives the message back at once', async () => {
  const elsewhere = await createStage()
  const leaving = elsewhere.startSender({ outgoingAllowedHosts: server.host, outgoingAllowHttp: true })
  const { url, asked } = addSlowFile('endless.csv')
  const id = await queueOne(elsewhere, url)
  await asked
  await leaving.close()
  expect(await elsewhere.readMessages([id])).toMatchObject([{ status: 'queued', attempts: 0 }])
})

async function queueOne(elsewhere: Stage, url: string): Promise<string> {
  const bot = await elsewhere.addBot()
  const to = await elsewhere.addPerson(bot)
  const media = [{ as: 'document', url, name: 'list.csv' } as const]
  const [id = ''] = await queueContents(elsewhere, { bot, to }, [{ media }])
  await elsewhere.wake(bot)
  return id
}

test('what became of downloads is counted', async () => {
  const text = await waitUntil(() => sender.renderMetrics())
  expect(text).toContain('postino_file_downloads_total{outcome="downloaded"}')
  expect(text).toContain('postino_file_downloads_total{outcome="url_not_allowed"}')
})
