import type { Bot } from '@postino/database'
import { CommandFailure } from './failures/command-failure.ts'

/**
 * The bot of that name, with @ or without; when none is named, the only one that is not archived.
 *
 * @throws CommandFailure that names the choice
 */
export function chooseBot(bots: readonly Bot[], wanted: string | undefined): Bot {
  const names = bots.map(({ username }) => `@${username}`).join(', ')
  if (bots.length === 0) throw new CommandFailure('the shop has no bot: postino bot add')
  if (wanted === undefined) {
    const [first, second] = bots.filter(({ status }) => status !== 'archived')
    if (first === undefined) throw new CommandFailure(`all bots of the shop are archived (${names})`)
    if (second === undefined) return first
    throw new CommandFailure(`the shop has several bots: name one with --bot (${names})`)
  }
  const username = wanted.replace(/^@/, '').toLowerCase()
  const bot = bots.find((each) => each.username.toLowerCase() === username)
  if (bot === undefined) throw new CommandFailure(`the shop has no bot ${wanted}: choose from ${names}`)
  return bot
}
