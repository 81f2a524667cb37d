import { saveWorld } from './save-world.ts'
import type { SavedParts } from './save-world.ts'
import { writeStateFile } from './state-file.ts'
import type { Changes } from '../world/changes.ts'

const SAVE_AFTER_MS = 1000
/** A big world takes long to write: at most this share of the time goes into it. */
const MAX_SHARE = 0.05

/** Writes the world to the file about a second after it has changed, and at the end. */
export function keepState(dependencies: {
  parts: SavedParts & { changes: Changes }
  path: string
  /** Told when the file cannot be written; the next change tries again. */
  say: (line: string) => void
}): { end(): void } {
  const { parts, path, say } = dependencies
  let timer: NodeJS.Timeout | undefined
  let waitMs = SAVE_AFTER_MS

  function save(): void {
    timer = undefined
    const startedMs = performance.now()
    try {
      writeStateFile(path, saveWorld(parts))
    } catch (error) {
      say(
        `the chats could not be written to ${path}: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
    waitMs = Math.max(SAVE_AFTER_MS, (performance.now() - startedMs) / MAX_SHARE)
  }

  const unsubscribe = parts.changes.subscribe(() => {
    timer ??= setTimeout(save, waitMs).unref()
  })
  return {
    end() {
      unsubscribe()
      clearTimeout(timer)
      save()
    },
  }
}
