import type { FileToPlace, TemplateContent } from '@postino/domain'
import { TemplateError } from '../language/template-error.ts'
import { singleLine } from '../text/tidy-lines.ts'
import { addressProblem } from '../text/web-address.ts'

type MediaSource = NonNullable<TemplateContent['media']>[number]

/**
 * Renders the files of a message. One whose address comes out empty is left out, so an optional file is written
 * `{{ file.url | default("") }}`; what is empty of its name, media type and size is not known. Throws a TemplateError that
 * names the file for any other address and for a size that is no whole number of bytes.
 */
export function renderMedia(files: MediaSource[], print: (source: string) => string): FileToPlace[] {
  return files.flatMap((file, index) => {
    try {
      return renderFile(file, print)
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      throw new TemplateError(`File ${index + 1}: ${error.message}`, undefined, { cause: error })
    }
  })
}

function renderFile(file: MediaSource, print: (source: string) => string): FileToPlace[] {
  if ('file_id' in file) return [{ type: file.type, fileId: file.file_id }]
  const url = print(file.url).trim()
  if (url === '') return []
  const problem = addressProblem(url)
  if (problem !== undefined) throw new TemplateError(problem)
  const [name, mime, size] = [file.name, file.mime, file.size].map((source) =>
    source === undefined ? '' : singleLine(print(source)),
  )
  return [
    {
      type: file.type,
      url,
      ...(name && { name }),
      ...(mime && { mime }),
      ...(size && { sizeBytes: sizeOf(size) }),
    },
  ]
}

function sizeOf(size: string): number {
  if (!/^\d{1,15}$/.test(size)) throw new TemplateError('its size is not a whole number of bytes')
  return Number(size)
}
