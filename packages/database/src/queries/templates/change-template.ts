import assert from 'node:assert/strict'
import type { TemplateFinding } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'
import { findTemplate, lockTemplate, type Template, type TemplateName } from './template.ts'

export interface WantedTemplate {
  /** By its id, or by what it is for, and then it is made when there is none. */
  template: { id: string } | TemplateName
  /** What the caller knew of it when it asked, 0 when it knew of none; without it whatever is there is meant. */
  seenRevision?: number | undefined
}

/**
 * `unchanged`: it is so already, as when the same is asked again. `overtaken`: somebody else did something to the template since the
 * revision the caller has seen; nothing is changed, and whoever asked looks again and decides anew.
 */
export interface Outcome<Status extends string> {
  status: Status | 'unchanged' | 'overtaken'
  /** As it is now. */
  template: Template
  /** Why something was refused, or what is to be known about what was put in force. */
  findings: TemplateFinding[]
}

export interface Change<Status extends string> {
  status: Status | 'unchanged' | 'overtaken'
  isChanged: boolean
  findings?: TemplateFinding[]
}

interface Doing<Status extends string> {
  change: (trx: Database, template: Template) => Promise<Change<Status>>
  /** What is asked for is there already, by whomever: nothing is left to be overtaken in. */
  isDone?: (template: Template) => boolean
}

export const OVERTAKEN = { status: 'overtaken', isChanged: false } as const
export const UNCHANGED = { status: 'unchanged', isChanged: false } as const

/**
 * Does something to a template while nobody else does; of two who ask at once the second finds what the first has done.
 * In a transaction it takes part in that. The revision rises when something is changed. Undefined when the shop has no template of the id.
 */
export async function changeTemplate<Status extends string>(
  db: Database,
  shopId: string,
  { template: wanted, seenRevision }: WantedTemplate,
  { change, isDone }: Doing<Status>,
): Promise<Outcome<Status> | undefined> {
  const run = async (trx: Database): Promise<Outcome<Status> | undefined> => {
    const id = 'id' in wanted ? wanted.id : await takeName(trx, shopId, wanted)
    const template = await lockTemplate(trx, shopId, id)
    if (template === undefined) return undefined
    const isOvertaken = seenRevision !== undefined && seenRevision !== template.revision
    const done =
      isDone?.(template) === true ? UNCHANGED : isOvertaken ? OVERTAKEN : await change(trx, template)
    const { status, isChanged, findings = [] }: Change<Status> = done
    if (isChanged) await raiseRevision(trx, shopId, id)
    const present = isChanged ? await findTemplate(trx, shopId, { id }) : template
    assert(present, 'a locked template is not deleted by others')
    if (present.draft === undefined && present.published === undefined) await deleteEmpty(trx, shopId, id)
    return { status, template: present, findings }
  }
  return await inTransaction(db, run)
}

/** Answers the id of the template of this name, locked. */
async function takeName(
  trx: Database,
  shopId: string,
  { kind, state, locale }: TemplateName,
): Promise<string> {
  const { id } = await trx
    .insertInto('templates')
    .values({ shop_id: shopId, kind, state, locale, revision: 0 })
    .onConflict((conflict) =>
      // Changes nothing, but waits for whoever is deleting it, and tells the id.
      conflict
        .columns(['shop_id', 'kind', 'state', 'locale'])
        .doUpdateSet((row) => ({ locale: row.ref('excluded.locale') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function raiseRevision(trx: Database, shopId: string, templateId: string): Promise<void> {
  await trx
    .updateTable('templates')
    .set({ revision: sql`revision + 1` })
    .where('shop_id', '=', shopId)
    .where('id', '=', templateId)
    .execute()
}

/** A template nobody has written anything for is none. */
async function deleteEmpty(trx: Database, shopId: string, templateId: string): Promise<void> {
  await trx
    .deleteFrom('templates')
    .where('shop_id', '=', shopId)
    .where('id', '=', templateId)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('template_versions')
            .select('version')
            .whereRef('template_versions.shop_id', '=', 'templates.shop_id')
            .whereRef('template_versions.template_id', '=', 'templates.id'),
        ),
      ),
    )
    .execute()
}
