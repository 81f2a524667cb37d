/** One line of a bench's table; numbers are figures, the unit is in the name. */
export type BenchRow = Record<string, string | number | boolean>

/** Measures something and answers its table. `say` is for progress, which `--json` leaves out. */
export type Bench = (context: { say: (line: string) => void }) => Promise<BenchRow[]>
