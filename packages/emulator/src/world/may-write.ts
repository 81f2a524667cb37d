import { ActError } from './act-error.ts'
import { chatReference, isMember } from './chat.ts'
import type { Chat, GroupChat } from './chat.ts'
import type { Person } from './user.ts'

/** @throws {ActError} when the person's phone would not let them write here. */
export function requireMayWrite(person: Person, chat: Chat): void {
  if (chat.kind !== 'private') {
    requireMember(chat, person)
    const status = chat.members.get(person.id)?.status
    const isReader = chat.kind === 'channel' && status === 'member'
    const isMuted = status === 'member' && !chat.permissions.can_send_messages
    if (isReader || isMuted) throw new ActError(409, 'the person may not write here')
    return
  }
  if (chat.person !== person) throw new ActError(409, `the chat ${chatReference(chat)} is another person's`)
  if (chat.state === 'blocked') throw new ActError(409, 'the bot is blocked; unblock it first')
  if (chat.state !== 'started') throw new ActError(409, 'Start has to be pressed first')
}

export function requireMember(group: GroupChat, person: Person): void {
  if (!isMember(group, person.id)) throw new ActError(409, 'the person is not a member of this chat')
  if (group.deleted || group.migratedTo !== undefined) throw new ActError(409, 'the group is no more')
}
