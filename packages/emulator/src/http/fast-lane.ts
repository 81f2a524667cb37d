import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import type { AnswerBotCall } from './bot-call.ts'
import { readJsonParameters } from './json-parameters.ts'
import { createParameters } from './parameters.ts'
import { createReadSimpleRequest } from './simple-request.ts'
import { answerText } from './write-answer.ts'

/**
 * Serves connections on which simple calls come one by one, as those of a bot's HTTP client do, at half of what node's
 * HTTP server costs. A connection on which anything else comes is given away, with what came, and does not return.
 */
export interface FastLane {
  serve(socket: Socket): void
  closeAll(): void
}

export interface FastLaneDependencies {
  readonly answerBotCall: AnswerBotCall
  /** Whether a call may meet an accident; those are played on node's own responses. */
  readonly hasAccidents: () => boolean
  /** Takes a connection over, with all that is to be read from it. */
  readonly giveAway: (socket: Socket) => void
  readonly onError: (error: unknown, socket: Socket) => void
  readonly idleTimeoutMs: number
}

/** A connection in the lane. */
interface Line {
  readonly socket: Socket
  /** A call is under way that was not answered at once. */
  isBusy: boolean
  /** What came meanwhile. */
  waiting: Buffer | undefined
  hangUp: AbortController | undefined
  /** Gives the connection away, with what came. */
  readonly leave: (chunk: Buffer) => void
}

export function createFastLane(dependencies: FastLaneDependencies): FastLane {
  const { giveAway, idleTimeoutMs } = dependencies
  const takeChunk = createTakeChunk(dependencies)
  const sockets = new Set<Socket>()

  function serve(socket: Socket): void {
    const line: Line = { socket, isBusy: false, waiting: undefined, hangUp: undefined, leave }
    const take = (chunk: Buffer): void => takeChunk(line, chunk)
    const expire = (): void => void (line.isBusy || socket.destroy())

    function leave(chunk: Buffer): void {
      socket.off('data', take).off('timeout', expire).setTimeout(0)
      // Paused, so that what is put back comes before what follows it.
      socket.pause().unshift(chunk)
      giveAway(socket)
      socket.resume()
    }

    sockets.add(socket)
    socket
      .setTimeout(idleTimeoutMs)
      .on('data', take)
      .on('timeout', expire)
      .on('end', () => socket.end())
      // A broken connection is closed by and by.
      .on('error', () => undefined)
      .on('close', () => {
        sockets.delete(socket)
        line.hangUp?.abort()
      })
  }

  return {
    serve,
    closeAll() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

function createTakeChunk({ answerBotCall, hasAccidents, onError }: FastLaneDependencies) {
  const readSimpleRequest = createReadSimpleRequest()

  function goOn(line: Line): void {
    line.isBusy = false
    line.hangUp = undefined
    if (line.waiting !== undefined && !line.socket.destroyed) line.leave(line.waiting)
  }

  return (line: Line, chunk: Buffer): void => {
    const { socket } = line
    if (line.isBusy) {
      // A client that does not wait for its answer: what it wants is left to node.
      socket.pause()
      line.waiting = chunk
      return
    }
    const request = hasAccidents() ? undefined : readSimpleRequest(chunk)
    if (request === undefined) {
      line.leave(chunk)
      return
    }
    const parameters = createParameters()
    readJsonParameters(request.body, parameters)
    try {
      const end = answerBotCall({
        path: request.path,
        parameters,
        address: () => socket.remoteAddress ?? '',
        hangUp: () => (line.hangUp = new AbortController()).signal,
        answer: (answer) => void socket.write(answerText(answer), 'latin1'),
        fail: () => assert.fail('accidents happen elsewhere'),
      })
      if (end === undefined) return
      line.isBusy = true
      end.then(
        () => goOn(line),
        (error: unknown) => onError(error, socket),
      )
    } catch (error) {
      onError(error, socket)
    }
  }
}
