import { once } from 'node:events'
import { connect } from 'node:net'

const ENTRIES_PER_WRITE = 500
const WRITES_UNDER_WAY = 2

/**
 * XADD of each event to its shop's stream, on one connection, 500 in a write. Written as Redis reads it: what a client
 * library costs is no part of what is measured.
 *
 * @throws what Redis refuses
 */
export async function pushToStreams(
  redisUrl: string,
  entries: Iterable<{ slug: string; event: string }>,
): Promise<void> {
  const { hostname, port, password } = new URL(redisUrl)
  const socket = connect({ host: hostname, port: Number(port) })
  await once(socket, 'connect')
  const answers = countAnswers(socket)
  socket.write(command('AUTH', password))
  let [sent, isOpen] = [0, true]
  const iterator = entries[Symbol.iterator]()
  while (isOpen) {
    let text = ''
    let count = 0
    for (; count < ENTRIES_PER_WRITE; count++) {
      const { value, done } = iterator.next()
      if (done === true) break
      text += command('XADD', `postino:intake:${value.slug}`, '*', 'event', value.event)
    }
    isOpen = count === ENTRIES_PER_WRITE
    sent += count
    socket.write(text)
    await answers.atLeast(sent - (isOpen ? ENTRIES_PER_WRITE * (WRITES_UNDER_WAY - 1) : 0))
  }
  socket.destroy()
}

function command(...words: string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`
}

/** Ids of entries are answered as bulk strings: one dollar each, and nothing else has any. */
function countAnswers(socket: ReturnType<typeof connect>) {
  let count = 0
  let waiting: { wanted: number; resolve: () => void; reject: (error: Error) => void } | undefined
  socket.on('data', (chunk) => {
    const text = chunk.toString('latin1')
    const refusal = /^-.*$/m.exec(text)
    if (refusal !== null) waiting?.reject(new Error(`Redis: ${refusal[0]}`))
    count += text.split('$').length - 1
    if (waiting !== undefined && count >= waiting.wanted) waiting.resolve()
  })
  return {
    async atLeast(wanted: number): Promise<void> {
      if (count >= wanted) return
      await new Promise<void>((resolve, reject) => (waiting = { wanted, resolve, reject }))
    },
  }
}
