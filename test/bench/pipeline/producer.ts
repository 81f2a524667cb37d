import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Push, Pushed } from './producer-process.ts'

export interface Producer extends AsyncDisposable {
  pid: number
  /** Resolves when all was taken. @throws what was refused */
  push(plan: Push): Promise<Pushed>
}

export function startProducer(): Producer {
  const child = fork(fileURLToPath(new URL('producer-process.ts', import.meta.url)))
  return {
    pid: child.pid ?? 0,
    async push(plan) {
      child.send(plan)
      const [answer]: { pushed?: Pushed; error?: string }[] = await once(child, 'message')
      if (answer?.pushed === undefined) throw new Error(answer?.error ?? 'no answer of the producer')
      return answer.pushed
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
