import { sql } from 'kysely'
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
  return (await verifyApiKeys(db, [text])).get(text)
}

/** The live keys behind texts that clients sent; one that is unknown, wrong, expired or revoked has none. */
export async function verifyApiKeys(
  db: Database,
  texts: readonly string[],
): Promise<Map<string, VerifiedApiKey>> {
  const parsed = texts.flatMap((text) => {
    const key = parseApiKey(text)
    return key === undefined ? [] : [{ text, ...key }]
  })
  if (parsed.length === 0) return new Map()
  const { rows } = await sql<VerifiedApiKey & { secretHash: Buffer }>`
    select id, shop_id as "shopId", to_json(scopes) as scopes, secret_hash as "secretHash" from api_keys
    where id = any (${parsed.map(({ id }) => id)}::text[]) and revoked_at is null
      and (expires_at is null or expires_at > now())`.execute(db)
  const live = new Map(rows.map(({ secretHash, ...key }) => [key.id, { key, secretHash }]))
  return new Map(
    parsed.flatMap(({ text, id, secretHash }): [string, VerifiedApiKey][] => {
      const found = live.get(id)
      return found !== undefined && isSameSecret(found.secretHash, secretHash) ? [[text, found.key]] : []
    }),
  )
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
