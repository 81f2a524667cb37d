import type { Database } from '../../create-database.ts'

/** Whose ledger: of every shop, of one, or of one of its contacts. */
export type LedgerScope =
  | { shopId?: undefined; contactId?: undefined }
  | { shopId: string; contactId?: string }

export async function listShopIds(db: Database, { shopId }: LedgerScope): Promise<string[]> {
  if (shopId !== undefined) return [shopId]
  const shops = await db.selectFrom('shops').select('id').orderBy('id').execute()
  return shops.map(({ id }) => id)
}
