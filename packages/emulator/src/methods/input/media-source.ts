import type { Parameters, UploadedFile } from '../../http/parameters.ts'

/** Where the bytes of a media come from. */
export type MediaSource =
  | { readonly from: 'upload'; readonly upload: UploadedFile }
  /** A file id, or an address when there is a dot in it. */
  | { readonly from: 'remote'; readonly reference: string }

/**
 * The file a parameter means: by its text (`attach://<part>`, a file id, an address) or, without text, by the part
 * of the form that has the parameter's name.
 */
export function findMediaSource(
  parameters: Parameters,
  reference: string,
  fieldName: string,
): MediaSource | undefined {
  const attached = /^attach:\/\/(.*)$/s.exec(reference)?.[1]
  if (reference !== '' && attached === undefined) return { from: 'remote', reference }
  const upload = parameters.file(attached ?? fieldName)
  return upload && { from: 'upload', upload }
}

/** A thumbnail is taken from an upload only. */
export function findThumbnail(parameters: Parameters, reference: string): UploadedFile | undefined {
  const attached = /^attach:\/\/(.*)$/s.exec(reference)?.[1]
  if (attached !== undefined) return parameters.file(attached)
  return parameters.file('thumbnail') ?? parameters.file('thumb')
}
