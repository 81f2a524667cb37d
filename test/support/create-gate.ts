import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream'
import { atEnd } from './at-end.ts'

export interface Gate {
  port: number
  /** Cuts all connections, and every new one at once, as if what lies behind were away. */
  close(): void
  open(): void
}

/** A port of this machine that leads to another one, until it is closed. */
export async function createGate(target: { host: string; port: number }): Promise<Gate> {
  let isOpen = true
  const sockets = new Set<Socket>()
  const gate = createServer((socket) => {
    if (!isOpen) return void socket.destroy()
    const further = connect(target)
    sockets.add(socket).add(further)
    pipeline(socket, further, socket, () => {
      sockets.delete(socket)
      sockets.delete(further)
    })
  })
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  gate.listen(0, '127.0.0.1')
  await once(gate, 'listening')
  atEnd(async () => {
    cut()
    const closed = once(gate, 'close')
    gate.close()
    await closed
  })
  const address = gate.address()
  if (address === null || typeof address === 'string') throw new Error('a gate has a port')
  return {
    port: address.port,
    close() {
      isOpen = false
      cut()
    },
    open: () => void (isOpen = true),
  }
}
