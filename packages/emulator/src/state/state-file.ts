import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SavedWorld } from './saved-world.ts'

const HEAD = /^\{"postino_emulator":1,"sha256":"([0-9a-f]{64})",\n"world":/

/**
 * The world in the file; `undefined` when there is no file, or a broken one, which is put aside.
 * @throws when it cannot be read, or not be put aside.
 */
export function readStateFile(path: string, say: (line: string) => void): SavedWorld | undefined {
  const text = readIfThere(path)
  if (text === undefined) return undefined
  const world = parseState(text)
  if (world !== undefined) return world
  const aside = `${path}.broken`
  renameSync(path, aside)
  say(`${path} is broken or of another version; it is now ${aside}, and this Telegram begins empty`)
  return undefined
}

/** All or nothing: whoever reads the file finds the old world or the new one. Tokens are in it, so it is ours alone. */
export function writeStateFile(path: string, world: SavedWorld): void {
  const json = JSON.stringify(world)
  const fresh = `${path}.new`
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(fresh, `{"postino_emulator":1,"sha256":"${checksumOf(json)}",\n"world":${json}}\n`, {
    mode: 0o600,
  })
  renameSync(fresh, path)
}

// The checksum says that a `writeStateFile` of this version wrote exactly this, so its form need not be checked again.
function parseState(text: string): SavedWorld | undefined {
  const head = HEAD.exec(text)
  const json = text.slice(head?.[0].length ?? 0, -2)
  return checksumOf(json) === head?.[1] ? (JSON.parse(json) as SavedWorld) : undefined
}

function checksumOf(json: string): string {
  return createHash('sha256').update(json).digest('hex')
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
