import type { Bot, User } from '../world/user.ts'

export interface UserShape {
  readonly id: number
  readonly is_bot: boolean
  readonly first_name: string
  readonly last_name?: string | undefined
  readonly username?: string | undefined
  readonly language_code?: string | undefined
}

/** The Bot API's User (https://core.telegram.org/bots/api#user). Absent fields are `undefined`, which JSON drops. */
export function userShape(user: User): UserShape {
  const isBot = user.kind === 'bot'
  return {
    id: user.id,
    is_bot: isBot,
    first_name: isBot ? user.name : user.firstName,
    last_name: isBot ? undefined : user.lastName || undefined,
    username: user.username || undefined,
    language_code: isBot ? undefined : user.languageCode || undefined,
  }
}

/** What getMe answers: the bot with its abilities. */
export function ownShape(bot: Bot): UserShape & Record<string, unknown> {
  return {
    ...userShape(bot),
    can_join_groups: true,
    can_read_all_group_messages: bot.readsAllGroupMessages,
    supports_inline_queries: false,
    supports_guest_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  }
}
