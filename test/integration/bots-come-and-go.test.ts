import { randomBytes } from 'node:crypto'
import { createKeyring, parseSecretKeys, upsertBot } from '@postino/database'
import { describe, expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene, type BotProcess, type BotScene, type Mode } from './bot-under-test.ts'
import { createPhone } from './phone.ts'
import { updatesOf } from './telegram-updates.ts'

const databaseUrl = await createTestDatabase()

const MODES: Mode[] = ['webhook', 'polling']
const UNAUTHORIZED = { kind: 'error', code: 401 } as const

async function setToken({ database, shopId, bot, secretKeys }: BotScene, token: string): Promise<void> {
  const keyring = createKeyring(parseSecretKeys(secretKeys))
  await upsertBot(database, shopId, {
    telegramId: bot.id,
    username: bot.username,
    name: bot.name,
    token,
    keyring,
  })
}

async function botOf({ database, bot }: BotScene) {
  return await database
    .selectFrom('bots')
    .select(['status', 'broken_reason as reason'])
    .where('id', '=', bot.rowId)
    .executeTakeFirstOrThrow()
}

function eventsOf(process: BotProcess): unknown[] {
  return process.log().map(({ msg }) => msg)
}

function callsOf({ emulator, bot }: BotScene, method: string) {
  return emulator.requests().requests.filter((call) => call.bot_id === bot.id && call.method === method)
}

