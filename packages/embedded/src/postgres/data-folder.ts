import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { identifyProcess } from '../process-identity.ts'
import { ServerStartError } from '../errors.ts'
import type { PostgresBinaries } from './binaries.ts'
import type { ServerUser } from './server-user.ts'

const run = promisify(execFile)
const MAJOR_VERSION = '18'
const PASSWORD_FILE = 'postino-password'
const UNFINISHED_PREFIX = 'unfinished-'
const UNFINISHED_AGE_MS = 60_000

/** Where the cluster's files are, below the folder we were given. */
export function clusterPath(folder: string): string {
  return join(folder, 'data')
}

/** Makes the cluster when there is none, all or nothing: an interrupted first start leaves no half of one. Returns its password. */
export async function prepareCluster(
  folder: string,
  options: { binaries: PostgresBinaries; user: ServerUser; durable: boolean },
): Promise<string> {
  const cluster = clusterPath(folder)
  if (!existsSync(cluster)) await initCluster(folder, options)
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  if (version !== MAJOR_VERSION) {
    throw new Error(
      `${cluster} holds data of Postgres ${version}, and this is Postgres ${MAJOR_VERSION}. ` +
        'Dump and restore it with pg_dump of the old version, or choose another folder.',
    )
  }
  await mendPidFile(cluster)
  return (await readFile(join(cluster, PASSWORD_FILE), 'utf8')).trim()
}

async function initCluster(
  folder: string,
  { binaries, user, durable }: { binaries: PostgresBinaries; user: ServerUser; durable: boolean },
): Promise<void> {
  await removeUnfinished(folder)
  const unfinished = await mkdtemp(join(folder, UNFINISHED_PREFIX))
  const cluster = join(unfinished, 'data')
  const passwordFile = join(unfinished, PASSWORD_FILE)
  await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 })
  await giveTo(user, unfinished, passwordFile)
  const [command = '', ...args] = [
    ...user.prefix,
    binaries.initdb,
    `--pgdata=${cluster}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    // Postgres' own collation: the same order on every machine, whatever locales it has.
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    // The password is long and random, so repeating its hash thousands of times would only slow down each connection.
    '--set=scram_iterations=1',
    ...syncArguments(durable),
  ]
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' }
  try {
    await run(command, args, { uid: user.uid, gid: user.gid, cwd: '/', env })
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw new ServerStartError('initdb', 'it failed', error instanceof Error ? error.message : '')
  }
  await rename(passwordFile, join(cluster, PASSWORD_FILE))
  await rename(cluster, clusterPath(folder))
  await rm(unfinished, { recursive: true })
}

/** One call for the whole file system, where there is such a call, instead of one for each of a thousand files. */
function syncArguments(durable: boolean): string[] {
  if (!durable) return ['--no-sync']
  return process.platform === 'linux' ? ['--sync-method=syncfs'] : []
}

async function giveTo(user: ServerUser, ...paths: string[]): Promise<void> {
  const { uid, gid } = user
  if (uid === undefined || gid === undefined) return
  for (const path of paths) await chown(path, uid, gid)
}

/** What a start left behind that was killed in the middle; a younger one may still be at work. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(UNFINISHED_PREFIX)) continue
    const path = join(folder, name)
    const { mtimeMs } = await stat(path)
    if (Date.now() - mtimeMs > UNFINISHED_AGE_MS) await rm(path, { recursive: true, force: true })
  }
}

// After a crash postmaster.pid stays. Postgres refuses to start when the number in it belongs to any living process of the same
// user, which after a restart of a container is likely; our lock on the folder says that no server of ours runs here. The file
// itself must stay, since by its other lines Postgres finds backends that outlived their server; so it gets our number, which
// Postgres passes over as that of its parent.
async function mendPidFile(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return
  const [pid = '', ...others] = (await readFile(file, 'utf8')).split('\n')
  if (identifyProcess(Number(pid)) === undefined || (await isPostgres(pid))) return
  await writeFile(file, [process.pid, ...others].join('\n'))
}

async function isPostgres(pid: string): Promise<boolean> {
  try {
    if (existsSync('/proc/self/comm'))
      return (await readFile(`/proc/${pid}/comm`, 'utf8')).includes('postgres')
    return (await run('ps', ['-o', 'comm=', '-p', pid])).stdout.includes('postgres')
  } catch {
    // Ended in this moment.
    return false
  }
}
