import type { Purpose } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'

/** A set of contacts, which people may join and leave by its keyword. */
export interface Group {
  id: string
  /** As `parseGroupKeyword` gives it. */
  keyword: string
  name: string
  /** People may join by its keyword; else only the shop adds them, or a link of the shop's does. */
  isOpen: boolean
  /** What somebody who joins is asked. */
  purposes: Purpose[]
  createdAt: Date
}

export type GroupFields = Pick<Group, 'keyword' | 'name' | 'isOpen' | 'purposes'>

const COLUMNS = ['id', 'keyword', 'name', 'is_open as isOpen', 'purposes', 'created_at as createdAt'] as const

/** The new group; undefined when the shop has one of this keyword. */
export async function createGroup(
  db: Database,
  shopId: string,
  group: Pick<Group, 'keyword' | 'name'> & Partial<GroupFields>,
): Promise<Group | undefined> {
  return await db
    .insertInto('groups')
    .values({ shop_id: shopId, keyword: group.keyword, ...columnsOf(group), name: group.name })
    .onConflict((conflict) => conflict.columns(['shop_id', 'keyword']).doNothing())
    .returning(COLUMNS)
    .$castTo<Group>()
    .executeTakeFirst()
}

/** With `isKept` it is not deleted before the transaction ends. */
export async function findGroup(
  db: Database,
  shopId: string,
  wanted: { id: string } | { keyword: string },
  { isKept = false } = {},
): Promise<Group | undefined> {
  const groups = db
    .selectFrom('groups')
    .select(COLUMNS)
    .where('shop_id', '=', shopId)
    .$if(isKept, (query) => query.forKeyShare())
    .$castTo<Group>()
  return 'id' in wanted
    ? await groups.where('id', '=', wanted.id).executeTakeFirst()
    : await groups.where('keyword', '=', wanted.keyword).executeTakeFirst()
}

/** Groups by the order they were made in, `limit` of them after the given id. */
export async function listGroups(
  db: Database,
  shopId: string,
  { after = '0', limit }: { after?: string | undefined; limit: number },
): Promise<Group[]> {
  return await db
    .selectFrom('groups')
    .select(COLUMNS)
    .where('shop_id', '=', shopId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .$castTo<Group>()
    .execute()
}

/**
 * What is not given stays. The opt-in page that leads into the group follows its keyword. `taken`: another group has that
 * keyword; undefined: there is no such group.
 */
export async function changeGroup(
  db: Database,
  shopId: string,
  { groupId, ...change }: { groupId: string } & Partial<GroupFields>,
): Promise<Group | 'taken' | undefined> {
  const columns = columnsOf(change)
  if (Object.keys(columns).length === 0) return await findGroup(db, shopId, { id: groupId })
  const update = async (trx: Database) => {
    const former = await lockGroup(trx, shopId, groupId)
    if (former === undefined) return undefined
    if (change.keyword !== undefined) await renameOnPage(trx, shopId, { former, present: change.keyword })
    return await trx
      .updateTable('groups')
      .set(columns)
      .where('shop_id', '=', shopId)
      .where('id', '=', groupId)
      .returning(COLUMNS)
      .$castTo<Group>()
      .executeTakeFirst()
  }
  try {
    return await inTransaction(db, update)
  } catch (error) {
    if (error instanceof Error && 'constraint' in error && error.constraint === KEYWORD_IS_UNIQUE)
      return 'taken'
    throw error
  }
}

/** Who was in it is forgotten; registrations and consents stay. The opt-in page leads into no group then. False when there was none. */
export async function deleteGroup(db: Database, shopId: string, groupId: string): Promise<boolean> {
  return await inTransaction(db, async (trx) => {
    const former = await lockGroup(trx, shopId, groupId)
    if (former === undefined) return false
    await renameOnPage(trx, shopId, { former, present: undefined })
    await trx.deleteFrom('groups').where('shop_id', '=', shopId).where('id', '=', groupId).execute()
    return true
  })
}

/** Answers the keyword it has; it is neither renamed nor deleted by somebody else meanwhile. */
async function lockGroup(trx: Database, shopId: string, groupId: string): Promise<string | undefined> {
  const group = await trx
    .selectFrom('groups')
    .select('keyword')
    .where('shop_id', '=', shopId)
    .where('id', '=', groupId)
    .forUpdate()
    .executeTakeFirst()
  return group?.keyword
}

async function renameOnPage(
  trx: Database,
  shopId: string,
  { former, present }: { former: string; present: string | undefined },
): Promise<void> {
  const settings =
    present === undefined
      ? sql`settings - 'group'`
      : sql`jsonb_set(settings, '{group}', to_jsonb(${present}::text))`
  await sql`
    update optin_pages set settings = ${settings}
    where shop_id = ${shopId} and settings ->> 'group' = ${former}`.execute(trx)
}

const KEYWORD_IS_UNIQUE = 'groups_shop_id_keyword_key'

function columnsOf({ keyword, name, isOpen, purposes }: Partial<GroupFields>) {
  return {
    ...(keyword !== undefined && { keyword }),
    ...(name !== undefined && { name }),
    ...(isOpen !== undefined && { is_open: isOpen }),
    ...(purposes !== undefined && { purposes: [...purposes] }),
  }
}
