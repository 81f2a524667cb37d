import {
  inTransaction,
  discardDraft,
  listWholeTemplates,
  publishContent,
  saveDraft,
  unpublish,
  type Database,
  type Judge,
  type Template,
} from '@postino/database'
import { hashOf, type SeenWords, type TemplateFile } from '@postino/template-files'
import { CommandFailure } from '../failures/command-failure.ts'
import { listEveryPage } from './list-every-page.ts'
import { authorOf, planPush, type PlannedFile, type PushPlan } from './plan-push.ts'
import { calledBy } from './template-name.ts'

export interface PushOptions {
  seen: SeenWords
  judge: Judge
  isPublishing: boolean
  isDryRun: boolean
  /** Whether words that the folder does not know are written over. */
  isForced: boolean
  isUnpublishingMissing: boolean
  note: string | undefined
}

/**
 * Brings a folder's texts to a shop, in one transaction, all or nothing: what changed becomes a draft, or is put in force.
 * @throws CommandFailure when words would be lost that the folder does not know, or somebody changes the texts at this moment
 */
export async function pushTemplates(
  database: Database,
  shopId: string,
  { files, ...options }: PushOptions & { files: readonly TemplateFile[] },
): Promise<PushPlan> {
  return await inTransaction(database, async (trx) => {
    const templates = await listEveryPage((page) => listWholeTemplates(trx, shopId, page))
    const plan = planPush(files, templates, options)
    if (!options.isForced) refuseConflicts(plan, options)
    if (options.isDryRun) return plan
    for (const planned of plan.files)
      if (options.isPublishing) await putInForce(trx, shopId, planned, options)
      else if (planned.becomes !== 'unchanged') await pushDraft(trx, shopId, planned, options)
    if (options.isUnpublishingMissing)
      for (const { template } of plan.missing) {
        const { id, revision: seenRevision } = template
        notOvertaken(template, await unpublish(trx, shopId, { template: { id }, seenRevision }))
      }
    return plan
  })
}

async function pushDraft(
  trx: Database,
  shopId: string,
  { file, template }: PlannedFile,
  { seen, judge, note }: PushOptions,
): Promise<void> {
  const { content, kind, state, locale } = file
  const wanted = { template: { kind, state, locale }, seenRevision: template?.revision ?? 0 }
  const written = { content, note, author: authorOf(seen.folder) }
  notOvertaken(file, await saveDraft(trx, shopId, { ...wanted, ...written }, judge))
}

async function putInForce(
  trx: Database,
  shopId: string,
  { file, template, becomes }: PlannedFile,
  { seen, judge, note }: PushOptions,
): Promise<void> {
  const { content, kind, state, locale } = file
  const author = authorOf(seen.folder)
  let present = template
  if (becomes !== 'unchanged') {
    const wanted = { template: { kind, state, locale }, seenRevision: template?.revision ?? 0 }
    const outcome = await publishContent(trx, shopId, { ...wanted, content, note, author }, judge)
    present = notOvertaken(file, outcome)
  }
  // A draft that says the same is done with, and one of ours is older news, which nobody should put in force later.
  const draft = present?.draft
  if (present === undefined || draft === undefined) return
  const { id, revision: seenRevision } = present
  if (draft.author === author || hashOf(draft.content) === hashOf(content))
    notOvertaken(file, await discardDraft(trx, shopId, { template: { id }, seenRevision }))
}

/** @throws CommandFailure when nothing was done */
function notOvertaken(
  name: Pick<TemplateFile, 'kind' | 'state' | 'locale'>,
  outcome: { status: string; template: Template } | undefined,
): Template {
  if (outcome === undefined || outcome.status === 'overtaken')
    throw new CommandFailure(
      `somebody changed ${calledBy(name)} at this moment, so nothing was pushed: try again`,
    )
  if (outcome.status === 'refused')
    throw new CommandFailure(
      `${calledBy(name)} has errors, so nothing was pushed: see postino template check`,
    )
  return outcome.template
}

const TOLD = 10

function refuseConflicts({ files, missing }: PushPlan, { isUnpublishingMissing }: PushOptions): void {
  const conflicts = [
    ...files.map(({ file, conflict }) => ({ name: file.path, conflict })),
    ...(isUnpublishingMissing
      ? missing.map(({ template, conflict }) => ({ name: calledBy(template), conflict }))
      : []),
  ].filter(({ conflict }) => conflict !== undefined)
  if (conflicts.length === 0) return
  throw new CommandFailure(
    [
      'somebody changed texts in the shop that this folder does not know, so nothing is pushed; fetch them with postino template pull, or write over them with --force:',
      ...conflicts.slice(0, TOLD).map(({ name, conflict }) => `  ${name}: ${conflict}`),
      ...(conflicts.length > TOLD ? ['  …'] : []),
    ].join('\n'),
  )
}
