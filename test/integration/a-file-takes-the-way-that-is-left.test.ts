import type { MediaFile } from '@postino/domain'
import { expect, test } from 'vitest'
import { createFileServer } from './file-server.ts'
import { createStage, type TestBot, type TestPerson } from './pipeline-under-test.ts'
import { pictureOf } from './pictures.ts'
import { callsOf, queueContents, seenBy } from './queued-content.ts'

const stage = await createStage()
const { emulator } = stage
const server = await createFileServer()
stage.startSender({ outgoingAllowedHosts: server.host, outgoingAllowHttp: true })

async function createScene(): Promise<{ bot: TestBot; to: TestPerson }> {
  const bot = await stage.addBot()
  return { bot, to: await stage.addPerson(bot) }
}

/** Sends these, one after the other, and answers what became of them. */
async function send({ bot, to }: { bot: TestBot; to: TestPerson }, ...messages: MediaFile[][]) {
  const contents = messages.map((media, index) => ({ html: `<b>#${index}</b>`, media }))
  const ids = await queueContents(stage, { bot, to }, contents)
  await stage.wake(bot)
  return await stage.waitForEnd(ids)
}

function photoAt(url: string) {
  return { as: 'photo', url, name: 'photo.png' } as const
}

const SENT_AT_ONCE = { status: 'sent', attempts: 1 }

test('Telegram fetches a file by its address once; after that it goes by its id', async () => {
  const scene = await createScene()
  const photo = photoAt('https://shop.example/a.jpg')
  expect(await send(scene, [photo], [photo])).toMatchObject([SENT_AT_ONCE, SENT_AT_ONCE])
  expect(seenBy(stage, scene.to)).toEqual(['photo: #0', 'photo: #1'])
  emulator.describeUrl({ url: photo.url, status: 404 })
  expect(await send(scene, [photo])).toMatchObject([SENT_AT_ONCE])
})

test('what Telegram cannot fetch is uploaded, once for all messages that show it', async () => {
  const scene = await createScene()
  const url = server.add('hidden.png', pictureOf(640, 480))
  emulator.describeUrl({ url, status: 403 })
  const photo = photoAt(url)
  expect(await send(scene, [photo], [photo], [photo])).toMatchObject([
    SENT_AT_ONCE,
    SENT_AT_ONCE,
    SENT_AT_ONCE,
  ])
  expect(seenBy(stage, scene.to)).toEqual(['photo: #0', 'photo: #1', 'photo: #2'])
  expect(callsOf(stage, scene.to)).toEqual([
    'sendPhoto 400',
    'sendPhoto 200',
    'sendPhoto 200',
    'sendPhoto 200',
  ])
  expect(server.requests(url)).toBe(1)
})

test('a document Telegram does not fetch by itself is uploaded at once, under its name', async () => {
  const scene = await createScene()
  const url = server.add('list.csv', 'a;b\n1;2\n')
  await send(scene, [{ as: 'document', url, name: 'Order "7"; list', mime: 'text/csv' }])
  expect(callsOf(stage, scene.to)).toEqual(['sendDocument 200'])
  const [message] = emulator.chats.messages(scene.to.chat, { limit: 1 }).messages
  expect(message?.media).toMatchObject({
    kind: 'document',
    file_name: "Order '7'; list.csv",
    mime_type: 'text/csv',
    file_size: 8,
  })
})

test('a picture of impossible form goes as a document', async () => {
  const scene = await createScene()
  const url = server.add('banner.png', pictureOf(9_000, 100))
  await send(scene, [photoAt(url)], [photoAt(url)])
  expect(seenBy(stage, scene.to)).toEqual(['document: #0', 'document: #1'])
  expect(callsOf(stage, scene.to)).toEqual(['sendPhoto 400', 'sendDocument 200', 'sendDocument 200'])
})

test('what is nowhere to be had is a link below the text', async () => {
  const scene = await createScene()
  const url = `http://${server.host}/gone.pdf`
  const messages = await send(scene, [{ as: 'document', url, name: 'Invoice 7.pdf' }])
  expect(messages).toMatchObject([SENT_AT_ONCE])
  const [message] = emulator.chats.messages(scene.to.chat, { limit: 1 }).messages
  expect(message?.text).toBe('#0\n\nInvoice 7.pdf')
  expect(message?.entities?.at(-1)).toMatchObject({ type: 'text_link', url })
  expect(callsOf(stage, scene.to)).toEqual(['sendDocument 400', 'sendMessage 200'])
})
