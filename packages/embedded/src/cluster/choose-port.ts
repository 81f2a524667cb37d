import { randomInt } from 'node:crypto'
import { isPortFree } from '../free-port.ts'

/** Below the ports that systems take for outgoing connections, so that none of those sits on it when it is listened on. */
const FIRST_PORT = 20_000
const LAST_PORT = 30_000
const MAX_ATTEMPTS = 100

/** Gives the wished port when it is free, else another one, and says so; 0 wishes for any. Never the same port twice. */
export type ChoosePort = (wished: number, name: string) => Promise<number>

export function createPortChooser(say: (line: string) => void): ChoosePort {
  const given = new Set<number>()

  async function take(port: number): Promise<boolean> {
    if (given.has(port)) return false
    given.add(port)
    return await isPortFree(port)
  }

  return async (wished, name) => {
    if (wished !== 0 && (await take(wished))) return wished
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const port = randomInt(FIRST_PORT, LAST_PORT)
      if (!(await take(port))) continue
      if (wished !== 0) say(`Port ${wished} is in use; ${name} takes ${port} instead.`)
      return port
    }
    throw new Error(`no free port of 127.0.0.1 was found for ${name}`)
  }
}
