import type { MessageEntity } from '../html/entity.ts'
import { chatIdOf } from '../world/chat.ts'
import type { Message, MessageContent, ServiceEvent } from '../world/message.ts'
import { messageIdFor } from '../world/message.ts'
import type { Bot } from '../world/user.ts'
import { chatShape } from './chat-shape.ts'
import { mediaFields } from './media-shape.ts'
import { userShape } from './user-shape.ts'

/** The Bot API's Message as one bot sees it, its keys in the order of the real server. */
export function messageShape(
  message: Message,
  bot: Bot,
  options = { withReply: true },
): Record<string, unknown> {
  const chat = chatShape(message.chat)
  const replyTo = options.withReply && message.replyTo?.deleted === false ? message.replyTo : undefined
  return {
    message_id: messageIdFor(message, bot),
    from: message.from && userShape(message.from),
    sender_chat: message.from === undefined ? chat : undefined,
    chat,
    date: message.dateSeconds,
    edit_date: message.editDateSeconds,
    reply_to_message: replyTo && messageShape(replyTo, bot, { withReply: false }),
    media_group_id: message.mediaGroupId,
    ...contentFields(message.content, bot),
    reply_markup: message.inlineKeyboard && { inline_keyboard: message.inlineKeyboard },
    has_protected_content: message.protectedContent || undefined,
    effect_id: message.effectId,
  }
}

/** What stands in a callback query for a message that is gone. */
export function inaccessibleShape(message: Message, bot: Bot): Record<string, unknown> {
  return { message_id: messageIdFor(message, bot), chat: chatShape(message.chat), date: 0 }
}

function contentFields(content: MessageContent, bot: Bot): Record<string, unknown> {
  switch (content.kind) {
    case 'text':
      return {
        text: content.formatted.text,
        entities: nonEmpty(content.formatted.entities),
        link_preview_options: content.linkPreviewOptions,
      }
    case 'media': {
      const { text, entities } = content.caption
      return {
        ...mediaFields(content.file, bot.id),
        caption: text || undefined,
        caption_entities: nonEmpty(entities),
        show_caption_above_media: (text !== '' && content.showCaptionAboveMedia) || undefined,
        has_media_spoiler: content.hasSpoiler || undefined,
      }
    }
    case 'contact': {
      const { phone_number, first_name, last_name, vcard, user_id } = content.contact
      return { contact: { phone_number, first_name, last_name, vcard, user_id } }
    }
    case 'service':
      return serviceFields(content.event)
  }
}

function serviceFields(event: ServiceEvent): Record<string, unknown> {
  switch (event.kind) {
    case 'membersAdded': {
      const users = event.users.map(userShape)
      return { new_chat_participant: users[0], new_chat_member: users[0], new_chat_members: users }
    }
    case 'memberLeft': {
      const user = userShape(event.user)
      return { left_chat_participant: user, left_chat_member: user }
    }
    case 'groupCreated':
      return { group_chat_created: true }
    case 'migratedTo':
      return { migrate_to_chat_id: chatIdOf(event.target) }
    case 'migratedFrom':
      return { migrate_from_chat_id: chatIdOf(event.source) }
    case 'writeAccessAllowed':
      return { write_access_allowed: { from_request: true } }
  }
}

function nonEmpty(entities: readonly MessageEntity[]): readonly MessageEntity[] | undefined {
  return entities.length === 0 ? undefined : entities
}
