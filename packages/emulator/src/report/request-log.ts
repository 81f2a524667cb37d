/** One Bot API call, as the control API shows it. */
export interface RequestEntry {
  readonly serial: number
  /** Milliseconds since 1970, when the emulator began to carry the call out. */
  readonly at_ms: number
  readonly took_ms: number
  readonly bot_id: number
  readonly method: string
  /** As the bot wrote it. */
  readonly chat_id?: string | undefined
  /** The HTTP status; 0 when no answer was given. */
  readonly status: number
  readonly description?: string | undefined
  readonly retry_after?: number | undefined
  /** The accident that happened, if one did. */
  readonly fault?: string | undefined
}

export interface RequestLog {
  add(entry: Omit<RequestEntry, 'serial'>): void
  /** Entries with a serial above `after`, oldest first. */
  list(after: number, limit: number): RequestEntry[]
  lastSerial(): number
  clear(): void
}

/** Keeps the last `capacity` calls. */
export function createRequestLog(capacity: () => number): RequestLog {
  let entries: RequestEntry[] = []
  let serial = 0

  return {
    add(entry) {
      serial += 1
      const limit = capacity()
      if (limit > 0) entries.push({ serial, ...entry })
      // Cut only now and then, so that a full log is not moved on every call.
      if (entries.length > limit * 1.25) entries = entries.slice(entries.length - limit)
    },
    list(after, limit) {
      const first = entries[0]?.serial ?? 0
      const from = Math.max(0, after + 1 - first)
      return entries.slice(from, from + limit)
    },
    lastSerial: () => serial,
    clear() {
      entries = []
    },
  }
}
