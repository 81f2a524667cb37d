import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { MissingRedisError } from '../errors.ts'
import { canInstallRedis, installRedis } from './install-redis.ts'

const run = promisify(execFile)
const PROGRAMS = ['redis-server', 'valkey-server']
/** BullMQ warns below this one. */
const MIN_VERSION = [6, 2] as const

/**
 * The command of a Redis or Valkey server on this machine. When there is none, and we are root on a Debian, it is installed;
 * `say` gets the one line that tells so.
 *
 * @throws MissingRedisError with the way out
 */
export async function ensureRedisServer(options: { say: (line: string) => void }): Promise<string> {
  const found = await findUsable()
  if (found !== undefined) return found
  if (!canInstallRedis())
    throw new MissingRedisError('There is no redis-server and no valkey-server on the PATH.')
  options.say('There is no Redis on this machine: installing redis-server with apt-get.')
  await installRedis()
  const installed = await findUsable()
  if (installed === undefined)
    throw new MissingRedisError('apt-get installed redis-server, but it is not on the PATH.')
  return installed
}

async function findUsable(): Promise<string | undefined> {
  let tooOld: string | undefined
  for (const program of PROGRAMS) {
    const version = await readVersion(program)
    if (version === undefined) continue
    if (isNewEnough(version)) return program
    tooOld = `${program} on the PATH has version ${version.join('.')}; ${MIN_VERSION.join('.')} is the oldest that serves.`
  }
  if (tooOld !== undefined) throw new MissingRedisError(tooOld)
  return undefined
}

/** From "Redis server v=7.0.15 sha=…" or "Valkey server v=8.1.0 …". */
async function readVersion(program: string): Promise<[number, number] | undefined> {
  let output: string
  try {
    output = (await run(program, ['--version'])).stdout
  } catch {
    // Not on the PATH, or it does not run.
    return undefined
  }
  const match = /v=(\d+)\.(\d+)/.exec(output)
  return match === null ? undefined : [Number(match[1]), Number(match[2])]
}

function isNewEnough([major, minor]: [number, number]): boolean {
  return major > MIN_VERSION[0] || (major === MIN_VERSION[0] && minor >= MIN_VERSION[1])
}
