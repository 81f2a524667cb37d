import assert from 'node:assert/strict'
import type { Clock } from '../clock.ts'
import type { Changes } from './changes.ts'
import { ALL_PERMITTED, isMember } from './chat.ts'
import type { GroupChat, Permissions } from './chat.ts'
import { setMemberStatus } from './membership.ts'
import type { ServiceEvent } from './message.ts'
import { notifyMessage } from './notify.ts'
import type { MessageBook } from './post-message.ts'
import type { Person, User } from './user.ts'
import type { World } from './world.ts'

/** What happens to groups, supergroups and channels. Service messages and updates follow by themselves. */
export interface Groups {
  create(group: { title: string; kind: GroupChat['kind']; creator: Person; username: string }): GroupChat
  add(group: GroupChat, change: { member: User; by: Person; status: 'member' | 'administrator' }): void
  remove(group: GroupChat, change: { member: User; by: Person }): void
  leave(group: GroupChat, user: User): void
  setPermissions(group: GroupChat, permissions: Permissions): void
  /** Turns a basic group into a supergroup with a new id; the old one stays behind as a signpost. */
  migrate(group: GroupChat): GroupChat
  delete(group: GroupChat): void
}

export function createGroups(dependencies: {
  world: World
  book: MessageBook
  changes: Changes
  clock: Clock
}): Groups {
  const { world, book, changes, clock } = dependencies

  function tell(group: GroupChat, from: User, event: ServiceEvent): void {
    if (group.kind === 'channel') return
    notifyMessage(book.post({ chat: group, from, content: { kind: 'service', event } }))
  }

  const announce = (chat: GroupChat): void => changes.emit({ kind: 'chat', chat })

  return {
    create({ creator, ...group }) {
      const created = openGroup(world, group)
      created.members.set(creator.id, { user: creator, status: 'creator' })
      tell(created, creator, { kind: 'groupCreated' })
      announce(created)
      return created
    },
    add(group, { member, by, status }) {
      const wasMember = isMember(group, member.id)
      setMemberStatus(group, member, { by, status, clock })
      if (!wasMember) tell(group, by, { kind: 'membersAdded', users: [member] })
      announce(group)
    },
    remove(group, { member, by }) {
      tell(group, by, { kind: 'memberLeft', user: member })
      setMemberStatus(group, member, { by, status: 'kicked', clock })
      announce(group)
    },
    leave(group, user) {
      if (!isMember(group, user.id)) return
      tell(group, user, { kind: 'memberLeft', user })
      setMemberStatus(group, user, { by: user, status: 'left', clock })
      announce(group)
    },
    setPermissions(group, permissions) {
      group.permissions = permissions
      announce(group)
    },
    migrate(group) {
      const by = ownerOf(group)
      const { title, username, permissions } = group
      const target = openGroup(world, { kind: 'supergroup', title, username })
      target.permissions = permissions
      for (const [id, member] of group.members) target.members.set(id, { ...member })
      tell(group, by, { kind: 'migratedTo', target })
      group.migratedTo = target
      tell(target, by, { kind: 'migratedFrom', source: group })
      announce(group)
      announce(target)
      return target
    },
    delete(group) {
      group.deleted = true
      announce(group)
    },
  }
}

function openGroup(world: World, group: Pick<GroupChat, 'kind' | 'title' | 'username'>): GroupChat {
  const opened: GroupChat = {
    ...group,
    id: nextId(world, group.kind),
    members: new Map(),
    permissions: ALL_PERMITTED,
    migratedTo: undefined,
    deleted: false,
    lastMessageId: 0,
    byId: new Map(),
    byBotAndId: new Map(),
    keyboard: undefined,
    messages: [],
    messageCount: 0,
  }
  world.groups.set(opened.id, opened)
  return opened
}

function ownerOf(group: GroupChat): User {
  const members = [...group.members.values()]
  const owner = members.find(({ status }) => status === 'creator') ?? members[0]
  assert(owner, 'a group begins with its creator, and whoever leaves stays on its list')
  return owner.user
}

/** Supergroups and channels have ids of their own kind: -100 before the number. */
const FIRST_SUPERGROUP_ID = -1_001_000_000_001
const FIRST_GROUP_ID = -4001

function nextId(world: World, kind: GroupChat['kind']): number {
  let id = kind === 'group' ? FIRST_GROUP_ID : FIRST_SUPERGROUP_ID
  while (world.groups.has(id)) id -= 1
  return id
}
