import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { dumpSchema } from '../support/dump-schema.ts'
import { makeFolder } from '../support/make-folder.ts'
import { openTestDatabase } from './database-under-test.ts'

// `pnpm test -u schema` accepts what a migration changed.

const DATABASE_PACKAGE = fileURLToPath(new URL('../../packages/database/', import.meta.url))
const OXFMT = fileURLToPath(new URL('../../node_modules/.bin/oxfmt', import.meta.url))

const { url, db } = await openTestDatabase()

test('schema.sql is what the migrations make', async () => {
  await expect(await dumpSchema(db)).toMatchFileSnapshot(join(DATABASE_PACKAGE, 'schema.sql'))
})

test('schema.ts is what the migrated database gives', async () => {
  const types = await formatTypes(await generateTypes(url))
  await expect(types).toMatchFileSnapshot(join(DATABASE_PACKAGE, 'src/schema.ts'))
})

// Nobody asks a partition itself.
const PARTS = '{kysely_*,events_2*,events_otherwise,messages_open,messages_ended*}'

async function generateTypes(databaseUrl: string): Promise<string> {
  // A tool of that package, and looked up from its place.
  const index = createRequire(DATABASE_PACKAGE).resolve('kysely-codegen')
  const outFile = join(makeFolder(), 'schema.ts')
  const options = ['--dialect', 'postgres', '--exclude-pattern', PARTS, '--log-level', 'error']
  const bin = join(dirname(index), 'cli/bin.js')
  await promisify(execFile)(process.execPath, [bin, '--url', databaseUrl, '--out-file', outFile, ...options])
  return await readFile(outFile, 'utf8')
}

async function formatTypes(source: string): Promise<string> {
  const oxfmt = spawn(OXFMT, ['--stdin-filepath', 'schema.ts'], { cwd: DATABASE_PACKAGE })
  oxfmt.stdin.end(source)
  const [formatted, complaints, [code]] = await Promise.all([
    text(oxfmt.stdout),
    text(oxfmt.stderr),
    once(oxfmt, 'exit'),
  ])
  expect({ code, complaints }).toEqual({ code: 0, complaints: '' })
  return formatted
}
