import * as fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { createClock } from '../clock.ts'
import { createEngine } from '../engine.ts'
import { createParameters } from '../http/parameters.ts'
import { createRandom } from '../random.ts'
import { pngOf } from '../testing/pictures.ts'

const METHODS = [
  'getMe getUpdates setWebhook deleteWebhook getWebhookInfo sendMessage sendPhoto sendDocument sendVideo sendAudio',
  'sendAnimation sendMediaGroup editMessageText editMessageCaption editMessageReplyMarkup deleteMessage deleteMessages',
  'answerCallbackQuery sendChatAction getChat getChatMember getChatAdministrators getChatMemberCount leaveChat getFile',
  'setMyCommands getMyCommands deleteMyCommands setMyName setMyDescription setMyShortDescription getMyName',
  'getMyDescription getMyShortDescription',
].flatMap((line) => line.split(' '))

const NAMES = [
  'chat_id text caption parse_mode entities caption_entities reply_markup reply_parameters link_preview_options media',
  'photo document video audio animation thumbnail message_id message_ids user_id callback_query_id url file_id commands',
  'scope language_code name description action offset limit allowed_updates secret_token show_alert duration width',
  'reply_to_message_id message_thread_id max_connections inline_message_id',
].flatMap((line) => line.split(' '))

/** What makes a call of any method mostly right, to be spoilt in one or two places. */
const RIGHT: Record<string, string> = {
  chat_id: '501',
  text: 'x <b>y</b>',
  caption: 'c',
  media: '[{"type":"photo","media":"https://x.example/a.jpg"}]',
  photo: 'attach://file',
  document: 'attach://file',
  video: 'attach://file',
  audio: 'attach://file',
  animation: 'attach://file',
  user_id: '501',
  action: 'typing',
  commands: '[{"command":"a","description":"b"}]',
}

const NESTED = fc.constantFrom(
  '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}',
  '{"keyboard":[["a"]]}',
  '{"keyboard":[[null]]}',
  '{"inline_keyboard":[[{"text":"a","url":"//"}]]}',
  '[{"type":"photo","media":"https://x.example/a.jpg"}]',
  '[{"type":"photo","media":"attach://file"}]',
  '[{"type":"bold","offset":-5,"length":1e9}]',
  '[{"type":"text_link","offset":0,"length":1,"url":5}]',
  '{"message_id":1}',
  '{"type":"chat_member","chat_id":501,"user_id":1}',
  '[{"command":"a","description":"b"}]',
)
const VALUES = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '501',
      '-4001',
      '-1001000000001',
      '1',
      '2',
      '99',
      '',
      'true',
      'HTML',
      'typing',
    ),
  },
  { weight: 2, arbitrary: NESTED },
  {
    weight: 1,
    arbitrary: fc.constantFrom('attach://file', 'https://x.example/a.pdf', 'x.y', '@public', '<b>x</b>'),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.bigInt().map(String) },
)

function createTelegram() {
  const clock = createClock()
  onTestFinished(() => clock.stop())
  const settings = { penalties: false, flood: { enabled: false } }
  const engine = createEngine({ clock, random: createRandom(1), settings })
  const bot = engine.botAccounts.add({ username: 'shop_bot' })
  onTestFinished(() => bot.inbox.deleteWebhook())
  const ada = engine.personAccounts.add({})
  const { chat } = engine.acts.start(ada, bot, '')
  for (const kind of ['group', 'supergroup'] as const) {
    const group = engine.groups.create({ title: 'G', kind, creator: ada, username: '' })
    engine.groups.add(group, { member: bot, by: ada, status: 'member' })
  }
  return { engine, bot, chat }
}

test('whatever a bot sends, it gets an answer of the Bot API', async () => {
  const { engine, bot, chat } = createTelegram()
  const call = fc.record({
    method: fc.constantFrom(...METHODS),
    values: fc.dictionary(fc.constantFrom(...NAMES), VALUES, { maxKeys: 3 }),
    hasFile: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(call, async ({ method, values, hasFile }) => {
      // A fresh message, so that there is always one to be edited, answered and deleted.
      const content = {
        kind: 'text',
        formatted: { text: 'x', entities: [] },
        linkPreviewOptions: undefined,
      } as const
      const message_id = String(engine.book.post({ chat, from: bot, content }).id)
      const parameters = createParameters()
      for (const [name, value] of Object.entries({
        ...RIGHT,
        message_id,
        message_ids: `[${message_id}]`,
        ...values,
      }))
        parameters.add(name, value)
      const bytes = pngOf(10, 10)
      if (hasFile) parameters.addFile({ fieldName: 'file', fileName: 'a', contentType: 'image/png', bytes })
      const signal = new AbortController().signal
      const answer = await engine.dispatch.run({ bot, method: method.toLowerCase(), parameters, signal })
      if (answer.status !== 'refused') return
      expect([400, 403, 409]).toContain(answer.code)
      expect(answer.description).toMatch(/^(Bad Request|Forbidden|Conflict): \S/)
    }),
    { numRuns: 1500 },
  )
})

test('a method is known by its name in any case, and called by its own', () => {
  const { engine } = createTelegram()
  expect(engine.dispatch.nameOf('sendmessage')).toBe('sendMessage')
  expect(engine.dispatch.nameOf('sendpizza')).toBe('sendpizza')
})
