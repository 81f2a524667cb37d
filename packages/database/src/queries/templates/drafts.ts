import { canonicalJson, type TemplateContent } from '@postino/domain'
import type { Database } from '../../create-database.ts'
import { changeTemplate, OVERTAKEN, type Outcome, type WantedTemplate } from './change-template.ts'
import type { Judge } from './template.ts'
import { insertDraft, replaceDraft, type Written } from './write-version.ts'

/**
 * Writes a template's draft; what is published stays. A draft may hold errors. A draft that is there is written over by who
 * says which revision they have seen, and by nobody else.
 */
export async function saveDraft(
  db: Database,
  shopId: string,
  { content, note, author, ...wanted }: WantedTemplate & Written,
  judge: Judge,
): Promise<Outcome<'saved'> | undefined> {
  return await changeTemplate(db, shopId, wanted, {
    isDone: ({ draft }) =>
      draft !== undefined && draft.note === (note ?? null) && isSameContent(draft.content, content),
    async change(trx, template) {
      const { id: templateId, draft } = template
      if (draft !== undefined && wanted.seenRevision === undefined) return OVERTAKEN
      const written = { templateId, content, note, author, ...judge({ ...template, content }) }
      if (draft === undefined) await insertDraft(trx, shopId, written)
      else await replaceDraft(trx, shopId, written)
      return { status: 'saved', isChanged: true }
    },
  })
}

/** Throws a draft away. A template that never had anything else is gone with it. */
export async function discardDraft(
  db: Database,
  shopId: string,
  wanted: WantedTemplate & { template: { id: string } },
): Promise<Outcome<'discarded'> | undefined> {
  return await changeTemplate(db, shopId, wanted, {
    isDone: ({ draft }) => draft === undefined,
    async change(trx, { id }) {
      await trx
        .deleteFrom('template_versions')
        .where('shop_id', '=', shopId)
        .where('template_id', '=', id)
        .where('status', '=', 'draft')
        .execute()
      return { status: 'discarded', isChanged: true }
    },
  })
}

export function isSameContent(one: TemplateContent, other: TemplateContent): boolean {
  return canonicalJson(one) === canonicalJson(other)
}
