import type { EventKind } from '@postino/domain'
import type { Database } from '../../create-database.ts'
import {
  HEADING,
  VERSION_HEAD,
  type ListedTemplate,
  type Template,
  type TemplateHeading,
  type TemplateVersion,
  type VersionHead,
} from './template.ts'

export const TEMPLATE_STATUSES = ['draft', 'published', 'unpublished'] as const

export interface TemplatesWanted {
  kind?: EventKind | undefined
  state?: string | undefined
  locale?: string | undefined
  /** `draft`: has one, whatever else; `published`: has words in force; `unpublished`: has none in force. */
  status?: (typeof TEMPLATE_STATUSES)[number] | undefined
  /** An id. */
  after?: string | undefined
  limit: number
}

/** Templates by the order they were made in, `limit` of them after the given id, without what is written in them. */
export async function listTemplates(
  db: Database,
  shopId: string,
  wanted: TemplatesWanted,
): Promise<ListedTemplate[]> {
  const headings = await listHeadings(db, shopId, wanted)
  const versions = await currentVersions(db, shopId, headings)
    .select(VERSION_HEAD)
    .$castTo<VersionHead & OfTemplate>()
    .execute()
  return join(headings, versions)
}

/** The same with what is written in them: up to 130 KiB each. */
export async function listWholeTemplates(
  db: Database,
  shopId: string,
  wanted: TemplatesWanted,
): Promise<Template[]> {
  const headings = await listHeadings(db, shopId, wanted)
  const versions = await currentVersions(db, shopId, headings)
    .select([...VERSION_HEAD, 'content'])
    .$castTo<TemplateVersion & OfTemplate>()
    .execute()
  return join(headings, versions)
}

interface OfTemplate {
  templateId: string
}

async function listHeadings(
  db: Database,
  shopId: string,
  { after = '0', limit, status, ...name }: TemplatesWanted,
): Promise<TemplateHeading[]> {
  const { kind, state, locale } = name
  return await db
    .selectFrom('templates')
    .select(HEADING)
    .where('shop_id', '=', shopId)
    .where('id', '>', after)
    .$if(kind !== undefined, (query) => query.where('kind', '=', String(kind)))
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? ''))
    .$if(locale !== undefined, (query) => query.where('locale', '=', locale ?? ''))
    .$if(status !== undefined, (query) =>
      query.where((is) => {
        const found = is.exists(
          is
            .selectFrom('template_versions')
            .select('version')
            .whereRef('template_versions.shop_id', '=', 'templates.shop_id')
            .whereRef('template_versions.template_id', '=', 'templates.id')
            .where('template_versions.status', '=', status === 'draft' ? 'draft' : 'published'),
        )
        return status === 'unpublished' ? is.not(found) : found
      }),
    )
    .orderBy('id')
    .limit(limit)
    .$castTo<TemplateHeading>()
    .execute()
}

function currentVersions(db: Database, shopId: string, headings: TemplateHeading[]) {
  return db
    .selectFrom('template_versions')
    .select('template_id as templateId')
    .where('shop_id', '=', shopId)
    .where((is) => is('template_id', '=', is.fn.any(is.val(headings.map(({ id }) => id)))))
    .where('status', 'in', ['draft', 'published'])
}

function join<Version extends VersionHead & OfTemplate>(headings: TemplateHeading[], versions: Version[]) {
  const byTemplate = Map.groupBy(versions, ({ templateId }) => templateId)
  return headings.map((heading) => {
    const own = byTemplate.get(heading.id) ?? []
    return {
      ...heading,
      draft: own.find((version) => version.status === 'draft'),
      published: own.find((version) => version.status === 'published'),
    }
  })
}
