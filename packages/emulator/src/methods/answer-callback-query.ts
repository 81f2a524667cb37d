import { booleanParameter } from '../http/parameters.ts'
import type { Callbacks } from '../world/callbacks.ts'
import { DONE_TRUE } from './method.ts'
import type { Methods } from './method.ts'
import { refuse } from './refused-error.ts'

const MAX_TEXT_LENGTH = 200

/** https://core.telegram.org/bots/api#answercallbackquery */
export function createAnswerCallbackQuery({ callbacks }: { callbacks: Callbacks }): Methods {
  return {
    answerCallbackQuery({ bot, parameters }) {
      const text = parameters.text('text')
      const url = parameters.text('url')
      if (text.length > MAX_TEXT_LENGTH) return refuse('MESSAGE_TOO_LONG')
      if (url !== '' && !isBotLink(url)) return refuse('URL_INVALID')
      const isAnswered = callbacks.answer(bot, parameters.text('callback_query_id'), {
        ...(text === '' ? {} : { text }),
        show_alert: booleanParameter(parameters, 'show_alert'),
        ...(url === '' ? {} : { url }),
      })
      return isAnswered ? DONE_TRUE : refuse('QUERY_ID_INVALID')
    },
  }
}

/** Besides games, only links that open a bot with a parameter may be opened by an answer. */
function isBotLink(url: string): boolean {
  return /^(https?:\/\/)?(t\.me|telegram\.me)\/\w+\?start=|^tg:\/\/resolve\?/i.test(url)
}
