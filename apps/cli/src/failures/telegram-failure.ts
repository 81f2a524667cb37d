import { classifyFailure } from '@postino/telegram'
import { CommandFailure } from './command-failure.ts'

/** Waits for a call of the Bot API. @throws CommandFailure that says what came back, and the way out */
export async function askTelegram<T>(apiRoot: string, call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw new CommandFailure(describe(error, apiRoot), { cause: error })
  }
}

function describe(error: unknown, apiRoot: string): string {
  const failure = classifyFailure(error)
  switch (failure.status) {
    case 'bot_broken':
      return `${apiRoot} does not accept the token (${failure.description}): copy it again from @BotFather, or correct TELEGRAM_API_ROOT`
    case 'flooded':
      return `${apiRoot} asks for silence: try again in ${failure.retryAfterSeconds} s`
    case 'not_sent':
    case 'unknown':
      return `${apiRoot} gives no answer (${failure.description}): check the network and TELEGRAM_API_ROOT`
    case 'unreachable':
    case 'migrated':
    case 'refused':
    case 'benign':
    case 'conflict':
      return `${apiRoot} refuses (${failure.description})`
  }
}
