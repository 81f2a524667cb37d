import assert from 'node:assert/strict'

// https://core.telegram.org/bots/features#deep-linking
const PARAMETER = /^[A-Za-z0-9_-]{1,64}$/

/**
 * The address that opens a bot in Telegram, whatever the device: an https one, which the app takes over where it is installed
 * and which leads to it where it is not. With a parameter the bot gets `/start <parameter>` when START is pressed.
 */
export function startLink(botUsername: string, parameter?: string): string {
  const address = `https://t.me/${botUsername}`
  if (parameter === undefined) return address
  assert(PARAMETER.test(parameter), 'Telegram passes on 1 to 64 letters, digits, _ and -')
  return `${address}?start=${parameter}`
}
