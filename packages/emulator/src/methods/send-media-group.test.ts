import { expect, test } from 'vitest'
import { post } from '../testing/call-bot.ts'
import { pngOf } from '../testing/pictures.ts'
import { startScene } from '../testing/start-emulator.ts'

const photo = (name: string, more = {}) => ({
  type: 'photo',
  media: `https://x.example/${name}.jpg`,
  ...more,
})

test('the items of an album share a group id, and each is a message of its own', async () => {
  const { ada, call } = await startScene()
  const { result } = await call('sendMediaGroup', {
    chat_id: ada.id,
    media: [
      photo('a', { caption: '<b>one</b>', parse_mode: 'HTML' }),
      photo('b'),
      { type: 'video', media: 'https://x.example/c.mp4' },
    ],
    reply_markup: { inline_keyboard: [[{ text: 'ignored', callback_data: 'x' }]] },
  })
  expect(result).toHaveLength(3)
  expect(new Set(result.map((message: { media_group_id: string }) => message.media_group_id)).size).toBe(1)
  expect(result[0]).toMatchObject({
    message_id: 2,
    media_group_id: expect.stringMatching(/^\d+$/),
    caption: 'one',
  })
  expect(result[2].video.mime_type).toBe('video/mp4')
  expect(result[0]).not.toHaveProperty('reply_markup')
})

test('uploads of an album are named by attach links', async () => {
  const { emulator, bot, ada } = await startScene()
  const form = new FormData()
  form.set('chat_id', String(ada.id))
  form.set(
    'media',
    JSON.stringify([
      { type: 'photo', media: 'attach://one' },
      { type: 'photo', media: 'attach://two' },
    ]),
  )
  form.set('one', new Blob([new Uint8Array(pngOf(10, 20))]), '1.png')
  form.set('two', new Blob([new Uint8Array(pngOf(30, 40))]), '2.png')
  const { result } = await post(`${emulator.url}/bot${bot.token}/sendMediaGroup`, form)
  expect(result.map((message: { photo: { width: number }[] }) => message.photo.at(-1)?.width)).toEqual([
    10, 30,
  ])
})

test.each([
  [undefined, 'parameter "media" is required'],
  ['[', "can't parse media JSON object"],
  [{}, 'expected an Array of InputMedia'],
  [[], 'there are no messages to send'],
  [Array.from({ length: 11 }, () => photo('a')), 'too many messages to send as an album'],
  [[5], "can't parse InputMedia: expected an Object"],
  [[{ type: 'photo' }], "can't parse InputMedia: media not found"],
  [[{ media: 'https://x.example/a.jpg' }], 'can\'t parse InputMedia: Can\'t find field "type"'],
  [
    [{ type: 'animation', media: 'https://x.example/a.gif' }],
    'can\'t parse InputMedia: type "animation" can\'t be used in sendMediaGroup',
  ],
  [
    [{ type: 'sticker', media: 'https://x.example/a.webp' }],
    'can\'t parse InputMedia: type "sticker" is unsupported',
  ],
  [
    [photo('a'), { type: 'document', media: 'https://x.example/a.pdf' }],
    "can't use the media of the specified type in the album",
  ],
  [
    [photo('a'), { type: 'photo', media: 'https://x.example/a.html' }],
    'failed to send message #2 with the error message "WEBPAGE_MEDIA_EMPTY"',
  ],
])('the album %j is refused: %s', async (media, detail) => {
  const { emulator, ada, call } = await startScene()
  expect(await call('sendMediaGroup', { chat_id: ada.id, media })).toMatchObject({
    status: 400,
    description: `Bad Request: ${detail}`,
  })
  expect(emulator.chats.messages(`7000001:${ada.id}`).messages).toHaveLength(1)
})

test('an album whose address cannot be fetched fails as a whole, with the raw code and the number of the item', async () => {
  const { emulator, ada, call } = await startScene()
  emulator.describeUrl({ url: 'https://x.example/b.jpg', status: 500 })
  const { description } = await call('sendMediaGroup', { chat_id: ada.id, media: [photo('a'), photo('b')] })
  expect(description).toBe(
    'Bad Request: failed to send message #2 with the error message "WEBPAGE_CURL_FAILED"',
  )
})

test('an album costs its items at the flood control', async () => {
  const flood = {
    enabled: true,
    privateChat: { intervalMs: 0, burst: 1000 },
    bot: { limit: 5, windowMs: 60_000 },
  }
  const { ada, call } = await startScene({ settings: { flood } })
  const send = () => call('sendMediaGroup', { chat_id: ada.id, media: [photo('a'), photo('b'), photo('c')] })
  expect((await send()).status).toBe(200)
  expect((await send()).status).toBe(429)
})
