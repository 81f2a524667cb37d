import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TelegramTasks } from './telegram-process.ts'

/** An emulator in a process of its own. */
export interface Telegram {
  url: string
  pid: number
  ask<Name extends keyof TelegramTasks>(
    name: Name,
    ...input: TelegramTasks[Name]['takes'] extends undefined ? [] : [TelegramTasks[Name]['takes']]
  ): Promise<TelegramTasks[Name]['gives']>
  stop(): Promise<void>
}

/** @param flags of node */
export async function startTelegram(flags: string[] = []): Promise<Telegram> {
  const child = fork(fileURLToPath(new URL('telegram-process.ts', import.meta.url)), {
    serialization: 'advanced',
    execArgv: flags,
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let serial = 0
  child.on('message', (answer: { serial: number; result?: unknown; error?: string }) => {
    const asked = waiting.get(answer.serial)
    waiting.delete(answer.serial)
    if (answer.error === undefined) asked?.resolve(answer.result)
    else asked?.reject(new Error(answer.error))
  })

  // The two sides of the channel are written against the same list of tasks.
  const ask = ((name: string, input?: unknown) => {
    serial += 1
    const asked = Promise.withResolvers<unknown>()
    waiting.set(serial, asked)
    child.send({ serial, task: { name, input } })
    return asked.promise
  }) as Telegram['ask']

  return {
    url: await ask('url'),
    pid: child.pid ?? 0,
    ask,
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
