import { isSameSecret, parseApiKey, type ApiKeyScope, type NewApiKey } from '../../api-key.ts'
import type { Database } from '../../create-database.ts'

export async function insertApiKey(
  db: Database,
  shopId: string,
  key: NewApiKey & { name: string; environment: 'live' | 'test'; scopes: readonly ApiKeyScope[] },
): Promise<void> {
  await db
    .insertInto('api_keys')
    .values({
      shop_id: shopId,
      id: key.id,
      secret_hash: key.secretHash,
      name: key.name,
      environment: key.environment,
      scopes: [...key.scopes],
    })
    .execute()
}

export interface VerifiedApiKey {
  id: string
  shopId: string
  scopes: string[]
}

/** The live key behind the text a client sent; undefined when it is unknown, wrong, expired or revoked. */
export async function verifyApiKey(db: Database, text: string): Promise<VerifiedApiKey | undefined> {
  const parsed = parseApiKey(text)
  if (parsed === undefined) return undefined
  const row = await db
    .selectFrom('api_keys')
    .select(['id', 'shop_id as shopId', 'scopes', 'secret_hash as secretHash'])
    .where('id', '=', parsed.id)
    .where('revoked_at', 'is', null)
    .where((where) =>
      where.or([where('expires_at', 'is', null), where('expires_at', '>', where.fn<Date>('now'))]),
    )
    .executeTakeFirst()
  if (row === undefined || !isSameSecret(row.secretHash, parsed.secretHash)) return undefined
  return { id: row.id, shopId: row.shopId, scopes: row.scopes }
}

/** True when there was such a key and it was not revoked before. */
export async function revokeApiKey(db: Database, shopId: string, keyId: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('api_keys')
    .set((set) => ({ revoked_at: set.fn('now') }))
    .where('shop_id', '=', shopId)
    .where('id', '=', keyId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
