export function serverConfig(options: {
  port: number
  folder: string
  durable: boolean
  password: string
}): string {
  const lines = [
    `port ${options.port}`,
    'bind 127.0.0.1',
    `requirepass ${options.password}`,
    `dir ${quote(options.folder)}`,
    'daemonize no',
    // Snapshots serve nobody here: the append-only file is what is read again.
    'save ""',
    ...(options.durable ? ['appendonly yes', 'appendfsync everysec'] : ['appendonly no']),
    // A queue may refuse work when memory is full; it may not forget some.
    'maxmemory-policy noeviction',
    // Expired keys and delayed work are looked at every 10 ms.
    'hz 100',
  ]
  return `${lines.join('\n')}\n`
}

/** Redis reads quoted words as C does. */
function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
