import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { lockFolder, type FolderLock } from '../folder-lock.ts'
import { ensureRedisServer } from '../redis/find-redis-server.ts'
import { createPortChooser } from './choose-port.ts'
import type { ClusterOptions } from './cluster-options.ts'
import { createLayers, type Layers } from './layers.ts'
import { startApps, type AppAddresses, type Servers } from './start-apps.ts'
import { startDatabase, startQueues, startTelegram } from './start-servers.ts'

export interface Cluster extends Servers, AppAddresses {
  /** Resolves with the first process that ends by itself. */
  broken: Promise<{ name: string; logFile: string }>
  /** Ends everything: the apps, then the servers. */
  stop: () => Promise<void>
}

/**
 * Brings up everything on this machine, each app as `node src/main.ts` as in production. A start that fails half-way ends
 * what it began.
 *
 * @throws FolderInUseError, MissingRedisError, ServerStartError with the end of a log
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  // Two emulators would overwrite each other's chats, and logs are begun anew: the folder is taken before anything starts.
  const lock = options.folder === undefined ? undefined : await takeFolder(options.folder)
  const layers = createLayers(options.signal)
  const stop = async () => {
    try {
      await layers.stop()
    } finally {
      lock?.release()
    }
  }
  try {
    return { ...(await startLayers(options, layers, lock)), broken: layers.firstEnd(), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function takeFolder(folder: string): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true })
  return await lockFolder(resolve(folder))
}

async function startLayers(
  options: ClusterOptions,
  layers: Layers,
  lock: FolderLock | undefined,
): Promise<Servers & AppAddresses> {
  const { signal } = layers
  const say = options.say ?? (() => undefined)
  const choosePort = createPortChooser(say)
  mkdirSync(options.logFolder, { recursive: true })
  // Before Postgres begins, as both may be the first to need something of the system.
  if (options.redisUrl === undefined) await ensureRedisServer({ say })

  const database = startDatabase(options)
  const queues = startQueues(options)
  const telegram = startTelegram(options, { choosePort, lock, signal })
  await layers.add([database, queues, telegram])
  const { url: telegramApiRoot, part: emulator } = await telegram
  const servers: Servers = {
    databaseUrl: (await database).url,
    redisUrl: (await queues).url,
    telegramApiRoot,
    emulatorUrl: emulator && telegramApiRoot,
  }
  await options.prepare(servers.databaseUrl, servers)
  signal.throwIfAborted()

  const { starts, ...addresses } = await startApps(options, servers, { choosePort, signal })
  await layers.add(starts)
  return { ...servers, ...addresses }
}
