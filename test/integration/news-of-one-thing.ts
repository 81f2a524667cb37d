import { finishRendering, loadMessagesToRender, type Database, type RenderOutcome } from '@postino/database'
import {
  accept,
  beginTurn,
  CONTENT,
  createBot,
  createContact,
  findMessage,
  type TestContact,
} from './database-under-test.ts'

export const KEY = 'order.status_changed 1143'
export const BY_NEWER = 'superseded: superseded_by_newer'
export const STALE = 'superseded: stale_sequence'

/** Makes scenes with news of one order for one person, and renders it. */
export function newsOfOneThing(db: Database) {
  async function createScene() {
    const bot = await createBot(db)
    const contact = await createContact(db, bot)
    const turn = { ...bot, epoch: (await beginTurn(db, bot, 0))!.epoch }
    return { bot, contact, turn, news: newsOf(bot, contact) }
  }

  /** Accepts so much news of one order, or one message for each sequence; undefined: without. */
  function newsOf(bot: { shopId: string; botId: string }, { recipient }: TestContact) {
    return (news: number | (string | undefined)[]) =>
      accept(
        db,
        bot,
        (typeof news === 'number' ? Array<undefined>(news).fill(undefined) : news).map((sequence) => ({
          recipient,
          collapseKey: KEY,
          sequence,
        })),
      )
  }

  /** Renders them in one batch; answers the bots that have something to send. */
  async function render(ids: string[], change: { deferred?: boolean; replacesOlder?: boolean } = {}) {
    const { deferred = false, replacesOlder = true } = change
    const loaded = await loadMessagesToRender(db, ids)
    const outcomes = loaded.map(({ id, contact, registration }): RenderOutcome => {
      const { id: contactId } = contact!
      if (deferred)
        return { status: 'deferred', id, contactId, dueAtMs: Date.now() + 3_600_000, replacesOlder }
      const { id: registrationId, botId, chatId } = registration!
      const text = { templateId: '1', templateVersion: 1, content: CONTENT }
      return { status: 'queued', id, contactId, registrationId, botId, chatId, ...text, replacesOlder }
    })
    return await finishRendering(db, outcomes)
  }

  async function replacedBy(id: string): Promise<string | null> {
    return (await findMessage(db, id)).superseded_by
  }

  return { createScene, render, replacedBy }
}
