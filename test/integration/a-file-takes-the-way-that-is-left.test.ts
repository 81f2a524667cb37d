import { saveTelegramFiles } from '@postino/database'
import type { MediaFile } from '@postino/domain'
import { fileKeyOf } from '@postino/sender/media/file-key.ts'
import { sql } from 'kysely'
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

test('a file that could not be had is not asked for again for every message', async () => {
  const scene = await createScene()
  const url = `http://${server.host}/gone-too.csv`
  const file = { as: 'document', url, name: 'list.csv' } as const
  await send(scene, [file], [file], [file])
  expect(seenBy(stage, scene.to)).toEqual(['#0\n\nlist.csv', '#1\n\nlist.csv', '#2\n\nlist.csv'])
  expect(server.requests(url)).toBe(1)
})

test('an id that is of no use any more is forgotten', async () => {
  const scene = await createScene()
  const photo = photoAt('https://shop.example/again.jpg')
  await saveTelegramFiles(stage.database, [
    { ...fileKeyOf(scene.bot, photo), fileId: 'AgADnonsense', way: 'url' },
  ])
  expect(await send(scene, [photo], [photo])).toMatchObject([SENT_AT_ONCE, SENT_AT_ONCE])
  expect(callsOf(stage, scene.to)).toEqual(['sendPhoto 400', 'sendPhoto 200', 'sendPhoto 200'])
})

test('after a day an address is looked at anew', async () => {
  const scene = await createScene()
  const photo = photoAt('https://shop.example/new-every-day.jpg')
  await send(scene, [photo])
  await sql`update telegram_files set learned_at = now() - interval '25 hours'
    where bot_id = ${scene.bot.botId}`.execute(stage.database)
  const url = server.add('new-every-day.jpg', '')
  emulator.describeUrl({ url: photo.url, status: 404 })
  await send(scene, [photo])
  expect(callsOf(stage, scene.to)).toEqual(['sendPhoto 200', 'sendPhoto 400', 'sendMessage 200'])
  expect(server.requests(url)).toBe(0)
})

test('an id of one bot is no use to another', async () => {
  const photo = photoAt('https://shop.example/shared.jpg')
  const [one, other] = [await createScene(), await createScene()]
  await send(one, [photo])
  await send(other, [photo])
  expect(callsOf(stage, other.to)).toEqual(['sendPhoto 200'])
})

test('a file of the shop’s own in Telegram goes by its id; one that Telegram does not know leaves the text', async () => {
  const scene = await createScene()
  await send(scene, [photoAt('https://shop.example/logo.jpg')])
  const { file_id: fileId } = await stage.database
    .selectFrom('telegram_files')
    .select('file_id')
    .where('bot_id', '=', scene.bot.botId)
    .executeTakeFirstOrThrow()
  await send(scene, [{ as: 'photo', fileId: fileId! }], [{ as: 'photo', fileId: 'AgADnonsense' }])
  expect(seenBy(stage, scene.to)).toEqual(['photo: #0', 'photo: #0', '#1'])
})

test('a refusal nobody knows costs the file, not the message', async () => {
  const scene = await createScene()
  const fault = { kind: 'error', code: 400, description: 'Bad Request: SOMETHING_NEW' } as const
  emulator.faults.add({ match: { chat_id: scene.to.telegramId, method: 'sendPhoto' }, fault })
  const photo = photoAt('https://shop.example/odd.jpg')
  expect(await send(scene, [photo])).toMatchObject([SENT_AT_ONCE])
  expect(seenBy(stage, scene.to)).toEqual(['#0\n\nphoto.png'])
})

test('what the size tells is not tried: a large photo is uploaded at once, a huge file is a link', async () => {
  const scene = await createScene()
  const photoUrl = server.add('large.png', pictureOf(2_000, 2_000, 6_000_000))
  const hugeUrl = server.add('huge.zip', '')
  await send(
    scene,
    [{ ...photoAt(photoUrl), sizeBytes: 6_000_000 }],
    [{ as: 'document', url: hugeUrl, name: 'huge.zip', sizeBytes: 60_000_000 }],
  )
  expect(callsOf(stage, scene.to)).toEqual(['sendPhoto 200', 'sendMessage 200'])
  expect(server.requests(hugeUrl)).toBe(0)
})

test('a photo that turns out to be too large for one is a document', async () => {
  const scene = await createScene()
  const url = server.add('poster.png', pictureOf(2_000, 2_000, 11_000_000))
  await send(scene, [photoAt(url)])
  expect(callsOf(stage, scene.to)).toEqual(['sendPhoto 400', 'sendDocument 200'])
  expect(seenBy(stage, scene.to)).toEqual(['document: #0'])
})

test('buttons, silence and protection stay with the message, whatever becomes of its file', async () => {
  const scene = await createScene()
  const buttons = [[{ text: 'Track', url: 'https://shop.example/7' }]]
  const media = [
    [photoAt('https://shop.example/b.jpg')],
    [{ as: 'document', url: `http://${server.host}/none.csv`, name: 'none.csv' } as const],
  ]
  const contents = media.map((files) => ({ media: files, buttons, silent: true, protect: true }))
  const ids = await queueContents(stage, scene, contents)
  await stage.wake(scene.bot)
  await stage.waitForEnd(ids)
  const { messages } = emulator.chats.messages(scene.to.chat, { limit: 2 })
  expect(messages).toMatchObject([
    { media: { kind: 'photo' }, inline_keyboard: buttons, silent: true, protected: true },
    { text: 'Your order\n\nnone.csv', inline_keyboard: buttons, silent: true, protected: true },
  ])
})

test('a group that takes no files gets the text with links', async () => {
  const bot = await stage.addBot()
  const group = await stage.addGroup(bot)
  emulator.groups.setRights(group.chat, { can_send_photos: false })
  const photo = photoAt('https://shop.example/group.jpg')
  expect(await send({ bot, to: group }, [photo], [photo])).toMatchObject([SENT_AT_ONCE, SENT_AT_ONCE])
  expect(seenBy(stage, group)).toEqual(['#0\n\nphoto.png', '#1\n\nphoto.png'])
  expect(callsOf(stage, group)).toEqual(['sendPhoto 400', 'sendMessage 200', 'sendMessage 200'])
})
