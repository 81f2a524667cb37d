import { CommanderError } from 'commander'
import { createProgram } from './create-program.ts'
import { describeFailure } from './failures/describe-failure.ts'
import type { Surroundings } from './surroundings.ts'

const FAILED = 1
const WRONG_USAGE = 2

/** Runs one command line; the exit code: 0 done, 1 failed and said why, 2 wrong usage. */
export async function run(
  args: readonly string[],
  terminal: Pick<Surroundings, 'say' | 'warn' | 'input'>,
): Promise<number> {
  try {
    await createProgram(terminal).parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    // commander has said what is wrong, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE
    terminal.warn(`postino: ${describeFailure(error)}`)
    return FAILED
  }
}
