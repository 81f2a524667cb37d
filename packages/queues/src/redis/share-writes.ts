import { Cluster } from 'ioredis'
import type { Redis } from 'ioredis'
import type { RedisConnection } from './redis-connection.ts'

/**
 * Makes one write of the commands that are sent in one round of the event loop: with hundreds of turns at a time the writes would
 * cost more than the work. ioredis has automatic pipelines for it, but makes an object of each with all scripts of BullMQ, and
 * lets what comes meanwhile wait for its answer.
 */
export function shareWrites(redis: RedisConnection): void {
  if (redis instanceof Cluster) redis.on('+node', shareWritesOfServer)
  else shareWritesOfServer(redis)
}

function shareWritesOfServer(redis: Redis): void {
  const send = redis.sendCommand.bind(redis)
  let held: Redis['stream'] | undefined
  redis.sendCommand = (command, stream) => {
    hold(redis.stream)
    return send(command, stream)
  }

  // None before the first connection.
  function hold(socket: Redis['stream'] | undefined): void {
    if (socket === undefined || socket === held) return
    held = socket
    socket.cork()
    setImmediate(() => {
      held = undefined
      socket.uncork()
    })
  }
}
