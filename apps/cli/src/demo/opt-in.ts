import { setTimeout as sleep } from 'node:timers/promises'
import type { EmulatorClient, EmulatorMessage } from '../local/emulator-client.ts'

const LIMIT_MS = 20_000
const POLL_MS = 20

/** Does in the emulator what a person would: opens the link, presses Start, and switches every purpose on. */
export async function optIn(
  emulator: EmulatorClient,
  person: { telegramId: number; link: string; chat: string },
): Promise<void> {
  await emulator.pressStart(person.telegramId, person.link)
  for (;;) {
    const question = await waitForMessage(
      emulator,
      person.chat,
      (message) => message.inline_keyboard !== undefined,
    )
    const button = question.inline_keyboard
      ?.flat()
      .find((key) => key.callback_data?.startsWith('consent:grant:'))
    if (button?.callback_data === undefined) return
    await emulator.press(person.telegramId, {
      chat: person.chat,
      message: question.key,
      data: button.callback_data,
    })
    const pressed = button.callback_data
    await waitForMessage(
      emulator,
      person.chat,
      (message) => message.key === question.key && !has(message, pressed),
    )
  }
}

function has(message: EmulatorMessage, callbackData: string): boolean {
  return message.inline_keyboard?.flat().some((key) => key.callback_data === callbackData) ?? false
}

/** The first message of a chat that fits, as soon as there is one. */
export async function waitForMessage(
  emulator: EmulatorClient,
  chat: string,
  fits: (message: EmulatorMessage) => boolean,
): Promise<EmulatorMessage> {
  const deadlineMs = performance.now() + LIMIT_MS
  for (;;) {
    const found = (await emulator.readMessages(chat)).find(fits)
    if (found !== undefined) return found
    if (performance.now() > deadlineMs)
      throw new Error(`nothing like it came into chat ${chat} within ${LIMIT_MS / 1000} s`)
    await sleep(POLL_MS)
  }
}
