import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createFileServer } from './file-server.ts'
import { createStage } from './pipeline-under-test.ts'
import { queueContents, seenBy } from './queued-content.ts'

const ALLOWED = (host: string) => ({ OUTGOING_ALLOWED_HOSTS: host, OUTGOING_ALLOW_HTTP: 'true' })

test('a sender killed in the middle of an upload leaves it unknown; it is sent once more where that is allowed', async () => {
  const stage = await createStage()
  const server = await createFileServer()
  const narrow = await createNarrowWay(stage.emulator.port, 2_000_000)
  const bot = await stage.addBot()
  const [ada, ben] = [await stage.addPerson(bot), await stage.addPerson(bot)]
  const media = [
    { as: 'document', url: server.add('large.bin', Buffer.alloc(20_000_000)), name: 'large.bin' } as const,
  ]
  const ids = [
    ...(await queueContents(stage, { bot, to: ada, lane: 0 }, [{ media }, { html: 'after' }])),
    ...(await queueContents(stage, { bot, to: ben, lane: 2 }, [{ media: media.map(renamed) }])),
  ]
  const env = { ...ALLOWED(server.host), SENDER_RESEND_SECONDS: '1' }
  const victim = await stage.startProcess('sender', { ...env, TELEGRAM_API_ROOT: narrow.url })
  await stage.wake(bot)
  await narrow.stuck(2)
  victim.kill('SIGKILL')
  await victim.ended

  // Its locks would hold the bot for another quarter of a minute.
  await stage.flushRedis()
  stage.startSender({ outgoingAllowedHosts: server.host, outgoingAllowHttp: true, callTimeoutSeconds: 20 })
  await stage.wake(bot)
  const messages = await stage.waitForEnd(ids, { timeoutMs: 25_000 })
  expect(messages).toMatchObject([
    { status: 'sent', resends: 1 },
    { status: 'sent', resends: 0 },
    { status: 'unknown', reason: 'sender_stopped' },
  ])
  expect(seenBy(stage, ada).toSorted()).toEqual(['after', 'document: Your order'])
  expect(seenBy(stage, ben)).toEqual([])
}, 60_000)

/** Shown otherwise it is another file, which waits for nobody. */
function renamed<File extends object>(file: File) {
  return { ...file, sizeBytes: 20_000_000 }
}

/** A way to Telegram on which every connection stops after so many bytes. */
async function createNarrowWay(port: number, maxBytes: number) {
  const sockets: Socket[] = []
  let stuck = 0
  const gate = createServer((socket) => {
    const further = connect(port, '127.0.0.1')
    sockets.push(socket, further)
    let passed = 0
    socket.on('data', (chunk: Buffer) => {
      passed += chunk.length
      further.write(chunk)
      if (passed < maxBytes) return
      socket.pause()
      stuck += 1
    })
    further.pipe(socket)
    for (const end of [socket, further]) end.on('error', () => undefined)
    socket.on('close', () => further.destroy())
  })
  gate.listen(0, '127.0.0.1')
  await once(gate, 'listening')
  atEnd(async () => {
    for (const socket of sockets) socket.destroy()
    gate.close()
    await once(gate, 'close')
  })
  const address = gate.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    async stuck(count: number) {
      await waitUntil(() => stuck >= count, { timeoutMs: 20_000 })
    },
  }
}
