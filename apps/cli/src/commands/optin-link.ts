import { findContact, insertOptinLink, listBotsOfShop, type Database } from '@postino/database'
import { PURPOSES, type Purpose } from '@postino/domain'
import { CommandFailure } from '../command-failure.ts'

/** A link that binds whoever presses Start in it to the contact, once, and then asks for the given purposes. */
export async function createOptinLink(
  database: Database,
  shopId: string,
  link: {
    contact: string
    bot?: string
    purposes: readonly Purpose[]
    source: string
    expiresInSeconds: number
  },
): Promise<string> {
  const contact = await findContact(database, shopId, link.contact)
  if (contact === undefined) {
    throw new CommandFailure(`the shop has no contact ${link.contact}; add it with: postino contact add`)
  }
  const bots = await listBotsOfShop(database, shopId)
  const bot =
    link.bot === undefined ? bots[0] : bots.find(({ username }) => username === link.bot?.replace(/^@/, ''))
  if (bot === undefined) throw new CommandFailure('the shop has no such bot; add one with: postino bot add')
  const { token } = await insertOptinLink(database, shopId, {
    botId: bot.id,
    contactId: contact.id,
    purposes: link.purposes,
    source: link.source,
    expiresInSeconds: link.expiresInSeconds,
  })
  return `https://t.me/${bot.username}?start=${token}`
}

/** `order_updates,messages` as purposes; all of them when nothing is said. */
export function parsePurposes(text: string | undefined): readonly Purpose[] {
  if (text === undefined) return PURPOSES
  return text.split(',').map((name) => {
    const purpose = PURPOSES.find((known) => known === name.trim())
    if (purpose === undefined) {
      throw new CommandFailure(`${name} is no purpose; choose from ${PURPOSES.join(', ')}`)
    }
    return purpose
  })
}

/** `90s`, `30m`, `12h` or `7d` in seconds. */
export function parseDuration(text: string): number {
  const match = /^(\d{1,6})([smhd])$/.exec(text)
  const seconds = { s: 1, m: 60, h: 3_600, d: 86_400 }[match?.[2] ?? '']
  if (match === null || seconds === undefined) {
    throw new CommandFailure(`${text} is no duration; write 90s, 30m, 12h or 7d`)
  }
  return Number(match[1]) * seconds
}
