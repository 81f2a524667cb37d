/** Another live server has this data folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
  readonly folder: string
  readonly pid: number

  constructor(folder: string, pid: number) {
    super(`${folder} is in use by process ${pid}. Stop that one first, or choose another folder.`)
    this.folder = folder
    this.pid = pid
  }
}

export class PortInUseError extends Error {
  override readonly name = 'PortInUseError'
  readonly port: number

  constructor(port: number, program: string) {
    super(`Port ${port} of 127.0.0.1, wanted for ${program}, is in use. Free it, or choose another port.`)
    this.port = port
  }
}

/** There is no usable redis-server or valkey-server, and none could be installed. */
export class MissingRedisError extends Error {
  override readonly name = 'MissingRedisError'

  constructor(reason: string, options?: ErrorOptions) {
    super(
      `${reason} Install one (Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis), ` +
        'or set REDIS_URL to a Redis that runs already.',
      options,
    )
  }
}

/** A server that ended while starting; the message carries the end of its log. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError'
  readonly log: string

  constructor(program: string, reason: string, log: string) {
    super(`${program} did not start: ${reason}.${log === '' ? '' : `\n${log}`}`)
    this.log = log
  }
}
