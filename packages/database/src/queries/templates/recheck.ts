import type { TemplateContent } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { Judgement, TemplateName } from './template.ts'

export interface VersionToRecheck extends TemplateName {
  shopId: string
  templateId: string
  version: number
  status: 'draft' | 'published'
  content: TemplateContent
}

/** Drafts and published versions, of all shops, that an older checker than this judged last; at most `limit`. */
export async function listVersionsToRecheck(
  db: Database,
  { checkerVersion, limit }: { checkerVersion: number; limit: number },
): Promise<VersionToRecheck[]> {
  const { rows } = await sql<VersionToRecheck>`
    select version.shop_id as "shopId", version.template_id as "templateId", version.version, version.status, version.content,
      template.kind, template.state, template.locale
    from template_versions version
    join templates template on template.shop_id = version.shop_id and template.id = version.template_id
    where version.status in ('draft', 'published') and version.checker_version < ${checkerVersion}
    order by version.checker_version limit ${limit}`.execute(db)
  return rows
}

/**
 * Keeps what a newer checker found. What was written or judged anew since it was read keeps what was found then. Answers
 * whether it was kept: of two who judge at a time one is told so.
 */
export async function saveFindings(
  db: Database,
  { shopId, templateId, version, content }: Omit<VersionToRecheck, keyof TemplateName | 'status'>,
  { checkerVersion, findings }: Judgement,
): Promise<boolean> {
  const { rows } = await sql`
    update template_versions set checker_version = ${checkerVersion}, findings = ${JSON.stringify(findings)}::jsonb
    where shop_id = ${shopId} and template_id = ${templateId} and version = ${version}
      and checker_version < ${checkerVersion} and content = ${JSON.stringify(content)}::jsonb
    returning version`.execute(db)
  return rows.length > 0
}
