/** What is wrong with one line, which was refused for it, or what should be known of a line or column that was taken. */
export interface ImportIssue {
  severity: 'error' | 'notice'
  /** As a text editor counts, from 1; a record that spans several begins there. */
  line: number
  /** As the file's header calls it. */
  column?: string
  /** Stable, for programs. */
  code: string
  /** What an error says follows the name of the column in a sentence. */
  message: string
}
