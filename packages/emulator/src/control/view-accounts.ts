import { DEFAULT_SCOPE } from '../methods/bot-commands.ts'
import type { Bot, Person } from '../world/user.ts'
import type { BotView, PersonView } from './views.ts'

export function viewBot(bot: Bot): BotView {
  return {
    id: bot.id,
    token: bot.token ?? '',
    username: bot.username,
    name: bot.name,
    description: bot.description,
    short_description: bot.shortDescription,
    link: `https://t.me/${bot.username}`,
    commands: bot.commands.get('all_private_chats ') ?? bot.commands.get(DEFAULT_SCOPE) ?? [],
    revoked: bot.token === undefined,
    webhook_url: bot.inbox.webhook()?.target.urlText ?? '',
    pending_updates: bot.inbox.pendingCount(),
    reads_all_group_messages: bot.readsAllGroupMessages,
  }
}

export function viewPerson(person: Person): PersonView {
  return {
    id: person.id,
    first_name: person.firstName,
    last_name: person.lastName,
    username: person.username,
    language_code: person.languageCode,
    phone_number: person.phoneNumber,
    deactivated: person.deactivated,
  }
}
