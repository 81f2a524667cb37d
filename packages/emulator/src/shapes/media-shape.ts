import { createFileId, createUniqueId } from '../files/file-id.ts'
import type { PhotoSize, StoredFile } from '../files/stored-file.ts'

/** The fields of a message that hold its file, by the file's kind. File ids are those of the bot that asks. */
export function mediaFields(file: StoredFile, botId: number): Record<string, unknown> {
  switch (file.kind) {
    case 'photo':
      return { photo: file.sizes.map((size) => photoSizeShape(file, size, botId)) }
    case 'document':
      return { document: documentShape(file, botId) }
    case 'video':
      return { video: videoShape(file, botId) }
    case 'audio':
      return { audio: audioShape(file, botId) }
    case 'animation':
      // Old clients know no animations, so Telegram sends each as a document too.
      return { animation: animationShape(file, botId), document: documentShape(file, botId) }
  }
}

/** The Bot API's File without its path. */
export function fileShape(file: StoredFile, botId: number): Record<string, unknown> {
  return {
    file_id: createFileId(file, botId),
    file_unique_id: createUniqueId(file),
    file_size: file.sizeBytes || undefined,
  }
}

function photoSizeShape(file: StoredFile, size: PhotoSize, botId: number): Record<string, unknown> {
  return {
    file_id: createFileId(file, botId, size.letter),
    file_unique_id: createUniqueId(file, size.letter),
    file_size: size.sizeBytes,
    width: size.width,
    height: size.height,
  }
}

function documentShape(file: StoredFile, botId: number): Record<string, unknown> {
  return { ...naming(file), ...thumbnail(file, botId), ...fileShape(file, botId) }
}

function animationShape(file: StoredFile, botId: number): Record<string, unknown> {
  const { durationSeconds: duration, width, height } = file
  return { ...naming(file), duration, width, height, ...thumbnail(file, botId), ...fileShape(file, botId) }
}

function videoShape(file: StoredFile, botId: number): Record<string, unknown> {
  const { durationSeconds: duration, width, height } = file
  return { duration, width, height, ...naming(file), ...thumbnail(file, botId), ...fileShape(file, botId) }
}

function audioShape(file: StoredFile, botId: number): Record<string, unknown> {
  return {
    duration: file.durationSeconds,
    ...naming(file),
    title: file.title || undefined,
    performer: file.performer || undefined,
    ...thumbnail(file, botId),
    ...fileShape(file, botId),
  }
}

function naming(file: StoredFile): Record<string, unknown> {
  return { file_name: file.fileName || undefined, mime_type: file.mimeType || undefined }
}

/** Given twice, under the new name and the one of before 2023. */
function thumbnail(file: StoredFile, botId: number): Record<string, unknown> {
  const picture = file.thumbnail
  const size = picture?.sizes.at(-1)
  if (picture === undefined || size === undefined) return {}
  const shape = photoSizeShape(picture, size, botId)
  return { thumbnail: shape, thumb: shape }
}
