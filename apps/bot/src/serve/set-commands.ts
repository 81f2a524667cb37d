import type { BotApi } from '@postino/telegram'
import { FALLBACK_LANGUAGE, isSpoken, LANGUAGES } from '../texts/find-texts.ts'
import { COMMAND_NAMES } from '../texts/texts.ts'

/** The menu beside the text field, in each language the bot speaks, and for everybody else in the fallback's. */
export async function setCommands(
  api: BotApi,
  signal: Parameters<BotApi['setMyCommands']>[2],
): Promise<void> {
  for (const language of Object.keys(LANGUAGES).filter(isSpoken)) {
    const { commands: descriptions } = LANGUAGES[language]
    const commands = COMMAND_NAMES.map((command) => ({ command, description: descriptions[command] }))
    const options = language === FALLBACK_LANGUAGE ? {} : { language_code: language }
    await api.setMyCommands(commands, options, signal)
  }
}
