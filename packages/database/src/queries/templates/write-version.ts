import type { TemplateContent } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { Judgement } from './template.ts'

/** What an author gives for a version. */
export interface Written {
  content: TemplateContent
  /** For other authors. */
  note?: string | undefined
  /** Who wrote it, as logs of changes keep it. */
  author?: string | undefined
}

/** Of a template that is locked. */
export interface VersionToWrite extends Written, Judgement {
  templateId: string
}

export async function insertDraft(trx: Database, shopId: string, draft: VersionToWrite): Promise<void> {
  await trx
    .insertInto('template_versions')
    .values({
      shop_id: shopId,
      template_id: draft.templateId,
      version: nextVersion(shopId, draft.templateId),
      status: 'draft',
      ...columnsOf(draft),
    })
    .execute()
}

export async function replaceDraft(trx: Database, shopId: string, draft: VersionToWrite): Promise<void> {
  await trx
    .updateTable('template_versions')
    .set({ ...columnsOf(draft), saved_at: sql`now()` })
    .where('shop_id', '=', shopId)
    .where('template_id', '=', draft.templateId)
    .where('status', '=', 'draft')
    .execute()
}

/** Puts a content in force as a version of its own. A draft there is stays, and stays the youngest. */
export async function insertPublished(
  trx: Database,
  shopId: string,
  { rolledBackTo, ...version }: VersionToWrite & { rolledBackTo?: number },
): Promise<void> {
  const { templateId } = version
  await retirePublished(trx, shopId, templateId)
  const moved = await trx
    .updateTable('template_versions')
    .set({ version: sql`version + 1` })
    .where('shop_id', '=', shopId)
    .where('template_id', '=', templateId)
    .where('status', '=', 'draft')
    .returning('version')
    .executeTakeFirst()
  await trx
    .insertInto('template_versions')
    .values({
      shop_id: shopId,
      template_id: templateId,
      version: moved === undefined ? nextVersion(shopId, templateId) : moved.version - 1,
      status: 'published',
      published_at: sql`now()`,
      rolled_back_to: rolledBackTo ?? null,
      ...columnsOf(version),
    })
    .execute()
}

/** Puts the draft in force, as it was judged. */
export async function publishWritten(
  trx: Database,
  shopId: string,
  { templateId, checkerVersion, findings }: { templateId: string } & Judgement,
): Promise<void> {
  await retirePublished(trx, shopId, templateId)
  await trx
    .updateTable('template_versions')
    .set({
      status: 'published',
      published_at: sql`now()`,
      checker_version: checkerVersion,
      findings: JSON.stringify(findings),
    })
    .where('shop_id', '=', shopId)
    .where('template_id', '=', templateId)
    .where('status', '=', 'draft')
    .execute()
}

export async function retirePublished(trx: Database, shopId: string, templateId: string): Promise<void> {
  await trx
    .updateTable('template_versions')
    .set({ status: 'retired', retired_at: sql`now()` })
    .where('shop_id', '=', shopId)
    .where('template_id', '=', templateId)
    .where('status', '=', 'published')
    .execute()
}

function nextVersion(shopId: string, templateId: string) {
  return sql<number>`(select coalesce(max(version), 0) + 1 from template_versions
    where shop_id = ${shopId} and template_id = ${templateId})`
}

function columnsOf({ content, note, author, checkerVersion, findings }: Written & Judgement) {
  return {
    content: JSON.stringify(content),
    note: note ?? null,
    author: author ?? null,
    checker_version: checkerVersion,
    findings: JSON.stringify(findings),
  }
}
