import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  FolderInUseError,
  freePort,
  PortInUseError,
  startPostgres,
  type PostgresOptions,
} from '@postino/embedded'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { makeFolder } from '../support/make-folder.ts'
import { isRunning } from '../support/process-watch.ts'
import { startNode } from '../support/start-node.ts'
import { waitUntil } from '../support/wait-until.ts'

const HOLDER = new URL('./embedded-process.ts', import.meta.url)

async function start(options: PostgresOptions) {
  const postgres = await startPostgres(options)
  atEnd(() => postgres.stop())
  return postgres
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

/** A killed process whose server held a committed row in `folder`; returns the server's number. */
async function leaveBehind(folder: string): Promise<number> {
  const holder = startNode(HOLDER, { args: [folder] })
  const { postgresUrl } = await holder.waitForField('postgresUrl')
  await query(String(postgresUrl), "create table t (word text); insert into t values ('so')")
  const server = Number.parseInt(await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8'), 10)
  holder.kill('SIGKILL')
  await holder.ended
  return server
}

test('data in a folder is there again after a stop and a start', async () => {
  const folder = makeFolder()
  const first = await start({ folder })
  await query(await first.createDatabase('kept'), "create table t (word text); insert into t values ('so')")
  await first.stop()
  await first.stop()

  const second = await start({ folder })
  expect(await query(await second.createDatabase('kept'), 'select word from t')).toEqual([{ word: 'so' }])
})

test('a folder with a path longer than a socket may have, with blanks and quotes, serves', async () => {
  const postgres = await start({ folder: join(makeFolder(), `it's "so" long ${'x'.repeat(200)}`) })
  expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a second server on one folder is refused, naming who has it, and the first goes on', async () => {
  const folder = makeFolder()
  const first = await start({ folder })
  const refusal: unknown = await start({ folder }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(FolderInUseError)
  expect(String(refusal)).toContain(`${folder} is in use by process ${process.pid}.`)
  expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a wished port is taken, and one in use is refused by its number', async () => {
  const port = await freePort()
  expect((await start({ port })).port).toBe(port)
  const refusal: unknown = await start({ port }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(PortInUseError)
  expect(String(refusal)).toContain(String(port))
})

test('the server ends with a process that is killed, and the next start waits for that', async () => {
  const folder = makeFolder()
  const server = await leaveBehind(folder)
  const next = await start({ folder })
  expect(isRunning(server)).toBe(false)
  expect(await query(await next.createDatabase('kept'), 'select word from t')).toEqual([{ word: 'so' }])
})

test('data survives the crash of everything, though the server’s old number belongs to another process now', async () => {
  const folder = makeFolder()
  const server = await leaveBehind(folder)
  process.kill(server, 'SIGKILL')
  await waitUntil(() => !isRunning(server))
  const pidFile = join(folder, 'data', 'postmaster.pid')
  const [, ...lines] = (await readFile(pidFile, 'utf8')).split('\n')
  await writeFile(pidFile, [process.ppid, ...lines].join('\n'))

  const next = await start({ folder })
  expect(await query(await next.createDatabase('kept'), 'select word from t')).toEqual([{ word: 'so' }])
})

test('a copy of a template database has its tables, and making it again changes nothing', async () => {
  const postgres = await start({})
  await query(
    await postgres.createDatabase('template'),
    "create table t (word text); insert into t values ('so')",
  )
  const copy = await postgres.createDatabase('copy', 'template')
  await query(copy, "insert into t values ('too')")
  await postgres.createDatabase('copy', 'template')
  expect(await query(copy, 'select word from t')).toEqual([{ word: 'so' }, { word: 'too' }])
})
