import { listShops, type Database } from '@postino/database'
import { InvalidSettingsError, type Config, type Settings } from '@postino/runtime'
import { getShop } from '../get-shop.ts'
import { databaseSettings, publicUrlSettings, redisSettings, telegramSettings } from '../settings.ts'
import type { ReadSettings } from '../surroundings.ts'
import { withDatabase, withEmptyDatabase, withTelegram } from '../with-database.ts'
import type { Checklist } from './checklist.ts'
import { listBots, type KnownBot } from './list-bots.ts'
import { lookAtBot } from './look-at-bot.ts'
import { lookAtConsent } from './look-at-consent.ts'
import { lookAtPartitions } from './look-at-partitions.ts'
import { lookAtRedis } from './look-at-redis.ts'

/** Bots are asked so many at a time. */
const SIDE_BY_SIDE = 8

/** Looks at everything an installation rests on, each thing also when another is missing. */
export async function examine(
  checklist: Checklist,
  read: ReadSettings,
  { shop }: { shop?: string },
): Promise<void> {
  const { database, redis, telegram, publicUrl } = await readAll(checklist, read)
  if (redis !== undefined) await checklist.check('Redis', () => lookAtRedis(redis.redisUrl))
  const bots =
    database === undefined ? undefined : await examineDatabase(checklist, database.databaseUrl, shop)
  if (bots === undefined) return checklist.note('bots: not looked at without the database')
  if (bots.length === 0) return checklist.note('bots: none yet, postino bot add')
  if (telegram === undefined) return checklist.note('bots: not looked at without the settings above')
  await withTelegram(telegram, async (access) => {
    for (let at = 0; at < bots.length; at += SIDE_BY_SIDE) {
      await Promise.all(
        bots
          .slice(at, at + SIDE_BY_SIDE)
          .map((known) =>
            checklist.check(`@${known.bot.username} of ${known.shop}`, () =>
              lookAtBot(known, access, publicUrl),
            ),
          ),
      )
    }
  })
}

async function examineDatabase(
  checklist: Checklist,
  url: string,
  shop: string | undefined,
): Promise<KnownBot[] | undefined> {
  const isThere = await checklist.check('Postgres', () => withEmptyDatabase(url, async () => 'answers'))
  if (!isThere) return undefined
  let bots: KnownBot[] | undefined
  await checklist.check('migrations', () =>
    withDatabase(url, async (database) => {
      bots = await listBots(database, shop)
      return 'all have run'
    }),
  )
  if (bots !== undefined)
    await withDatabase(url, async (database) => {
      await checklist.check('partitions', () => lookAtPartitions(database))
      await examineShops(checklist, database, shop)
    })
  return bots
}

async function examineShops(
  checklist: Checklist,
  database: Database,
  slug: string | undefined,
): Promise<void> {
  const shops = slug === undefined ? await listShops(database) : [await getShop(database, slug)]
  for (const shop of shops) {
    await checklist.check(`consent in ${shop.slug}`, () => lookAtConsent(database, shop))
  }
}

async function readAll(checklist: Checklist, read: ReadSettings) {
  const problems = new Set<string>()
  function readOne<S extends Settings>(settings: S): Config<S> | undefined {
    try {
      return read(settings)
    } catch (error) {
      if (!(error instanceof InvalidSettingsError)) throw error
      for (const problem of error.problems) problems.add(problem)
      return undefined
    }
  }
  const found = {
    database: readOne(databaseSettings),
    redis: readOne(redisSettings),
    telegram: readOne(telegramSettings),
    publicUrl: readOne(publicUrlSettings)?.publicUrl,
  }
  await checklist.check('settings', async () => {
    if (problems.size > 0) throw new InvalidSettingsError([...problems])
    return 'complete'
  })
  return found
}
