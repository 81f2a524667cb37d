import type { MessageContent } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'
import { insertOptinLink } from '../optin/optin-links.ts'
import type { BotReplacement } from './bot-replacements.ts'
import { insertInvitations, type Invitation } from './insert-invitations.ts'
import { listPeopleToInvite, type PersonToInvite } from './people-to-invite.ts'
import { rightToInvite } from './right-to-invite.ts'

export interface InviteOptions {
  /** So many bulk messages may wait for the old bot, whatever they are. */
  mostWaiting: number
  linkLastsSeconds: number
  compose: (person: PersonToInvite, token: string) => MessageContent
}

/**
 * Puts the next invitations into the old bot's queue, as far as there is room in it, and tells how many. Whom it looks at and
 * what it queues is one transaction, so that nobody is invited twice, whatever breaks off and whoever else is at it; undefined
 * when another process is. Who may not be written to gets a message that ends at once and says why.
 */
export async function invitePeople(
  db: Database,
  replacement: BotReplacement,
  options: InviteOptions,
): Promise<number | undefined> {
  return await inTransaction(db, async (trx) => {
    const after = await lockReplacement(trx, replacement)
    if (after === undefined) return undefined
    const room = options.mostWaiting - (await countWaiting(trx, replacement, options.mostWaiting))
    if (room <= 0) return 0
    const people = await listPeopleToInvite(trx, replacement, { after, limit: room })
    const invitations: Invitation[] = []
    for (const person of people) {
      if (!person.hasMoved) invitations.push(await invite(trx, replacement, { person, options }))
    }
    await insertInvitations(trx, replacement, invitations)
    await advance(trx, replacement, {
      upTo: people.at(-1)?.registrationId ?? after,
      isLast: people.length < room,
    })
    return invitations.filter((invitation) => 'content' in invitation).length
  })
}

async function invite(
  trx: Database,
  { shopId, id, newBotId }: BotReplacement,
  { person, options }: { person: PersonToInvite; options: InviteOptions },
): Promise<Invitation> {
  const { registrationId, contactId, chatId, recipient, offeredPurposes } = person
  const { purpose, reason } = rightToInvite(person)
  const address = { registrationId, contactId, chatId, recipient, purpose }
  if (reason !== undefined) return { ...address, reason }
  const { token } = await insertOptinLink(trx, shopId, {
    botId: newBotId,
    contactId,
    purposes: offeredPurposes,
    source: 'bot_dialog',
    replacementId: id,
    expiresInSeconds: options.linkLastsSeconds,
  })
  return { ...address, content: options.compose(person, token) }
}

/** The last registration that was looked at; undefined while another process looks, or when all is over. */
async function lockReplacement(trx: Database, { shopId, id }: BotReplacement): Promise<string | undefined> {
  const { rows } = await sql<{ invitedUpTo: string }>`
    select invited_up_to as "invitedUpTo" from bot_replacements
    where shop_id = ${shopId} and id = ${id} and ended_at is null for update skip locked`.execute(trx)
  return rows[0]?.invitedUpTo
}

/** Also what else waits in this lane: an invitation behind a million messages would be old when it leaves. */
async function countWaiting(trx: Database, { oldBotId }: BotReplacement, limit: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from messages where bot_id = ${oldBotId} and status = 'queued' and lane = 2 limit ${limit}) waiting`.execute(
    trx,
  )
  return rows[0]?.count ?? 0
}

async function advance(
  trx: Database,
  { shopId, id }: BotReplacement,
  { upTo, isLast }: { upTo: string; isLast: boolean },
): Promise<void> {
  await sql`
    update bot_replacements set invited_up_to = ${upTo},
      invited_at = case when ${isLast} then coalesce(invited_at, now()) else invited_at end
    where shop_id = ${shopId} and id = ${id}`.execute(trx)
}
