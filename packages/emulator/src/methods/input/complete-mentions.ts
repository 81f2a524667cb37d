import type { MentionedUser, MessageEntity } from '../../html/entity.ts'
import { userShape } from '../../shapes/user-shape.ts'
import type { FormattedText } from '../../world/message.ts'
import type { Bot, User } from '../../world/user.ts'
import type { World } from '../../world/world.ts'

/** Puts the whole User into mentions by id; a mention of somebody the bot never met is only text. */
export function completeMentions(formatted: FormattedText, bot: Bot, world: World): FormattedText {
  if (!formatted.entities.some((entity) => entity.type === 'text_mention')) return formatted
  const entities = formatted.entities.flatMap((entity): MessageEntity[] => {
    if (entity.type !== 'text_mention') return [entity]
    const user = world.people.get(entity.user.id) ?? world.bots.get(entity.user.id)
    const isKnown = user === bot || (bot.privateChats.get(entity.user.id)?.state ?? 'unknown') !== 'unknown'
    return user !== undefined && isKnown ? [{ ...entity, user: mentioned(user) }] : []
  })
  return { text: formatted.text, entities }
}

function mentioned(user: User): MentionedUser {
  const { id, is_bot, first_name, last_name, username, language_code } = userShape(user)
  return {
    id,
    is_bot,
    first_name,
    ...(last_name === undefined ? {} : { last_name }),
    ...(username === undefined ? {} : { username }),
    ...(language_code === undefined ? {} : { language_code }),
  }
}
