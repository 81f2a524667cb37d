import type { Clock } from '../clock.ts'
import type { Changes } from './changes.ts'
import type { PrivateChat } from './chat.ts'
import { notifyMyChatMember } from './notify.ts'

/**
 * A person starts, blocks or unblocks a bot. The bot is told only of blocking and unblocking, not of the first Start
 * (https://core.telegram.org/bots/api#chatmemberupdated).
 */
export function setPrivateState(
  chat: PrivateChat,
  state: 'started' | 'blocked',
  dependencies: { changes: Changes; clock: Clock },
): void {
  const { changes, clock } = dependencies
  const before = chat.state
  if (before === state) return
  chat.state = state
  const event = { bot: chat.bot, chat, from: chat.person, dateSeconds: clock.nowSeconds() }
  if (before === 'blocked') notifyMyChatMember({ ...event, before: 'kicked', after: 'member' })
  else if (before === 'started') notifyMyChatMember({ ...event, before: 'member', after: 'kicked' })
  changes.emit({ kind: 'chat', chat })
}
