/** One line of a bench's table; numbers are figures, the unit is in the name. */
export type BenchRow = Record<string, string | number | boolean>

/**
 * Measures something and answers its table. `say` is for progress, which `--json` leaves out; `isQuick` asks for a small
 * run that shows that all of it works.
 */
export type Bench = (context: { say: (line: string) => void; isQuick: boolean }) => Promise<BenchRow[]>
