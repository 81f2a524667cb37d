import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { atEnd } from './at-end.ts'

/** A database in which no migration has run yet, dropped at the end; its URL. */
export async function createEmptyDatabase(): Promise<string> {
  const name = `empty_${randomBytes(8).toString('hex')}`
  await admin(`create database ${name}`)
  atEnd(() => admin(`drop database ${name} with (force)`))
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return url.href
}

async function admin(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  await client.query(statement)
  await client.end()
}
