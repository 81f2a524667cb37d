import { findOptinPage, insertShop, readOptinPageSettings, saveOptinPage } from '@postino/database'
import { optinPageSchema, wordingFor, wordingHash } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createBot, openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()

test('[WEB-13] a shop that says nothing has a page, with its bots and Postino’s words', async () => {
  const { shopId, botId } = await createBot(db)
  const { slug } = await db
    .selectFrom('shops')
    .select('slug')
    .where('id', '=', shopId)
    .executeTakeFirstOrThrow()
  const page = await findOptinPage(db, slug)
  expect(page).toMatchObject({ shopId, slug, isPublished: true, wordings: [], groupId: null })
  expect(page?.settings).toEqual(optinPageSchema.parse({}))
  expect(page?.bots).toMatchObject([{ id: botId, username: 'b', login: null }])
})

test('[WEB-13] what a shop says of its page replaces what it said before, and is nobody else’s', async () => {
  const [mine, other] = [await createBot(db), await createBot(db)]
  const settings = optinPageSchema.parse({ name: 'Mario', group: 'vip', purposes: ['marketing'] })
  await saveOptinPage(db, mine.shopId, { isPublished: true, settings: optinPageSchema.parse({}) })
  await saveOptinPage(db, mine.shopId, { isPublished: false, settings })
  expect(await readOptinPageSettings(db, mine.shopId)).toEqual({ isPublished: false, settings })
  expect((await readOptinPageSettings(db, other.shopId)).settings.name).toBeUndefined()

  await sql`insert into groups (shop_id, keyword, name) values (${other.shopId}, 'vip', 'VIP')`.execute(db)
  const { slug } = await db
    .selectFrom('shops')
    .select('slug')
    .where('id', '=', mine.shopId)
    .executeTakeFirstOrThrow()
  expect(await findOptinPage(db, slug)).toMatchObject({ isPublished: false, settings, groupId: null })
  const group = await sql<{ id: string }>`
    insert into groups (shop_id, keyword, name) values (${mine.shopId}, 'vip', 'VIP') returning id`.execute(
    db,
  )
  expect((await findOptinPage(db, slug))?.groupId).toBe(group.rows[0]?.id)
})

test('[CM-6] of the words a shop has kept the youngest are the page’s', async () => {
  const shop = await insertShop(db, { slug: 'words', name: 'W', locale: 'it', timeZone: 'Europe/Rome' })
  for (const version of [8, 9, 7]) {
    const wording = { ...wordingFor('marketing', 'it'), version, title: `Offerte ${version}` }
    await sql`insert into wordings (shop_id, hash, purpose, locale, version, title, text, is_default) values
      (${shop?.id}, ${wordingHash(wording)}, ${wording.id}, 'it', ${version}, ${wording.title}, ${wording.text}, false)`.execute(
      db,
    )
  }
  const page = await findOptinPage(db, 'words')
  expect(page?.wordings).toEqual([
    { ...wordingFor('marketing', 'it'), version: 9, title: 'Offerte 9', isDefault: false },
  ])
  expect(page?.bots).toEqual([])
  expect(await findOptinPage(db, 'nobody')).toBeUndefined()
})
