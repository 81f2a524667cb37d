import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Downloads } from '../files/downloads.ts'
import type { FileStore } from '../files/file-store.ts'
import type { World } from '../world/world.ts'
import { pathOf } from './bot-api.ts'
import { findBot } from './bot-call.ts'
import { decodeUrl } from './form-parameters.ts'
import { encodeAnswer, writeAnswer } from './write-answer.ts'

/** Answers `GET /file/bot<token>/<file_path>`. */
export type FileDownload = (request: IncomingMessage, response: ServerResponse) => void

export function createFileDownload(dependencies: {
  world: World
  files: FileStore
  downloads: Downloads
}): FileDownload {
  const { world, files, downloads } = dependencies

  return (request, response) => {
    const [, token = '', path = ''] =
      /^\/file\/bot([^/]*)\/(?:test\/)?(.*)$/s.exec(decodeUrl(pathOf(request), false)) ?? []
    const bot = findBot(world, token)
    if ('status' in bot) {
      writeAnswer(response, encodeAnswer(bot))
      return
    }
    const file = downloads.find(bot.id, path)
    if (file === undefined) {
      writeAnswer(response, encodeAnswer({ status: 'refused', code: 404, description: 'Not Found' }))
      return
    }
    // A file that never had bytes here is as long as it said, and empty.
    const bytes = files.bytesOf(file) ?? Buffer.alloc(file.sizeBytes)
    response.writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': bytes.length,
      'Content-Disposition': `attachment; filename=${path.split('/').at(-1) ?? 'file'}`,
    })
    response.end(bytes)
  }
}
