/** What became of the lines of a file of contacts. */
export interface ContactImportCounts {
  created: number
  changed: number
  /** In the book already, as the file has them. */
  unchanged: number
  /** Lines with an error. */
  refused: number
  /** Lines whose contact comes again further down, where it counts. */
  repeated: number
}
