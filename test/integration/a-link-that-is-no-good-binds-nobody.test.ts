import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createBotScene } from './bot-under-test.ts'

const databaseUrl = await createTestDatabase()

async function createScene() {
  const scene = await createBotScene({ databaseUrl })
  await scene.serve('webhook')
  return scene
}

test.each(['used', 'expired', 'revoked', 'made up', 'foreign'])(
  'a %s link binds nobody and makes nobody a contact',
  async (kind) => {
    const scene = await createScene()
    const contactId = await scene.addContact('customer-7')
    const other = await scene.addBot()
    const makeToken = async () => {
      if (kind === 'made up') return 'A'.repeat(22)
      if (kind === 'expired') return await scene.addLink(contactId, { expiresInSeconds: -1 })
      return await scene.addLink(contactId, kind === 'foreign' ? { botId: other.rowId } : {})
    }
    const token = await makeToken()
    const links = scene.database.updateTable('optin_links').where('shop_id', '=', scene.shopId)
    if (kind === 'used') await links.set({ used_at: new Date() }).execute()
    if (kind === 'revoked') await links.set({ revoked_at: new Date() }).execute()
    const phone = scene.addPhone()
    phone.start(token)
    const sentences = {
      used: /been used already/,
      expired: /has expired/,
      revoked: /not valid any more/,
      'made up': /don’t know this link/,
      foreign: /don’t know this link/,
    }
    expect(await phone.nextText()).toMatch(sentences[kind as keyof typeof sentences])
    expect(await scene.contactOf(phone)).toBeUndefined()
    expect(await scene.contacts()).toHaveLength(1)
  },
)
