import type { FileKnowledge, TelegramFile } from '@postino/database'
import type { FileRemedy } from '@postino/telegram'
import type { Answer } from '../call/call-telegram.ts'
import { wayAfterRefusal } from './choose-way.ts'
import { needsBytes, type RoutedFile } from './ready-message.ts'

// An upload lost on the way is sent again as any other call; lost so often, the file is the reason.
const MOST_LOST_UPLOADS = 3
// As Telegram writes them; something else in its place must not hold up what is recorded of other bots.
const FILE_ID_PATTERN = /^[\w-]{1,200}$/

/**
 * What an answer teaches about the files of its message: the ids Telegram gave, or the way that is left. After a refusal an
 * empty list means that the files are not to blame.
 *
 * @param attempts of the message before this call
 */
export function lessonsOf(
  answer: Answer,
  parts: RoutedFile[],
  { attempts }: { attempts: number },
): TelegramFile[] {
  switch (answer.status) {
    case 'sent':
      return parts.flatMap((part, index) => learned(part, keptAs(part, answer.fileIds?.[index])))
    case 'refused': {
      const remedy = remedyOf(answer)
      if (remedy === undefined) return []
      const isAlbum = parts.length > 1
      return blamed(parts, remedy, answer.fileIndex).flatMap((part) =>
        learned(part, wayAfterRefusal(part, remedy, { isAlbum })),
      )
    }
    case 'not_sent':
      if (attempts + 1 < MOST_LOST_UPLOADS) return []
      return parts.filter(needsBytes).flatMap((part) => learned(part, { way: 'link' }))
    case 'flooded':
    case 'unreachable':
    case 'migrated':
    case 'bot_broken':
    case 'unknown':
      return []
  }
}

function learned({ key }: RoutedFile, known: FileKnowledge | undefined): TelegramFile[] {
  return known === undefined ? [] : [{ ...key, ...known }]
}

function keptAs({ way }: RoutedFile, fileId: string | undefined): FileKnowledge | undefined {
  if (way === 'id' || fileId === undefined || !FILE_ID_PATTERN.test(fileId)) return undefined
  return { fileId, way }
}

/** A refusal nobody knows may well be one of the file: the text is what matters. */
function remedyOf(answer: Extract<Answer, { status: 'refused' }>): FileRemedy | undefined {
  return answer.remedy ?? (answer.reason === 'refused_by_telegram' ? 'send_as_link' : undefined)
}

/** Whom Telegram means. Where it names nobody, those to whom such an answer can apply. */
function blamed(parts: RoutedFile[], remedy: FileRemedy, fileIndex: number | undefined): RoutedFile[] {
  const suspects = parts.filter((part) => isSuspect(part, remedy))
  const named = fileIndex === undefined ? undefined : parts[fileIndex]
  if (named === undefined) return suspects.length === 0 ? parts : suspects
  // What Telegram cannot fetch from a host once, it will hardly fetch there a second time; and it names one file a call.
  const host = remedy === 'upload' ? hostOf(named) : undefined
  return host === undefined
    ? [named]
    : [named, ...suspects.filter((part) => part !== named && hostOf(part) === host)]
}

function hostOf({ file }: RoutedFile): string | undefined {
  return 'url' in file ? URL.parse(file.url)?.host : undefined
}

function isSuspect({ way, file }: RoutedFile, remedy: FileRemedy): boolean {
  switch (remedy) {
    case 'forget_file_id':
      return way === 'id'
    case 'upload':
      return way === 'url'
    case 'send_as_document':
      return file.as === 'photo'
    case 'another_way':
    case 'send_as_link':
      return true
  }
}
