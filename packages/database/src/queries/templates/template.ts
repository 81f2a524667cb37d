import type { EventKind, TemplateContent, TemplateFinding } from '@postino/domain'
import type { Database } from '../../create-database.ts'

/** What a text is for; a shop has one template of each name. */
export interface TemplateName {
  kind: EventKind
  /** Empty: for every state without a text of its own. */
  state: string
  /** BCP 47, canonical. */
  locale: string
}

/** What a checker found about a content; errors keep it from being published. */
export interface Judgement {
  /** Rises with the checker's rules. */
  checkerVersion: number
  findings: TemplateFinding[]
}

/** Pure and quick: it is asked while the template is locked, so that what is published is what was judged. */
export type Judge = (template: TemplateName & { content: TemplateContent }) => Judgement

export interface VersionHead extends Judgement {
  version: number
  status: 'draft' | 'published' | 'retired'
  /** Of who wrote it, for other authors. */
  note: string | null
  author: string | null
  /** The version whose content this one took up again. */
  rolledBackTo: number | null
  savedAt: Date
  publishedAt: Date | null
  retiredAt: Date | null
}

export interface TemplateVersion extends VersionHead {
  content: TemplateContent
}

export interface TemplateHeading extends TemplateName {
  id: string
  /** Rises with whatever becomes of the template. */
  revision: number
  createdAt: Date
}

/** A template with at most one draft and at most one version that is sent. */
export interface ListedTemplate extends TemplateHeading {
  draft: VersionHead | undefined
  published: VersionHead | undefined
}

export interface Template extends TemplateHeading {
  draft: TemplateVersion | undefined
  published: TemplateVersion | undefined
}

export const HEADING = ['id', 'kind', 'state', 'locale', 'revision', 'created_at as createdAt'] as const

export const VERSION_HEAD = [
  'version',
  'status',
  'checker_version as checkerVersion',
  'findings',
  'note',
  'author',
  'rolled_back_to as rolledBackTo',
  'saved_at as savedAt',
  'published_at as publishedAt',
  'retired_at as retiredAt',
] as const

/** A template by its id or by what it is for; undefined when the shop has none. */
export async function findTemplate(
  db: Database,
  shopId: string,
  wanted: { id: string } | TemplateName,
): Promise<Template | undefined> {
  const heading = await db
    .selectFrom('templates')
    .select(HEADING)
    .where('shop_id', '=', shopId)
    .where((is) =>
      'id' in wanted
        ? is('id', '=', wanted.id)
        : is.and([
            is('kind', '=', wanted.kind),
            is('state', '=', wanted.state),
            is('locale', '=', wanted.locale),
          ]),
    )
    .$castTo<TemplateHeading>()
    .executeTakeFirst()
  return heading === undefined ? undefined : await withVersions(db, shopId, heading)
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockTemplate(
  trx: Database,
  shopId: string,
  templateId: string,
): Promise<Template | undefined> {
  const heading = await trx
    .selectFrom('templates')
    .select(HEADING)
    .where('shop_id', '=', shopId)
    .where('id', '=', templateId)
    .forNoKeyUpdate()
    .$castTo<TemplateHeading>()
    .executeTakeFirst()
  return heading === undefined ? undefined : await withVersions(trx, shopId, heading)
}

async function withVersions(db: Database, shopId: string, heading: TemplateHeading): Promise<Template> {
  const versions = await db
    .selectFrom('template_versions')
    .select([...VERSION_HEAD, 'content'])
    .where('shop_id', '=', shopId)
    .where('template_id', '=', heading.id)
    .where('status', 'in', ['draft', 'published'])
    .$castTo<TemplateVersion>()
    .execute()
  const inStatus = (status: string) => versions.find((version) => version.status === status)
  return { ...heading, draft: inStatus('draft'), published: inStatus('published') }
}
