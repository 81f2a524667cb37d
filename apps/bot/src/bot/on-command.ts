import type { Composer } from 'grammy'
import { readCommand, type Command } from '../texts/read-command.ts'
import type { CommandName } from '../texts/texts.ts'
import type { BotContext } from './bot-context.ts'
import type { ChatContext } from './say.ts'

/** A message from a private chat. */
export type MessageContext = ChatContext & { msg: { date: number } }

/** Acts on a command, with its slash or by a word of any language, from a private chat. */
export function onCommand(
  composer: Composer<BotContext>,
  name: CommandName,
  act: (context: MessageContext, command: Command) => Promise<void>,
): void {
  composer.chatType('private').on('message', async (context, next) => {
    const { text, caption = '' } = context.msg
    const command = readCommand(text ?? caption, context.me.username)
    if (command?.name !== name) return await next()
    await act(context, command)
  })
}
