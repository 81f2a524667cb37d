import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

test.each([
  [['--port', 'many'], '--port must be a number'],
  [['--sate', 'file'], '--sate'],
])('a wrong option is refused with the usage: %s', async (args, reason) => {
  const child = run(...args)
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  expect(await once(child, 'close')).toEqual([2, null])
  expect(said).toContain(reason)
  expect(said).toContain('usage: main.ts [--port')
  expect(said).not.toContain('    at ')
})

test('with --state a killed emulator is taken up again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-main-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const state = join(folder, 'state.json')
  const urlOf = async (child: ReturnType<typeof run>): Promise<string> => {
    const [line] = await once(createInterface(child.stdout), 'line')
    return String(line).replace('Telegram emulator at ', '')
  }
  const first = run('--port', '0', '--state', state)
  const body = JSON.stringify({ first_name: 'Ada' })
  await fetch(`${await urlOf(first)}/emulator/people`, { method: 'POST', body })
  await expect
    .poll(() => existsSync(state) && readFileSync(state, 'utf8'), { timeout: 5_000 })
    .toContain('"Ada"')
  first.kill('SIGKILL')
  await once(first, 'exit')

  const second = run('--port', '0', '--state', state)
  const answer = await fetch(`${await urlOf(second)}/emulator/people`)
  expect(await answer.json()).toMatchObject({ people: [{ first_name: 'Ada' }] })
}, 20_000)
