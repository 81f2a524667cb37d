import type { Parameters } from '../http/parameters.ts'
import { chatIdOf } from '../world/chat.ts'
import type { Changes } from '../world/changes.ts'
import type { Bot, BotCommand } from '../world/user.ts'
import type { World } from '../world/world.ts'
import { findChat } from './find-chat.ts'
import {
  failField,
  isObject,
  parseJson,
  requiredInteger,
  requiredString,
  within,
} from './input/json-object.ts'
import { done, DONE_TRUE } from './method.ts'
import type { Methods } from './method.ts'
import { refuse } from './refused-error.ts'

const MAX_COMMANDS = 100
const MAX_NAME_LENGTH = 32
const MAX_DESCRIPTION_LENGTH = 256
const GENERAL_SCOPES = new Set(['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'])
const CHAT_SCOPES = new Set(['chat', 'chat_administrators', 'chat_member'])

/** The key under which commands for everybody are kept. */
export const DEFAULT_SCOPE = 'default '

/** setMyCommands, getMyCommands, deleteMyCommands: https://core.telegram.org/bots/api#setmycommands */
export function createBotCommands(dependencies: { world: World; changes: Changes }): Methods {
  const { world, changes } = dependencies

  return {
    setMyCommands({ bot, parameters }) {
      const commands = parseCommands(parameters.text('commands'))
      const key = scopeKey(world, bot, parameters)
      bot.commands.set(key, commands.map(checkCommand))
      changes.emit({ kind: 'bot', bot })
      return DONE_TRUE
    },
    getMyCommands: ({ bot, parameters }) => done(bot.commands.get(scopeKey(world, bot, parameters)) ?? []),
    deleteMyCommands({ bot, parameters }) {
      bot.commands.delete(scopeKey(world, bot, parameters))
      changes.emit({ kind: 'bot', bot })
      return DONE_TRUE
    },
  }
}

function parseCommands(text: string): BotCommand[] {
  if (text === '') return []
  const commands = parseJson(text, "Can't parse commands JSON object")
  if (!Array.isArray(commands)) return refuse('Expected an Array of BotCommand')
  if (commands.length > MAX_COMMANDS) return refuse('BOT_COMMANDS_TOO_MUCH')
  return within("Can't parse BotCommand", () =>
    commands.map((command: unknown) => {
      if (!isObject(command)) return failField('expected an Object')
      return {
        command: requiredString(command, 'command'),
        description: requiredString(command, 'description'),
      }
    }),
  )
}

function checkCommand({ command, description }: BotCommand): BotCommand {
  const name = command.trim().replace(/^\//, '')
  if (name === '') return refuse('Command must be non-empty')
  if (name.length > MAX_NAME_LENGTH) return refuse(`Command length must not exceed ${MAX_NAME_LENGTH}`)
  const told = description.trim()
  if (told === '') return refuse('Command description must be non-empty')
  if (told.length > MAX_DESCRIPTION_LENGTH) {
    return refuse(`Command description length must not exceed ${MAX_DESCRIPTION_LENGTH}`)
  }
  return /^[a-z0-9_]+$/.test(name) ? { command: name, description: told } : refuse('BOT_COMMAND_INVALID')
}

/** Commands are kept by scope and language; a chat's scope has the chat's id in it. */
function scopeKey(world: World, bot: Bot, parameters: Parameters): string {
  const language = parameters.text('language_code')
  if (!/^([a-z]{2})?$/.test(language)) refuse('Invalid language code specified')
  const text = parameters.text('scope')
  if (text === '') return `${DEFAULT_SCOPE}${language}`
  const scope = parseJson(text, "Can't parse BotCommandScope JSON object")

  const { type, chatId, userId } = within("Can't parse BotCommandScope", () => {
    if (!isObject(scope)) return failField('BotCommandScope must be an Object')
    const kind = requiredString(scope, 'type')
    if (GENERAL_SCOPES.has(kind)) return { type: kind, chatId: '', userId: 0 }
    if (!CHAT_SCOPES.has(kind)) return failField('Unsupported type specified')
    const id = requiredString(scope, 'chat_id')
    if (id === '') return failField('Empty chat_id specified')
    const member = kind === 'chat_member' ? requiredInteger(scope, 'user_id') : 0
    return member < 0 ? failField('Invalid user_id specified') : { type: kind, chatId: id, userId: member }
  })
  if (chatId === '') return `${type} ${language}`
  return `${type} ${language} ${chatIdOf(findChat(world, bot, chatId, 'readMembers'))} ${userId}`
}
