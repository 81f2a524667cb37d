import { expect, test } from 'vitest'
import { createBotApi } from '../create-bot-api.ts'
import { createTelegramTransport } from '../transport/create-transport.ts'
import { answerJson, standInHttp, type SeenRequest, type StandIn } from '../transport/stand-in.ts'
import { sendMethodOf, type ContentToSend, type FileToSend } from './content-to-send.ts'
import { sendMessage } from './send-message.ts'

const PLAIN: ContentToSend = { html: '<b>Hello</b>', buttons: [], silent: false }
const COMMON = { chat_id: 501, disable_notification: false }
const CAPTION = { caption: '<b>Hello</b>', parse_mode: 'HTML' }

function open(standIn: StandIn) {
  const apiRoot = `http://${standIn.host}`
  const transport = createTelegramTransport({ apiRoot, connections: 1 })
  const api = createBotApi({ token: '7000001:AAHsecretsecretsecretsecretsecret00', apiRoot, transport })
  return { api, [Symbol.asyncDispose]: transport.close }
}

/** Sends these to a Telegram that answers with this result, and tells what it was asked. */
async function sendAll(contents: ContentToSend[], result: unknown = { message_id: 1 }) {
  const seen: SeenRequest[] = []
  await using standIn = await standInHttp((request, response) => {
    seen.push(request)
    const isAlbum = request.url.endsWith('sendMediaGroup')
    answerJson(response, 200, { ok: true, result: isAlbum ? [result].flat() : result })
  })
  await using telegram = open(standIn)
  const outcomes = []
  for (const content of contents) outcomes.push(await sendMessage(telegram.api, 501, content))
  return {
    outcomes,
    methods: seen.map(({ url }) => url.split('/').at(-1)),
    bodies: seen.map(({ body }) => body),
    json: () => seen.map(({ body }): unknown => JSON.parse(body)),
  }
}

test('one file goes by its own method, with the text as its caption and buttons below it', async () => {
  const track = { text: 'Track', url: 'https://shop.example/42' }
  const types = ['photo', 'video', 'audio', 'document'] as const
  const { methods, json } = await sendAll([
    ...types.map((as) => ({ ...PLAIN, media: [{ as, url: 'https://shop.example/a' }] })),
    { ...PLAIN, media: [{ as: 'photo', fileId: 'AgAD' }], buttons: [[track]], protect: true, silent: true },
    { ...PLAIN, html: '', media: [{ as: 'photo', fileId: 'AgAD' }] },
  ])
  expect(methods).toEqual(['sendPhoto', 'sendVideo', 'sendAudio', 'sendDocument', 'sendPhoto', 'sendPhoto'])
  expect(json()).toEqual([
    ...types.map((as) => ({ ...COMMON, ...CAPTION, [as]: 'https://shop.example/a' })),
    {
      ...COMMON,
      ...CAPTION,
      photo: 'AgAD',
      disable_notification: true,
      protect_content: true,
      reply_markup: { inline_keyboard: [[track]] },
    },
    { ...COMMON, photo: 'AgAD' },
  ])
})

test('what is to be hidden is covered where Telegram can cover it: photos and videos', async () => {
  const hidden = { ...PLAIN, hideMedia: true }
  const types = ['photo', 'video', 'audio', 'document'] as const
  const { json } = await sendAll([
    ...types.map((as) => ({ ...hidden, media: [{ as, fileId: 'AgAD' }] })),
    {
      ...hidden,
      media: [
        { as: 'photo' as const, fileId: 'AgAD' },
        { as: 'video' as const, fileId: 'BgAD' },
      ],
    },
    {
      ...hidden,
      media: [
        { as: 'document' as const, fileId: 'AgAD' },
        { as: 'document' as const, fileId: 'BgAD' },
      ],
    },
  ])
  expect(json().map((body) => Object(body).has_spoiler)).toEqual([true, true, ...Array(4).fill(undefined)])
  const albums = json()
    .slice(4)
    .map((body) => Object(body).media.map((file: object) => Object(file).has_spoiler))
  expect(albums).toEqual([
    [true, true],
    [undefined, undefined],
  ])
})

