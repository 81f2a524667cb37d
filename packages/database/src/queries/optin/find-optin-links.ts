import type { Purpose } from '@postino/domain'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'
import { hashToken } from './optin-links.ts'

export const OPTIN_LINK_STATUSES = ['open', 'used', 'expired', 'revoked'] as const

export type OptinLinkStatus = (typeof OPTIN_LINK_STATUSES)[number]

/** A link as it stands now; its token is nowhere. */
export interface FoundOptinLink {
  id: string
  status: OptinLinkStatus
  botId: string
  botUsername: string
  contactId: string | null
  externalId: string | null
  email: string | null
  groupId: string | null
  groupKeyword: string | null
  purposes: Purpose[]
  source: string
  makesTester: boolean
  locale: string | null
  registrationId: string | null
  createdAt: Date
  expiresAt: Date
  usedAt: Date | null
  revokedAt: Date | null
}

/** One link, by its id or by the token that somebody holds. */
export async function findOptinLink(
  db: Database,
  shopId: string,
  wanted: { id: string } | { token: string },
): Promise<FoundOptinLink | undefined> {
  const isMeant =
    'id' in wanted ? sql`link.id = ${wanted.id}` : sql`link.token_hash = ${hashToken(wanted.token)}`
  const { rows } = await selectLinks(shopId, [isMeant], 1).execute(db)
  return rows[0]
}

export interface OptinLinkFilter {
  status?: OptinLinkStatus | undefined
  contactId?: string | undefined
  groupId?: string | undefined
  botId?: string | undefined
  source?: string | undefined
  /** Only links made before this one. */
  before?: string | undefined
  limit: number
}

/** Links, the youngest first. */
export async function listOptinLinks(
  db: Database,
  shopId: string,
  filter: OptinLinkFilter,
): Promise<FoundOptinLink[]> {
  const { status, contactId, groupId, botId, source, before, limit } = filter
  // Only what is asked for stands in the statement, so that each question finds its index.
  const conditions = [
    status === undefined ? undefined : sql`${STATUS} = ${status}`,
    contactId === undefined ? undefined : sql`link.contact_id = ${contactId}`,
    groupId === undefined ? undefined : sql`link.group_id = ${groupId}`,
    botId === undefined ? undefined : sql`link.bot_id = ${botId}`,
    source === undefined ? undefined : sql`link.source = ${source}`,
    before === undefined ? undefined : sql`link.id < ${before}`,
  ].filter((condition) => condition !== undefined)
  return (await selectLinks(shopId, conditions, limit).execute(db)).rows
}

const STATUS = sql`case when link.used_at is not null then 'used' when link.revoked_at is not null then 'revoked'
  when link.expires_at <= now() then 'expired' else 'open' end`

function selectLinks(shopId: string, conditions: RawBuilder<unknown>[], limit: number) {
  // Names are looked up for the page alone, one by one.
  return sql<FoundOptinLink>`
    select link.id, ${STATUS} as status, link.bot_id as "botId", link.contact_id as "contactId", link.email,
      link.group_id as "groupId", link.purposes, link.source, link.makes_tester as "makesTester", link.locale,
      link.registration_id as "registrationId", link.created_at as "createdAt", link.expires_at as "expiresAt",
      link.used_at as "usedAt", link.revoked_at as "revokedAt",
      (select username from bots where shop_id = link.shop_id and id = link.bot_id) as "botUsername",
      (select external_id from contacts where shop_id = link.shop_id and id = link.contact_id) as "externalId",
      (select keyword from groups where shop_id = link.shop_id and id = link.group_id) as "groupKeyword"
    from (
      select link.* from optin_links link
      where ${sql.join([sql`link.shop_id = ${shopId}`, ...conditions], sql` and `)}
      order by link.id desc limit ${limit}
    ) link
    order by link.id desc`
}
