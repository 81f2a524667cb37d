/** What is wrong with a line of an imported file, which is left out for it, or what should be known of one that is taken. */
export interface ImportIssue {
  severity: 'error' | 'notice'
  /** As a text editor counts, from 1; a record that spans several begins there. */
  line: number
  /** As the file's header calls it; then the message follows this name in a sentence. */
  column?: string
  /** Stable, for programs. */
  code: string
  /** Never says what stands in the file, which may be personal. */
  message: string
}
