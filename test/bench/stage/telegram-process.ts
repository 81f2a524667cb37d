import assert from 'node:assert/strict'
import { createEmulator, type Emulator, type OrderCheck, type OrderReport } from '@postino/emulator'
import { NUMBER } from '../pipeline/order-event.ts'
import { readDeliveries, type Deliveries } from '../flood/deliveries.ts'

// The emulator in a process of its own, as Telegram is, told over IPC what a bench wants of it.

/** What the parent may ask, and what it gets. */
export interface TelegramTasks {
  url: { takes: undefined; gives: string }
  /** Bots, each of them started by the first `people` people, whose ids are 1 to `people`. */
  addBots: { takes: { count: number; people: number }; gives: { id: number; token: string }[] }
  settings: { takes: Parameters<Emulator['changeSettings']>[0]; gives: undefined }
  fault: { takes: Parameters<Emulator['faults']['add']>[0]; gives: undefined }
  clearFaults: { takes: undefined; gives: undefined }
  report: { takes: undefined; gives: ReturnType<Emulator['report']> }
  clearReport: { takes: undefined; gives: undefined }
  /** A person presses START in a bot's link; when, on the emulator's clock. */
  start: { takes: { bot: number; person: number; parameter: string }; gives: number }
  write: { takes: { bot: number; person: number; text: string }; gives: number }
  /** Taps the first button of the youngest message that has any. */
  tap: { takes: { bot: number; person: number }; gives: number }
  requests: { takes: { after: number }; gives: ReturnType<Emulator['requests']>['requests'] }
  /** Calls so far, and when the last one came, on the emulator's clock. */
  progress: { takes: undefined; gives: { calls: number; lastAtMs: number } }
  /** From now on looks at the numbers in the texts of bots: those of a chat are 1, 2, 3 and so on. */
  checkOrder: { takes: undefined; gives: undefined }
  order: { takes: undefined; gives: OrderReport }
  deliveries: { takes: { botIds: number[]; people: number }; gives: Deliveries[] }
}

type Task = {
  [Name in keyof TelegramTasks]: { name: Name; input: TelegramTasks[Name]['takes'] }
}[keyof TelegramTasks]

const emulator = await createEmulator()
const people = new Set<number>()
let orderCheck: OrderCheck | undefined

function perform(task: Task): unknown {
  switch (task.name) {
    case 'url':
      return emulator.url
    case 'addBots':
      return Array.from({ length: task.input.count }, () => addBot(task.input.people))
    case 'settings':
      return void emulator.changeSettings(task.input)
    case 'fault':
      return void emulator.faults.add(task.input)
    case 'clearFaults':
      return void emulator.faults.remove()
    case 'report':
      return emulator.report()
    case 'clearReport':
      return emulator.clearReport()
    case 'start':
      return act(() => emulator.people.start(task.input.person, task.input))
    case 'write':
      return act(() => emulator.people.send(task.input.person, { ...task.input, chat: chatOf(task.input) }))
    case 'tap':
      return act(() => tap(task.input))
    case 'requests':
      return emulator.requests({ after: task.input.after, limit: 1_000 }).requests
    case 'progress':
      return readProgress()
    case 'checkOrder':
      orderCheck = emulator.checkOrder({ number: NUMBER })
      return undefined
    case 'order':
      return orderCheck?.read()
    case 'deliveries':
      return readDeliveries(emulator, task.input)
  }
}

function readProgress(): { calls: number; lastAtMs: number } {
  const { last } = emulator.requests({ limit: 0 })
  const [latest] = emulator.requests({ after: last - 1, limit: 1 }).requests
  return { calls: last, lastAtMs: latest?.at_ms ?? Number.NaN }
}

function addBot(started: number): { id: number; token: string } {
  const { id, token } = emulator.bots.add()
  for (let person = 1; person <= started; person++) {
    if (!people.has(person)) people.add(emulator.people.add({ id: person }).id)
    emulator.people.allowWriting(person, { bot: id })
  }
  return { id, token }
}

function act(does: () => unknown): number {
  const nowMs = Date.now()
  does()
  return nowMs
}

function chatOf({ bot, person }: { bot: number; person: number }): string {
  return `${bot}:${person}`
}

function tap(place: { bot: number; person: number }): void {
  const chat = chatOf(place)
  const { messages } = emulator.chats.messages(chat, { limit: 20 })
  const message = messages.findLast((each) => each.inline_keyboard !== undefined)
  assert(message !== undefined, 'the bot has asked')
  const press = emulator.people.press(place.person, {
    chat,
    message: message.key,
    button: { row: 0, column: 0 },
  })
  // What is measured is the call that answers it; a press that nobody answers in time shows there.
  press.catch(() => undefined)
}

process.on('message', ({ serial, task }: { serial: number; task: Task }) => {
  assert(process.send !== undefined, 'started with a channel')
  try {
    process.send({ serial, result: perform(task) })
  } catch (error) {
    process.send({ serial, error: String(error) })
  }
})
process.on('disconnect', () => void emulator.close())
