import { findGroup, type Database, type Group } from '@postino/database'
import { CommandFailure } from './failures/command-failure.ts'

/** @throws CommandFailure when the shop has no group of this keyword */
export async function getGroup(database: Database, shopId: string, keyword: string): Promise<Group> {
  const group = await findGroup(database, shopId, { keyword })
  if (group === undefined)
    throw new CommandFailure(`the shop has no group ${keyword}: postino group list shows those it has`)
  return group
}
