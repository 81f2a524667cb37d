import { getPerson } from '../world/person-accounts.ts'
import { ActError } from '../world/act-error.ts'
import type { Acts } from '../world/acts.ts'
import type { GroupChat, Permissions } from '../world/chat.ts'
import type { Groups } from '../world/groups.ts'
import type { World } from '../world/world.ts'
import { getGroup, getUser } from './find.ts'
import type { BotReference } from './people-control.ts'
import { viewChat } from './view-chat.ts'
import type { ChatView } from './views.ts'

/** Groups, supergroups and channels. A group is named by its chat reference. */
export interface GroupsControl {
  create(group: {
    title: string
    kind?: GroupChat['kind']
    creator: number
    members?: readonly number[]
    username?: string
  }): { chat: ChatView }
  /** A bot that is added with a parameter gets `/start@bot parameter`, as from a startgroup link. */
  add(
    group: string,
    change: { member: BotReference; by: number; status?: 'member' | 'administrator'; parameter?: string },
  ): { chat: ChatView }
  kick(group: string, change: { member: BotReference; by: number }): { chat: ChatView }
  setRights(group: string, rights: Partial<Permissions>): { chat: ChatView }
  /** Answers the new supergroup. */
  migrate(group: string): { chat: ChatView }
  delete(group: string): { chat: ChatView }
}

export function createGroupsControl(dependencies: {
  world: World
  groups: Groups
  acts: Acts
}): GroupsControl {
  const { world, groups, acts } = dependencies

  return {
    create({ title, kind = 'group', creator, members = [], username = '' }) {
      const owner = getPerson(world, creator)
      const group = groups.create({ title, kind, creator: owner, username })
      for (const id of members) groups.add(group, { member: getUser(world, id), by: owner, status: 'member' })
      return { chat: viewChat(group) }
    },
    add(reference, { member, by, status = 'member', parameter }) {
      const group = getGroup(world, reference)
      const user = getUser(world, member)
      const actor = getPerson(world, by)
      groups.add(group, { member: user, by: actor, status })
      if (user.kind === 'bot' && parameter !== undefined) {
        const link = { kind: 'startgroup', username: user.username, parameter, asAdmin: false } as const
        acts.openInGroup(actor, user, { group, link })
      }
      return { chat: viewChat(group) }
    },
    kick(reference, { member, by }) {
      const group = getGroup(world, reference)
      groups.remove(group, { member: getUser(world, member), by: getPerson(world, by) })
      return { chat: viewChat(group) }
    },
    setRights(reference, rights) {
      const group = getGroup(world, reference)
      groups.setPermissions(group, { ...group.permissions, ...rights })
      return { chat: viewChat(group) }
    },
    migrate(reference) {
      const group = getGroup(world, reference)
      if (group.kind !== 'group' || group.migratedTo !== undefined || group.deleted) {
        throw new ActError(409, 'only a basic group can become a supergroup')
      }
      return { chat: viewChat(groups.migrate(group)) }
    },
    delete(reference) {
      const group = getGroup(world, reference)
      groups.delete(group)
      return { chat: viewChat(group) }
    },
  }
}
