/** For data that stays: what Postgres confirmed survives a crash. */
const DURABLE = {
  fsync: 'on',
  synchronous_commit: 'on',
}

/** For data thrown away at the end: nothing waits for the disk. */
const THROW_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  // A worker of it inside a template database would hold up its cloning.
  autovacuum: 'off',
}

const COMMON = {
  listen_addresses: '127.0.0.1',
  // No socket file: its path may not exceed some 100 characters, and folders of checkouts do.
  unix_socket_directories: '',
  cluster_name: 'postino',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Refused statements are the business of the caller, and their text may hold what customers wrote.
  log_min_messages: 'log',
  log_checkpoints: 'off',
  // Our statements are short: compiling them takes longer than running them.
  jit: 'off',
}

/** Of postgresql.conf, by name. */
export type ServerSettings = Readonly<Record<string, string>>

export function serverArguments(options: {
  cluster: string
  port: number
  durable: boolean
  /** These instead of ours. */
  settings?: ServerSettings | undefined
}): string[] {
  const usual = { ...COMMON, ...(options.durable ? DURABLE : THROW_AWAY) }
  const settings = { ...usual, ...options.settings, port: String(options.port) }
  return [
    '-D',
    options.cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}
