/** A file of a multipart request, held in memory. */
export interface UploadedFile {
  readonly fieldName: string
  readonly fileName: string
  readonly contentType: string
  readonly bytes: Buffer
}

/**
 * The parameters of one call, from the query string and the body together. The first occurrence of a name wins.
 * All values are text, as in the real server; an absent parameter and an empty one are the same to most methods.
 */
export interface Parameters {
  /** The value, or the empty string. */
  text(name: string): string
  has(name: string): boolean
  file(fieldName: string): UploadedFile | undefined
  readonly files: readonly UploadedFile[]
}

/** Parameters while they are being read. */
export interface ParameterList extends Parameters {
  add(name: string, value: string): void
  addFile(file: UploadedFile): void
}

export function createParameters(): ParameterList {
  const values = new Map<string, string>()
  const files: UploadedFile[] = []

  return {
    add(name, value) {
      if (!values.has(name)) values.set(name, value)
    },
    addFile: (file) => void files.push(file),
    text: (name) => values.get(name) ?? '',
    has: (name) => values.has(name),
    file: (fieldName) => files.find((file) => file.fieldName === fieldName),
    files,
  }
}

/** True for `true`, `yes` and `1` in any case; everything else is false. */
export function booleanParameter(parameters: Parameters, name: string): boolean {
  const value = parameters.text(name).trim().toLowerCase()
  return value === 'true' || value === 'yes' || value === '1'
}

/** An integer that is clamped into its range, not refused. */
export function integerParameter(
  parameters: Parameters,
  name: string,
  range: { absent: number; min: number; max: number },
): number {
  const text = parameters.text(name)
  const value = text === '' ? range.absent : leadingInteger(text)
  return Math.min(Math.max(value, range.min), range.max)
}

/** The integer a text begins with, 0 when it begins with none: `12abc` is 12, `1e3` is 1, as the real server reads. */
export function leadingInteger(text: string): number {
  const digits = /^-?\d+/.exec(text)
  return digits === null ? 0 : Number(digits[0])
}
