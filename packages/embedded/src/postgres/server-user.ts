import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const USER = 'postgres'

/** How to start a program that refuses to run as root: as the user `postgres`, or simply as ourselves when we are not root. */
export interface ServerUser {
  uid?: number
  gid?: number
  /** Put before every command. */
  prefix: string[]
}

/**
 * The user Postgres runs as, made when we are root and there is none.
 *
 * A checkout below /root, or in a folder of mktemp, is closed to that user. It then gets, by setpriv, the one capability of root
 * to pass through closed folders, and nothing else of root.
 *
 * @param mustReach files and folders it has to get at
 * @throws Error naming what it cannot reach
 */
export async function findServerUser(mustReach: string[]): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const { uid, gid } = (await findIds()) ?? (await createUser())
  const plain: ServerUser = { uid, gid, prefix: [] }
  if (await reaches(plain, mustReach)) return plain
  const passing: ServerUser = { prefix: passThroughFolders(uid, gid) }
  if (await reaches(passing, mustReach)) return passing
  throw new Error(
    `The user ${USER}, as which Postgres has to run because we are root, cannot reach ${mustReach.join(' or ')}. ` +
      'Move the checkout or the data folder to where others may enter, or run as a normal user.',
  )
}

// By default the kernel takes all capabilities away from a process that asks, with access(2), whether it may use a file, and so
// Postgres looks for its programs; `no_setuid_fixup` turns that off. What is left after the start is the one capability.
function passThroughFolders(uid: number, gid: number): string[] {
  const ids = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--securebits=+no_setuid_fixup']
  return ['setpriv', ...ids, '--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--']
}

async function reaches(user: ServerUser, paths: string[]): Promise<boolean> {
  const [command = '', ...args] = [
    ...user.prefix,
    '/bin/sh',
    '-c',
    'for path; do test -x "$path" || exit 1; done',
    'sh',
    ...paths,
  ]
  try {
    await run(command, args, { uid: user.uid, gid: user.gid, cwd: '/' })
    return true
  } catch {
    // Not reached, or no setpriv: the caller tries the next way or gives up.
    return false
  }
}

async function findIds(): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', USER]), run('id', ['-g', USER])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    // No such user.
    return undefined
  }
}

async function createUser(): Promise<{ uid: number; gid: number }> {
  const failure = await run('useradd', ['--system', '--user-group', '--no-create-home', USER]).then(
    () => undefined,
    (error: unknown) => error,
  )
  // Another process may have been faster: what counts is that it is there.
  const ids = await findIds()
  if (ids === undefined) {
    throw new Error(
      `Postgres does not run as root, and a user ${USER} could not be made for it. Make one, or run as a normal user.`,
      { cause: failure },
    )
  }
  return ids
}
