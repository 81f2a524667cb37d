import { onTestFinished } from 'vitest'
import { createEmulator } from '../create-emulator.ts'
import type { BotView, PersonView } from '../control/views.ts'
import type { Emulator, EmulatorOptions } from '../emulator.ts'
import { callBot } from './call-bot.ts'
import type { BotAnswer } from './call-bot.ts'

export interface Scene {
  readonly emulator: Emulator
  readonly bot: BotView
  /** She has pressed Start; the update of that is still in the queue. */
  readonly ada: PersonView
  readonly call: (method: string, parameters?: Record<string, unknown>) => Promise<BotAnswer>
}

/** An emulator with one bot and one person, ended with the test. */
export async function startScene(options: EmulatorOptions = {}): Promise<Scene> {
  const emulator = await startEmulator(options)
  const bot = emulator.bots.add({ username: 'shop_bot', name: 'Shop' })
  const ada = emulator.people.add({ first_name: 'Ada', last_name: 'L', username: 'ada', language_code: 'it' })
  emulator.people.start(ada.id, { bot: bot.id })
  return {
    emulator,
    bot,
    ada,
    call: (method, parameters) => callBot(emulator.url, bot.token, { method, parameters }),
  }
}

export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { settings, ...rest } = options
  // Flood control is off unless a test is about it, or every quick test would meet it.
  const emulator = await createEmulator({
    ...rest,
    settings: { penalties: false, flood: { enabled: false }, ...settings },
  })
  onTestFinished(() => emulator.close())
  return emulator
}
