import { readTemplate } from '../language/read-template.ts'
import { TemplateError } from '../language/template-error.ts'
import { createRegions } from '../locale/region.ts'
import { runTemplate } from '../run/run-template.ts'

export interface Attempt {
  /** What a TemplateError said, or what was printed. */
  refused: string | undefined
  printed: string | undefined
  cpuMs: number
}

const regionOf = createRegions()
const NOW_MS = Date.parse('2026-11-21T09:00:00Z')

/** Reads a template and runs it, as a renderer would that knows nothing of fields and markup. Throws what is no TemplateError. */
export function attempt(source: string, data: Record<string, unknown> = {}): Attempt {
  // Of this thread: how busy the machine is does not matter.
  const before = process.threadCpuUsage()
  const outcome = tryToRun(source, data)
  const { user, system } = process.threadCpuUsage(before)
  return { ...outcome, cpuMs: (user + system) / 1000 }
}

function tryToRun(source: string, data: Record<string, unknown>): Omit<Attempt, 'cpuMs'> {
  try {
    const context = { data, region: regionOf('it-IT', 'Europe/Rome'), nowMs: NOW_MS }
    return { refused: undefined, printed: runTemplate(readTemplate(source), context, 'html') }
  } catch (error) {
    if (error instanceof TemplateError) return { refused: error.sentence, printed: undefined }
    throw error
  }
}
