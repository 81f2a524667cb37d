import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { Judgement } from './template.ts'

/** As it is stored, which somebody may have done past every check. */
export interface VersionToRecheck extends VersionKey {
  kind: string
  state: string
  locale: string
  status: 'draft' | 'published'
  content: unknown
  /** Of the content. */
  fingerprint: string
}

export interface VersionKey {
  shopId: string
  templateId: string
  version: number
}

/** Drafts and published versions, of all shops, that an older checker than this judged last; `limit` of them after the given one. */
export async function listVersionsToRecheck(
  db: Database,
  { checkerVersion, after, limit }: { checkerVersion: number; after?: VersionKey | undefined; limit: number },
): Promise<VersionToRecheck[]> {
  const { shopId, templateId, version } = after ?? { shopId: '0', templateId: '0', version: 0 }
  const { rows } = await sql<VersionToRecheck>`
    select version.shop_id as "shopId", version.template_id as "templateId", version.version, version.status, version.content,
      template.kind, template.state, template.locale, md5(version.content::text) as fingerprint
    from template_versions version
    join templates template on template.shop_id = version.shop_id and template.id = version.template_id
    where version.status in ('draft', 'published') and version.checker_version < ${checkerVersion}
      and (version.shop_id, version.template_id, version.version) > (${shopId}, ${templateId}, ${version})
    order by version.shop_id, version.template_id, version.version limit ${limit}`.execute(db)
  return rows
}

/**
 * Keeps what a newer checker found. What was written or judged anew since it was read keeps what was found then. Answers
 * whether it was kept: of several who judge it at a time one is told so.
 */
export async function saveFindings(
  db: Database,
  { shopId, templateId, version, fingerprint }: VersionKey & Pick<VersionToRecheck, 'fingerprint'>,
  { checkerVersion, findings }: Judgement,
): Promise<boolean> {
  const { rows } = await sql`
    update template_versions set checker_version = ${checkerVersion}, findings = ${JSON.stringify(findings)}::jsonb
    where shop_id = ${shopId} and template_id = ${templateId} and version = ${version}
      and status in ('draft', 'published') and checker_version < ${checkerVersion}
      and md5(content::text) = ${fingerprint}
    returning version`.execute(db)
  return rows.length > 0
}
