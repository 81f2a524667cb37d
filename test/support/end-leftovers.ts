import type { FoundProcess, ProcessWatch } from './process-watch.ts'

/** So long something may take to end that has been asked to. */
const PATIENCE_MS = 5_000
/** What is left is killed; servers of ours then end by themselves, with their files, within this time. */
const AFTERMATH_MS = 25_000

/** Ends what outlived a run, and returns it: not what belongs to it, as the workers of a server. */
export async function endLeftovers(watch: ProcessWatch): Promise<FoundProcess[]> {
  const left = await watch.findLeftovers(PATIENCE_MS)
  const roots = left.filter((found) => !left.some((other) => other.pid === found.parentPid))
  for (const { pid } of roots) kill(pid)
  for (const { pid } of await watch.findLeftovers(AFTERMATH_MS)) kill(pid)
  return roots
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Ended in this moment.
  }
}
