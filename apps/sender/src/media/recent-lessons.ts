import type { FileKnowledge, TelegramFile, TelegramFileKey } from '@postino/database'
import { textOfKey } from './file-key.ts'

/** What this process learned since the messages that are about to leave were claimed. */
export interface RecentLessons {
  note: (files: TelegramFile[]) => void
  /** What was learned after this time; undefined when it was nothing. */
  since: (key: TelegramFileKey, timeMs: number) => FileKnowledge | undefined
}

// A claim is good for seconds, and what is older stands in Postgres: more than enough for what is learned meanwhile.
const MAX_NOTED = 2_000

export function createRecentLessons(): RecentLessons {
  const noted = new Map<string, { known: FileKnowledge; atMs: number }>()
  return {
    note(files) {
      for (const { fileId, way, ...key } of files) {
        const text = textOfKey(key)
        // To the end of the line.
        noted.delete(text)
        noted.set(text, { known: { fileId, way }, atMs: Date.now() })
        const [oldest] = noted.size > MAX_NOTED ? noted.keys() : []
        if (oldest !== undefined) noted.delete(oldest)
      }
    },
    since(key, timeMs) {
      const lesson = noted.get(textOfKey(key))
      return lesson !== undefined && lesson.atMs >= timeMs ? lesson.known : undefined
    },
  }
}
