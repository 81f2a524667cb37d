import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServerProcess, type ServerProcess } from '../server-process.ts'
import type { Part } from './layers.ts'
import { nodeFlagsOf } from './node-flags.ts'
import { waitUntilReady } from './wait-until-ready.ts'

const READY_TIMEOUT_MS = 60_000
/** An app gives itself less, see SHUTDOWN_TIMEOUT_SECONDS of the cluster. */
const STOP_TIMEOUT_MS = 12_000
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
/** What node has compiled once: the next start takes half the time. */
const COMPILE_CACHE = join(ROOT, 'node_modules/.cache/node')

export interface App {
  name: string
  /** Below the root of the repository; `src/main.ts` is in it. */
  folder: string
  args?: string[]
  env: Record<string, string>
  /** Answers 200 when the app is ready. */
  readyUrl: string
}

/**
 * Starts an app as `node src/main.ts`, as in production, and returns when it is ready.
 *
 * @throws ServerStartError with the end of its log; the signal's reason when that is aborted
 */
export async function startApp(
  app: App,
  { logFolder, signal }: { logFolder: string; signal: AbortSignal },
): Promise<Part & ServerProcess> {
  signal.throwIfAborted()
  const { name } = app
  const server = await startServerProcess({
    command: process.execPath,
    args: [...nodeFlagsOf(name), 'src/main.ts', ...(app.args ?? [])],
    cwd: join(ROOT, app.folder),
    // Nothing of our own environment reaches the apps: a stray setting there would surprise.
    env: { ...app.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
    logFile: join(logFolder, `${name}.log`),
    endSignal: 'TERM',
    endTimeoutMs: STOP_TIMEOUT_MS,
  })
  try {
    await waitUntilReady(server, { name, url: app.readyUrl, timeoutMs: READY_TIMEOUT_MS, signal })
  } catch (error) {
    await server.stop()
    throw error
  }
  return { name, ...server }
}
