import { finishRendering, type RenderOutcome } from '@postino/database'
import { expect, test } from 'vitest'
import {
  accept,
  CONTENT,
  createBot,
  createContact,
  listStatuses,
  openTestDatabase,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

test('of messages that are moved by several statements, those before the one that fails stay moved, and their bots are named', async () => {
  const bot = await createBot(db)
  const { contactId, registrationId, chatId, recipient } = await createContact(db, bot)
  const [queued = '', broken = ''] = await accept(db, bot, [{ recipient }, { recipient }])
  const template = { templateId: '7', templateVersion: 3, content: CONTENT }
  const outcomes: RenderOutcome[] = [
    { status: 'queued', id: queued, contactId, registrationId, botId: bot.botId, chatId, ...template },
    // Postgres keeps no NUL.
    { status: 'failed', id: broken, reason: 'template_failed', detail: '\0' },
  ]
  const { bots, failure } = await finishRendering(db, outcomes)
  expect(bots).toEqual([bot])
  expect(failure).toMatchObject({ code: '22P05' })
  expect(await listStatuses(db, [queued, broken])).toEqual(['queued', 'accepted'])

  await expect(finishRendering(db, outcomes)).rejects.toMatchObject({ code: '22P05' })
})
