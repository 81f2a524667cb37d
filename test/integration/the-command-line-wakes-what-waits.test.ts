import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULT_ATTACHMENT_POLICY } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { waitUntil } from '../support/wait-until.ts'
import { typeCommand } from './command-line.ts'
import { createStage, type Stage, type TestBot } from './pipeline-under-test.ts'

// Nobody looks after what waits here but the command itself: there is no scheduler.

async function createScene() {
  const stage = await createStage()
  stage.startRenderer()
  const bot = await stage.addBot()
  const person = await stage.addPerson(bot)
  const shop = await stage.database.selectFrom('shops').select('slug').executeTakeFirstOrThrow()
  /** What a command of this shop prints that ends well. */
  async function type(...args: string[]): Promise<string> {
    const env = { ...stage.env, TELEGRAM_BOT_TOKEN: bot.token }
    const { code, out, err } = await typeCommand([...args, '--shop', shop.slug], env)
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
    return out
  }
  const username = `bot_${bot.telegramId}`
  return { stage, bot, person, type, username, slug: shop.slug }
}

async function isQueued(stage: Stage, ids: string[]): Promise<boolean> {
  return (await stage.readMessages(ids)).every(({ status }) => status === 'queued')
}

async function setStatus(stage: Stage, { botId }: TestBot, status: string): Promise<void> {
  await sql`update bots set status = ${status} where id = ${botId}`.execute(stage.database)
}

test('a paused bot sends nothing; resumed, or given a token that works, it begins at once', async () => {
  const { stage, bot, person, type, username } = await createScene()
  stage.startSender()
  expect(await type('bot', 'pause', username)).toContain(`postino bot resume ${username}`)
  expect(await type('bot', 'list')).toBe(`@${username}  paused`)
  const ids = await stage.accept([{ to: person, text: 'first' }])
  await waitUntil(() => isQueued(stage, ids))
  expect(await type('bot', 'resume', `@${username.toUpperCase()}`)).toContain('is at work')
  await stage.waitForEnd(ids)

  await setStatus(stage, bot, 'broken')
  const later = await stage.accept([{ to: person, text: 'second' }])
  await waitUntil(() => isQueued(stage, later))
  await type('bot', 'add')
  await stage.waitForEnd(later)
  expect(stage.textsOf(person)).toEqual(['first', 'second'])
}, 30_000)

test('of held messages of unknown outcome each is listed, and sent once more or dropped as a person says', async () => {
  const { stage, bot, person, type } = await createScene()
  const other = await stage.addPerson(bot)
  const [resent = '', dropped = ''] = await stage.accept([
    { to: person, text: 'resent' },
    { to: other, text: 'dropped' },
  ])
  await waitUntil(() => isQueued(stage, [resent, dropped]))
  await sql`update messages set on_unknown = 'hold'`.execute(stage.database)
  stage.emulator.faults.add({
    match: { method: 'sendMessage' },
    fault: { kind: 'reset', when: 'before' },
    count: 2,
  })
  stage.startSender()
  await stage.wake(bot)
  const lines = await waitUntil(async () => {
    const told = (await type('unknown', 'list')).split('\n')
    return told.length === 2 && told
  })
  expect(lines[0]).toMatch(new RegExp(`^${resent} .*connection_lost`))

  expect(await type('explain', dropped)).toContain('held: `postino unknown resend` or `drop` decides')

  await type('unknown', 'drop', dropped)
  expect(await type('unknown', 'resend', resent)).toContain(`postino explain ${resent}`)
  await waitUntil(async () => (await stage.readMessages([resent]))[0]?.status === 'sent')
  expect(await stage.readMessages([resent, dropped])).toMatchObject([
    { status: 'sent', resends: 1 },
    { status: 'unknown', resends: 0 },
  ])
  expect(await type('unknown', 'list')).toBe('')
  expect([stage.textsOf(person), stage.textsOf(other)]).toEqual([['resent'], []])
}, 30_000)

test('how a shop sends is changed, and changed back', async () => {
  const { stage, slug } = await createScene()
  // Telegram took no paid call an hour ago; now the shop has bought Stars.
  await sql`update bots set paid_refused_until = now() + interval '1 hour'`.execute(stage.database)
  const table = join(makeFolder(), 'table.json')
  writeFileSync(table, JSON.stringify({ pdf: 20_971_520, zip: 0 }))
  async function change(...args: string[]) {
    const { code, out } = await typeCommand(['shop', 'change', slug, ...args], stage.env)
    const { paid_messages_per_second: paid, attachment_policy: policy } = await stage.database
      .selectFrom('shops')
      .select(['paid_messages_per_second', 'attachment_policy'])
      .executeTakeFirstOrThrow()
    return { code, out, paid, policy }
  }
  const changed = await change('--paid-broadcast', '200', '--attachments', table)
  expect(changed).toMatchObject({ code: 0, paid: 200, policy: { pdf: 20_971_520, zip: 0 } })
  expect(changed.out).toContain('Stars')
  const { paid_refused_until: refusedUntil } = await stage.database
    .selectFrom('bots')
    .select('paid_refused_until')
    .executeTakeFirstOrThrow()
  expect(refusedUntil).toBeNull()
  expect(changed.out).toContain('pdf, zip')
  expect(await change('--paid-broadcast', 'off')).toMatchObject({ code: 0, paid: null, policy: { zip: 0 } })
  writeFileSync(table, JSON.stringify(DEFAULT_ATTACHMENT_POLICY))
  expect(await change('--attachments', table)).toMatchObject({ policy: DEFAULT_ATTACHMENT_POLICY })
  expect(await change('--attachments', 'default')).toMatchObject({ code: 0, paid: null, policy: null })
}, 30_000)
