import type { Purpose, QuietHours, TemplateContent } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../../create-database.ts'

/** What a shop says of all its messages, and its published texts for what was asked for. */
export interface ShopToRender {
  id: string
  /** With which all of this was read, in one moment. Whatever is changed of it raises the revision in the same commit. */
  revision: number
  name: string
  locale: string
  timeZone: string
  supportContact: string | null
  contractPurposes: Purpose[]
  managedOrderStates: string[] | null
  quietHours: QuietHours | null
  /** As it was stored, to be checked; null: the default. */
  attachmentPolicy: unknown
  texts: PublishedTemplate[]
}

export interface PublishedTemplate {
  templateId: string
  version: number
  kind: string
  state: string
  locale: string
  content: TemplateContent
}

/** `state` '': the texts for every state. */
export interface TextWanted {
  shopId: string
  kind: string
  state: string
}

/** More languages than anybody writes. */
const MOST_LOCALES = 1_000

/**
 * The shops that are named, with their published texts for each of these kinds and states, in all languages. One statement,
 * so that settings, texts and revision are of one snapshot.
 */
export async function loadShopsToRender(db: Database, wanted: TextWanted[]): Promise<ShopToRender[]> {
  // Each step by its index, whatever is believed of the sizes of the tables: limits keep them apart.
  const { rows } = await sql<ShopToRender>`
    select shop.id, shop.revision::float8 as revision, shop.name, shop.locale, shop.time_zone as "timeZone",
      shop.support_contact as "supportContact", shop.contract_purposes as "contractPurposes",
      shop.managed_order_states as "managedOrderStates", shop.quiet_hours as "quietHours",
      shop.attachment_policy as "attachmentPolicy", coalesce(jsonb_agg(jsonb_build_object(
        'templateId', template.id::text, 'version', published.version, 'kind', template.kind, 'state', template.state,
        'locale', template.locale, 'content', published.content)) filter (where published.version is not null), '[]') as texts
    from (select distinct "shopId" as shop_id, kind, state
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as record ("shopId" bigint, kind text, state text)) wanted
    join shops shop on shop.id = wanted.shop_id
    left join lateral (
      select shop_id, id, kind, state, locale from templates
      where shop_id = wanted.shop_id and kind = wanted.kind and state = wanted.state limit ${sql.lit(MOST_LOCALES)}
    ) template on true
    left join lateral (
      select version, content from template_versions
      where shop_id = template.shop_id and template_id = template.id and status = 'published' limit 1
    ) published on true
    group by shop.id`.execute(db)
  return rows
}
