import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

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

export function openDataFolder(path: string): DataFolder {
  const root = resolve(path)
  mkdirSync(root, { recursive: true })
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

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
