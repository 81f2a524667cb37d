import { expect, test } from 'vitest'
import { readBotToken } from './read-bot-token.ts'

const TOKEN = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsa_-'

/** What @BotFather answers to /newbot. */
const MESSAGE = `Done! Congratulations on your new bot. You will find it at t.me/bottega_bot. You can now add a description, about section and profile picture for your bot, see /help for a list of commands. By the way, when you've finished creating your cool bot, ping our Bot Support if you want a better username for it. Just make sure the bot is fully operational before you do this.

Use this token to access the HTTP API:
${TOKEN}
Keep your token secure and store it safely, it can be used by anyone to control your bot.

For a description of the Bot API, see this page: https://core.telegram.org/bots/api`

test('[PASS-24] the token is taken out of what @BotFather wrote', () => {
  expect(readBotToken(MESSAGE)).toBe(TOKEN)
  expect(readBotToken(MESSAGE.replaceAll('\n', '\r\n'))).toBe(TOKEN)
  expect(readBotToken(`You can use this token to access HTTP API:\n${TOKEN}\n`)).toBe(TOKEN)
  expect(readBotToken(`“${TOKEN}”`)).toBe(TOKEN)
})

test.each([TOKEN, ` ${TOKEN}\n`, '123:abc'])('given by itself it is the token: %j', (text) => {
  expect(readBotToken(text)).toBe(text.trim())
})

test.each([
  '',
  'hello',
  'at 12:30 or 123:abc',
  `https://api.telegram.org/bot${TOKEN}/getMe`,
  `${TOKEN} 2${TOKEN}`,
])('no token, or nobody knows which: %j', (text) => expect(readBotToken(text)).toBeUndefined())
