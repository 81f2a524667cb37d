import type { Fault, FaultMatch } from '../faults/fault.ts'
import type { NewFaultRule } from '../faults/fault-rules.ts'
import { ActError } from '../world/act-error.ts'
import { optionalInteger, optionalNumber, optionalObject, optionalText, integer, text } from './fields.ts'
import type { Fields } from './fields.ts'

/** Reads the body of `POST /emulator/faults`. */
export function parseFaultRule(fields: Fields): NewFaultRule {
  const match = optionalObject(fields, 'match') ?? {}
  const fault = optionalObject(fields, 'fault')
  if (fault === undefined) throw new ActError(400, '"fault" must be an object')
  const count = optionalInteger(fields, 'count')
  const skip = optionalInteger(fields, 'skip')
  const probability = optionalNumber(fields, 'probability')
  return {
    match: parseMatch(match),
    fault: parseFault(fault),
    ...(count === undefined ? {} : { count }),
    ...(skip === undefined ? {} : { skip }),
    ...(probability === undefined ? {} : { probability }),
  }
}

function parseMatch(match: Fields): FaultMatch {
  const method = optionalText(match, 'method')
  return {
    bot: name(match, 'bot'),
    chat_id: name(match, 'chat_id'),
    ...(method === undefined ? {} : { method }),
  }
}

function name(match: Fields, field: string): string | undefined {
  const value = match[field]
  if (value === undefined) return undefined
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new ActError(400, `"${field}" must be an id or a name`)
  return String(value)
}

function parseFault(fault: Fields): Fault {
  const kind = text(fault, 'kind')
  switch (kind) {
    case 'error':
      return parseError(fault)
    case 'bad_gateway':
      return { kind, body: optionalText(fault, 'body') === 'json' ? 'json' : 'html' }
    case 'empty_body':
      return { kind, status: optionalInteger(fault, 'status') ?? 500 }
    case 'reset':
    case 'hang':
      return { kind, when: optionalText(fault, 'when') === 'after' ? 'after' : 'before' }
    case 'slow_body':
      return { kind, bytes_per_second: Math.max(0.001, optionalNumber(fault, 'bytes_per_second') ?? 10) }
    case 'cut_body':
      return { kind }
    case 'raw': {
      const contentType = optionalText(fault, 'content_type') ?? 'application/json'
      return {
        kind,
        status: optionalInteger(fault, 'status') ?? 200,
        content_type: contentType,
        body: text(fault, 'body'),
      }
    }
    case 'latency': {
      const ms = optionalInteger(fault, 'ms')
      const min = optionalInteger(fault, 'min_ms') ?? ms ?? 0
      return { kind, min_ms: min, max_ms: Math.max(min, optionalInteger(fault, 'max_ms') ?? ms ?? 0) }
    }
    default:
      throw new ActError(400, `there is no fault of the kind ${kind}`)
  }
}

function parseError(fault: Fields): Fault {
  const description = optionalText(fault, 'description')
  const retryAfter = optionalInteger(fault, 'retry_after')
  return {
    kind: 'error',
    code: integer(fault, 'code'),
    ...(description === undefined ? {} : { description }),
    ...(retryAfter === undefined ? {} : { retry_after: retryAfter }),
  }
}
