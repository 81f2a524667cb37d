import { API_KEY_SCOPES, generateApiKey, insertApiKey, type Database } from '@postino/database'

/** Makes an API key with every scope; its text is told this once and never again. */
export async function createKey(
  database: Database,
  shopId: string,
  key: { name: string; environment: 'live' | 'test' },
): Promise<{ id: string; text: string }> {
  const generated = generateApiKey(key.environment)
  await insertApiKey(database, shopId, { ...generated, ...key, scopes: API_KEY_SCOPES })
  return { id: generated.id, text: generated.text }
}
