import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Where one local installation keeps everything: database, Redis, the emulator's chats, logs, its keys. */
export interface DataFolder {
  path: string
  postgres: string
  redis: string
  emulatorState: string
  logs: string
  /** The file with SECRET_KEYS, made at the first start. */
  secretKeysFile: string
  /** A small private file that is kept between starts. */
  read(name: string): string | undefined
  write(name: string, text: string): void
  remove(): void
}

export function openDataFolder(path: string): DataFolder {
  const root = resolve(path)
  const logs = join(root, 'logs')
  mkdirSync(logs, { recursive: true, mode: 0o755 })
  const folder: DataFolder = {
    path: root,
    postgres: join(root, 'postgres'),
    redis: join(root, 'redis'),
    emulatorState: join(root, 'emulator.json'),
    logs,
    secretKeysFile: join(root, 'secret-keys'),
    read: (name) => readIfThere(join(root, name)),
    write: (name, text) => writeFileSync(join(root, name), text, { mode: 0o600 }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
  if (folder.read('secret-keys') === undefined) {
    folder.write('secret-keys', `local:${randomBytes(32).toString('base64')}\n`)
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
