import {
  admitRegistration,
  bindChat,
  closeRegistration,
  completeContact,
  forgetErasure,
  joinGroup,
  markTester,
  noteRegistrationOfLink,
  type FoundRegistration,
} from '@postino/database'
import type { Purpose } from '@postino/domain'
import { escapeHtml } from '@postino/telegram'
import type { MessageContext } from '../bot/on-command.ts'
import { say } from '../bot/say.ts'
import { ask } from './ask.ts'
import { withdrawEverything } from './end-registration.ts'
import { findChat } from './find-chat.ts'
import { findPerson } from './find-person.ts'
import type { WayIn } from './find-way-in.ts'

type OpenWay = Extract<WayIn, { status: 'open' }>

/** Makes the chat a registration of its person's contact, and asks. */
export async function openChat(context: MessageContext, way: OpenWay): Promise<void> {
  if (await bindPerson(context, way)) await ask(context)
}

/**
 * Makes the chat a registration of its person's contact, with all that the way in brings along; false when it does not become
 * one.
 */
export async function bindPerson(context: MessageContext, way: OpenWay): Promise<boolean> {
  const { shop, database, chat, from } = context
  const { link } = way
  const before = await findChat(context)
  const contact = await findPerson(context, before.registration, link)
  if (contact === undefined) {
    say(context, { name: 'no way in', html: escapeHtml(before.texts.linkUnknown) })
    return false
  }
  await forgetErasure(database, shop.shopId, chat.id)
  // Looked at again: the chat may have come to this contact by a merge.
  const { registration } = before.registration === undefined ? before : await findChat(context)
  await clearAway(context, { registration, contactId: contact.id })
  const bound = await bindChat(database, shop.shopId, {
    botId: shop.botId,
    contactId: contact.id,
    chatId: chat.id,
    telegramUserId: chat.id,
    username: from?.username,
    name: from?.first_name,
    languageCode: from?.language_code,
    source: link?.source ?? 'bot_dialog',
    purposes: purposesToAsk(context, { way, registration, contactId: contact.id }),
    update: timeOf(context),
  })
  // A newer update, such as a block, has overtaken this one.
  if (bound === undefined) return false
  const wasOpen = before.registration?.status === 'active'
  await admitRegistration(database, shop.shopId, { registrationId: bound.id, wasOpen })
  await completeContact(database, shop.shopId, {
    contactId: contact.id,
    firstName: from?.first_name,
    lastName: from?.last_name,
    locale: link?.locale,
    provenEmail: link?.email,
  })
  await bringAlong(context, way, { registrationId: bound.id, contactId: contact.id })
  return true
}

/** What a link or a group is for, besides the question. */
async function bringAlong(
  context: MessageContext,
  { link, group }: OpenWay,
  { registrationId, contactId }: { registrationId: string; contactId: string },
): Promise<void> {
  const { shop, database } = context
  if (link !== undefined)
    await noteRegistrationOfLink(database, shop.shopId, { linkId: link.id, registrationId })
  if (link?.makesTester !== true && group === undefined) return
  const { texts } = await findChat(context)
  if (link?.makesTester === true) {
    await markTester(database, shop.shopId, registrationId)
    say(context, { name: 'tester', html: escapeHtml(texts.tester(shop.name)) })
  }
  if (group !== undefined) {
    const outcome = await joinGroup(database, shop.shopId, {
      groupId: group.id,
      contactId,
      source: link?.source ?? 'bot_dialog',
      // What was done elsewhere has no number among Telegram's updates.
      ...(context.proof === undefined && { update: { ...timeOf(context), botId: shop.botId } }),
    })
    if (outcome !== 'overtaken')
      say(context, { name: `group ${group.id}`, html: escapeHtml(texts.groupJoined(group.name)) })
  }
}

function timeOf({ msg, update }: MessageContext) {
  return { date: msg.date, id: update.update_id }
}

/** The link says what is asked; without one it is what was asked before, or the shop's own choice, and what the group is for. */
function purposesToAsk(
  { shop }: MessageContext,
  person: { way: OpenWay; registration: FoundRegistration | undefined; contactId: string },
): readonly Purpose[] {
  const { way, registration, contactId } = person
  // Ticked on a page: that is their choice, whatever else the group is for.
  if (way.link?.evidence['page_version'] !== undefined) return way.link.purposes
  const before = registration?.contactId === contactId ? registration.offeredPurposes : []
  const general = way.link?.purposes ?? (before.length > 0 ? before : shop.purposes)
  return [...general, ...(way.group?.purposes ?? [])]
}

/** Whoever comes back finds nothing switched on; whoever takes a chat over gets nothing that was meant for another. */
async function clearAway(
  context: MessageContext,
  { registration, contactId }: { registration: FoundRegistration | undefined; contactId: string },
): Promise<void> {
  if (registration === undefined) return
  if (registration.contactId !== contactId) {
    await closeRegistration(context.database, context.shop.shopId, {
      registrationId: registration.id,
      status: 'revoked',
      reason: 'not_registered',
      update: timeOf(context),
    })
  } else if (registration.status !== 'active') {
    // The sender closes a registration when Telegram tells it of a block, and leaves the ledger to the bot.
    await withdrawEverything(context, registration, { source: `registration_${registration.status}` })
  }
}
