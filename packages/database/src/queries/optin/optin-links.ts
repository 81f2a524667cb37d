import { createHash, randomBytes } from 'node:crypto'
import type { Purpose } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

export interface NewOptinLink {
  botId: string
  /** Whom it binds; without one, whoever presses START in it becomes a contact. */
  contactId?: string | undefined
  /** The mailbox it is sent to: whoever comes by it has read that mail. */
  email?: string | undefined
  groupId?: string | undefined
  purposes: readonly Purpose[]
  source: string
  makesTester?: boolean
  replacementId?: string | undefined
  locale?: string | undefined
  /** The request that asked for it, for the ledger; nothing personal. */
  evidence?: Record<string, unknown>
  expiresInSeconds: number
}

/** A token for `https://t.me/<bot>?start=<token>`: 128 random bits, kept as a hash only. */
export async function insertOptinLink(
  db: Database,
  shopId: string,
  link: NewOptinLink,
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const token = randomBytes(16).toString('base64url')
  const inserted = await db
    .insertInto('optin_links')
    .values({
      shop_id: shopId,
      token_hash: hashToken(token),
      bot_id: link.botId,
      contact_id: link.contactId ?? null,
      email: link.email ?? null,
      group_id: link.groupId ?? null,
      purposes: [...link.purposes],
      source: link.source,
      makes_tester: link.makesTester ?? false,
      replacement_id: link.replacementId ?? null,
      locale: link.locale ?? null,
      evidence: JSON.stringify(link.evidence ?? {}),
      expires_at: sql<Date>`now() + ${link.expiresInSeconds} * interval '1 second'`,
    })
    .returning(['id', 'expires_at as expiresAt'])
    .executeTakeFirstOrThrow()
  return { ...inserted, token }
}

/** What a link was made for. */
export interface OptinLinkAim {
  id: string
  contactId: string | undefined
  email: string | undefined
  groupId: string | undefined
  purposes: Purpose[]
  source: string
  makesTester: boolean
  replacementId: string | undefined
  locale: string | undefined
  evidence: Record<string, unknown>
}

export type TakenOptinLink =
  | ({ status: 'taken' } & OptinLinkAim)
  | { status: 'used' | 'expired' | 'revoked' | 'unknown' }

/** Uses up a token, once; a bot takes only links that were made for it. */
export async function takeOptinLink(
  db: Database,
  shopId: string,
  link: { botId: string; token: string },
): Promise<TakenOptinLink> {
  const tokenHash = hashToken(link.token)
  const { rows } = await sql<Nullable<OptinLinkAim>>`
    update optin_links set used_at = now()
    where shop_id = ${shopId} and bot_id = ${link.botId} and token_hash = ${tokenHash}
      and used_at is null and revoked_at is null and expires_at > now()
    returning id, contact_id as "contactId", email, group_id as "groupId", purposes, source, makes_tester as "makesTester",
      replacement_id as "replacementId", locale, evidence`.execute(db)
  const [taken] = rows
  if (taken !== undefined) return { status: 'taken', ...aimOf(taken) }
  const { rows: found } = await sql<{ status: 'used' | 'expired' | 'revoked' }>`
    select case when used_at is not null then 'used' when revoked_at is not null then 'revoked' else 'expired' end as status
    from optin_links
    where shop_id = ${shopId} and bot_id = ${link.botId} and token_hash = ${tokenHash}`.execute(db)
  return found[0] ?? { status: 'unknown' }
}

/** Notes the registration that a taken link has led to. */
export async function noteRegistrationOfLink(
  db: Database,
  shopId: string,
  link: { linkId: string; registrationId: string },
): Promise<void> {
  await db
    .updateTable('optin_links')
    .set({ registration_id: link.registrationId })
    .where('shop_id', '=', shopId)
    .where('id', '=', link.linkId)
    .where('used_at', 'is not', null)
    .execute()
}

/** The link by which a chat was opened last: where the person was asked first, and by which request. */
export async function findLinkOfRegistration(
  db: Database,
  shopId: string,
  registrationId: string,
): Promise<{ id: string; source: string; evidence: Record<string, unknown> } | undefined> {
  return await db
    .selectFrom('optin_links')
    .select(['id', 'source', 'evidence'])
    .where('shop_id', '=', shopId)
    .where('registration_id', '=', registrationId)
    .orderBy('used_at', 'desc')
    .limit(1)
    .$castTo<{ id: string; source: string; evidence: Record<string, unknown> }>()
    .executeTakeFirst()
}

/**
 * Takes back a link that nobody has used, also when it has expired; one that was revoked stays so. Undefined when the shop has no
 * such link.
 */
export async function revokeOptinLink(
  db: Database,
  shopId: string,
  linkId: string,
): Promise<'revoked' | 'used' | undefined> {
  const { rows } = await sql<{ status: 'revoked' | 'used' }>`
    update optin_links set revoked_at = case when used_at is null then coalesce(revoked_at, now()) end
    where shop_id = ${shopId} and id = ${linkId}
    returning case when used_at is null then 'revoked' else 'used' end as status`.execute(db)
  return rows[0]?.status
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

type Nullable<Row> = { [Name in keyof Row]: undefined extends Row[Name] ? Row[Name] | null : Row[Name] }

function aimOf(row: Nullable<OptinLinkAim>): OptinLinkAim {
  return {
    ...row,
    contactId: row.contactId ?? undefined,
    email: row.email ?? undefined,
    groupId: row.groupId ?? undefined,
    replacementId: row.replacementId ?? undefined,
    locale: row.locale ?? undefined,
  }
}
