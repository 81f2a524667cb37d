import { findTelegramFiles, saveTelegramFiles, type Database, type TelegramFile } from '@postino/database'
import { createDownloadFile, parseAllowedHosts } from '@postino/outgoing'
import type { Logger } from '@postino/runtime'
import type { Answer } from '../call/call-telegram.ts'
import type { SenderMetrics } from '../metrics.ts'
import type { Patiently } from '../statements/patience.ts'
import { UPLOAD_MAX_BYTES } from './choose-way.ts'
import { createPrepare } from './create-prepare.ts'
import { createFileLine } from './file-line.ts'
import { createKeptFiles } from './kept-files.ts'
import { lessonsOf } from './lessons.ts'
import { createPlanFiles } from './plan-files.ts'
import type { RoutedFile } from './ready-message.ts'
import { createRecentLessons } from './recent-lessons.ts'
import { createShelf } from './shelf.ts'
import { createTextOnlyChats } from './text-only-chats.ts'
import { createUnreachableHosts } from './unreachable-hosts.ts'

export type Media = ReturnType<typeof createMedia>

export interface MediaDependencies {
  config: {
    fileDownloads: number
    fileDiskMegabytes: number
    outgoingAllowedHosts: string
    outgoingAllowHttp: boolean
  }
  database: Database
  patiently: Patiently
  metrics: Pick<SenderMetrics, 'downloaded'>
  logger: Logger
}

interface AnsweredMessage {
  botId: string
  chatId: string
  attempts: number
}

export interface Learned {
  /** To be remembered. */
  lessons: TelegramFile[]
  /** The message was refused, and can go otherwise than it did. */
  hasAnotherWay: boolean
}

// One slow file server must not keep the others waiting.
const DOWNLOADS_PER_SHOP = 2

const NOTHING: Learned = { lessons: [], hasAnotherWay: false }

/** All about the files of messages: what is known of them, where their bytes are, and what answers teach. */
export function createMedia({ config, database, patiently, metrics, logger }: MediaDependencies) {
  const recent = createRecentLessons()
  const hosts = createUnreachableHosts()
  const textOnly = createTextOnlyChats()
  const onError = (error: unknown) => logger.error({ err: error }, 'file.not_kept')
  const shelf = createShelf({
    downloadFile: createDownloadFile({
      allowedHosts: parseAllowedHosts(config.outgoingAllowedHosts),
      allowHttp: config.outgoingAllowHttp,
    }),
    line: createFileLine({ places: config.fileDownloads, placesPerOwner: DOWNLOADS_PER_SHOP }),
    maxFileBytes: UPLOAD_MAX_BYTES,
    kept: createKeptFiles({ maxBytes: config.fileDiskMegabytes * 1024 * 1024, onError }),
    onDownload: (outcome) => metrics.downloaded(outcome),
    onError,
  })

  /** What an answer teaches about files, about the hosts Telegram was to fetch from, and about the chat. */
  function learn(answer: Answer, parts: RoutedFile[], message: AnsweredMessage): Learned {
    if (answer.status === 'sent' && parts.length === 0) return NOTHING
    const byAddress = parts.flatMap(({ file, way }) => (way === 'url' && 'url' in file ? [file.url] : []))
    if (answer.status === 'sent') hosts.fetched(byAddress)
    if (answer.status === 'refused' && answer.remedy === 'upload') {
      const named = answer.fileIndex === undefined ? undefined : parts[answer.fileIndex]?.file
      hosts.refused(named !== undefined && 'url' in named ? [named.url] : byAddress)
    }
    if (answer.status === 'refused' && answer.reason === 'no_rights') {
      if (answer.remedy === undefined || parts.length === 0) return { lessons: [], hasAnotherWay: false }
      textOnly.note(message)
      return { lessons: [], hasAnotherWay: true }
    }
    const lessons = lessonsOf(answer, parts, message)
    return { lessons, hasAnotherWay: lessons.length > 0 }
  }

  async function remember(files: TelegramFile[]): Promise<void> {
    if (files.length === 0) return
    recent.note(files)
    await patiently('save_files', () => saveTelegramFiles(database, files))
  }

  return {
    planFiles: createPlanFiles({ findFiles: (keys) => findTelegramFiles(database, keys), logger }),
    prepare: createPrepare({ shelf, recent, hosts, textOnly, remember }),
    learn,
    remember,
    close: shelf.close,
  }
}
