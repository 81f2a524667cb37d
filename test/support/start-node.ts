import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { atEnd } from './at-end.ts'
import { waitUntil } from './wait-until.ts'

const START_TIMEOUT_MS = 20_000

export interface NodeProcess {
  pid: number
  /** What it has printed so far. */
  stdout(): string
  stderr(): string
  /** The lines of standard output that are JSON objects: the log, or what a test program tells. */
  lines(): Record<string, unknown>[]
  /** The first such line that has this field. */
  waitForField(field: string): Promise<Record<string, unknown>>
  kill(signal: NodeJS.Signals): void
  /** As Ctrl-C in a terminal: to the process and all that belong to its group. */
  killGroup(signal: NodeJS.Signals): void
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/**
 * Starts `node <flags> <file> <args>` with only this environment and this on standard input, in a process group of its own; it is killed at the
 * end of the test.
 */
export function startNode(
  file: URL,
  options: { flags?: string[]; args?: string[]; env?: Record<string, string>; input?: string } = {},
): NodeProcess {
  const child = spawn(
    process.execPath,
    [...(options.flags ?? []), fileURLToPath(file), ...(options.args ?? [])],
    {
      env: { PATH: process.env['PATH'] ?? '', ...options.env },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  )
  // One that ends before it has read all is no failure of ours.
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input ?? '')
  const { pid } = child
  if (pid === undefined) throw new Error(`${file.pathname} could not be started`)
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    // Not `exit`: what it printed last may still be on the way then.
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  atEnd(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const lines = () =>
    stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map(parseLine)
  return {
    pid,
    stdout: () => stdout,
    stderr: () => stderr,
    lines,
    async waitForField(field) {
      const found = () => lines().find((line) => line[field] !== undefined)
      const line = await waitUntil(() => found() ?? child.exitCode !== null, { timeoutMs: START_TIMEOUT_MS })
      if (line === true) throw new Error(`${file.pathname} ended with ${child.exitCode}:\n${stdout}${stderr}`)
      return line
    },
    kill: (signal) => void child.kill(signal),
    killGroup: (signal) => void process.kill(-pid, signal),
    ended,
  }
}

function parseLine(line: string): Record<string, unknown> {
  return Object(JSON.parse(line))
}
