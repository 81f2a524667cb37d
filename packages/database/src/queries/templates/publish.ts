import type { TemplateContent } from '@postino/domain'
import type { Database } from '../../create-database.ts'
import {
  changeTemplate,
  UNCHANGED,
  type Change,
  type Outcome,
  type WantedTemplate,
} from './change-template.ts'
import { isSameContent } from './drafts.ts'
import type { Judge, Judgement, Template, TemplateName } from './template.ts'
import { findVersion } from './versions.ts'
import { insertPublished, publishWritten, retirePublished, type Written } from './write-version.ts'

/** `refused`: there are errors among the findings, and nothing is changed. */
export type Publication<Status extends string = never> = Outcome<'published' | 'refused' | Status>

type OfId = WantedTemplate & { template: { id: string } }

/** Puts the draft in force from the next rendering on; the version before it is kept, retired. */
export async function publishDraft(
  db: Database,
  shopId: string,
  wanted: OfId,
  judge: Judge,
): Promise<Publication<'no_draft'> | undefined> {
  return await changeTemplate(db, shopId, wanted, {
    async change(trx, template) {
      const { id: templateId, draft } = template
      if (draft === undefined) return { status: 'no_draft', isChanged: false }
      const judgement = judge({ ...template, content: draft.content })
      return await unlessRefused(judgement, () => publishWritten(trx, shopId, { templateId, ...judgement }))
    },
  })
}

/** Writes a version and puts it in force at once, whatever draft there is. */
export async function publishContent(
  db: Database,
  shopId: string,
  { template: name, seenRevision, ...written }: WantedTemplate & { template: TemplateName } & Written,
  judge: Judge,
): Promise<Publication | undefined> {
  const { content } = written
  return await changeTemplate(
    db,
    shopId,
    { template: name, seenRevision },
    {
      isDone: (template) => isInForce(template, content),
      async change(trx, { id: templateId }) {
        const version = { templateId, ...written, ...judge({ ...name, content }) }
        return await unlessRefused(version, () => insertPublished(trx, shopId, version))
      },
    },
  )
}

/** Puts the content of an earlier version in force again, as a version of its own. */
export async function rollBack(
  db: Database,
  shopId: string,
  { version: rolledBackTo, note, author, ...wanted }: OfId & { version: number } & Omit<Written, 'content'>,
  judge: Judge,
): Promise<Publication<'no_version'> | undefined> {
  return await changeTemplate(db, shopId, wanted, {
    async change(trx, template) {
      const { id: templateId } = template
      const former = await findVersion(trx, shopId, { templateId, version: rolledBackTo })
      if (former === undefined || former.status === 'draft') return { status: 'no_version', isChanged: false }
      const { content } = former
      if (isInForce(template, content)) return UNCHANGED
      const version = { templateId, content, note, author, rolledBackTo, ...judge({ ...template, content }) }
      return await unlessRefused(version, () => insertPublished(trx, shopId, version))
    },
  })
}

/** Nothing is sent in its words from the next rendering on. Its versions and its draft stay. */
export async function unpublish(
  db: Database,
  shopId: string,
  wanted: OfId,
): Promise<Outcome<'unpublished'> | undefined> {
  return await changeTemplate(db, shopId, wanted, {
    isDone: ({ published }) => published === undefined,
    async change(trx, { id }) {
      await retirePublished(trx, shopId, id)
      return { status: 'unpublished', isChanged: true }
    },
  })
}

function isInForce({ published }: Template, content: TemplateContent): boolean {
  return published !== undefined && isSameContent(published.content, content)
}

async function unlessRefused(
  { findings }: Pick<Judgement, 'findings'>,
  publish: () => Promise<void>,
): Promise<Change<'published' | 'refused'>> {
  if (findings.some(({ severity }) => severity === 'error'))
    return { status: 'refused', isChanged: false, findings }
  await publish()
  return { status: 'published', isChanged: true, findings }
}
