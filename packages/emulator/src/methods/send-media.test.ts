import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { callBot, post } from '../testing/call-bot.ts'
import { pngOf } from '../testing/pictures.ts'
import { startScene } from '../testing/start-emulator.ts'
import type { Scene } from '../testing/start-emulator.ts'

const MEGABYTE = 1024 * 1024

function upload(scene: Scene, method: string, fields: Record<string, string | Blob | [Blob, string]>) {
  const form = new FormData()
  form.set('chat_id', String(scene.ada.id))
  for (const [name, value] of Object.entries(fields)) {
    if (Array.isArray(value)) form.set(name, value[0], value[1])
    else form.set(name, value)
  }
  return post(`${scene.emulator.url}/bot${scene.bot.token}/${method}`, form)
}

function blob(bytes: Buffer): Blob {
  return new Blob([new Uint8Array(bytes)])
}

test('an uploaded photo comes back in ascending sizes with its caption', async () => {
  const scene = await startScene()
  const { result } = await upload(scene, 'sendPhoto', {
    photo: [blob(pngOf(1600, 900)), 'a.png'],
    caption: '<i>new</i>',
    parse_mode: 'HTML',
    show_caption_above_media: 'true',
    has_spoiler: 'yes',
  })
  const sizes = result.photo.map(({ width, height }: { width: number; height: number }) => [width, height])
  expect(sizes).toEqual([
    [90, 51],
    [320, 180],
    [800, 450],
    [1280, 720],
    [1600, 900],
  ])
  expect(Object.keys(result.photo[0])).toEqual(['file_id', 'file_unique_id', 'file_size', 'width', 'height'])
  expect(result).toMatchObject({
    caption: 'new',
    caption_entities: [{ type: 'italic', offset: 0, length: 3 }],
    show_caption_above_media: true,
    has_media_spoiler: true,
  })
})

test('each kind of file has its fields in the order of the real server', async () => {
  const scene = await startScene()
  const file = blob(Buffer.from('content'))
  const document = await upload(scene, 'sendDocument', { document: [file, 'list.pdf'] })
  const video = await upload(scene, 'sendVideo', {
    video: [file, 'v.mp4'],
    duration: '3',
    width: '4',
    height: '99999',
  })
  const audio = await upload(scene, 'sendAudio', { audio: [file, 's.mp3'], title: 'Song', performer: 'Band' })
  const animation = await upload(scene, 'sendAnimation', { animation: [file, 'g.gif'] })

  expect(Object.entries(document.result.document)).toMatchObject([
    ['file_name', 'list.pdf'],
    ['mime_type', 'application/pdf'],
    ['file_id', expect.stringMatching(/^BQAC/)],
    ['file_unique_id', expect.any(String)],
    ['file_size', 7],
  ])
  expect(Object.keys(video.result.video).slice(0, 5)).toEqual([
    'duration',
    'width',
    'height',
    'file_name',
    'mime_type',
  ])
  expect(video.result.video).toMatchObject({ duration: 3, width: 4, height: 10_000 })
  expect(Object.keys(audio.result.audio).slice(0, 5)).toEqual([
    'duration',
    'file_name',
    'mime_type',
    'title',
    'performer',
  ])
  expect(animation.result.document.file_id).toBe(animation.result.animation.file_id)
})

test('a thumbnail is kept with its file, under both its names', async () => {
  const scene = await startScene()
  const { result } = await upload(scene, 'sendVideo', {
    video: [blob(Buffer.from('v')), 'v.mp4'],
    thumbnail: 'attach://cover',
    cover: [blob(pngOf(320, 180)), 'c.jpg'],
  })
  expect(result.video.thumbnail).toMatchObject({ width: 320, height: 180 })
  expect(result.video.thumb).toEqual(result.video.thumbnail)
})

test('a file id sends the file again, for the bot it belongs to and as what it is', async () => {
  const scene = await startScene()
  const { ada, call, emulator } = scene
  const photo = (
    await upload(scene, 'sendPhoto', { photo: [blob(pngOf(100, 100)), 'a.png'] })
  ).result.photo.at(-1)
  const again = await call('sendPhoto', { chat_id: ada.id, photo: photo.file_id })
  expect(again.result.photo.at(-1).file_unique_id).toBe(photo.file_unique_id)

  expect(await call('sendDocument', { chat_id: ada.id, document: photo.file_id })).toMatchObject({
    status: 400,
    description: "Bad Request: can't use file of type Photo as Document",
  })
  const other = emulator.bots.add()
  emulator.people.start(ada.id, { bot: other.id })
  const parameters = { chat_id: ada.id, photo: photo.file_id }
  expect(await callBot(emulator.url, other.token, { method: 'sendPhoto', parameters })).toMatchObject({
    status: 400,
    description: 'Bad Request: wrong file identifier/HTTP URL specified',
  })
})

test.each([
  ['***', 'Wrong character in the string'],
  ['abcde', 'Wrong string length'],
  ['abcd', "can't unserialize it. Wrong last symbol"],
  ['AgACAAAABA', "can't unserialize it"],
])('the file id %s is wrong: %s', async (photo, detail) => {
  const { ada, call } = await startScene()
  expect((await call('sendPhoto', { chat_id: ada.id, photo })).description).toBe(
    `Bad Request: wrong remote file identifier specified: ${detail}`,
  )
})

