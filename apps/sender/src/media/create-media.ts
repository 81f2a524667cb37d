import { findTelegramFiles, saveTelegramFiles, type Database, type TelegramFile } from '@postino/database'
import { createDownloadFile, parseAllowedHosts } from '@postino/outgoing'
import type { Logger } from '@postino/runtime'
import type { SenderMetrics } from '../metrics.ts'
import type { Patiently } from '../patience.ts'
import { UPLOAD_MAX_BYTES } from './choose-way.ts'
import { createPrepare } from './create-prepare.ts'
import { createFileLine } from './file-line.ts'
import { createKeptFiles } from './kept-files.ts'
import { createPlanFiles } from './plan-files.ts'
import { createRecentLessons } from './recent-lessons.ts'
import { createShelf } from './shelf.ts'

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

// One slow file server must not keep the others waiting.
const DOWNLOADS_PER_BOT = 2

/** All about the files of messages: what is known of them, where their bytes are, and what answers teach. */
export function createMedia({ config, database, patiently, metrics, logger }: MediaDependencies) {
  const recent = createRecentLessons()
  const onError = (error: unknown) => logger.error({ err: error }, 'file.not_kept')
  const shelf = createShelf({
    downloadFile: createDownloadFile({
      allowedHosts: parseAllowedHosts(config.outgoingAllowedHosts),
      allowHttp: config.outgoingAllowHttp,
    }),
    line: createFileLine({ places: config.fileDownloads, placesPerOwner: DOWNLOADS_PER_BOT }),
    maxFileBytes: UPLOAD_MAX_BYTES,
    kept: createKeptFiles({ maxBytes: config.fileDiskMegabytes * 1024 * 1024, onError }),
    onDownload: (outcome) => metrics.downloaded(outcome),
    onError,
  })

  async function remember(files: TelegramFile[]): Promise<void> {
    if (files.length === 0) return
    recent.note(files)
    await patiently('save_files', () => saveTelegramFiles(database, files))
  }

  return {
    planFiles: createPlanFiles({ findFiles: (keys) => findTelegramFiles(database, keys), logger }),
    prepare: createPrepare({ shelf, recent, remember }),
    remember,
    close: shelf.close,
  }
}
