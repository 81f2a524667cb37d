import { ActError } from '../world/act-error.ts'
import { getBot } from '../world/bot-accounts.ts'
import { parseStartLink } from '../world/start-link.ts'
import type { StartLink } from '../world/start-link.ts'
import type { Bot, Person } from '../world/user.ts'
import { findBot } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { getChat } from './find.ts'

/** Which Start is pressed: of a bot, of a link, or the one a chat shows. */
export type StartChoice =
  | { readonly bot: number | string; readonly parameter?: string }
  | { readonly link: string }
  | { readonly chat: string }

/** @throws {ActError} when the link is none of Telegram's or its bot is not here. */
export function resolveLink(world: World, link: string): { bot: Bot; start: StartLink } {
  const start = parseStartLink(link)
  const bot = start && findBot(world, start.username)
  if (start === undefined || bot === undefined) throw new ActError(404, `the link ${link} leads to no bot`)
  return { bot, start }
}

export function resolveStart(
  world: World,
  person: Person,
  choice: StartChoice,
): { bot: Bot; parameter: string } {
  if ('link' in choice) {
    const { bot, start } = resolveLink(world, choice.link)
    return { bot, parameter: start.parameter }
  }
  if ('bot' in choice)
    return { bot: getBot(world, choice.bot), parameter: checkParameter(choice.parameter ?? '') }
  const chat = getChat(world, choice.chat)
  if (chat.kind !== 'private' || chat.person !== person)
    throw new ActError(409, 'the chat has no Start button')
  return { bot: chat.bot, parameter: chat.startParameter ?? '' }
}

function checkParameter(parameter: string): string {
  if (/^[\w-]{0,64}$/.test(parameter)) return parameter
  throw new ActError(400, 'a start parameter is up to 64 of A-Z, a-z, 0-9, _ and -')
}
