import { parseArgs } from 'node:util'
import { createEmulator } from './create-emulator.ts'

const USAGE = 'main.ts [--port <number>] [--host <address>] [--seed <number>] [--state <file>]'

const { port, host, seed, state } = readOptions()
const emulator = await createEmulator({
  port,
  host,
  ...(seed !== undefined && { seed }),
  ...(state !== undefined && { stateFile: state }),
  say: (line) => void process.stderr.write(`${line}\n`),
}).catch((error: NodeJS.ErrnoException) => {
  if (error.syscall === undefined) throw error
  return end(1, error.code === 'EADDRINUSE' ? `port ${port} of ${host} is in use` : error.message)
})
process.stdout.write(`Telegram emulator at ${emulator.url}\n`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void emulator.close())
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '8081' },
        host: { type: 'string', default: '127.0.0.1' },
        seed: { type: 'string' },
        state: { type: 'string' },
      },
    })
    return {
      ...values,
      port: integer('--port', values.port, 65_535),
      seed: values.seed === undefined ? undefined : integer('--seed', values.seed, 2 ** 32 - 1),
    }
  } catch (error) {
    return end(2, `${error instanceof Error ? error.message : String(error)}\nusage: ${USAGE}`)
  }
}

function integer(name: string, text: string, max: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= max) return value
  throw new Error(`${name} must be a number from 0 to ${max}, not ${text}`)
}

function end(exitCode: number, reason: string): never {
  process.stderr.write(`${reason}\n`)
  return process.exit(exitCode)
}
