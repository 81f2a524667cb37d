import type { Database } from '../../create-database.ts'
import { changeTemplate, type Change, type Outcome, type WantedTemplate } from './change-template.ts'
import { isSameContent } from './drafts.ts'
import type { Judge, Judgement, Template, TemplateName } from './template.ts'
import { findVersion } from './versions.ts'
import {
  insertPublished,
  publishWritten,
  retirePublished,
  type VersionToWrite,
  type Written,
} from './write-version.ts'

/** `refused`: there are errors among the findings, and nothing is changed. `unchanged`: this very content is in force already. */
export type Publication<Status extends string = never> = Outcome<'published' | 'refused' | Status>

type OfId = WantedTemplate & { template: { id: string } }

/** Puts the draft in force from the next rendering on; the version before it is kept, retired. */
export async function publishDraft(
  db: Database,
  shopId: string,
  wanted: OfId,
  judge: Judge,
): Promise<Publication<'no_draft'> | undefined> {
  return await changeTemplate(db, shopId, wanted, async (trx, template) => {
    const { id: templateId, draft } = template
    if (draft === undefined) return { status: 'no_draft', isChanged: false }
    const judgement = judge({ ...template, content: draft.content })
    return await unlessRefused(judgement, () => publishWritten(trx, shopId, { templateId, ...judgement }))
  })
}

/** Writes a version and puts it in force at once, whatever draft there is. */
export async function publishContent(
  db: Database,
  shopId: string,
  { template: name, seenRevision, ...written }: WantedTemplate & { template: TemplateName } & Written,
  judge: Judge,
): Promise<Publication<'unchanged'> | undefined> {
  const wanted = { template: name, seenRevision }
  return await changeTemplate(db, shopId, wanted, (trx, template) =>
    putInForce(trx, shopId, { template, ...written, ...judge({ ...name, content: written.content }) }),
  )
}

/** Puts the content of an earlier version in force again, as a version of its own. */
export async function rollBack(
  db: Database,
  shopId: string,
  { version, note, author, ...wanted }: OfId & { version: number } & Omit<Written, 'content'>,
  judge: Judge,
): Promise<Publication<'unchanged' | 'no_version'> | undefined> {
  return await changeTemplate(db, shopId, wanted, async (trx, template) => {
    const former = await findVersion(trx, shopId, { templateId: template.id, version })
    if (former === undefined || former.status === 'draft') return { status: 'no_version', isChanged: false }
    const { content } = former
    const judgement = judge({ ...template, content })
    return await putInForce(trx, shopId, {
      template,
      content,
      note,
      author,
      ...judgement,
      rolledBackTo: version,
    })
  })
}

/** Nothing is sent in its words from the next rendering on. Its versions and its draft stay. */
export async function unpublish(
  db: Database,
  shopId: string,
  wanted: OfId,
): Promise<Outcome<'unpublished' | 'unchanged'> | undefined> {
  return await changeTemplate(db, shopId, wanted, async (trx, { id, published }) => {
    if (published === undefined) return { status: 'unchanged', isChanged: false }
    await retirePublished(trx, shopId, id)
    return { status: 'unpublished', isChanged: true }
  })
}

async function putInForce(
  trx: Database,
  shopId: string,
  {
    template,
    ...version
  }: { template: Template; rolledBackTo?: number } & Omit<VersionToWrite, 'templateId'>,
): Promise<Change<'published' | 'refused' | 'unchanged'>> {
  const { published } = template
  if (published !== undefined && isSameContent(published.content, version.content))
    return { status: 'unchanged', isChanged: false, findings: version.findings }
  return await unlessRefused(version, () =>
    insertPublished(trx, shopId, { templateId: template.id, ...version }),
  )
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
