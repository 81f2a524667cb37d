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

/** More languages than anybody writes. */
const MOST_LOCALES = 1_000

export interface TextWanted {
  shopId: string
  kind: string
  state: string
}

/** The published texts for each of these states, and those for every state, in all languages. */
export async function listPublishedTemplates(
  db: Database,
  wanted: TextWanted[],
): Promise<PublishedTemplate[]> {
  // Each step by its index, whatever is believed of the sizes of the tables: limits keep them apart.
  const { rows } = await sql<PublishedTemplate>`
    select template.shop_id as "shopId", template.id as "templateId", published.version, template.kind, template.state,
      template.locale, published.content
    from (select distinct "shopId" as shop_id, kind, unnest(array['', state]) as state
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as record ("shopId" bigint, kind text, state text)) wanted
    cross join lateral (
      select shop_id, id, kind, state, locale from templates
      where shop_id = wanted.shop_id and kind = wanted.kind and state = wanted.state limit ${sql.lit(MOST_LOCALES)}
    ) template
    cross join lateral (
      select version, content from template_versions
      where shop_id = template.shop_id and template_id = template.id and status = 'published' limit 1
    ) published`.execute(db)
  return rows
}
