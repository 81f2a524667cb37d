import type { StoredIntakeUser } from '@postino/database'
import type { IntakeUser } from '@postino/queues'

export interface KeepUsersDependencies {
  /** Another one whenever the users are others; costs less to ask than they do. */
  readMark: () => Promise<string>
  listStored: () => Promise<StoredIntakeUser[]>
  /** Those that Redis has, on all nodes or only on some. */
  listPresent: () => Promise<{ all: ReadonlySet<string>; some: ReadonlySet<string> }>
  set: (user: IntakeUser) => Promise<void>
  remove: (slug: string) => Promise<void>
}

const AT_A_TIME = 100

/**
 * Gives Redis the shops' users as Postgres has them: those that it forgot in a restart, and what the command line could
 * not tell it. Every process does it; the same twice changes nothing.
 */
export function createKeepUsers(dependencies: KeepUsersDependencies): () => Promise<void> {
  const { readMark, listStored, listPresent, set, remove } = dependencies
  let lastMark: string | undefined
  let stored: StoredIntakeUser[] = []
  /** What this process has given Redis. */
  const given = new Map<string, string>()

  async function give(user: StoredIntakeUser): Promise<void> {
    await set(user)
    given.set(user.slug, user.passwordHashes.join())
  }

  return async function keepUsers() {
    const mark = await readMark()
    if (mark !== lastMark) stored = await listStored()
    lastMark = mark
    const present = await listPresent()
    const missing = stored.filter(
      ({ slug, passwordHashes }) => !present.all.has(slug) || given.get(slug) !== passwordHashes.join(),
    )
    for (let from = 0; from < missing.length; from += AT_A_TIME) {
      await Promise.all(missing.slice(from, from + AT_A_TIME).map(give))
    }
    const wanted = new Set(stored.map(({ slug }) => slug))
    for (const slug of present.some) if (!wanted.has(slug)) await remove(slug)
  }
}
