import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PortInUseError, ServerStartError } from '../errors.ts'
import { lockFolder, type FolderLock } from '../folder-lock.ts'
import { freePort, isPortFree } from '../free-port.ts'
import { startServerProcess, type ServerProcess } from '../server-process.ts'
import { findBinaries, type PostgresBinaries } from './binaries.ts'
import { clusterPath, prepareCluster } from './data-folder.ts'
import { createDatabaseAdmin, type DatabaseAdmin } from './database-admin.ts'
import { serverArguments, type ServerSettings } from './server-settings.ts'
import { findServerUser, type ServerUser } from './server-user.ts'

/** Crash recovery of a local database takes seconds; this leaves room for a slow disk. */
const READY_TIMEOUT_MS = 60_000
const END_TIMEOUT_MS = 20_000
const POLL_MS = 10
const RETRY_MS = 200
const MAX_ATTEMPTS = 25

export interface PostgresOptions {
  /** Where the data stays, made when missing. Without it the data is thrown away at the end, and not written through to disk. */
  folder?: string
  /** A port of 127.0.0.1; any free one when left out. */
  port?: number
  /** Of postgresql.conf, instead of ours: autovacuum, which is off where data are thrown away, or a library to be loaded. */
  settings?: ServerSettings
}

export interface EmbeddedPostgres extends DatabaseAdmin {
  /** Of the superuser, to the database `postgres`, password included. */
  url: string
  port: number
  logFile: string
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>
  /** Ends the server, and removes its data when they are to be thrown away. May be called twice. */
  stop(): Promise<void>
}

/**
 * Starts a real Postgres 18 on 127.0.0.1, as any user including root, and returns when it takes connections.
 *
 * It ends with this process even when that is killed; Ctrl-C in the terminal does not reach it. A folder is taken up again by
 * the next start, also after a crash.
 *
 * @throws FolderInUseError, PortInUseError, ServerStartError
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<EmbeddedPostgres> {
  const durable = options.folder !== undefined
  if (options.port !== undefined && !(await isPortFree(options.port)))
    throw new PortInUseError(options.port, 'Postgres')
  const folder = options.folder === undefined ? makeThrowAwayFolder() : makeFolder(options.folder)
  const lock = await lockFolder(folder)
  try {
    const binaries = findBinaries()
    const user = await findServerUser([dirname(binaries.postgres), folder])
    const password = await prepareCluster(folder, { binaries, user, durable })
    const { server, port } = await startServer({
      folder,
      durable,
      binaries,
      user,
      lock,
      wishedPort: options.port,
      settings: options.settings,
    })
    const urlOf = (database: string) =>
      `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
    return {
      ...createDatabaseAdmin(urlOf, { durable }),
      url: urlOf('postgres'),
      port,
      logFile: server.logFile,
      ended: server.ended,
      async stop() {
        await server.stop()
        leaveFolder(folder, durable, lock)
      },
    }
  } catch (error) {
    leaveFolder(folder, durable, lock)
    throw error
  }
}

function leaveFolder(folder: string, durable: boolean, lock: FolderLock): void {
  if (durable) lock.release()
  else rmSync(folder, { recursive: true, force: true })
}

function makeFolder(path: string): string {
  const folder = resolve(path)
  mkdirSync(folder, { recursive: true })
  return folder
}

function makeThrowAwayFolder(): string {
  return mkdtempSync(join(tmpdir(), 'postino-postgres-'))
}

interface ServerPlan {
  folder: string
  durable: boolean
  binaries: PostgresBinaries
  user: ServerUser
  lock: FolderLock
  wishedPort: number | undefined
  settings: ServerSettings | undefined
}

/** Tries again when a free port was taken in between, or when backends of a killed server are still about to end. */
async function startServer(plan: ServerPlan): Promise<{ server: ServerProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = plan.wishedPort ?? (await freePort())
    try {
      return { server: await startServerOnce(plan, port), port }
    } catch (error) {
      if (!isPassing(error) || attempt === MAX_ATTEMPTS) throw error
      await sleep(RETRY_MS)
    }
  }
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof ServerStartError &&
    (error.log.includes('could not bind') || error.log.includes('pre-existing shared memory block'))
  )
}

async function startServerOnce(plan: ServerPlan, port: number): Promise<ServerProcess> {
  const { folder, durable, binaries, user, settings } = plan
  const cluster = clusterPath(folder)
  const [command = '', ...args] = [
    ...user.prefix,
    binaries.postgres,
    ...serverArguments({ cluster, port, durable, settings }),
  ]
  const server = await startServerProcess({
    command,
    args,
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
    uid: user.uid,
    gid: user.gid,
    logFile: join(folder, 'postgres.log'),
    endSignal: 'INT',
    endTimeoutMs: END_TIMEOUT_MS,
    throwAwayFolder: durable ? undefined : folder,
  })
  plan.lock.addServer(server.pid)
  const deadlineMs = performance.now() + READY_TIMEOUT_MS
  while (!isReady(cluster, server.pid)) {
    if (server.hasEnded()) throw new ServerStartError('Postgres', 'it ended at once', server.logTail())
    if (performance.now() > deadlineMs) {
      await server.stop()
      throw new ServerStartError(
        'Postgres',
        `it was not ready after ${READY_TIMEOUT_MS / 1000} s`,
        server.logTail(),
      )
    }
    await sleep(POLL_MS)
  }
  return server
}

/** The first line of postmaster.pid is the server's number, the eighth its state: how pg_ctl waits for a start. */
function isReady(cluster: string, pid: number): boolean {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return false
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready'
}
