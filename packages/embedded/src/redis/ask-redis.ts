import { connect } from 'node:net'

const ANSWER_TIMEOUT_MS = 1_000

/** One inline command on a connection of its own; resolves with the first line of the answer, undefined when none came. */
export function askRedis(
  server: { port: number; password: string },
  command: string,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: server.port })
    let received = ''
    const finish = (answer: string | undefined) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => finish(undefined))
    socket.once('error', () => finish(undefined))
    socket.once('end', () => finish(undefined))
    socket.once('connect', () => socket.write(`AUTH ${server.password}\r\n${command}\r\n`))
    socket.on('data', (chunk) => {
      received += chunk.toString('utf8')
      const [authenticated, answer, rest] = received.split('\r\n')
      if (authenticated?.startsWith('-') === true) finish(authenticated)
      // A line is complete when another begins after it.
      else if (answer !== undefined && rest !== undefined) finish(answer)
    })
  })
}
