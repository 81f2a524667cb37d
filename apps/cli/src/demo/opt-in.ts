import { setTimeout as sleep } from 'node:timers/promises'
import type { DemoPerson } from '../local/demo-shop.ts'
import type { EmulatorClient, EmulatorMessage } from '../local/emulator-client.ts'

const LIMIT_MS = 20_000
const POLL_MS = 20

/** Does in the emulator what a person would: opens the link, presses Start, and switches every purpose on. */
export async function optIn(emulator: EmulatorClient, { phone, link }: DemoPerson): Promise<void> {
  if (phone === undefined) return
  const { personId, chat } = phone
  await emulator.pressStart(personId, link)
  const question = await waitForMessage(emulator, chat, (message) => grantsOf(message).length > 0)
  for (const data of grantsOf(question)) {
    await emulator.press(personId, { chat, message: question.key, data })
  }
  await waitForMessage(
    emulator,
    chat,
    (message) => message.key === question.key && grantsOf(message).length === 0,
  )
}

function grantsOf(message: EmulatorMessage): string[] {
  const buttons = message.inline_keyboard?.flat() ?? []
  return buttons.flatMap(({ callback_data: data }) =>
    data?.startsWith('consent:grant:') === true ? data : [],
  )
}

/** The first message of a chat that fits, as soon as there is one. */
async function waitForMessage(
  emulator: EmulatorClient,
  chat: string,
  fits: (message: EmulatorMessage) => boolean,
): Promise<EmulatorMessage> {
  const deadlineMs = performance.now() + LIMIT_MS
  for (;;) {
    const found = (await emulator.readMessages(chat)).find(fits)
    if (found !== undefined) return found
    if (performance.now() > deadlineMs) {
      throw new Error(`what was expected did not come into chat ${chat} within ${LIMIT_MS / 1_000} s`)
    }
    await sleep(POLL_MS)
  }
}
