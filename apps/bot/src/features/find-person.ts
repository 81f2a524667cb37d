import {
  findContactOfPerson,
  findLiveContact,
  findOnlyContact,
  insertStartContact,
  isOnlyThisPerson,
  mergeContacts,
  type FoundRegistration,
  type LiveContact,
  type OptinLinkAim,
} from '@postino/database'
import type { ChatContext } from '../bot/say.ts'
import { evidenceOf } from './evidence.ts'

/**
 * The contact of whoever presses START: the link's, else the one their chats belong to already, else a new one. Whom only a
 * START had made becomes the link's contact. Undefined when the link's person had everything erased.
 */
export async function findPerson(
  context: ChatContext,
  registration: FoundRegistration | undefined,
  link: OptinLinkAim | undefined,
): Promise<LiveContact | undefined> {
  const { database, shop, chat } = context
  const current =
    registration === undefined
      ? await findContactOfPerson(database, shop.shopId, chat.id)
      : await findLiveContact(database, shop.shopId, registration.contactId)
  if (link?.contactId !== undefined) {
    const contact = await findLiveContact(database, shop.shopId, link.contactId)
    if (contact === undefined) return undefined
    await become(context, { current, contact, matchedBy: 'link' })
    return contact
  }
  if (link?.email !== undefined) {
    // Whom a START had made may have this mailbox already, by a mail before the shop knew them.
    const exceptId = current?.origin === 'start' ? current.id : undefined
    const contact = await findOnlyContact(database, shop.shopId, { email: link.email, exceptId })
    if (contact !== undefined) {
      await become(context, { current, contact, matchedBy: 'email' })
      return contact
    }
  }
  return current ?? (await insertStartContact(database, shop.shopId))
}

/** A contact that only this person's START had made is one with the contact they turned out to be. */
export async function become(
  context: ChatContext,
  person: { current: LiveContact | undefined; contact: LiveContact; matchedBy: 'link' | 'email' | 'phone' },
): Promise<boolean> {
  const { database, shop, chat } = context
  const { current, contact, matchedBy } = person
  if (current === undefined || current.id === contact.id) return false
  const isTheirs = { contactId: current.id, telegramUserId: chat.id }
  if (!(await isOnlyThisPerson(database, shop.shopId, isTheirs))) return false
  const { status } = await mergeContacts(database, shop.shopId, {
    fromContactId: current.id,
    intoContactId: contact.id,
    matchedBy,
    actor: 'contact',
    evidence: evidenceOf(context),
  })
  return status === 'merged'
}
