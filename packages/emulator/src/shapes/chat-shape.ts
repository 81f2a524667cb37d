import { SEND_PERMISSIONS } from '../world/chat.ts'
import type { Chat, GroupChat, Permissions, PrivateChat } from '../world/chat.ts'

/** The Bot API's Chat (https://core.telegram.org/bots/api#chat), short form. */
export function chatShape(chat: Chat): Record<string, unknown> {
  switch (chat.kind) {
    case 'private':
      return privateShape(chat)
    case 'group':
      return {
        id: chat.id,
        title: chat.title,
        type: 'group',
        all_members_are_administrators: isEverythingPermitted(chat.permissions),
        accepted_gift_types: acceptedGifts(false),
      }
    case 'supergroup':
    case 'channel':
      return { id: chat.id, title: chat.title, username: chat.username || undefined, type: chat.kind }
  }
}

/** ChatFullInfo, as getChat answers. */
export function fullChatShape(chat: Chat): Record<string, unknown> {
  switch (chat.kind) {
    case 'private':
      return {
        ...privateShape(chat),
        can_send_gift: chat.person.deactivated ? undefined : true,
        active_usernames: usernames(chat.person.username),
        accepted_gift_types: acceptedGifts(true),
        ...appearance(chat.person.id),
      }
    case 'group': {
      const { all_members_are_administrators, accepted_gift_types, ...short } = chatShape(chat)
      return {
        ...short,
        permissions: permissionsShape(chat.permissions),
        all_members_are_administrators,
        accepted_gift_types,
        ...appearance(chat.id),
      }
    }
    case 'supergroup':
    case 'channel':
      return { ...chatShape(chat), ...supergroupDetails(chat), ...appearance(chat.id) }
  }
}

function privateShape(chat: PrivateChat): Record<string, unknown> {
  const { person } = chat
  // A deleted account has lost its name; Telegram leaves the field empty.
  if (person.deactivated) return { id: person.id, first_name: '', type: 'private' }
  return {
    id: person.id,
    first_name: person.firstName,
    last_name: person.lastName || undefined,
    username: person.username || undefined,
    type: 'private',
  }
}

function supergroupDetails(chat: GroupChat): Record<string, unknown> {
  return {
    active_usernames: usernames(chat.username),
    permissions: chat.kind === 'supergroup' ? permissionsShape(chat.permissions) : undefined,
    accepted_gift_types: acceptedGifts(false),
  }
}

function usernames(username: string): string[] | undefined {
  return username === '' ? undefined : [username]
}

function appearance(chatId: number): Record<string, unknown> {
  return { max_reaction_count: 11, accent_color_id: Math.abs(chatId) % 7 }
}

function acceptedGifts(accepted: boolean): Record<string, boolean> {
  return {
    unlimited_gifts: accepted,
    limited_gifts: accepted,
    unique_gifts: accepted,
    premium_subscription: accepted,
    gifts_from_channels: accepted,
  }
}

/** ChatPermissions; what the emulator does not tell apart follows the nearest right it knows. */
function permissionsShape(permissions: Permissions): Record<string, boolean> {
  const { can_send_audios, can_send_documents, can_send_photos, can_send_videos } = permissions
  const others = permissions.can_send_other_messages
  return {
    can_send_messages: permissions.can_send_messages,
    can_send_media_messages: can_send_audios || can_send_documents || can_send_photos || can_send_videos,
    can_send_audios,
    can_send_documents,
    can_send_photos,
    can_send_videos,
    can_send_video_notes: others,
    can_send_voice_notes: others,
    can_send_polls: others,
    can_send_other_messages: others,
    can_add_web_page_previews: permissions.can_send_messages,
    can_react_to_messages: true,
    can_edit_tag: false,
    can_change_info: others,
    can_invite_users: true,
    can_pin_messages: others,
    can_manage_topics: others,
  }
}

function isEverythingPermitted(permissions: Permissions): boolean {
  return SEND_PERMISSIONS.every((permission) => permissions[permission])
}
