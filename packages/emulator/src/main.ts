import { parseArgs } from 'node:util'
import { createEmulator } from './create-emulator.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8081' },
    host: { type: 'string', default: '127.0.0.1' },
    seed: { type: 'string' },
  },
})

const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write(`--port must be a number from 0 to 65535, not ${values.port}\n`)
  process.exit(2)
}

const emulator = await createEmulator({
  port,
  host: values.host,
  ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
}).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error
  process.stderr.write(`port ${port} of ${values.host} is in use\n`)
  process.exit(1)
})
process.stdout.write(`Telegram emulator at ${emulator.url}\n`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void emulator.close())
}
