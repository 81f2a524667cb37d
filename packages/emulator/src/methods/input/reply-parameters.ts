import type { Parameters } from '../../http/parameters.ts'
import { booleanParameter, leadingInteger } from '../../http/parameters.ts'
import { refuse } from '../refused-error.ts'
import {
  isObject,
  optionalBoolean,
  optionalString,
  parseJson,
  requiredInteger,
  within,
} from './json-object.ts'

export interface ReplyTarget {
  readonly messageId: number
  /** Empty: the chat the message goes to. */
  readonly chatId: string
  readonly mayBeMissing: boolean
}

/** Reads `reply_parameters`, or the old `reply_to_message_id`; `undefined` when the message replies to nothing. */
export function parseReplyParameters(parameters: Parameters): ReplyTarget | undefined {
  if (!parameters.has('reply_parameters')) {
    const messageId = leadingInteger(parameters.text('reply_to_message_id'))
    const mayBeMissing = booleanParameter(parameters, 'allow_sending_without_reply')
    return messageId > 0 ? { messageId, chatId: '', mayBeMissing } : undefined
  }
  const text = parameters.text('reply_parameters')
  if (text === '') return undefined
  const reply = parseJson(text, "Can't parse reply parameters JSON object")
  if (!isObject(reply)) return refuse('Object expected as reply parameters')
  if (Object.keys(reply).length === 0) return undefined

  return within('', () => {
    const chatId = optionalString(reply, 'chat_id')
    const messageId = requiredInteger(reply, 'message_id')
    const mayBeMissing = optionalBoolean(reply, 'allow_sending_without_reply')
    return messageId > 0 ? { messageId, chatId, mayBeMissing } : undefined
  })
}
