import { expect, test } from 'vitest'
import { createBotApi } from '../create-bot-api.ts'
import { sendMessage } from './send-message.ts'
import { createTelegramTransport } from '../transport/create-transport.ts'
import { answerJson, standInHttp, type StandIn } from '../transport/stand-in.ts'

const PLAIN = { html: '<b>Hello</b>', buttons: [], silent: false }

function open(standIn: StandIn) {
  const apiRoot = `http://${standIn.host}`
  const transport = createTelegramTransport({ apiRoot, connections: 1 })
  const api = createBotApi({ token: '7000001:AAHsecretsecretsecretsecretsecret00', apiRoot, transport })
  return { api, [Symbol.asyncDispose]: transport.close }
}

test('a message goes out as HTML, without a preview, with its buttons, its silence and its protection', async () => {
  const bodies: unknown[] = []
  await using standIn = await standInHttp((request, response) => {
    bodies.push(JSON.parse(request.body))
    answerJson(response, 200, { ok: true, result: { message_id: 42, date: 1, chat: {}, text: 'Hello' } })
  })
  await using telegram = open(standIn)
  const track = { text: 'Track', url: 'https://shop.example/42' }
  const buttons = [
    [track, { text: 'Collect', callbackData: 'm7:collect' }],
    [{ text: 'Copy the code', copy: 'SAVE10' }],
  ]
  expect(await sendMessage(telegram.api, 501, PLAIN)).toEqual({
    status: 'sent',
    telegramMessageId: 42,
  })
  await sendMessage(
    telegram.api,
    '-100123',
    { ...PLAIN, buttons, silent: true, protect: true },
    { paidBroadcast: true },
  )
  const common = { text: '<b>Hello</b>', parse_mode: 'HTML', link_preview_options: { is_disabled: true } }
  expect(bodies).toEqual([
    { ...common, chat_id: 501, disable_notification: false },
    {
      ...common,
      chat_id: '-100123',
      disable_notification: true,
      protect_content: true,
      reply_markup: {
        inline_keyboard: [
          [track, { text: 'Collect', callback_data: 'm7:collect' }],
          [{ text: 'Copy the code', copy_text: { text: 'SAVE10' } }],
        ],
      },
      allow_paid_broadcast: true,
    },
  ])
})

test.for([
  {
    answer: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' },
    outcome: { status: 'unreachable', reason: 'bot_blocked' },
  },
  {
    answer: { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 7 } },
    outcome: { status: 'flooded', retryAfterSeconds: 7 },
  },
  {
    answer: { ok: false, error_code: 409, description: 'Conflict: x' },
    outcome: { status: 'refused', reason: 'refused_by_telegram' },
  },
  {
    answer: { ok: false, error_code: 400, description: 'Bad Request: message is not modified' },
    outcome: { status: 'refused', reason: 'refused_by_telegram' },
  },
])('$answer.error_code comes back as $outcome', async ({ answer, outcome }) => {
  await using standIn = await standInHttp((_request, response) =>
    answerJson(response, answer.error_code, answer),
  )
  await using telegram = open(standIn)
  expect(await sendMessage(telegram.api, 501, PLAIN)).toMatchObject(outcome)
})

test.for([
  '{"ok":true,"result":{"message_id":42,"date":1,"chat":{"id":501}}}',
  '{"result":{"date":1,"message_id":42},"ok":true}',
  ' {"ok": true, "result": {"message_id": 42}} ',
])('the number of a message is read however %s is written', async (body) => {
  await using standIn = await standInHttp((_request, response) => response.end(body))
  await using telegram = open(standIn)
  expect(await sendMessage(telegram.api, 501, PLAIN)).toEqual({ status: 'sent', telegramMessageId: 42 })
})

test('a lost answer is unknown, a lost request is not sent', async () => {
  const aborter = new AbortController()
  const { signal } = aborter
  await using standIn = await standInHttp(() => aborter.abort())
  await using telegram = open(standIn)
  expect(await sendMessage(telegram.api, 501, PLAIN, { signal })).toMatchObject({
    status: 'unknown',
    reason: 'connection_lost',
  })
  expect(await sendMessage(telegram.api, 501, PLAIN, { signal })).toMatchObject({ status: 'not_sent' })
})
