import { createHash, randomBytes } from 'node:crypto'
import {
  deleteIntakePasswords,
  insertIntakePassword,
  listIntakePasswords,
  type Database,
} from '@postino/database'
import {
  AclRefusedError,
  closeRedis,
  createRedis,
  deleteIntakeUser,
  intakeUsername,
  intakeUserRule,
  setIntakeUser,
  withCredentials,
  type RedisConnection,
} from '@postino/queues'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { getShop } from '../get-shop.ts'
import { parseDuration } from '../option-values.ts'
import { settingsHelp } from '../settings-help.ts'
import { intakeSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'

interface RedisUserOptions {
  rotate?: true
  overlap: number
  revoke?: true
}

const DAY_SECONDS = 86_400

/** `shop redis-user`. */
export function addShopRedisUserCommand(group: Command, { say, warn, read }: Surroundings): void {
  group
    .command('redis-user')
    .argument('<slug>', 'which shop')
    .description('let a shop put its events into its stream in Redis, and print the URL for it, this once')
    .option('--rotate', 'a new password; the old one opens for the overlap yet')
    .option('--overlap <duration>', 'such as 30m, 24h or 7d', parseDuration, DAY_SECONDS)
    .option('--revoke', 'end the user at once; what it has put in is taken all the same')
    .addHelpText('after', settingsHelp(intakeSettings))
    .action(async (slug: string, options: RedisUserOptions) => {
      if (options.rotate === true && options.revoke === true) {
        throw new CommandFailure('choose: --rotate or --revoke')
      }
      const { databaseUrl, redisUrl, intakeRedisUrl = redisUrl } = read(intakeSettings)
      if (intakeRedisUrl === undefined) throw new CommandFailure('REDIS_URL or INTAKE_REDIS_URL is missing')
      const tellRedis = createTellRedis(intakeRedisUrl, warn)
      await withDatabase(databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, slug)
        if (options.revoke === true) {
          const count = await deleteIntakePasswords(database, shopId)
          if (count === 0) throw new CommandFailure(`${slug} has no Redis user`)
          await tellRedis({ slug, passwordHashes: [] })
          return say(`Ended ${intakeUsername(slug)}.`)
        }
        const password = await addPassword(database, { shopId, slug, ...options })
        await tellRedis({ slug, passwordHashes: await listIntakePasswords(database, shopId) })
        // The URL alone goes to standard output, so that it can be put straight into a variable or a file.
        say(withCredentials(intakeRedisUrl, { username: intakeUsername(slug), password }))
        warn(
          `It is not shown again. The stream is postino:intake:${slug}, an event the field event of an XADD.`,
        )
      })
    })
}

interface NewPassword extends RedisUserOptions {
  shopId: string
  slug: string
}

async function addPassword(
  database: Database,
  { shopId, slug, rotate, overlap }: NewPassword,
): Promise<string> {
  const password = randomBytes(24).toString('base64url')
  // Of 192 random bits; this is also the form Redis keeps.
  const passwordHash = createHash('sha256').update(password).digest('hex')
  await database.transaction().execute(async (transaction) => {
    const known = await listIntakePasswords(transaction, shopId)
    if (known.length > 0 && rotate !== true) {
      throw new CommandFailure(`${slug} has a Redis user already: --rotate gives it a new password`)
    }
    await insertIntakePassword(transaction, shopId, { passwordHash, overlapSeconds: overlap })
  })
  return password
}

/** What Redis cannot be told now ingest tells it: Postgres knows. */
function createTellRedis(url: string, warn: Surroundings['warn']) {
  return async (user: { slug: string; passwordHashes: string[] }): Promise<void> => {
    const redis = createRedis({ url, onError: () => undefined })
    try {
      if (user.passwordHashes.length === 0) await deleteIntakeUser(redis, user.slug)
      else await setIntakeUser(redis, user)
    } catch (error) {
      if (error instanceof AclRefusedError) warn(refusal(redis, user))
      else warn('Redis does not answer: ingest gives it the user as soon as it does.')
    } finally {
      await closeRedis(redis)
    }
  }
}

function refusal(redis: RedisConnection, user: { slug: string; passwordHashes: string[] }): string {
  const isOver = user.passwordHashes.length === 0
  const wayOut = isOver
    ? `ACL DELUSER ${intakeUsername(user.slug)}`
    : `a line of its aclfile: ${intakeUserRule(user, redis)}`
  return `Postino’s own Redis user may not use ACL, so nothing changes before whoever runs Redis does it: ${wayOut}`
}
