import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CommandFailure } from '../failures/command-failure.ts'

/** Where one local installation keeps everything: databases, the emulator's chats, logs, its keys. */
export interface DataFolder {
  path: string
  logs: string
  /** The file with SECRET_KEYS, made at the first start. */
  secretKeysFile: string
  /** A small file that only we can read; undefined when there is none. */
  read: (name: string) => string | undefined
  write: (name: string, text: string) => void
  forget: (name: string) => void
  /** Removes the folder with everything in it. */
  remove: () => void
}

const SECRET_KEYS = 'secret-keys'

/** Takes up a folder, or makes it. @throws CommandFailure when it cannot be made */
export function openDataFolder(path: string): DataFolder {
  const root = resolve(path)
  makeFolder(root)
  const folder: DataFolder = {
    path: root,
    logs: join(root, 'logs'),
    secretKeysFile: join(root, SECRET_KEYS),
    read: (name) => readIfThere(join(root, name)),
    write: (name, text) => writeFileSync(join(root, name), text, { mode: 0o600 }),
    forget: (name) => rmSync(join(root, name), { force: true }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
  if (folder.read(SECRET_KEYS) === undefined) {
    folder.write(SECRET_KEYS, `local:${randomBytes(32).toString('base64')}\n`)
  }
  return folder
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`there can be no data folder (${reason}): choose another one`, { cause: error })
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
