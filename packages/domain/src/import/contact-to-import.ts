/** A contact as a line of a file gives it. What a line leaves blank is absent, and stays as it was. */
export interface ContactToImport {
  line: number
  externalId: string
  firstName?: string
  lastName?: string
  locale?: string
  timeZone?: string
  phone?: string
  email?: string
  /** `YYYY-MM-DD` or `--MM-DD`. */
  birthday?: string
  attributes?: Record<string, string>
}
