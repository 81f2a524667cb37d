import type { Message } from './message.ts'
import type { Bot } from './user.ts'

/**
 * What a bot sees in a group while privacy mode is on, as it is by default: commands, unless they name another bot,
 * replies to itself, and service messages. An administrator sees everything.
 */
export function isSeenInGroup(message: Message, bot: Bot): boolean {
  const { chat, content } = message
  if (chat.kind === 'private' || chat.kind === 'channel' || bot.readsAllGroupMessages) return true
  if (chat.members.get(bot.id)?.status === 'administrator') return true
  if (message.replyTo?.from === bot) return true
  switch (content.kind) {
    case 'text':
      return isCommandFor(content.formatted.text, bot)
    case 'media':
    case 'contact':
      return false
    case 'service':
      return true
  }
}

function isCommandFor(text: string, bot: Bot): boolean {
  const command = /^\/\w+(?:@(\w+))?/.exec(text)
  if (command === null) return false
  return command[1] === undefined || command[1].toLowerCase() === bot.username.toLowerCase()
}