test.each([
  ['sendPhoto', {}, 'there is no photo in the request'],
  ['sendDocument', {}, 'there is no document in the request'],
  ['sendVideo', { video: 'attach://missing' }, 'there is no video in the request'],
  [
    'sendPhoto',
    { photo: 'https://x.example/a.jpg', caption: 'x'.repeat(1025) },
    'message caption is too long',
  ],
  [
    'sendPhoto',
    { photo: 'ftp://x.example/a.jpg' },
    'invalid file HTTP URL specified: Unsupported URL protocol',
  ],
  ['sendPhoto', { photo: 'https://x.example/a.pdf' }, 'wrong type of the web page content'],
  ['sendDocument', { document: 'https://x.example/a.docx' }, 'wrong type of the web page content'],
  ['sendDocument', { document: 'https://x.example/a.bin' }, 'wrong type of the web page content'],
])('%s with %j is refused: %s', async (method, parameters, detail) => {
  const { ada, call } = await startScene()
  expect(await call(method, { chat_id: ada.id, ...parameters })).toMatchObject({
    status: 400,
    description: `Bad Request: ${detail}`,
  })
})

test.each([
  ['empty.png', Buffer.alloc(0), 'file must be non-empty'],
  ['text.png', Buffer.from('this is no picture at all, only text'), 'IMAGE_PROCESS_FAILED'],
  ['long.png', pngOf(2100, 100), 'PHOTO_INVALID_DIMENSIONS'],
  ['big.png', pngOf(6000, 5000), 'PHOTO_INVALID_DIMENSIONS'],
  [
    'heavy.png',
    pngOf(100, 100, 10 * MEGABYTE + 1),
    'file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes',
  ],
])('the photo %s cannot be sent', async (name, bytes, detail) => {
  const scene = await startScene()
  const answer = await upload(scene, 'sendPhoto', { photo: [blob(bytes), name] })
  expect(answer).toMatchObject({ status: 400, description: `Bad Request: ${detail}` })
})

test('what an address holds can be described, and its limits are those for addresses', async () => {
  const { emulator, ada, call } = await startScene()
  const send = (method: string, kind: string, url: string) => call(method, { chat_id: ada.id, [kind]: url })
  emulator.describeUrl({ url: 'https://x.example/gone.jpg', status: 404 })
  emulator.describeUrl({ url: 'https://x.example/heavy.jpg', size_bytes: 5 * MEGABYTE + 1 })
  emulator.describeUrl({ url: 'https://x.example/big.pdf', size_bytes: 20 * MEGABYTE })
  emulator.describeUrl({ url: 'https://x.example/wide', content_type: 'image/png', width: 300, height: 200 })

  const failed = 'Bad Request: failed to get HTTP URL content'
  expect((await send('sendPhoto', 'photo', 'https://x.example/gone.jpg')).description).toBe(failed)
  expect((await send('sendPhoto', 'photo', 'https://x.example/heavy.jpg')).description).toBe(failed)
  expect(
    (await send('sendDocument', 'document', 'https://x.example/big.pdf')).result.document.file_size,
  ).toBe(20 * MEGABYTE)
  expect((await send('sendPhoto', 'photo', 'https://x.example/wide')).result.photo.at(-1)).toMatchObject({
    width: 300,
    height: 200,
  })
  expect((await send('sendPhoto', 'photo', 'x.example/never-described.png')).status).toBe(200)
})

test('an address of this machine is really fetched', async () => {
  const { ada, call } = await startScene()
  const server = createServer((request, response) => {
    const isPicture = request.url === '/a.png'
    response.writeHead(request.url === '/missing' ? 404 : 200, {
      'Content-Type': isPicture ? 'image/png' : 'text/html',
    })
    response.end(isPicture ? pngOf(200, 100) : '<p>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const send = (path: string) => call('sendPhoto', { chat_id: ada.id, photo: `${root}${path}` })
  expect((await send('/a.png')).result.photo.at(-1)).toMatchObject({ width: 200, height: 100 })
  expect((await send('/page')).description).toBe('Bad Request: wrong type of the web page content')
  expect((await send('/missing')).description).toBe('Bad Request: failed to get HTTP URL content')
})

test('getFile gives a path that downloads the bytes, for the bot that asked', async () => {
  const scene = await startScene()
  const { emulator, bot, call } = scene
  const bytes = pngOf(100, 100)
  const { file_id: fileId } = (
    await upload(scene, 'sendPhoto', { photo: [blob(bytes), 'a.png'] })
  ).result.photo.at(-1)
  const { result } = await call('getFile', { file_id: fileId })
  expect(Object.keys(result)).toEqual(['file_id', 'file_unique_id', 'file_size', 'file_path'])

  const response = await fetch(`${emulator.url}/file/bot${bot.token}/${result.file_path}`)
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes)
  const other = emulator.bots.add()
  expect((await fetch(`${emulator.url}/file/bot${other.token}/${result.file_path}`)).status).toBe(404)
  expect((await fetch(`${emulator.url}/file/bot${bot.token}/../../etc/passwd`)).status).toBe(404)
})

test.each([
  ['', 'file_id not specified'],
  ['nonsense!', 'invalid file_id'],
])('getFile of %j is refused: %s', async (fileId, detail) => {
  const { call } = await startScene()
  expect((await call('getFile', { file_id: fileId })).description).toBe(`Bad Request: ${detail}`)
})

test('a file of more than 20 megabytes cannot be downloaded', async () => {
  const { emulator, ada, call } = await startScene()
  emulator.describeUrl({ url: 'https://x.example/v.mp4', size_bytes: 20 * MEGABYTE })
  const sent = await call('sendVideo', { chat_id: ada.id, video: 'https://x.example/v.mp4' })
  expect((await call('getFile', { file_id: sent.result.video.file_id })).status).toBe(200)
  const scene = await startScene()
  const big = await upload(scene, 'sendDocument', {
    document: [blob(Buffer.alloc(20 * MEGABYTE + 1)), 'a.bin'],
  })
  expect((await scene.call('getFile', { file_id: big.result.document.file_id })).description).toBe(
    'Bad Request: file is too big',
  )
})