test('several files are an album, with the text below the first', async () => {
  const media: FileToSend[] = [
    { as: 'photo', fileId: 'AgAD' },
    { as: 'video', url: 'https://shop.example/b.mp4' },
  ]
  const result = [
    { message_id: 41, photo: [{ file_id: 'small' }, { file_id: 'large' }] },
    { message_id: 42, animation: { file_id: 'moving' }, document: { file_id: 'moving' } },
  ]
  const { methods, json, outcomes } = await sendAll([{ ...PLAIN, media, protect: true }], result)
  expect(methods).toEqual(['sendMediaGroup'])
  expect(json()).toEqual([
    {
      ...COMMON,
      protect_content: true,
      media: [
        { type: 'photo', media: 'AgAD', ...CAPTION },
        { type: 'video', media: 'https://shop.example/b.mp4' },
      ],
    },
  ])
  expect(outcomes).toEqual([{ status: 'sent', telegramMessageId: 41, fileIds: ['large', 'moving'] }])
})

test.each<[FileToSend['as'], object, string | undefined]>([
  ['photo', { photo: [{ file_id: 'small' }, { file_id: 'large' }] }, 'large'],
  ['document', { document: { file_id: 'doc' } }, 'doc'],
  ['video', { video: { file_id: 'vid' } }, 'vid'],
  ['video', { animation: { file_id: 'moving' }, document: { file_id: 'moving' } }, 'moving'],
  ['audio', { voice: { file_id: 'voice' } }, 'voice'],
  ['document', { video: { file_id: 'found inside' } }, 'found inside'],
  ['photo', { document: { file_id: 'doc' } }, 'doc'],
  ['photo', {}, undefined],
])('of a %s that comes back as %j the id is %s', async (as, message, fileId) => {
  const media = [{ as, url: 'https://shop.example/a' }]
  const { outcomes } = await sendAll([{ ...PLAIN, media }], { message_id: 1, ...message })
  expect(outcomes).toEqual([{ status: 'sent', telegramMessageId: 1, fileIds: [fileId] }])
})

test('files go up from memory and from a source, alone and in an album', async () => {
  const upload = (name: string, text: string) => ({ name, content: Buffer.from(text) })
  async function* pieces() {
    yield Buffer.from('second ')
    yield Buffer.from('file')
  }
  const album: FileToSend[] = [
    { as: 'document', upload: upload('a b.txt', 'first file') },
    { as: 'document', upload: { name: 'Рахунок', mime: 'application/pdf', content: pieces } },
  ]
  const { bodies, methods } = await sendAll([
    { ...PLAIN, media: album },
    { ...PLAIN, media: album.slice(1) },
  ])
  expect(methods).toEqual(['sendMediaGroup', 'sendDocument'])
  const [group = '', single = ''] = bodies
  expect(group).toContain('filename="a b.txt"\r\n')
  expect(group).toContain('\r\n\r\nfirst file\r\n')
  expect(group).toContain('filename="Рахунок.pdf"\r\n')
  expect(group).toContain('\r\n\r\nsecond file\r\n')
  expect(group).toMatch(/"media":"attach:\/\/\w+","caption"/)
  expect(single).toContain('\r\n\r\nsecond file\r\n')
  // What was sent as a file stays one, whatever is found inside.
  expect(single).toMatch(/name="disable_content_type_detection"\r\n\r\ntrue\r\n/)
})

test('a refused file of an album is named', async () => {
  const description = 'Bad Request: failed to send message #2 with the error message "WEBPAGE_CURL_FAILED"'
  await using standIn = await standInHttp((_request, response) =>
    answerJson(response, 400, { ok: false, error_code: 400, description }),
  )
  await using telegram = open(standIn)
  const media = ['a', 'b'].map((name) => ({ as: 'photo', url: `https://shop.example/${name}` }) as const)
  expect(await sendMessage(telegram.api, 501, { ...PLAIN, media })).toEqual({
    status: 'refused',
    reason: 'content_refused',
    remedy: 'upload',
    fileIndex: 1,
    description,
  })
})

test('the name of the method is known before the call', () => {
  const photo = { as: 'photo' } as const
  expect(sendMethodOf({})).toBe('sendMessage')
  expect(sendMethodOf({ media: [] })).toBe('sendMessage')
  expect(sendMethodOf({ media: [photo] })).toBe('sendPhoto')
  expect(sendMethodOf({ media: [photo, photo] })).toBe('sendMediaGroup')
})
