import { expect, test } from 'vitest'
import { startScene } from '../testing/start-emulator.ts'

async function sendAll(settings: { keptTexts: number }, texts: string[]) {
  const { emulator, ada, call } = await startScene({ settings })
  for (const text of texts) await call('sendMessage', { chat_id: ada.id, text })
  const { duplicate_count: count, duplicates } = emulator.report()
  return { count, texts: duplicates.map(({ text, count: times }) => [text, times]) }
}

test('what is sent again before half of what is kept came after it is found', async () => {
  const found = await sendAll({ keptTexts: 6 }, ['a', 'b', 'a', 'c', 'd', 'b', 'e', 'f', 'd', 'g', 'a'])
  expect(found).toEqual({
    count: 3,
    texts: [
      ['a', 2],
      ['b', 2],
      ['d', 2],
    ],
  })
})

test('nothing is looked for when no texts are kept', async () => {
  expect(await sendAll({ keptTexts: 0 }, ['a', 'a'])).toEqual({ count: 0, texts: [] })
})
