import { join } from 'node:path'
import type { FolderLock } from '../folder-lock.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import { startRedis } from '../redis/start-redis.ts'
import type { ChoosePort } from './choose-port.ts'
import type { ClusterOptions } from './cluster-options.ts'
import type { Started } from './layers.ts'
import { startApp } from './start-app.ts'

export async function startDatabase({ databaseUrl, folder }: ClusterOptions): Promise<Started> {
  if (databaseUrl !== undefined) return { url: databaseUrl }
  const postgres = await startPostgres({ folder: folder && join(folder, 'postgres') })
  try {
    return { url: await postgres.createDatabase('postino'), part: { name: 'postgres', ...postgres } }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

export async function startQueues({ redisUrl, folder }: ClusterOptions): Promise<Started> {
  if (redisUrl !== undefined) return { url: redisUrl }
  const redis = await startRedis({ folder: folder && join(folder, 'redis') })
  return { url: redis.url, part: { name: 'redis', ...redis } }
}

/** The emulator, unless there is another Bot API. */
export async function startTelegram(
  { telegramApiRoot, folder, logFolder, ports, say }: ClusterOptions,
  surroundings: { choosePort: ChoosePort; lock: FolderLock | undefined; signal: AbortSignal },
): Promise<Started> {
  if (telegramApiRoot !== undefined) return { url: telegramApiRoot }
  const { choosePort, lock, signal } = surroundings
  const port = await choosePort(ports?.emulator ?? 0, 'emulator')
  const url = `http://127.0.0.1:${port}`
  const state = folder === undefined ? [] : ['--state', join(folder, 'emulator.json')]
  const part = await startApp(
    {
      name: 'emulator',
      folder: 'packages/emulator',
      args: ['--port', String(port), '--host', '127.0.0.1', ...state],
      env: {},
      readyUrl: `${url}/emulator`,
    },
    { logFolder, signal },
  )
  // When we are killed, it may write its chats once more: nobody takes the folder before it has ended.
  lock?.addServer(part.pid)
  for (const line of part.logTail().split('\n')) {
    if (!line.startsWith('Telegram emulator at')) say?.(line)
  }
  return { url, part }
}
