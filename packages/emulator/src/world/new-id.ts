import { ActError } from './act-error.ts'
import type { Bot, Person } from './user.ts'
import type { World } from './world.ts'

/** The wanted id, or the first free one from `first` on. People and bots share their ids. */
export function takeId(world: World, first: number, wanted: number | undefined): number {
  if (wanted !== undefined) {
    if (!Number.isSafeInteger(wanted) || wanted <= 0) throw new ActError(400, 'an id is a positive integer')
    if (world.bots.has(wanted) || world.people.has(wanted))
      throw new ActError(409, `the id ${wanted} is taken`)
    return wanted
  }
  let id = world.nextIds.get(first) ?? first
  while (world.bots.has(id) || world.people.has(id)) id += 1
  world.nextIds.set(first, id)
  return id
}

/** The username without `@`. `owner` may keep the one it has. */
export function takeUsername(world: World, username: string, owner?: Bot | Person): string {
  const wanted = username.replace(/^@/, '')
  const account = world.usernames.get(wanted.toLowerCase())
  if (account !== undefined && account !== owner) throw new ActError(409, `the username ${wanted} is taken`)
  return wanted
}
