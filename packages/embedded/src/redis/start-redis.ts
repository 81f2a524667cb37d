import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PortInUseError, ServerStartError } from '../errors.ts'
import { lockFolder, type FolderLock } from '../folder-lock.ts'
import { freePort, isPortFree } from '../free-port.ts'
import { startServerProcess, type ServerProcess } from '../server-process.ts'
import { askRedis } from './ask-redis.ts'
import { ensureRedisServer } from './find-redis-server.ts'
import { serverConfig } from './server-config.ts'

/** Loading a big append-only file takes seconds. */
const READY_TIMEOUT_MS = 60_000
const END_TIMEOUT_MS = 15_000
const POLL_MS = 5
const MAX_ATTEMPTS = 5

export interface RedisOptions {
  /** Where the data stay, made when missing. Without it nothing is written to disk. */
  folder?: string
  /** A port of 127.0.0.1; any free one when left out. */
  port?: number
  /** Gets the line that tells of an installation. */
  say?: (line: string) => void
}

export interface EmbeddedRedis {
  /** With the password. */
  url: string
  port: number
  logFile: string
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>
  /** Ends the server. May be called twice. */
  stop(): Promise<void>
}

/**
 * Starts a real Redis (or Valkey) on 127.0.0.1 and returns when it answers.
 *
 * It ends with this process even when that is killed; Ctrl-C in the terminal does not reach it. With a folder it keeps an
 * append-only file, synced every second.
 *
 * @throws MissingRedisError, FolderInUseError, PortInUseError, ServerStartError
 */
export async function startRedis(options: RedisOptions = {}): Promise<EmbeddedRedis> {
  const command = await ensureRedisServer({ say: options.say ?? (() => undefined) })
  if (options.port !== undefined && !(await isPortFree(options.port)))
    throw new PortInUseError(options.port, 'Redis')
  const durable = options.folder !== undefined
  const folder = options.folder === undefined ? makeThrowAwayFolder() : makeFolder(options.folder)
  const lock = await lockFolder(folder)
  const leave = () => (durable ? lock.release() : rmSync(folder, { recursive: true, force: true }))
  try {
    const password = randomBytes(24).toString('hex')
    const { server, port } = await startServer({
      command,
      folder,
      durable,
      password,
      lock,
      wishedPort: options.port,
    })
    return {
      url: `redis://:${password}@127.0.0.1:${port}`,
      port,
      logFile: server.logFile,
      ended: server.ended,
      async stop() {
        await server.stop()
        leave()
      },
    }
  } catch (error) {
    leave()
    throw error
  }
}

function makeFolder(path: string): string {
  const folder = resolve(path)
  mkdirSync(folder, { recursive: true })
  return folder
}

function makeThrowAwayFolder(): string {
  return mkdtempSync(join(tmpdir(), 'postino-redis-'))
}

interface ServerPlan {
  command: string
  folder: string
  durable: boolean
  password: string
  lock: FolderLock
  wishedPort: number | undefined
}

/** Tries again when a free port was taken in between. */
async function startServer(plan: ServerPlan): Promise<{ server: ServerProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = plan.wishedPort ?? (await freePort())
    try {
      return { server: await startServerOnce(plan, port), port }
    } catch (error) {
      const isTaken = error instanceof ServerStartError && error.log.includes('Address already in use')
      if (!isTaken || attempt === MAX_ATTEMPTS) throw error
    }
  }
}

async function startServerOnce(plan: ServerPlan, port: number): Promise<ServerProcess> {
  const { command, folder, durable, password } = plan
  const server = await startServerProcess({
    command,
    // The configuration comes by standard input: a password among the arguments could be read by everyone on the machine.
    args: ['-'],
    input: serverConfig({ port, folder, durable, password }),
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
    logFile: join(folder, 'redis.log'),
    endSignal: 'TERM',
    endTimeoutMs: END_TIMEOUT_MS,
    throwAwayFolder: durable ? undefined : folder,
  })
  plan.lock.addServer(server.pid)
  const deadlineMs = performance.now() + READY_TIMEOUT_MS
  while ((await askRedis({ port, password }, 'PING')) !== '+PONG') {
    if (server.hasEnded()) throw new ServerStartError('Redis', 'it ended at once', server.logTail())
    if (performance.now() > deadlineMs) {
      await server.stop()
      throw new ServerStartError(
        'Redis',
        `it was not ready after ${READY_TIMEOUT_MS / 1000} s`,
        server.logTail(),
      )
    }
    await sleep(POLL_MS)
  }
  return server
}
