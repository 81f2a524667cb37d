import type { Purpose } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { OptinLinkStatus } from './find-optin-links.ts'
import { hashToken } from './optin-links.ts'

/** What a link's page shows to whoever holds its token; nothing of whom it was made for. */
export interface OptinLinkOffer {
  id: string
  status: OptinLinkStatus
  botId: string
  /** What the shop offers with it, also after the visitor has narrowed that. */
  offered: Purpose[]
  locale: string | null
  expiresAt: Date
}

// A link that was narrowed keeps what it was made for beside, so that its visitor may come back and choose otherwise.
const OFFERED = sql`case when evidence ? 'offered' then array(select jsonb_array_elements_text(evidence -> 'offered'))
  else purposes end`

export async function findOptinLinkOffer(
  db: Database,
  shopId: string,
  token: string,
): Promise<OptinLinkOffer | undefined> {
  const { rows } = await sql<OptinLinkOffer>`
    select id, bot_id as "botId", ${OFFERED} as offered, locale, expires_at as "expiresAt",
      case when used_at is not null then 'used' when revoked_at is not null then 'revoked'
        when expires_at <= now() then 'expired' else 'open' end as status
    from optin_links where shop_id = ${shopId} and token_hash = ${hashToken(token)}`.execute(db)
  return rows[0]
}

/**
 * Takes from a link all purposes but those its visitor has ticked, and notes the request that says so; again, when they change
 * their mind. False when the link is open no more, or never offered one of these.
 */
export async function narrowOptinLink(
  db: Database,
  shopId: string,
  choice: { token: string; purposes: readonly Purpose[]; locale: string; evidence: Record<string, unknown> },
): Promise<boolean> {
  const purposes = [...choice.purposes]
  const { rows } = await sql`
    update optin_links set
      purposes = ${purposes}, locale = ${choice.locale},
      evidence = evidence || ${JSON.stringify(choice.evidence)}::jsonb || jsonb_strip_nulls(jsonb_build_object(
        'offered', to_jsonb(${OFFERED}), 'link_request_id', coalesce(evidence -> 'link_request_id', evidence -> 'request_id')))
    where shop_id = ${shopId} and token_hash = ${hashToken(choice.token)}
      and used_at is null and revoked_at is null and expires_at > now() and ${purposes}::text[] <@ ${OFFERED}
    returning id`.execute(db)
  return rows.length > 0
}
