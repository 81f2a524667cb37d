import type { Clock } from '../clock.ts'
import { currentMembers } from './chat.ts'
import type { GroupChat, MemberStatus } from './chat.ts'
import { notifyMyChatMember } from './notify.ts'
import type { User } from './user.ts'
import { privateChatOf } from './world.ts'

/** Changes somebody's standing in a group. A bot learns of its own. */
export function setMemberStatus(
  group: GroupChat,
  user: User,
  change: { by: User; status: MemberStatus; clock: Clock },
): void {
  const before = group.members.get(user.id)?.status ?? 'left'
  const { by, status, clock } = change
  group.members.set(user.id, { user, status })
  if (before === status) return
  if (user.kind === 'bot') {
    const dateSeconds = clock.nowSeconds()
    notifyMyChatMember({ bot: user, chat: group, from: by, before, after: status, dateSeconds })
  }
  introduceEverybody(group)
}

/** A bot knows everybody it shares a group with, though it may not write to them first. */
function introduceEverybody(group: GroupChat): void {
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
