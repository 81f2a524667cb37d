import type { Clock } from '../clock.ts'
import type { FloodModel } from '../flood/flood-model.ts'
import type { MethodCall } from './method.ts'
import { floodRefusal } from './refused-error.ts'
import type { Refusal } from './refused-error.ts'

/** Holds a call with uploads back, or refuses it after a while; `undefined`: it may go on. */
export type UploadGate = (call: MethodCall) => Promise<Refusal | undefined> | undefined

/** The server's brake on uploading one file again and again, when it is switched on. */
export function createUploadGate(clock: Clock, model: FloodModel): UploadGate {
  return ({ bot, parameters }) => {
    const sizeBytes = parameters.files.reduce((sum, file) => sum + file.bytes.length, 0)
    if (sizeBytes === 0) return undefined
    const decision = model.arriveUpload({ botId: bot.id, sizeBytes, nowMs: clock.nowMs() })
    if (decision.status === 'pass') return undefined
    const answer = decision.status === 'refuse' ? floodRefusal(decision.retryAfterSeconds) : undefined
    return new Promise((resolve) => clock.after(decision.holdMs, () => resolve(answer)))
  }
}
