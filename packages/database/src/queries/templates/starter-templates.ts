import type { TemplateContent } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

export interface NewTemplate {
  kind: string
  state: string
  locale: string
  content: TemplateContent
}

/**
 * Gives a shop texts to begin with, published as version 1; texts that are there already stay. Answers how many came.
 * `checkerVersion` is the checker's that finds nothing in them; without it they are judged later.
 */
export async function insertStarterTemplates(
  db: Database,
  shopId: string,
  templates: NewTemplate[],
  checkerVersion = 0,
): Promise<number> {
  const { rows } = await sql`
    with input as (
      select * from jsonb_to_recordset(${JSON.stringify(templates)}::jsonb) as record (
        kind text, state text, locale text, content jsonb)
    ), inserted as (
      insert into templates (shop_id, kind, state, locale)
      select ${shopId}, kind, state, locale from input
      on conflict (shop_id, kind, state, locale) do nothing
      returning id, kind, state, locale
    )
    insert into template_versions (shop_id, template_id, version, status, content, checker_version, published_at)
    select ${shopId}, inserted.id, 1, 'published', input.content, ${checkerVersion}::int, now()
    from inserted join input using (kind, state, locale)
    returning template_id`.execute(db)
  return rows.length
}
