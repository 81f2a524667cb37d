import {
  deleteOldTelegramFiles,
  findTelegramFiles,
  saveTelegramFiles,
  type TelegramFile,
  type TelegramFileKey,
} from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createBot, openTestDatabase, type TestBot } from './database-under-test.ts'
import { createExplain, listNodes } from './statement-plans.ts'

const { url, db } = await openTestDatabase()

let hashes = 0

function keyOf({ shopId, botId }: TestBot): TelegramFileKey {
  const addressHash = (hashes += 1).toString(16).padStart(64, '0')
  return { shopId, botId, addressHash, mediaType: 'photo' }
}

async function learn(file: TelegramFile, age: string): Promise<TelegramFileKey> {
  await saveTelegramFiles(db, [file])
  await sql`update telegram_files set learned_at = now() - ${age}::interval
    where address_hash = decode(${file.addressHash}, 'hex')`.execute(db)
  return file
}

test('an id is used for a day, that only a link is left is believed for ten minutes', async () => {
  const bot = await createBot(db)
  const keys = [
    await learn({ ...keyOf(bot), fileId: 'young', way: 'url' }, '23 hours'),
    await learn({ ...keyOf(bot), fileId: 'old', way: 'url' }, '25 hours'),
    await learn({ ...keyOf(bot), way: 'upload' }, '23 hours'),
    await learn({ ...keyOf(bot), way: 'link' }, '9 minutes'),
    await learn({ ...keyOf(bot), way: 'link' }, '11 minutes'),
    keyOf(bot),
  ]
  const known = (await findTelegramFiles(db, keys)).toSorted((a, b) =>
    a.addressHash.localeCompare(b.addressHash),
  )
  expect(known).toEqual([
    { ...keyIn(keys[0]!), fileId: 'young', way: 'url' },
    { ...keyIn(keys[2]!), fileId: undefined, way: 'upload' },
    { ...keyIn(keys[3]!), fileId: undefined, way: 'link' },
  ])
})

function keyIn({ shopId, botId, addressHash, mediaType }: TelegramFileKey): TelegramFileKey {
  return { shopId, botId, addressHash, mediaType }
}

test('what is learned takes the place of what was known, for this bot and this kind of showing alone', async () => {
  const bot = await createBot(db)
  const other = await createBot(db)
  const key = keyOf(bot)
  const others: TelegramFileKey[] = [
    { ...key, mediaType: 'document' },
    { ...key, shopId: other.shopId, botId: other.botId },
  ]
  await saveTelegramFiles(
    db,
    [key, ...others].map((one) => ({ ...one, fileId: 'first', way: 'url' })),
  )
  // Twice in one statement, as an album may show one file twice.
  await saveTelegramFiles(db, [
    { ...key, way: 'upload' },
    { ...key, way: 'upload' },
  ])
  const ids = async (one: TelegramFileKey) => (await findTelegramFiles(db, [one])).map(({ fileId }) => fileId)
  expect([await ids(key), await ids(others[0]!), await ids(others[1]!)]).toEqual([
    [undefined],
    ['first'],
    ['first'],
  ])
})

test('what is too old to be used is deleted, and nothing else', async () => {
  const bot = await createBot(db)
  await sql`delete from telegram_files`.execute(db)
  await learn({ ...keyOf(bot), fileId: 'young', way: 'url' }, '24 hours 30 minutes')
  await learn({ ...keyOf(bot), fileId: 'old', way: 'url' }, '26 hours')
  await deleteOldTelegramFiles(db)
  const left = await db.selectFrom('telegram_files').select('file_id').execute()
  expect(left).toEqual([{ file_id: 'young' }])
})

test('a claim finds what it needs by the key, however much is known', async () => {
  const bot = await createBot(db)
  await sql`insert into telegram_files (shop_id, bot_id, address_hash, media_type, file_id, way)
    select ${bot.shopId}, ${bot.botId}, sha256(number::text::bytea), 'photo', 'id', 'url'
    from generate_series(1, 20000) as number`.execute(db)
  await sql`analyze telegram_files`.execute(db)
  const keys = Array.from({ length: 20 }, () => keyOf(bot))
  const [plan] = await createExplain(url)((trx) => findTelegramFiles(trx, keys))
  const scans = listNodes(plan!.root).filter((node) => node['Relation Name'] === 'telegram_files')
  expect(scans.map((node) => node['Node Type'])).toEqual(['Index Scan'])
})
