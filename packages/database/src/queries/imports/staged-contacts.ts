import type { ContactToImport, ImportIssue } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { ContactImportCounts } from './contact-import-counts.ts'

/** Opens the temporary table of a transaction for the lines of a file; answers what adds lines to it. */
export async function stageContacts(
  trx: Database,
): Promise<(contacts: readonly ContactToImport[]) => Promise<void>> {
  await sql`
    create temporary table import_lines (
      line bigint, external_id text, first_name text, last_name text, locale text, time_zone text, phone text, email text,
      birthday text, attributes jsonb
    ) on commit drop`.execute(trx)
  return async (contacts) => {
    await sql`
      insert into import_lines
      select line, "externalId", "firstName", "lastName", locale, "timeZone", phone, email, birthday, attributes
      from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as record (
        line bigint, "externalId" text, "firstName" text, "lastName" text, locale text, "timeZone" text, phone text,
        email text, birthday text, attributes jsonb)`.execute(trx)
  }
}

/** Decides about each line, by what the shop's book says now. */
export async function planStagedContacts(trx: Database, shopId: string): Promise<void> {
  await sql`analyze import_lines`.execute(trx)
  await sql`
    create temporary table import_plan on commit drop as
    select line.*, contact.id as contact_id, case
      when line.line < line.last_line then 'repeated'
      when contact.id is null then 'create'
      when contact.erased_at is not null then 'erased'
      when contact.merged_into is not null then 'merged'
      when contact.removed_at is not null or not contact.attributes @> coalesce(line.attributes, '{}')
        or (line.first_name, line.last_name, line.locale, line.time_zone, line.phone, line.email, line.birthday) is distinct from (
          case when line.first_name is not null then contact.first_name end,
          case when line.last_name is not null then contact.last_name end,
          case when line.locale is not null then contact.locale end,
          case when line.time_zone is not null then contact.time_zone end,
          case when line.phone is not null then contact.phone end,
          case when line.email is not null then contact.email end,
          case when line.birthday is not null then contact.birthday end)
        then 'change'
      else 'same' end as step
    from (select *, max(line) over (partition by external_id) as last_line from import_lines) line
    left join contacts contact on contact.shop_id = ${shopId}::bigint and contact.external_id = line.external_id`.execute(
    trx,
  )
  await sql`create index on import_plan (line) where step in ('repeated', 'erased', 'merged')`.execute(trx)
  await sql`create index on import_plan (contact_id) where step = 'change'`.execute(trx)
  await sql`analyze import_plan`.execute(trx)
}

export async function countPlannedContacts(trx: Database): Promise<ContactImportCounts> {
  const { rows } = await sql<ContactImportCounts>`
    select count(*) filter (where step = 'create')::int as created,
      count(*) filter (where step = 'change')::int as changed,
      count(*) filter (where step = 'same')::int as unchanged,
      count(*) filter (where step in ('erased', 'merged'))::int as refused,
      count(*) filter (where step = 'repeated')::int as repeated
    from import_plan`.execute(trx)
  return rows[0] ?? { created: 0, changed: 0, unchanged: 0, refused: 0, repeated: 0 }
}

const TOLD_AT_ONCE = 1_000

const ISSUES = {
  repeated: ['notice', 'repeated'],
  erased: ['error', 'contact_erased'],
  merged: ['error', 'contact_merged'],
} as const

/** What the database has against lines behind this one, in their order; some at a time. */
export async function listStagedIssues(trx: Database, afterLine: number): Promise<ImportIssue[]> {
  const { rows } = await sql<{ line: number; lastLine: number; step: keyof typeof ISSUES }>`
    select line::float8 as line, last_line::float8 as "lastLine", step from import_plan
    where step in ('repeated', 'erased', 'merged') and line > ${afterLine} order by line limit ${TOLD_AT_ONCE}`.execute(
    trx,
  )
  return rows.map(({ line, lastLine, step }) => {
    const [severity, code] = ISSUES[step]
    return { severity, line, code, message: describe(step, lastLine) }
  })
}

function describe(step: keyof typeof ISSUES, lastLine: number): string {
  switch (step) {
    case 'repeated':
      return `the contact comes again in line ${lastLine}, which counts`
    case 'erased':
      return 'the contact had everything erased, and no import brings it back'
    case 'merged':
      return 'the contact has become one with another: name it by that one’s external id'
  }
}
