import assert from 'node:assert/strict'
import { createEmulator, type Emulator } from '@postino/emulator'
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
  deliveries: { takes: { botIds: number[]; people: number }; gives: Deliveries[] }
}

type Task = {
  [Name in keyof TelegramTasks]: { name: Name; input: TelegramTasks[Name]['takes'] }
}[keyof TelegramTasks]

const emulator = await createEmulator()
const people = new Set<number>()

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
    case 'deliveries':
      return readDeliveries(emulator, task.input)
  }
}

function addBot(started: number): { id: number; token: string } {
  const { id, token } = emulator.bots.add()
  for (let person = 1; person <= started; person++) {
    if (!people.has(person)) people.add(emulator.people.add({ id: person }).id)
    emulator.people.allowWriting(person, { bot: id })
  }
  return { id, token }
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
