import { expect, test } from 'vitest'
import { pngOf } from '../testing/pictures.ts'
import { post } from '../testing/call-bot.ts'
import { startScene } from '../testing/start-emulator.ts'
import type { Scene } from '../testing/start-emulator.ts'

function createClient({ emulator }: Pick<Scene, 'emulator'>) {
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${emulator.url}/emulator${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: response.status, body: JSON.parse(await response.text()) }
  }
}

test('everything a person does can be done over HTTP', async () => {
  const scene = await startScene()
  const { call } = scene
  const control = createClient(scene)
  const { body: person } = await control('POST', '/people', { first_name: 'Ben', language_code: 'uk' })
  const { body: bot } = await control('POST', '/bots', { username: 'second_bot', name: 'Second' })
  expect(bot).toMatchObject({
    link: 'https://t.me/second_bot',
    token: expect.stringMatching(/^7000002:.{35}$/),
  })
  await control('POST', `/people/${person.id}/open-link`, { link: 'https://t.me/shop_bot?start=q' })
  const started = await control('POST', `/people/${person.id}/start`, { chat: `7000001:${person.id}` })
  expect(started.body.message).toMatchObject({ text: '/start q', from: { name: 'Ben', is_bot: false } })

  const markup = { inline_keyboard: [[{ text: 'b', callback_data: 'd' }]] }
  await call('sendMessage', {
    chat_id: person.id,
    text: '<b>x</b>',
    parse_mode: 'HTML',
    reply_markup: markup,
  })
  const { body } = await control('GET', `/people/${person.id}/chats`)
  expect(body.chats[0].last_message).toMatchObject({
    text: 'x',
    entities: [{ type: 'bold', offset: 0, length: 1 }],
    inline_keyboard: markup.inline_keyboard,
  })
  const key = body.chats[0].last_message.key
  const pressed = await control('POST', `/people/${person.id}/press`, {
    message: key,
    button: { text: 'b' },
    wait_ms: 1,
  })
  expect(pressed.body).toMatchObject({ pressed: 'callback', answer: null })
  const chat = `7000001:${person.id}`
  await control('POST', `/people/${person.id}/send`, { chat, text: 'hi', reply_to: key })
  await control('POST', `/people/${person.id}/share-contact`, {
    chat,
    contact: { phone_number: '1', first_name: 'E' },
  })
  expect((await control('GET', `/chats/${chat}/messages`)).body.messages).toMatchObject([
    { text: '/start q' },
    { text: 'x' },
    { text: 'hi', reply_to: key },
    { contact: { phone_number: '1', first_name: 'E' } },
  ])
  expect((await control('POST', `/people/${person.id}/stop`, { bot: 'shop_bot' })).body.chat.state).toBe(
    'blocked',
  )
  expect((await control('POST', `/people/${person.id}/unblock`, { bot: 7_000_001 })).body.chat.state).toBe(
    'started',
  )
  expect(
    (await control('POST', `/people/${person.id}/delete-chat`, { bot: 7_000_001 })).body.chat.last_message,
  ).toBeNull()
  expect((await control('POST', `/people/${person.id}/deactivate`)).body.deactivated).toBe(true)
})

test('groups are made, filled, restricted, moved and deleted over HTTP', async () => {
  const scene = await startScene()
  const control = createClient(scene)
  const ada = scene.ada.id
  const { body } = await control('POST', '/groups', { title: 'G', creator: ada })
  const { chat } = body.chat
  expect(
    (await control('POST', `/groups/${chat}/add`, { member: 'shop_bot', by: ada })).body.chat.members,
  ).toMatchObject([
    { id: ada, status: 'creator' },
    { id: scene.bot.id, is_bot: true, status: 'member' },
  ])
  expect((await control('POST', `/groups/${chat}/rights`, { can_send_photos: false })).status).toBe(200)
  const moved = await control('POST', `/groups/${chat}/migrate`)
  expect(moved.body.chat).toMatchObject({ kind: 'supergroup', chat: '-1001000000001' })
  expect((await control('GET', `/chats/${chat}`)).body.migrated_to).toBe('-1001000000001')
  expect(
    (await control('POST', `/groups/${moved.body.chat.chat}/kick`, { member: scene.bot.id, by: ada })).body
      .chat.members,
  ).toHaveLength(1)
  expect(
    (await control('POST', `/people/${ada}/leave`, { chat: moved.body.chat.chat })).body.chat.members,
  ).toEqual([])
  expect((await control('POST', `/groups/${chat}/delete`)).body.chat.deleted).toBe(true)
  expect((await control('POST', `/groups/${chat}/migrate`)).status).toBe(409)
})

