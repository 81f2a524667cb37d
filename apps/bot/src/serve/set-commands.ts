import type { BotApi } from '@postino/telegram'
import { FALLBACK_LANGUAGE, isSpoken, LANGUAGES } from '../texts/find-texts.ts'

/** The menu beside the text field, in each language the bot speaks, and for everybody else in the fallback's. */
export async function setCommands(
  api: BotApi,
  signal: Parameters<BotApi['setMyCommands']>[2],
): Promise<void> {
  for (const language of Object.keys(LANGUAGES).filter(isSpoken)) {
    const commands = Object.entries(LANGUAGES[language].commands).map(([command, description]) => ({
      command,
      description,
    }))
    const options = language === FALLBACK_LANGUAGE ? {} : { language_code: language }
    await api.setMyCommands(commands, options, signal)
  }
}
