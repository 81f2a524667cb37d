import { run } from '@postino/cli/run.ts'
import { startNode } from '../support/start-node.ts'

const MAIN = new URL('../../apps/cli/src/main.ts', import.meta.url)

export interface Outcome {
  code: number | null
  /** Without the last line break. */
  out: string
  err: string
}

/** Types one `postino …` and waits for its end; the environment and the input are these and nothing else. */
export async function typeCommand(
  args: string[],
  env: Record<string, string> = {},
  input = '',
): Promise<Outcome> {
  const process = startNode(MAIN, { args, env, input })
  const { code } = await process.ended
  return { code, out: process.stdout().trimEnd(), err: process.stderr().trimEnd() }
}

/** The same in this process: sooner there, and with the environment of the tests. */
export async function typeHere(args: string[]): Promise<Outcome & { code: number }> {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await run(args, {
    say: (text) => out.push(text),
    warn: (text) => err.push(text),
    input: process.stdin,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}
