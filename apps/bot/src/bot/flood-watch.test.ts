import type { Transformer } from 'grammy'
import { expect, test } from 'vitest'
import { createFloodWatch } from './flood-watch.ts'
import { createManualClock } from './manual-clock.ts'

type Prev = Parameters<Transformer>[0]

function createScene() {
  const clock = createManualClock()
  const told: number[] = []
  const watch = createFloodWatch({ clock, onBotFlooded: async (seconds) => void told.push(seconds) })
  const refuse = async (chatId: number | undefined, seconds: number) => {
    const answer = { ok: false, error_code: 429, description: '', parameters: { retry_after: seconds } }
    // What grammY would pass on: one refused call.
    const prev = (async () => answer) as unknown as Prev
    await watch(prev, 'sendMessage', chatId === undefined ? ({} as never) : { chat_id: chatId, text: '' })
  }
  return { clock, told, refuse }
}

test('one chat refused again and again is that chat’s affair', async () => {
  const { told, refuse } = createScene()
  for (let call = 0; call < 5; call++) await refuse(1, 4)
  expect(told).toEqual([])
})

test('a second chat refused on the heels of the first means the bot', async () => {
  const { clock, told, refuse } = createScene()
  await refuse(1, 4)
  await clock.pass(500)
  await refuse(2, 5)
  expect(told).toEqual([5])
})

test('two chats refused far from each other are two affairs, and calls without a chat count for none', async () => {
  const { clock, told, refuse } = createScene()
  await refuse(1, 4)
  await clock.pass(2_001)
  await refuse(2, 5)
  await refuse(undefined, 6)
  expect(told).toEqual([])
})
