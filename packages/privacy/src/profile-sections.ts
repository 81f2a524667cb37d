import type { ContactExport } from '@postino/database'
import { html, type Html } from './html.ts'
import type { Page } from './page.ts'

type Contact = ContactExport['contact']

export function profile(page: Page, contact: Contact): Html {
  const { time } = page
  const attributes = Object.entries(contact.attributes).map(([name, value]) => `${name}: ${String(value)}`)
  return page.rows({
    externalId: contact.external_id,
    name: [contact.first_name, contact.last_name].filter((name) => name !== null).join(' '),
    language: contact.locale,
    timeZone: contact.time_zone,
    phone: withProof(page, contact.phone, contact.phone_verified_at),
    email: withProof(page, contact.email, contact.email_verified_at),
    birthday: contact.birthday,
    attributes: attributes.join('; '),
    origin: contact.origin,
    agreed: page.purposes(contact.granted_purposes),
    withdrawn: page.purposes(contact.withdrawn_purposes),
    createdAt: time(contact.created_at),
    changedAt: time(contact.updated_at),
    erasedAt: time(contact.erased_at),
  })
}

function withProof({ texts, time }: Page, value: string | null, verifiedAt: string | null): Html | string {
  if (value === null) return ''
  if (verifiedAt === null) return value
  return html`${value} (${texts.fields.verifiedAt.toLowerCase()}: ${time(verifiedAt)})`
}

export function chat(page: Page, registration: ContactExport['registrations'][number]): Html {
  const { telegram_username: username, telegram_name: name, bot } = registration
  return page.rows({
    bot: `${bot.name} (@${bot.username})`,
    status: page.status(registration.status),
    since: page.time(registration.status_changed_at),
    username: [name, username === null ? null : `@${username}`].filter((part) => part !== null).join(' '),
    userId: registration.telegram_user_id,
    chatId: registration.chat_id,
    language: registration.language_code,
    source: registration.source,
    tester: registration.is_tester && page.texts.yes,
    createdAt: page.time(registration.created_at),
  })
}

export function group(page: Page, membership: ContactExport['groups'][number]): Html {
  return page.rows({
    name: `${membership.name} (${membership.keyword})`,
    source: membership.source,
    joinedAt: page.time(membership.joined_at),
    leftAt: page.time(membership.left_at),
  })
}

export function link(page: Page, optinLink: ContactExport['optin_links'][number]): Html {
  return page.rows({
    bot: `@${optinLink.bot}`,
    purpose: page.purposes(optinLink.purposes),
    source: optinLink.source,
    email: optinLink.email,
    createdAt: page.time(optinLink.created_at),
    expiresAt: page.time(optinLink.expires_at),
    usedAt: page.time(optinLink.used_at),
  })
}

export function merge(page: Page, each: ContactExport['merges'][number]): Html {
  return page.rows({
    matchedBy: each.matched_by,
    actor: each.actor,
    recordedAt: page.time(each.merged_at),
  })
}
