import { Client, escapeIdentifier } from 'pg'

const DUPLICATE_DATABASE = '42P04'
const CONNECT_TIMEOUT_MS = 10_000

export interface DatabaseAdmin {
  /**
   * Makes a database, a copy of `template` if one is named (nobody may be connected to that one), and returns its URL. A
   * database that is there already is left as it is.
   */
  createDatabase(name: string, template?: string): Promise<string>
  /** Drops it, whoever is connected to it; harmless when there is none. */
  dropDatabase(name: string): Promise<void>
}

/** Of data that are thrown away, a template is copied file by file: faster than through the log, but it costs a checkpoint. */
export function createDatabaseAdmin(
  urlOf: (database: string) => string,
  { durable }: { durable: boolean },
): DatabaseAdmin {
  return {
    async createDatabase(name, template) {
      const copy =
        template === undefined
          ? ''
          : ` template ${escapeIdentifier(template)}${durable ? '' : ' strategy file_copy'}`
      try {
        await runStatement(urlOf('postgres'), `create database ${escapeIdentifier(name)}${copy}`)
      } catch (error) {
        if (!isDuplicate(error)) throw error
      }
      return urlOf(name)
    },
    async dropDatabase(name) {
      await runStatement(urlOf('postgres'), `drop database if exists ${escapeIdentifier(name)} with (force)`)
    },
  }
}

async function runStatement(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === DUPLICATE_DATABASE
}
