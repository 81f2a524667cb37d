import { insertConsents, insertShop, upsertContact } from '@postino/database'
import { makeFolder } from '../support/make-folder.ts'
import { typeCommand } from './command-line.ts'
import { openTestDatabase } from './database-under-test.ts'

/** A shop in a database of its own, and the command line that works with it. */
export async function openShopOnTheCommandLine() {
  const { db, url } = await openTestDatabase()
  const shop = await insertShop(db, { slug: 'bottega', name: 'Bottega', locale: 'it', timeZone: 'UTC' })
  if (shop === undefined) throw new Error('there is such a shop already')
  const shopId = shop.id

  /** A contact with a grant and a withdrawal. */
  async function addContact(externalId: string): Promise<string> {
    const { id } = await upsertContact(db, shopId, { externalId, firstName: 'Ada', locale: 'it' })
    const act = {
      source: 'paper_form',
      actor: 'shop',
      evidence: { obtained_at: '2026-01-01' },
      locale: 'it',
    } as const
    await insertConsents(db, shopId, id, [
      { purpose: 'marketing', action: 'granted', ...act, details: { reference: 'form 7' } },
      { purpose: 'marketing', action: 'withdrawn', ...act },
    ])
    return id
  }

  return {
    db,
    url,
    shopId,
    folder: makeFolder(),
    addContact,
    type: (...args: string[]) => typeCommand(args, { DATABASE_URL: url }),
  }
}
