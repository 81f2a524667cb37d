import { expect, onTestFinished, test } from 'vitest'
import { createClock } from '../clock.ts'
import { createEngine } from '../engine.ts'
import { createParameters } from '../http/parameters.ts'
import { createRandom } from '../random.ts'
import { startScene } from '../testing/start-emulator.ts'
import { startWebhookReceiver } from '../testing/webhook-receiver.ts'

test('setting and deleting say what happened', async () => {
  const { call } = await startScene()
  const { url } = await startWebhookReceiver()
  const described = async (method: string, parameters = {}) => {
    const answer = await call(method, parameters)
    return [answer.result, answer.description]
  }
  expect(await described('deleteWebhook')).toEqual([true, 'Webhook is already deleted'])
  expect(await described('setWebhook', { url })).toEqual([true, 'Webhook was set'])
  expect(await described('setWebhook', { url })).toEqual([true, 'Webhook is already set'])
  expect(await described('setWebhook', { url, secret_token: 'x' })).toEqual([true, 'Webhook was set'])
  expect(await described('setWebhook')).toEqual([true, 'Webhook was deleted'])
  expect(await described('setWebhook', { url: '' })).toEqual([true, 'Webhook is already deleted'])
})

test('the info shows the webhook, and nothing that is not set', async () => {
  const { call } = await startScene()
  expect((await call('getWebhookInfo')).result).toEqual({
    url: '',
    has_custom_certificate: false,
    pending_update_count: 1,
  })
  const { url } = await startWebhookReceiver()
  await call('setWebhook', {
    url,
    max_connections: 1000,
    allowed_updates: ['message'],
    drop_pending_updates: true,
  })
  expect((await call('getWebhookInfo')).result).toEqual({
    url,
    has_custom_certificate: false,
    pending_update_count: 0,
    max_connections: 1000,
    ip_address: '127.0.0.1',
    allowed_updates: ['message'],
  })
})

test('setting a webhook ends a waiting call, and while it is set getUpdates is a conflict', async () => {
  const clock = createClock()
  onTestFinished(() => clock.stop())
  const engine = createEngine({ clock, random: createRandom(1), settings: {} })
  const bot = engine.botAccounts.add({})
  const run = (method: string, values: Record<string, string>) => {
    const parameters = createParameters()
    for (const [name, value] of Object.entries(values)) parameters.add(name, value)
    return engine.dispatch.run({ bot, method, parameters, signal: new AbortController().signal })
  }
  const waiting = run('getupdates', { timeout: '50' })
  await run('setwebhook', { url: 'http://127.0.0.1:1' })
  onTestFinished(() => bot.inbox.deleteWebhook())
  expect(await waiting).toMatchObject({
    code: 409,
    description: 'Conflict: terminated by setWebhook request',
  })
  const refused = run('getupdates', {})
  clock.advance(3000)
  expect(await refused).toMatchObject({
    code: 409,
    description:
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  })
})

test.each([
  [{ url: 'http://' }, 'invalid webhook URL specified'],
  [{ url: 'ftp://a.b' }, 'invalid webhook URL specified'],
  [{ url: 'https://a.b', secret_token: 'x'.repeat(257) }, 'secret token is too long'],
  [{ url: 'https://a.b', secret_token: 'ї' }, 'secret token contains unallowed characters'],
  [{ url: 'http://shop.example/' }, 'bad webhook: An HTTPS URL must be provided for webhook'],
  [
    { url: 'https://shop.example:8080/' },
    'bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443',
  ],
  [{ url: 'https://127.0.0.1/' }, 'bad webhook: IP address 127.0.0.1 is reserved'],
  [{ url: 'https://192.168.1.7/' }, 'bad webhook: IP address 192.168.1.7 is reserved'],
  [{ url: 'https://[::1]/' }, 'bad webhook: IPv6-only addresses are not allowed'],
])('outside the local mode setWebhook with %j is refused: %s', async (parameters, detail) => {
  const { call } = await startScene({ settings: { localWebhooks: false } })
  expect(await call('setWebhook', parameters)).toMatchObject({
    status: 400,
    description: `Bad Request: ${detail}`,
  })
})

test('a refused webhook leaves none, not the one before', async () => {
  const { call } = await startScene()
  const { url } = await startWebhookReceiver()
  await call('setWebhook', { url })
  await call('setWebhook', { url: 'https://a.b', secret_token: '!' })
  expect((await call('getWebhookInfo')).result.url).toBe('')
})

test('setting a webhook more than once a second is too often', async () => {
  const { emulator, call } = await startScene({ settings: { penalties: true } })
  await call('setWebhook', { url: 'http://127.0.0.1:1' })
  expect(await call('setWebhook', { url: 'http://127.0.0.1:2' })).toMatchObject({
    status: 429,
    parameters: { retry_after: 1 },
  })
  emulator.advance(1000)
  expect((await call('setWebhook', { url: 'http://127.0.0.1:2' })).status).toBe(200)
})

test('allowed updates hold for later calls, and an empty list means the default', async () => {
  const { emulator, bot, ada, call } = await startScene()
  const types = async () => {
    const { result } = await call('getUpdates')
    await call('getUpdates', { offset: (result.at(-1)?.update_id ?? -1) + 1 })
    return result.flatMap((update: object) => Object.keys(update).filter((key) => key !== 'update_id'))
  }
  expect(await types()).toEqual(['message'])
  await call('getUpdates', { allowed_updates: ['my_chat_member'] })
  emulator.people.start(ada.id, { bot: bot.id })
  emulator.people.stop(ada.id, { bot: bot.id })
  expect(await types()).toEqual(['my_chat_member'])
  await call('getUpdates', { allowed_updates: [] })
  emulator.people.start(ada.id, { bot: bot.id })
  expect(await types()).toEqual(['my_chat_member', 'message'])
})
