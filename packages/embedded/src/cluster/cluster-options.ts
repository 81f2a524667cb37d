import type { AppName, Servers } from './start-apps.ts'

export interface ClusterOptions {
  /** Keeps databases and the emulator's chats between starts; without it they are thrown away. One cluster at a time. */
  folder?: string
  /** Where the processes write their logs. */
  logFolder: string
  /** The file with SECRET_KEYS. */
  secretKeysFile: string
  /** Wished ports; one in use is replaced by a free one, and 0 wishes for any. */
  ports?: { ingest?: number; emulator?: number; bot?: number; console?: number }
  /** Servers that are there already, instead of embedded ones. */
  databaseUrl?: string
  redisUrl?: string
  /** Another Bot API than the emulator; bots are then polled. */
  telegramApiRoot?: string
  /** Of the installation; 1 when absent. */
  shards?: number | undefined
  /** Further settings for the apps, by app. */
  env?: Partial<Record<AppName, Record<string, string>>>
  /** Run once the servers are there and before the apps start: migrations, a first shop. */
  prepare: (databaseUrl: string, servers: Servers) => Promise<void>
  say?: (line: string) => void
  /** Gives up a start under way: what has begun is ended, and the start is rejected with the signal's reason. */
  signal?: AbortSignal
}
