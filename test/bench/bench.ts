/** One line of a bench's table; numbers are figures, the unit is in the name. */
export type BenchRow = Record<string, string | number | boolean>

/** What some benches can be told. */
export interface BenchOptions {
  /** Those rows alone. */
  rows: string[] | undefined
  /** Tell what Postgres spends its time on. */
  statements: boolean
  /** Folder for CPU profiles of our processes. */
  profiles: string | undefined
  /** How long, or how many messages long, the soak is. */
  minutes: number | undefined
  messages: number | undefined
}

/** Measures something and answers its table. */
export type Bench = (context: {
  /** For progress, which `--json` leaves out. */
  say: (line: string) => void
  /** A small run that shows that all of it works. */
  isQuick: boolean
  /** False: ourselves alone. */
  hasPeers: boolean
  options: BenchOptions
}) => Promise<BenchRow[]>
