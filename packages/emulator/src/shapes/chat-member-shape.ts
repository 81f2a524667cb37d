import type { GroupChat, MemberStatus } from '../world/chat.ts'
import type { User } from '../world/user.ts'
import { userShape } from './user-shape.ts'

/** The Bot API's ChatMember (https://core.telegram.org/bots/api#chatmember). */
export function chatMemberShape(
  user: User,
  status: MemberStatus,
  chatKind: GroupChat['kind'] | 'private',
): Record<string, unknown> {
  const member = { user: userShape(user), status }
  switch (status) {
    case 'creator':
      return { ...member, is_anonymous: false }
    case 'administrator':
      return {
        ...member,
        can_be_edited: false,
        ...administratorRights(chatKind),
        can_manage_voice_chats: true,
      }
    case 'kicked':
      return { ...member, until_date: 0 }
    case 'member':
    case 'left':
      return member
  }
}

function administratorRights(chatKind: GroupChat['kind'] | 'private'): Record<string, boolean | undefined> {
  const inChannel = chatKind === 'channel' ? true : undefined
  const inGroup = chatKind === 'channel' ? undefined : true
  return {
    can_manage_chat: true,
    can_change_info: true,
    can_post_messages: inChannel,
    can_edit_messages: inChannel,
    can_delete_messages: true,
    can_invite_users: true,
    can_restrict_members: true,
    can_pin_messages: inGroup,
    can_manage_topics: chatKind === 'supergroup' ? false : undefined,
    can_promote_members: false,
    can_manage_video_chats: true,
    can_post_stories: false,
    can_edit_stories: false,
    can_delete_stories: false,
    can_manage_direct_messages: inChannel === undefined ? undefined : false,
    can_manage_tags: inGroup === undefined ? undefined : false,
    is_anonymous: false,
  }
}