test('faults, settings, addresses, the clock and the report are within reach over HTTP', async () => {
  const scene = await startScene()
  const control = createClient(scene)
  const rule = await control('POST', '/faults', {
    match: { method: 'getMe', bot: 'shop_bot' },
    fault: { kind: 'error', code: 500 },
    count: 1,
  })
  expect(rule.body).toMatchObject({ id: 1, left: 1, fault: { kind: 'error', code: 500 } })
  expect((await scene.call('getMe')).status).toBe(500)
  expect((await control('GET', '/faults')).body.faults).toMatchObject([{ met: 1, left: 0 }])
  expect((await control('DELETE', '/faults/1')).body).toEqual({ removed: 1 })
  expect((await control('DELETE', '/faults')).body).toEqual({ removed: 0 })

  const changed = await control('PATCH', '/settings', {
    retry_time_scale: 0.5,
    flood: { enabled: true, private_chat: { burst: 1 } },
  })
  expect(changed.body).toMatchObject({
    retry_time_scale: 0.5,
    flood: { enabled: true, private_chat: { burst: 1, interval_ms: 1000 } },
  })
  expect(scene.emulator.settings().flood.privateChat.burst).toBe(1)
  expect((await control('PUT', '/urls', { url: 'https://x.example/a.jpg', status: 404 })).body).toEqual({
    url: 'https://x.example/a.jpg',
  })
  const before = (await control('GET', '')).body.now_ms
  expect((await control('POST', '/clock', { advance_ms: 3_600_000 })).body.now_ms).toBeGreaterThanOrEqual(
    before + 3_600_000,
  )
  expect((await control('GET', '/report')).body).toMatchObject({
    calls: 1,
    by_method: { getMe: { calls: 1, ok: 0 } },
  })
  expect((await control('GET', '/requests?after=0')).body).toMatchObject({
    last: 1,
    requests: [{ fault: 'error', status: 500 }],
  })
  expect((await control('DELETE', '/report')).body).toEqual({ ok: true })
  expect((await control('POST', '/reset', { keep_accounts: true })).body).toEqual({ ok: true })
})

test.each([
  ['GET', '/nowhere', undefined, 404],
  ['PUT', '/bots', {}, 404],
  ['GET', '/people/999', undefined, 404],
  ['GET', '/chats/7000001:999', undefined, 404],
  ['GET', '/chats/%zz', undefined, 400],
  ['POST', '/people', '{', 400],
  ['POST', '/people', [], 400],
  ['POST', '/people', { first_name: 5 }, 400],
  ['POST', '/people/501/send', { chat: '7000001:501' }, 400],
  ['POST', '/people/501/press', { message: 'x', button: {} }, 400],
  ['POST', '/bots', { token: 'short' }, 400],
  ['POST', '/faults', { fault: { kind: 'earthquake' } }, 400],
  ['PATCH', '/settings', { unknown: 1 }, 400],
  ['PATCH', '/settings', { penalties: 'yes' }, 400],
  ['PATCH', '/settings', { flood: { bot: { limit: -1 } } }, 400],
  ['PUT', '/urls', { url: 'nonsense' }, 400],
  ['GET', '/requests?after=x', undefined, 400],
])('%s %s with %j is refused with a sentence', async (method, path, body, status) => {
  const scene = await startScene()
  const answer = await createClient(scene)(method, path, body)
  expect(answer).toEqual({ status, body: { error: expect.stringMatching(/\w+ \w+/) } })
})

test('a page of another site cannot use the control API', async () => {
  const scene = await startScene()
  const control = createClient(scene)
  expect((await control('GET', '/people', undefined, { Origin: 'https://evil.example' })).status).toBe(409)
  expect((await control('GET', '/people', undefined, { Origin: scene.emulator.url })).status).toBe(200)
})

test('files are shown as they are, what never had bytes as a drawing; neither may run scripts', async () => {
  const { emulator, bot, ada, call } = await startScene()
  const form = new FormData()
  form.set('chat_id', String(ada.id))
  form.set('photo', new Blob([new Uint8Array(pngOf(10, 10))]), 'a.png')
  await post(`${emulator.url}/bot${bot.token}/sendPhoto`, form)
  await call('sendPhoto', { chat_id: ada.id, photo: 'https://x.example/<b>.jpg' })
  const [, uploaded, described] = emulator.chats.messages(`${bot.id}:${ada.id}`).messages
  const shown = await fetch(emulator.url + uploaded!.media!.url)
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(pngOf(10, 10))
  expect(shown.headers.get('content-type')).toBe('image/png')
  const drawn = await fetch(emulator.url + described!.media!.url)
  expect(await drawn.text()).toMatch(/^<svg [^]*width="800"/)
  for (const response of [shown, drawn]) {
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  }
  expect((await fetch(`${emulator.url}/emulator/files/AQADnothing`)).status).toBe(404)
})

test('a transcript is read page by page', async () => {
  const { emulator, bot, ada, call } = await startScene()
  for (let count = 1; count <= 5; count++) await call('sendMessage', { chat_id: ada.id, text: String(count) })
  const chat = `${bot.id}:${ada.id}`
  const last = emulator.chats.messages(chat, { limit: 2 })
  expect([last.messages.map(({ text }) => text), last.more]).toEqual([['4', '5'], true])
  const before = last.messages[0]!.key
  const first = emulator.chats.messages(chat, { before, limit: 10 })
  expect([first.messages.map(({ text }) => text), first.more]).toEqual([['/start', '1', '2', '3'], false])
})
