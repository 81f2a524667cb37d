import assert from 'node:assert/strict'
import type { Clock } from '../clock.ts'
import type { Changes } from './changes.ts'
import { ALL_PERMITTED, currentMembers, isMember } from './chat.ts'
import type { Chat, GroupChat, MemberStatus, Permissions } from './chat.ts'
import type { MessageContent } from './message.ts'
import { notifyMessage, notifyMyChatMember } from './notify.ts'
import type { MessageBook } from './post-message.ts'
import type { Person, User } from './user.ts'
import { privateChatOf } from './world.ts'
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

const FIRST_SUPERGROUP_ID = -1_001_000_000_000
const FIRST_GROUP_ID = -4000

export function createGroups(dependencies: {
  world: World
  book: MessageBook
  changes: Changes
  clock: Clock
}): Groups {
  const { world, book, changes, clock } = dependencies

  function announce(group: GroupChat, from: User, content: MessageContent): void {
    if (group.kind !== 'channel') notifyMessage(book.post({ chat: group, from, content }))
  }

  function setStatus(group: GroupChat, user: User, change: { by: User; status: MemberStatus }): void {
    const before = group.members.get(user.id)?.status ?? 'left'
    group.members.set(user.id, { user, status: change.status })
    if (before === change.status) return
    if (user.kind === 'bot') {
      const event = { bot: user, chat: group, from: change.by, before, after: change.status }
      notifyMyChatMember({ ...event, dateSeconds: clock.nowSeconds() })
    }
    introduce(group)
  }

  function open(group: Pick<GroupChat, 'kind' | 'id' | 'title' | 'username'>): GroupChat {
    const opened: GroupChat = {
      ...group,
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

  const announceChat = (chat: Chat): void => changes.emit({ kind: 'chat', chat })

  return {
    create({ creator, ...group }) {
      const created = open({ ...group, id: nextId(world, group.kind) })
      created.members.set(creator.id, { user: creator, status: 'creator' })
      announce(created, creator, { kind: 'groupCreated' })
      announceChat(created)
      return created
    },
    add(group, { member, by, status }) {
      const wasMember = isMember(group, member.id)
      setStatus(group, member, { by, status })
      if (!wasMember) announce(group, by, { kind: 'membersAdded', users: [member] })
      announceChat(group)
    },
    remove(group, { member, by }) {
      announce(group, by, { kind: 'memberLeft', user: member })
      setStatus(group, member, { by, status: 'kicked' })
      announceChat(group)
    },
    leave(group, user) {
      if (!isMember(group, user.id)) return
      announce(group, user, { kind: 'memberLeft', user })
      setStatus(group, user, { by: user, status: 'left' })
      announceChat(group)
    },
    setPermissions(group, permissions) {
      group.permissions = permissions
      announceChat(group)
    },
    migrate(group) {
      const by = ownerOf(group)
      const { title, username } = group
      const target = open({ kind: 'supergroup', id: nextId(world, 'supergroup'), title, username })
      target.permissions = group.permissions
      for (const [id, member] of group.members) target.members.set(id, { ...member })
      announce(group, by, { kind: 'migratedTo', target })
      group.migratedTo = target
      announce(target, by, { kind: 'migratedFrom', source: group })
      announceChat(group)
      announceChat(target)
      return target
    },
    delete(group) {
      group.deleted = true
      announceChat(group)
    },
  }
}

function ownerOf(group: GroupChat): User {
  const members = [...group.members.values()]
  const owner = members.find(({ status }) => status === 'creator') ?? members[0]
  assert(owner, 'a group begins with its creator, and whoever leaves stays on its list')
  return owner.user
}

/** A bot knows everybody it shares a group with, though it may not write to them first. */
function introduce(group: GroupChat): void {
  const users = currentMembers(group).map(({ user }) => user)
  for (const bot of users) {
    if (bot.kind !== 'bot') continue
    for (const person of users) {
      if (person.kind !== 'person') continue
      const chat = privateChatOf(bot, person)
      if (chat.state === 'unknown') chat.state = 'known'
    }
  }
}

function nextId(world: World, kind: GroupChat['kind']): number {
  const first = kind === 'group' ? FIRST_GROUP_ID : FIRST_SUPERGROUP_ID
  let id = first - 1
  while (world.groups.has(id)) id -= 1
  return id
}
