import {
  closeRegistration,
  eraseContact,
  finishRendering,
  moveChat,
  type SendResult,
} from '@postino/database'
import { canMove, MESSAGE_STATUSES, MESSAGE_TRANSITIONS, type MessageStatus } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  beginTurn,
  accept,
  claim,
  CONTENT,
  createBot,
  createContact,
  decide,
  findMessage,
  openTestDatabase,
  record,
  type TestContact,
  type Turn,
} from './database-under-test.ts'

const { db } = await openTestDatabase()
const seen = new Set<string>()

/** Moves the domain allows and nothing makes yet. */
const RESERVED = ['queued → failed']

interface Scene {
  turn: Turn
  contact: TestContact
  id: string
}

type Act = (scene: Scene) => Promise<unknown>

/** A message of which everything but its status would fit: it was claimed by this turn, its time has come. */
async function createScene(status: MessageStatus): Promise<Scene> {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const begun = await beginTurn(db, bot, 0)
  const turn = { ...bot, epoch: begun!.epoch }
  const [id = ''] = await accept(db, bot, [{ ...contact, collapseKey: 'order 1' }])
  await sql`
    update messages set status = ${status}, bot_id = ${bot.botId}, contact_id = ${contact.contactId},
      registration_id = ${contact.registrationId}, chat_id = ${contact.chatId}, content = ${JSON.stringify(CONTENT)},
      epoch = ${turn.epoch}, due_at = case when ${status}::text <> 'accepted' then now() end
    where id = ${id}`.execute(db)
  return { turn, contact, id }
}

const RENDERINGS: Record<string, Act> = Object.fromEntries(
  (['suppressed', 'expired', 'failed'] as const).map((status) => [
    `rendered: ${status}`,
    ({ id }: Scene) => finishRendering(db, [{ status, id, reason: 'x' }]),
  ]),
)

const RESULTS: Record<string, Act> = Object.fromEntries(
  (['sent', 'queued', 'rejected', 'failed', 'unknown'] satisfies SendResult['status'][]).flatMap((status) => [
    [`recorded: ${status}`, ({ turn, id }: Scene) => record(db, turn, { id, status, dueInMs: 0 })],
    [
      `recorded by a stranger: ${status}`,
      ({ turn, id }: Scene) => record(db, { ...turn, epoch: '777' }, { id, status, dueInMs: 0 }),
    ],
  ]),
)

const ACTS: Record<string, Act> = {
  ...RENDERINGS,
  ...RESULTS,
  async 'rendered: queued'({ turn, contact, id }) {
    const { contactId, registrationId, chatId } = contact
    const template = { templateId: '1', templateVersion: 1, content: CONTENT }
    const target = { contactId, registrationId, botId: turn.botId, chatId }
    await finishRendering(db, [{ status: 'queued', id, ...target, ...template }])
  },
  async 'a newer one rendered'({ turn, contact }) {
    const [newer = ''] = await accept(db, turn, [{ ...contact, collapseKey: 'order 1' }])
    const { contactId, registrationId, chatId } = contact
    const template = { templateId: '1', templateVersion: 1, content: CONTENT }
    const target = { contactId, registrationId, botId: turn.botId, chatId }
    await finishRendering(db, [{ status: 'queued', id: newer, ...target, ...template, replacesOlder: true }])
  },
  claimed: ({ turn }) => claim(db, turn),
  async 'claimed past its deadline'({ turn, id }) {
    await sql`update messages set deadline_at = now() where id = ${id}`.execute(db)
    await claim(db, turn)
  },
  async 'claimed when it has become quiet'({ turn, id }) {
    await sql`update messages set quiet_from = now() where id = ${id}`.execute(db)
    await claim(db, turn)
  },
  async 'claimed after a withdrawal'({ turn, contact }) {
    await decide(db, turn, { contactId: contact.contactId, purpose: 'order_updates', action: 'withdrawn' })
    await claim(db, turn)
  },
  'claimed by a stranger': ({ turn }) => claim(db, { ...turn, epoch: '777' }),
  'registration closed': ({ turn, contact: { registrationId } }) =>
    closeRegistration(db, turn.shopId, { registrationId, status: 'stopped', reason: 'x' }),
  'chat moved': ({ turn, contact: { registrationId } }) =>
    moveChat(db, turn.shopId, { registrationId, chatId: '-1' }),
  erased: ({ turn, contact }) => eraseContact(db, turn.shopId, contact.contactId, { actor: 'test' }),
  async 'erased under way, and recorded'({ turn, contact, id }) {
    await eraseContact(db, turn.shopId, contact.contactId, { actor: 'test' })
    await record(db, turn, { id, status: 'queued', dueInMs: 0 })
  },
  'next turn begun': ({ turn }) => beginTurn(db, turn, 0),
}

test.each(MESSAGE_STATUSES)(
  'whatever happens to a message that is %s, it moves as the domain says',
  async (from) => {
    for (const [name, act] of Object.entries(ACTS)) {
      const scene = await createScene(from)
      await act(scene)
      const { status: to, ended_at: endedAt } = await findMessage(db, scene.id)
      if (to === from) continue
      expect(canMove(from, to as MessageStatus), `${name}: ${from} → ${to}`).toBe(true)
      const isUnderWay =
        ['accepted', 'queued', 'sending'].includes(to) || (to === 'unknown' && endedAt === null)
      expect(endedAt === null, `${name}: ${from} → ${to} has an end`).toBe(isUnderWay)
      seen.add(`${from} → ${to}`)
    }
  },
)

test('every move the domain allows was seen, but for those nothing makes yet', () => {
  const legal = MESSAGE_STATUSES.flatMap((from) => MESSAGE_TRANSITIONS[from].map((to) => `${from} → ${to}`))
  expect([...seen, ...RESERVED].toSorted()).toEqual(legal.toSorted())
})
