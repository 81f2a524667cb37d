import { createHash, randomBytes } from 'node:crypto'
import type { Purpose } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../create-database.ts'

/** A token for `https://t.me/<bot>?start=<token>`: 128 random bits, kept as a hash only. */
export async function insertOptinLink(
  db: Database,
  shopId: string,
  link: {
    botId: string
    contactId: string
    purposes: readonly Purpose[]
    source: string
    expiresInSeconds: number
  },
): Promise<{ token: string }> {
  const token = randomBytes(16).toString('base64url')
  await db
    .insertInto('optin_links')
    .values({
      shop_id: shopId,
      token_hash: hashToken(token),
      bot_id: link.botId,
      contact_id: link.contactId,
      purposes: [...link.purposes],
      source: link.source,
      expires_at: sql<Date>`now() + ${link.expiresInSeconds} * interval '1 second'`,
    })
    .execute()
  return { token }
}

export type TakenOptinLink =
  | { status: 'taken'; contactId: string; purposes: Purpose[]; source: string }
  | { status: 'used' | 'expired' | 'unknown' }

/** Uses up a token, once; a bot takes only links that were made for it. */
export async function takeOptinLink(
  db: Database,
  shopId: string,
  link: { botId: string; token: string },
): Promise<TakenOptinLink> {
  const tokenHash = hashToken(link.token)
  const taken = await db
    .updateTable('optin_links')
    .set((set) => ({ used_at: set.fn('now') }))
    .where('shop_id', '=', shopId)
    .where('bot_id', '=', link.botId)
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['contact_id as contactId', 'purposes', 'source'])
    .$castTo<{ contactId: string; purposes: Purpose[]; source: string }>()
    .executeTakeFirst()
  if (taken !== undefined) return { status: 'taken', ...taken }
  const found = await db
    .selectFrom('optin_links')
    .select('used_at as usedAt')
    .where('shop_id', '=', shopId)
    .where('bot_id', '=', link.botId)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  if (found === undefined) return { status: 'unknown' }
  return { status: found.usedAt === null ? 'expired' : 'used' }
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
