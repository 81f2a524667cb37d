/** One line of a bench's table; numbers are figures, the unit is in the name. */
export type BenchRow = Record<string, string | number | boolean>

/** Measures something and answers its table. */
export type Bench = (context: {
  /** For progress, which `--json` leaves out. */
  say: (line: string) => void
  /** A small run that shows that all of it works. */
  isQuick: boolean
  /** False: ourselves alone. */
  hasPeers: boolean
}) => Promise<BenchRow[]>
