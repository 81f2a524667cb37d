import { Cluster } from 'ioredis'
import type { Redis } from 'ioredis'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { INTAKE_GROUP, intakeKey, LANES_KEY } from './intake-keys.ts'

/** A shop as Redis knows it: it may add to its own stream, and nothing else. */
export interface IntakeUser {
  slug: string
  /** SHA-256 in hex; each of these passwords opens. */
  passwordHashes: readonly string[]
}

/** The Redis user this process has may not make others. */
export class AclRefusedError extends Error {
  override readonly name = 'AclRefusedError'

  constructor(cause: unknown) {
    super('Redis does not let Postino make users (it needs +acl|setuser +acl|deluser +acl|users)', { cause })
  }
}

const PREFIX = `${INTAKE_GROUP}-shop-`

export function intakeUsername(slug: string): string {
  return `${PREFIX}${slug}`
}

/** For the aclfile, where Postino may not make users. */
export function intakeUserRule(user: IntakeUser, redis: RedisConnection): string {
  return ['user', intakeUsername(user.slug), ...rulesFor(user, redis), ...NAMING_SELF].join(' ')
}

/** Makes the user, or changes it to this, on every node. @throws AclRefusedError */
export async function setIntakeUser(redis: RedisConnection, user: IntakeUser): Promise<void> {
  await onEachNode(redis, (node) => setOn(node, user, redis))
}

/** Ends the user, and its connections. @throws AclRefusedError */
export async function deleteIntakeUser(redis: RedisConnection, slug: string): Promise<void> {
  await onEachNode(redis, (node) => node.acl('DELUSER', intakeUsername(slug)))
}

/** The shops that have a user on every node, and those that have one on some. @throws AclRefusedError */
export async function listIntakeUsers(
  redis: RedisConnection,
): Promise<{ all: Set<string>; some: Set<string> }> {
  const lists = await onEachNode(redis, async (node) => {
    const names: unknown = await node.acl('USERS')
    const own = (Array.isArray(names) ? names : []).map(String).filter((name) => name.startsWith(PREFIX))
    return new Set(own.map((name) => name.slice(PREFIX.length)))
  })
  const some = new Set(lists.flatMap((slugs) => [...slugs]))
  return { some, all: new Set([...some].filter((slug) => lists.every((slugs) => slugs.has(slug)))) }
}

// Libraries name themselves and their connection; 7.0 does not know the first.
const NAMING_SELF = ['+client|setinfo', '+client|setname']

async function setOn(node: Redis, user: IntakeUser, redis: RedisConnection): Promise<void> {
  const rules = rulesFor(user, redis)
  const name = intakeUsername(user.slug)
  try {
    await node.acl('SETUSER', name, ...rules, ...NAMING_SELF)
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('setinfo'))) throw error
    await node.acl('SETUSER', name, ...rules, '+client|setname')
  }
}

function rulesFor({ slug, passwordHashes }: IntakeUser, redis: RedisConnection): string[] {
  const opens = passwordHashes.map((hash) => `#${hash}`)
  const writes = ['resetkeys', `%W~${intakeKey(slug)}`, 'resetchannels', '-@all', '+xadd', '+ping', '+hello']
  return ['reset', 'on', ...opens, ...writes, ...connecting(redis)]
}

/** What clients ask to find the node of a key, or to choose the database. */
function connecting(redis: RedisConnection): string[] {
  if (redis instanceof Cluster)
    return ['+cluster|slots', '+cluster|shards', '+cluster|nodes', '+command', '+asking', '+readonly']
  return redis.options.db === undefined || redis.options.db === 0 ? [] : ['+select']
}

async function onEachNode<T>(redis: RedisConnection, work: (node: Redis) => Promise<T>): Promise<T[]> {
  try {
    // Before the first command the nodes of a cluster are not known.
    await redis.exists(LANES_KEY)
    // A replica, too, may take over at any time; users are not replicated.
    return await Promise.all((redis instanceof Cluster ? redis.nodes('all') : [redis]).map(work))
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('NOPERM')) throw new AclRefusedError(error)
    throw error
  }
}
