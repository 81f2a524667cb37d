import { closeRegistration, insertConsents, mergeContacts, upsertContact } from '@postino/database'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBot, createContact, openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const bot = await createBot(db)
const { shopId } = bot

async function merge(fromContactId: string, intoContactId: string): Promise<void> {
  const proof = { matchedBy: 'phone', actor: 'contact', evidence: { update_id: 7 } } as const
  const { status } = await db
    .transaction()
    .execute((trx) => mergeContacts(trx, shopId, { fromContactId, intoContactId, ...proof }))
  expect(status).toBe('merged')
}

const findContact = async (id: string) =>
  await db.selectFrom('contacts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const PURPOSES = ['order_updates', 'marketing', 'messages'] as const
const words = fc.array(
  fc.record({
    purpose: fc.constantFrom(...PURPOSES),
    action: fc.constantFrom('granted' as const, 'withdrawn' as const),
  }),
  { maxLength: 6 },
)

test('[WEB-18] whatever both have said: a refusal of either stands, and a grant fills silence alone', async () => {
  const speak = async (said: { purpose: string; action: 'granted' | 'withdrawn' }[]) => {
    const { id } = await upsertContact(db, shopId, { externalId: `person-${Math.random()}` })
    const proof = { source: 'test', actor: 'contact', evidence: {} }
    await insertConsents(
      db,
      shopId,
      id,
      said.map((one) => ({ ...one, ...proof })),
    )
    return id
  }
  const lastWords = (said: { purpose: string; action: string }[]) =>
    new Map(said.map(({ purpose, action }) => [purpose, action]))
  const property = fc.asyncProperty(words, words, async (saidByFrom, saidByInto) => {
    const [from, into] = [await speak(saidByFrom), await speak(saidByInto)]
    await merge(from, into)
    const [former, own] = [lastWords(saidByFrom), lastWords(saidByInto)]
    const { granted_purposes: granted, withdrawn_purposes: withdrawn } = await findContact(into)
    for (const purpose of PURPOSES) {
      const isRefused = [former.get(purpose), own.get(purpose)].includes('withdrawn')
      const isGranted = !isRefused && [former.get(purpose), own.get(purpose)].includes('granted')
      expect({ purpose, granted: granted.includes(purpose), withdrawn: withdrawn.includes(purpose) }).toEqual(
        {
          purpose,
          granted: isGranted,
          withdrawn: isRefused,
        },
      )
    }
  })
  await fc.assert(property, { numRuns: 60 })
})

test('a merge and a STOP in another chat of the same person get by beside each other, and the STOP stands', async () => {
  for (let round = 0; round < 15; round++) {
    const [from, into] = [await createContact(db, bot), await createContact(db, bot)]
    const proof = { purpose: 'marketing', source: 'test', actor: 'contact', evidence: {} } as const
    await insertConsents(db, shopId, from.contactId, [{ ...proof, action: 'granted' }])
    const stop = db.transaction().execute(async (trx) => {
      const { registrationId } = from
      await closeRegistration(trx, shopId, {
        registrationId,
        status: 'stopped',
        reason: 'registration_stopped',
      })
      const { contact_id: contactId } = await trx
        .selectFrom('registrations')
        .select('contact_id')
        .where('id', '=', registrationId)
        .executeTakeFirstOrThrow()
      await insertConsents(trx, shopId, contactId, [{ ...proof, action: 'withdrawn' }])
    })
    await Promise.all([merge(from.contactId, into.contactId), stop])
    expect(await findContact(into.contactId)).toMatchObject({
      granted_purposes: [],
      withdrawn_purposes: ['marketing'],
    })
  }
})
