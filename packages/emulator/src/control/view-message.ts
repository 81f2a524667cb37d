import { createUniqueId } from '../files/file-id.ts'
import type { StoredFile } from '../files/stored-file.ts'
import { chatIdOf, chatReference } from '../world/chat.ts'
import type { FormattedText, Message, MessageContent, ServiceEvent } from '../world/message.ts'
import { displayName } from '../world/user.ts'
import type { User } from '../world/user.ts'
import type { MediaView, MessageView, SenderView } from './views.ts'

export function viewMessage(message: Message): MessageView {
  const { chat, from, replyTo } = message
  const botId = chat.kind === 'group' ? from?.id : undefined
  return {
    key: message.key,
    message_id: (botId === undefined ? undefined : message.idByBot?.get(botId)) ?? message.id,
    chat: chatReference(chat),
    date: message.dateSeconds,
    ...(message.editDateSeconds === undefined ? {} : { edit_date: message.editDateSeconds }),
    from: viewSender(message),
    ...viewContent(message.content, from),
    ...(message.mediaGroupId === undefined ? {} : { media_group_id: message.mediaGroupId }),
    ...(replyTo === undefined || replyTo.deleted ? {} : { reply_to: replyTo.key }),
    ...(message.inlineKeyboard === undefined ? {} : { inline_keyboard: message.inlineKeyboard }),
    ...(message.silent ? { silent: true } : {}),
    ...(message.protectedContent ? { protected: true } : {}),
  }
}

function viewSender({ from, chat }: Message): SenderView {
  if (from === undefined) {
    return { id: chatIdOf(chat), is_bot: false, name: chat.kind === 'private' ? '' : chat.title }
  }
  const sender = { id: from.id, is_bot: from.kind === 'bot', name: displayName(from) }
  return from.username === '' ? sender : { ...sender, username: from.username }
}

function viewContent(content: MessageContent, from: User | undefined): Partial<MessageView> {
  switch (content.kind) {
    case 'text':
      return viewText(content.formatted)
    case 'media': {
      const { text, entities } = viewText(content.caption)
      if (text === '') return { media: viewMedia(content.file) }
      return {
        media: viewMedia(content.file),
        caption: text,
        ...(entities && { caption_entities: entities }),
      }
    }
    case 'contact':
      return { contact: { ...content.contact } }
    case 'service':
      return { service: viewService(content.event, from) }
  }
}

function viewText({ text, entities }: FormattedText): Pick<MessageView, 'text' | 'entities'> {
  return entities.length === 0 ? { text } : { text, entities }
}

function viewMedia(file: StoredFile): MediaView {
  const uniqueId = createUniqueId(file)
  return {
    kind: file.kind,
    file_unique_id: uniqueId,
    url: `/emulator/files/${uniqueId}`,
    file_name: file.fileName,
    mime_type: file.mimeType,
    file_size: file.sizeBytes,
    ...(file.width > 0 ? { width: file.width, height: file.height } : {}),
    ...(file.durationSeconds > 0 ? { duration: file.durationSeconds } : {}),
  }
}

/** The grey line in the middle of the phone. */
function viewService(event: ServiceEvent, from: User | undefined): { kind: string; text: string } {
  const actor = from === undefined ? 'Somebody' : displayName(from)
  switch (event.kind) {
    case 'membersAdded': {
      const names = event.users.map(displayName).join(', ')
      return { kind: 'member_joined', text: `${actor} added ${names}` }
    }
    case 'memberLeft': {
      const isOwnWish = event.user === from
      const name = displayName(event.user)
      return { kind: 'member_left', text: isOwnWish ? `${name} left the group` : `${actor} removed ${name}` }
    }
    case 'groupCreated':
      return { kind: 'group_created', text: `${actor} created the group` }
    case 'migratedTo':
      return { kind: 'migrated_to', text: 'The group became a supergroup' }
    case 'migratedFrom':
      return { kind: 'migrated_from', text: 'The group became a supergroup' }
    case 'writeAccessAllowed':
      return { kind: 'write_access_allowed', text: 'You allowed this bot to message you' }
  }
}
