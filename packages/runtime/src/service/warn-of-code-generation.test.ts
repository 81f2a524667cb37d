import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** A process of its own: the flag is for a whole one. */
async function warningsWith(flags: string[]): Promise<unknown> {
  const module = new URL('warn-of-code-generation.ts', import.meta.url).href
  const program = `
    const { warnOfCodeGeneration } = await import(${JSON.stringify(module)})
    const warnings = []
    warnOfCodeGeneration({ warn: (fields, message) => warnings.push([fields, message]) })
    console.log(JSON.stringify(warnings))`
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...flags,
    '--input-type=module',
    '-e',
    program,
  ])
  return JSON.parse(stdout)
}

test('a process that would make code of texts says so, and one started with the flag does not', async () => {
  const flag = '--disallow-code-generation-from-strings'
  expect(await warningsWith([])).toEqual([[{ flag }, 'code_generation.allowed']])
  expect(await warningsWith([flag])).toEqual([])
})
