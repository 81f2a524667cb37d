import type { TemplateContent } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../../create-database.ts'

export interface PublishedTemplate {
  shopId: string
  templateId: string
  version: number
  kind: string
  state: string
  locale: string
  content: TemplateContent
}

/** Every published text of the given shops and kinds. */
export async function listPublishedTemplates(
  db: Database,
  wanted: { shopId: string; kind: string }[],
): Promise<PublishedTemplate[]> {
  const { rows } = await sql<PublishedTemplate>`
    select template.shop_id as "shopId", template.id as "templateId", version.version, template.kind, template.state,
      template.locale, version.content
    from (select distinct "shopId" as shop_id, kind
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as record ("shopId" bigint, kind text)) wanted
    join templates template using (shop_id, kind)
    join template_versions version on version.shop_id = template.shop_id and version.template_id = template.id
      and version.status = 'published'`.execute(db)
  return rows
}
