import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

function run(...args: string[]) {
  const path = fileURLToPath(new URL('main.ts', import.meta.url))
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'the command says where it listens, and %s ends it cleanly',
  async (signal) => {
    const child = run('--port', '0')
    const [line] = await once(createInterface(child.stdout), 'line')
    const url = /^Telegram emulator at (http:\/\/127\.0\.0\.1:\d+)$/.exec(String(line))?.[1]
    const waiting = fetch(`${url}/emulator/events`).then(async (response) => response.text())
    expect((await fetch(`${url}/emulator`)).status).toBe(200)
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([0, null])
    await waiting.catch(() => undefined)
  },
)

test('a port that is no port is refused', async () => {
  const child = run('--port', 'many')
  const [code] = await once(child, 'exit')
  expect(code).toBe(2)
})
