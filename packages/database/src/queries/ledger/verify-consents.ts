import { wordingHash, type Wording } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { provesDetails } from './consent-details.ts'
import { listContactsToDerive } from './derived-purposes.ts'
import { listShopIds, type LedgerScope } from './ledger-scope.ts'

/**
 * What is wrong with the ledger. `row_altered`: a field is not what was written; `row_missing`: the row before it is gone or
 * was replaced; `order_changed`: it stands in another place; `details_altered`: the proof beside it is not the one it was
 * written with; `purposes_differ`: the contact's purposes are not what its rows say; `wording_altered`: a sentence that
 * was asked is not what it was.
 */
export interface LedgerFault {
  fault:
    | 'row_altered'
    | 'row_missing'
    | 'order_changed'
    | 'details_altered'
    | 'purposes_differ'
    | 'wording_altered'
  shopId: string
  contactId?: string
  consentId?: string
  wordingHash?: string
}

export interface LedgerVerdict {
  contacts: number
  rows: number
  faultCount: number
  /** The first of them. */
  faults: LedgerFault[]
}

const PAGE = 2_000
const MOST_TOLD = 10_000

/**
 * Computes the whole chain anew, row by row, and compares what contacts agree to with what their rows say. Takes a page at
 * a time, however long the ledger is; acts that are recorded meanwhile do no harm. A last row that is missing can only be
 * seen against a head that was kept elsewhere: see `headOfLedger`.
 */
export async function verifyConsents(db: Database, scope: LedgerScope): Promise<LedgerVerdict> {
  const verdict: LedgerVerdict = { contacts: 0, rows: 0, faultCount: 0, faults: [] }
  const tell = (fault: LedgerFault) => {
    verdict.faultCount += 1
    if (verdict.faults.length < MOST_TOLD) verdict.faults.push(fault)
  }
  for (const shopId of await listShopIds(db, scope)) {
    const place = { shopId, contactId: scope.contactId }
    verdict.rows += await verifyChains(db, place, tell)
    for await (const contacts of listContactsToDerive(db, place)) {
      verdict.contacts += contacts.length
      for (const { id, isDerived } of contacts)
        if (!isDerived) tell({ fault: 'purposes_differ', shopId, contactId: id })
    }
    if (place.contactId === undefined) await verifyWordings(db, shopId, tell)
  }
  return verdict
}

interface Place {
  shopId: string
  contactId: string | undefined
}

async function verifyChains(db: Database, place: Place, tell: (fault: LedgerFault) => void): Promise<number> {
  const { shopId } = place
  let rows = 0
  let before: ChainRow | undefined
  for (;;) {
    const page = await readChainPage(db, place, before)
    for (const row of page) {
      const where = { shopId, contactId: row.contactId, consentId: row.id }
      if (!row.isIntact) tell({ fault: 'row_altered', ...where })
      if (!isLinked(row, before)) tell({ fault: await whatBrokeTheLink(db, shopId, row), ...where })
      // Those that were erased leave their hash behind.
      if (row.details !== null && !provesDetails(row.details, row.detailsHash ?? ''))
        tell({ fault: 'details_altered', ...where })
      before = row
    }
    rows += page.length
    if (page.length < PAGE) return rows
  }
}

interface ChainRow {
  id: string
  contactId: string
  hash: Buffer
  previousHash: Buffer | null
  /** Its hash is that of its fields. */
  isIntact: boolean
  detailsHash: string | null
  details: unknown
}

async function readChainPage(
  db: Database,
  { shopId, contactId }: Place,
  after: ChainRow | undefined,
): Promise<ChainRow[]> {
  const { rows } = await sql<ChainRow>`
    select row.id, row.contact_id as "contactId", row.hash, row.previous_hash as "previousHash",
      row.hash = sha256(coalesce(row.previous_hash, ''::bytea) || convert_to(jsonb_build_array(
        row.shop_id, row.contact_id, row.purpose, row.action, row.wording_id, row.wording_version, row.wording_hash,
        row.locale, row.source, row.actor, row.evidence,
        to_char(row.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text, 'UTF8')) as "isIntact",
      row.evidence ->> 'details_hash' as "detailsHash", proof.details
    from consents row
    left join consent_details proof on proof.shop_id = row.shop_id and proof.consent_id = row.id
    where row.shop_id = ${shopId} and ${contactId === undefined ? sql`true` : sql`row.contact_id = ${contactId}`}
      and (row.contact_id, row.id) > (${after?.contactId ?? '0'}::bigint, ${after?.id ?? '0'}::bigint)
    order by row.contact_id, row.id limit ${PAGE}`.execute(db)
  return rows
}

/** `before` stands before it in the ledger, be it another contact's. */
function isLinked({ contactId, previousHash }: ChainRow, before: ChainRow | undefined): boolean {
  if (before?.contactId !== contactId) return previousHash === null
  return previousHash !== null && before.hash.equals(previousHash)
}

async function whatBrokeTheLink(
  db: Database,
  shopId: string,
  { contactId, previousHash }: ChainRow,
): Promise<'row_missing' | 'order_changed'> {
  // One that says to be the first and is not stands in another place, as does one whose predecessor is elsewhere.
  if (previousHash === null) return 'order_changed'
  const { rows } = await sql`
    select from consents where shop_id = ${shopId} and contact_id = ${contactId} and hash = ${previousHash} limit 1`.execute(
    db,
  )
  return rows.length > 0 ? 'order_changed' : 'row_missing'
}

async function verifyWordings(
  db: Database,
  shopId: string,
  tell: (fault: LedgerFault) => void,
): Promise<void> {
  let afterHash = ''
  for (;;) {
    const { rows } = await sql<Wording & { hash: string }>`
      select hash, purpose as id, version, locale, title, text from wordings
      where shop_id = ${shopId} and hash > ${afterHash} order by hash limit ${PAGE}`.execute(db)
    for (const { hash, ...wording } of rows)
      if (wordingHash(wording) !== hash) tell({ fault: 'wording_altered', shopId, wordingHash: hash })
    const last = rows.at(-1)
    if (last === undefined) return
    afterHash = last.hash
  }
}
