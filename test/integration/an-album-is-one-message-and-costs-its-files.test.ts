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

function photoAt(url: string): MediaFile {
  return { as: 'photo', url, name: url.split('/').at(-1) ?? '' }
}

let shops = 0

/** At addresses nobody has asked for yet. */
function photos(count: number): MediaFile[] {
  const shop = `shop-${(shops += 1)}.example`
  return Array.from({ length: count }, (_, index) => photoAt(`https://${shop}/${index}.jpg`))
}

async function sendAlbum(scene: { bot: TestBot; to: TestPerson }, ...albums: MediaFile[][]) {
  const contents = albums.map((media, index) => ({ html: `#${index}`, media }))
  const ids = await queueContents(stage, scene, contents)
  await stage.wake(scene.bot)
  return await stage.waitForEnd(ids)
}

async function createScene() {
  const bot = await stage.addBot()
  return { bot, to: await stage.addPerson(bot) }
}

test.concurrent('an album arrives as one, with its text; the next time by its ids', async () => {
  const scene = await createScene()
  const album: MediaFile[] = [...photos(2), { as: 'video', url: 'https://shop.example/a.mp4', name: 'a.mp4' }]
  expect(await sendAlbum(scene, album)).toMatchObject([{ status: 'sent', attempts: 1 }])
  expect(seenBy(stage, scene.to)).toEqual(['photo: #0', 'photo: ', 'video: '])
  for (const file of album) if ('url' in file) emulator.describeUrl({ url: file.url, status: 404 })
  await sendAlbum(scene, album)
  expect(callsOf(stage, scene.to)).toEqual(['sendMediaGroup 200', 'sendMediaGroup 200'])
  const { messages } = emulator.chats.messages(scene.to.chat, { limit: 6 })
  expect(new Set(messages.map(({ media_group_id }) => media_group_id)).size).toBe(2)
})

test.concurrent('of an album only the file that Telegram names goes another way, and those beside it on its host', async () => {
  const scene = await createScene()
  const hidden = server.add('hidden.png', pictureOf(640, 480))
  const beside = server.add('beside.png', pictureOf(640, 480))
  emulator.describeUrl({ url: hidden, status: 403 })
  emulator.describeUrl({ url: beside, status: 403 })
  const [elsewhere] = photos(1)
  await sendAlbum(scene, [elsewhere!, photoAt(beside), photoAt(hidden)])
  expect(callsOf(stage, scene.to)).toEqual(['sendMediaGroup 400', 'sendMediaGroup 200'])
  expect(seenBy(stage, scene.to)).toEqual(['photo: #0', 'photo: ', 'photo: '])
  expect([server.requests(beside), server.requests(hidden)]).toEqual([1, 1])
  const uploaded = await stage.database
    .selectFrom('telegram_files')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('bot_id', '=', scene.bot.botId)
    .where('way', '=', 'upload')
    .executeTakeFirstOrThrow()
  expect(uploaded.count).toBe('2')
})

test.concurrent('what cannot be a part of an album is a link below its text', async () => {
  const scene = await createScene()
  const gone = `http://${server.host}/gone.png`
  const odd = server.add('odd.png', pictureOf(9_000, 10))
  const [first, second] = photos(2)
  await sendAlbum(scene, [first!, photoAt(gone), photoAt(odd), second!])
  const [shown] = emulator.chats.messages(scene.to.chat, { limit: 2 }).messages
  expect(shown?.caption).toBe('#0\n\ngone.png\nodd.png')
  expect(seenBy(stage, scene.to)).toHaveLength(2)
})

test.concurrent('of an album with one file left that one is shown by itself, and with none the text', async () => {
  const scene = await createScene()
  const gone = (name: string) => photoAt(`http://${server.host}/${name}`)
  await sendAlbum(scene, [...photos(1), gone('x.png')], [gone('y.png'), gone('z.png')])
  expect(seenBy(stage, scene.to)).toEqual(['photo: #0\n\nx.png', '#1\n\ny.png\nz.png'])
  expect(callsOf(stage, scene.to).slice(-1)).toEqual(['sendMessage 200'])
})

test.concurrent('files that do not go together are links', async () => {
  const scene = await createScene()
  const pdf: MediaFile = { as: 'document', url: 'https://shop.example/i.pdf', name: 'i.pdf' }
  await sendAlbum(scene, [...photos(1), pdf])
  expect(seenBy(stage, scene.to)).toEqual(['#0\n\n0.jpg\ni.pdf'])
})
