import { connect } from 'node:net'

/** Sends bytes as they are and reads until the server closes the connection, or until `until` has come. */
export function sendRaw(
  port: number,
  bytes: string | Buffer,
  until?: string,
): Promise<{ text: string; reset: boolean }> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    let reset = false
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      if (until !== undefined && text.includes(until)) socket.destroy()
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      reset = error.code === 'ECONNRESET'
    })
    socket.on('close', () => resolve({ text, reset }))
  })
}
