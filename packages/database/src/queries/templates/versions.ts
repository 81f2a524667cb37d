import type { Database } from '../../create-database.ts'
import { VERSION_HEAD, type TemplateVersion, type VersionHead } from './template.ts'

/** A template's versions, the youngest first, `limit` of them before the given one. */
export async function listVersions(
  db: Database,
  shopId: string,
  wanted: { templateId: string; before?: number | undefined; limit: number },
): Promise<VersionHead[]> {
  const { templateId, before, limit } = wanted
  return await db
    .selectFrom('template_versions')
    .select(VERSION_HEAD)
    .where('shop_id', '=', shopId)
    .where('template_id', '=', templateId)
    .$if(before !== undefined, (query) => query.where('version', '<', before ?? 0))
    .orderBy('version', 'desc')
    .limit(limit)
    .$castTo<VersionHead>()
    .execute()
}

/** One version; undefined when the shop's template has none of this number. */
export async function findVersion(
  db: Database,
  shopId: string,
  { templateId, version }: { templateId: string; version: number },
): Promise<TemplateVersion | undefined> {
  return await db
    .selectFrom('template_versions')
    .select([...VERSION_HEAD, 'content'])
    .where('shop_id', '=', shopId)
    .where('template_id', '=', templateId)
    .where('version', '=', version)
    .$castTo<TemplateVersion>()
    .executeTakeFirst()
}
