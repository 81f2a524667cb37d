import type { NewBot } from '../world/bot-accounts.ts'
import type { NewPerson } from '../world/person-accounts.ts'
import { ActError } from '../world/act-error.ts'
import { SEND_PERMISSIONS } from '../world/chat.ts'
import type { GroupChat, Permissions } from '../world/chat.ts'
import type { Contact } from '../world/message.ts'
import type { ButtonChoice } from '../world/press-button.ts'
import type { UrlDescription } from '../emulator.ts'
import type { GroupsControl } from './groups-control.ts'
import {
  integer,
  optionalBoolean,
  optionalInteger,
  optionalObject,
  optionalText,
  reference,
  text,
} from './fields.ts'
import type { Fields } from './fields.ts'
import type { StartChoice } from './links.ts'

/** Bodies of control requests as the in-process functions take them. */
export function parseNewBot(fields: Fields): NewBot {
  return {
    id: optionalInteger(fields, 'id'),
    token: optionalText(fields, 'token'),
    username: optionalText(fields, 'username'),
    name: optionalText(fields, 'name'),
    reads_all_group_messages: optionalBoolean(fields, 'reads_all_group_messages'),
  }
}

export function parseNewPerson(fields: Fields): NewPerson {
  return {
    id: optionalInteger(fields, 'id'),
    first_name: optionalText(fields, 'first_name'),
    last_name: optionalText(fields, 'last_name'),
    username: optionalText(fields, 'username'),
    language_code: optionalText(fields, 'language_code'),
    phone_number: optionalText(fields, 'phone_number'),
  }
}

export function parseStart(fields: Fields): StartChoice {
  const link = optionalText(fields, 'link')
  if (link !== undefined) return { link }
  const chat = optionalText(fields, 'chat')
  if (chat !== undefined) return { chat }
  return { bot: reference(fields, 'bot'), parameter: optionalText(fields, 'parameter') ?? '' }
}

export function parseButton(fields: Fields): ButtonChoice {
  const button = optionalObject(fields, 'button')
  if (button === undefined) throw new ActError(400, '"button" must be an object')
  return {
    text: optionalText(button, 'text'),
    data: optionalText(button, 'data'),
    row: optionalInteger(button, 'row'),
    column: optionalInteger(button, 'column'),
  }
}

export function parseContact(contact: Fields): Contact {
  return {
    phone_number: text(contact, 'phone_number'),
    first_name: text(contact, 'first_name'),
    last_name: optionalText(contact, 'last_name'),
    vcard: optionalText(contact, 'vcard'),
    user_id: optionalInteger(contact, 'user_id'),
  }
}

const GROUP_KINDS: readonly GroupChat['kind'][] = ['group', 'supergroup', 'channel']

export function parseNewGroup(fields: Fields): Parameters<GroupsControl['create']>[0] {
  const kind = optionalText(fields, 'kind') ?? 'group'
  const known = GROUP_KINDS.find((each) => each === kind)
  if (known === undefined) throw new ActError(400, '"kind" must be group, supergroup or channel')
  const members = fields['members'] ?? []
  if (!Array.isArray(members)) throw new ActError(400, '"members" must be an array of ids')
  return {
    title: text(fields, 'title'),
    kind: known,
    creator: integer(fields, 'creator'),
    members: members.map((id: unknown) => integer({ member: id }, 'member')),
    username: optionalText(fields, 'username') ?? '',
  }
}

export function parseGroupChange(fields: Fields): Parameters<GroupsControl['add']>[1] {
  const parameter = optionalText(fields, 'parameter')
  return {
    member: reference(fields, 'member'),
    by: integer(fields, 'by'),
    status: optionalText(fields, 'status') === 'administrator' ? 'administrator' : 'member',
    ...(parameter === undefined ? {} : { parameter }),
  }
}

export function parseRights(fields: Fields): Partial<Permissions> {
  const known = SEND_PERMISSIONS.map((name) => [name, optionalBoolean(fields, name)] as const)
  return Object.fromEntries(known.filter(([, value]) => value !== undefined))
}

export function parseUrl(fields: Fields): UrlDescription {
  const url = text(fields, 'url')
  if (!URL.canParse(url)) throw new ActError(400, '"url" must be an address')
  const sizes = ['status', 'size_bytes', 'width', 'height'].map(
    (name) => [name, optionalInteger(fields, name)] as const,
  )
  const contentType = optionalText(fields, 'content_type')
  return {
    url,
    ...Object.fromEntries(sizes.filter(([, value]) => value !== undefined)),
    ...(contentType === undefined ? {} : { content_type: contentType }),
  }
}