describe.each(MODES)('by %s', (mode) => {
  test('a new bot is served from the next look at the table', async () => {
    const scene = await createBotScene({ databaseUrl })
    const process = await scene.serve(mode)
    const { bot } = await scene.addShop('New Shop')
    await process.refresh()
    const phone = createPhone(scene.emulator, bot, scene.emulator.people.add({ language_code: 'en' }))
    phone.start()
    expect(await phone.nextText()).toContain('New Shop would like to write to you')
  })

  test('a bot that is paused is served no more, and again when it is active', async () => {
    const scene = await createBotScene({ databaseUrl })
    const process = await scene.serve(mode)
    const phone = scene.addPhone()
    const setStatus = async (status: string) => {
      await scene.database.updateTable('bots').set({ status }).where('id', '=', scene.bot.rowId).execute()
      await process.refresh()
    }
    await waitUntil(() => eventsOf(process).includes('bot.listening'))
    await setStatus('paused')
    phone.start()
    await waitUntil(() => scene.emulator.bots.get(scene.bot.id).pending_updates === 1)
    await setStatus('active')
    expect(await phone.nextText()).toContain('would like to write to you')
  })

  test('a shop’s new name is spoken at once, and Telegram is not bothered with it', async () => {
    const scene = await createBotScene({ databaseUrl })
    const process = await scene.serve(mode)
    const phone = scene.addPhone()
    await waitUntil(() => callsOf(scene, 'setMyCommands').length === 3)
    scene.emulator.clearReport()
    await scene.database
      .updateTable('shops')
      .set({ name: 'Forno <Lucia>', support_contact: null, privacy_url: null })
      .where('id', '=', scene.shopId)
      .execute()
    await process.refresh()
    for (const command of ['start', 'help', 'privacy']) {
      if (command === 'start') phone.start()
      else phone.send(`/${command}`)
      const text = await phone.nextText()
      expect(text).toContain('Forno <Lucia>')
      expect(text).not.toContain('faenza.example')
    }
    for (const method of ['setWebhook', 'deleteWebhook', 'setMyCommands']) {
      expect(callsOf(scene, method)).toEqual([])
    }
  })

  test('a token that was replaced is taken up, and the bot is not parked for the old one', async () => {
    const scene = await createBotScene({ databaseUrl })
    const process = await scene.serve(mode)
    const phone = scene.addPhone()
    phone.start()
    await phone.next()
    const { token } = scene.emulator.bots.revoke(scene.bot.id)
    // The old one is refused before the new one is known.
    phone.send('/help')
    await setToken(scene, token)
    await process.refresh()
    await process.refresh()
    expect(await botOf(scene)).toEqual({ status: 'active', reason: null })
    const heard = phone.heard().length
    phone.send('/privacy')
    await waitUntil(() => phone.heard().length > heard)
  })

  test('a refused token parks the bot, once, and a new one wakes it', async () => {
    const scene = await createBotScene({ databaseUrl })
    const process = await scene.serve(mode)
    const other = mode === 'webhook' ? await scene.serve(mode) : undefined
    const phone = scene.addPhone()
    phone.start()
    await phone.next()
    const { token } = scene.emulator.bots.revoke(scene.bot.id)
    const { command } = updatesOf(phone.person)
    // Polling finds out by itself, webhooks when they answer somebody.
    const processes = other === undefined ? [] : [process, other]
    for (const [index, one] of processes.entries()) {
      expect(await one.deliver(command(index + 1, 1_795_000_000, '/help'))).toBe(200)
    }
    await waitUntil(async () => {
      await Promise.all([process.refresh(), other?.refresh()])
      return (await botOf(scene)).status === 'broken'
    })
    expect((await botOf(scene)).reason).toMatch(/^token_refused: /)
    await process.refresh()
    const told = [process, other].flatMap((one) => one?.log() ?? []).filter(({ msg }) => msg === 'bot.parked')
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ level: 'error', shop: scene.shopId, bot: scene.bot.rowId })

    await setToken(scene, token)
    await process.refresh()
    phone.send('/privacy')
    await waitUntil(() => phone.heard().at(-1)?.text?.includes('keeps your Telegram number'))
  })

  test('a token that is refused from the start parks the bot, and no other', async () => {
    const scene = await createBotScene({ databaseUrl })
    scene.emulator.faults.add({ match: { bot: scene.bot.id }, fault: UNAUTHORIZED })
    const { bot: other } = await scene.addShop('Other Shop')
    const process = await scene.serve(mode)
    await waitUntil(async () => {
      await process.refresh()
      return (await botOf(scene)).status === 'broken'
    })
    const phone = createPhone(scene.emulator, other, scene.emulator.people.add({ language_code: 'en' }))
    phone.start()
    expect(await phone.nextText()).toContain('Other Shop')
  })

  test('a bot whose secrets do not open is told of once, and keeps nobody else from being served', async () => {
    const scene = await createBotScene({ databaseUrl })
    const { bot: other } = await scene.addShop('Other Shop')
    await scene.database
      .updateTable('bots')
      .set({ token_ciphertext: randomBytes(64) })
      .where('id', '=', scene.bot.rowId)
      .execute()
    const process = await scene.serve(mode)
    for (let round = 0; round < 3; round++) await process.refresh()
    expect(eventsOf(process).filter((event) => event === 'bot.secrets_sealed')).toHaveLength(1)
    expect((await botOf(scene)).status).toBe('active')
    const phone = createPhone(scene.emulator, other, scene.emulator.people.add({ language_code: 'en' }))
    phone.start()
    expect(await phone.nextText()).toContain('Other Shop')

    await setToken(scene, scene.bot.token)
    await process.refresh()
    const mended = scene.addPhone()
    mended.start()
    expect(await mended.nextText()).toContain('Bottega Faenza')
  })

  test('one bot that Telegram does not answer holds up no other', async () => {
    const scene = await createBotScene({ databaseUrl })
    for (const method of ['setWebhook', 'deleteWebhook']) {
      scene.emulator.faults.add({
        match: { bot: scene.bot.id, method },
        fault: { kind: 'hang', when: 'before' },
      })
    }
    const process = await scene.serve(mode)
    const { bot: other } = await scene.addShop('Other Shop')
    await process.refresh()
    const phone = createPhone(scene.emulator, other, scene.emulator.people.add({ language_code: 'en' }))
    phone.start()
    expect(await phone.nextText()).toContain('Other Shop')
    scene.emulator.faults.remove()
  })
})

test('updates of a webhook that was set before are taken, even while Telegram fails to confirm it', async () => {
  const scene = await createBotScene({ databaseUrl })
  const bad = { kind: 'bad_gateway', body: 'html' } as const
  scene.emulator.faults.add({ match: { method: 'setWebhook' }, fault: bad })
  const process = await scene.serve('webhook')
  const phone = scene.addPhone()
  expect(await process.deliver(updatesOf(phone.person).command(1, 1_795_000_000, '/help'))).toBe(200)
  scene.emulator.faults.remove()
  await waitUntil(() => scene.emulator.bots.get(scene.bot.id).webhook_url.startsWith(process.url))
})

test('of two processes on webhooks each serves every bot', async () => {
  const scene = await createBotScene({ databaseUrl, settings: { penalties: true } })
  const processes = await Promise.all([scene.serve('webhook'), scene.serve('webhook')])
  const phone = scene.addPhone()
  phone.start()
  await phone.next()
  const { command } = updatesOf(phone.person)
  for (const [index, process] of processes.entries()) {
    expect(await process.deliver(command(index + 1, 1_795_000_000, '/help'))).toBe(200)
    expect(await phone.nextText()).toContain('This bot brings')
  }
})
