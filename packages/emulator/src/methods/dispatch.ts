import { whenKnown } from '../when-known.ts'
import type { Method, MethodAnswer, MethodCall, Methods } from './method.ts'
import { RefusedError } from './refused-error.ts'
import type { Session } from './session.ts'
import type { UploadGate } from './upload-gate.ts'

export interface Dispatch {
  /** Carries a call out. Never fails because of the call: what a bot did wrong is its answer. */
  run(call: MethodCall): MethodAnswer | Promise<MethodAnswer>
  /** A method's name as the Bot API spells it; an unknown one stays as it is. */
  nameOf(method: string): string
}

const METHOD_NOT_FOUND: MethodAnswer = {
  status: 'refused',
  code: 404,
  description: 'Not Found: method not found',
}

export function createDispatch(dependencies: {
  methods: Methods
  session: Session
  uploadGate: UploadGate
}): Dispatch {
  const { session, uploadGate } = dependencies
  const methods = new Map(
    Object.entries(dependencies.methods).map(([name, method]) => [name.toLowerCase(), { name, method }]),
  )

  function run(call: MethodCall): MethodAnswer | Promise<MethodAnswer> {
    const barred = session.check(call.bot, call.method)
    if (barred !== undefined) return barred
    const known = methods.get(call.method)
    if (known === undefined) return METHOD_NOT_FOUND
    return whenKnown(uploadGate(call), (throttled) => throttled ?? carryOut(known.method, call))
  }

  return { run, nameOf: (method) => methods.get(method)?.name ?? method }
}

function carryOut(method: Method, call: MethodCall): MethodAnswer | Promise<MethodAnswer> {
  try {
    const answer = method(call)
    return answer instanceof Promise ? answer.catch(refusalOf) : answer
  } catch (error) {
    return refusalOf(error)
  }
}

function refusalOf(error: unknown): MethodAnswer {
  if (error instanceof RefusedError) return error.refusal
  throw error
}
