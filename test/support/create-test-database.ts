import { randomBytes } from 'node:crypto'
import { Client, escapeIdentifier } from 'pg'
import { inject } from 'vitest'
import { atEnd } from './at-end.ts'
import { TEMPLATE_DATABASE } from './global-setup.ts'
import { waitUntil } from './wait-until.ts'

const CLOSE_TIMEOUT_MS = 5_000

/**
 * A migrated, empty database of its own, dropped at the end of the test or file that asked for it: call it at the top of a file
 * or in a test, not in a hook. It fails whoever leaves a connection to it open.
 *
 * @returns its URL, for a superuser
 */
export async function createTestDatabase(): Promise<string> {
  const adminUrl = inject('postgresUrl')
  const name = `test_${randomBytes(8).toString('hex')}`
  await withClient(adminUrl, (client) =>
    client.query(
      `create database ${escapeIdentifier(name)} template ${TEMPLATE_DATABASE} strategy file_copy`,
    ),
  )
  atEnd(() => withClient(adminUrl, (client) => dropDatabase(client, name)))
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}

async function dropDatabase(client: Client, name: string): Promise<void> {
  try {
    // A server notices a connection that was closed a moment after the one who closed it.
    await waitUntil(async () => (await listConnections(client, name)).length === 0, {
      timeoutMs: CLOSE_TIMEOUT_MS,
    })
  } catch (error) {
    const left = await listConnections(client, name)
    throw new Error(`connections to the test database were left open by: ${left.join(', ')}`, {
      cause: error,
    })
  } finally {
    await client.query(`drop database ${escapeIdentifier(name)} with (force)`)
  }
}

async function listConnections(client: Client, name: string): Promise<string[]> {
  const { rows } = await client.query<{ application_name: string }>(
    'select application_name from pg_stat_activity where datname = $1',
    [name],
  )
  return rows.map((row) => row.application_name || 'an unnamed client')
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
