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
