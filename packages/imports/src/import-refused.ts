/** The whole file is refused, and nothing of it is taken. The message is one line for whoever made the file. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused'
  /** Stable, for programs. */
  readonly code: RefusalCode

  constructor(code: RefusalCode, message: string) {
    super(message)
    this.code = code
  }
}

export type RefusalCode =
  | 'empty_file'
  | 'no_rows'
  | 'not_utf8'
  | 'is_spreadsheet'
  | 'header_broken'
  | 'column_missing'
  | 'column_twice'
