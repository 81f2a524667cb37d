import {
  archiveBot,
  countPeopleOfBotAlone,
  endBotReplacement,
  findReplacementProgress,
  listBotsOfShop,
  startBotReplacement,
  type ReplacementProgress,
} from '@postino/database'
import type { Command } from 'commander'
import { chooseBot } from '../choose-bot.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import { formatTable } from '../format-table.ts'
import { getShop } from '../get-shop.ts'
import { dayOf } from '../say-list.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'

interface ReplaceOptions {
  shop: string
  by?: string
  end?: true
  json?: boolean
}

/** `bot replace` and `bot archive`. */
export function addBotReplaceCommands(group: Command, surroundings: Surroundings): void {
  addReplaceCommand(group, surroundings)
  addArchiveCommand(group, surroundings)
}

function addReplaceCommand(group: Command, { say, read }: Surroundings): void {
  const command = group
    .command('replace')
    .argument('<bot>', 'its username')
    .description(
      'let the people of a bot be invited to another one, and tell how far that is; nobody is lost on the way',
    )
    .requiredOption('--shop <slug>', 'whose bots they are')
    .option('--by <username>', 'the bot that takes its place: begins the invitations')
    .option('--end', 'invite nobody more')
    .option('--json', 'how far it is, for programs')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (name: string, { shop: slug, by, end, json }: ReplaceOptions) => {
      if (by !== undefined && end === true)
        command.error('error: --by begins and --end ends: take one of them')
      const progress = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, slug)
        const bots = await listBotsOfShop(database, shopId)
        const oldBot = chooseBot(bots, name)
        if (by !== undefined) {
          const newBot = chooseBot(bots, by)
          if (newBot.id === oldBot.id) throw new CommandFailure('a bot cannot take its own place')
          for (const { status, username } of [oldBot, newBot]) {
            if (status !== 'active')
              throw new CommandFailure(`@${username} is ${status}: both bots have to be at work`)
          }
          const { status } = await startBotReplacement(database, shopId, {
            oldBotId: oldBot.id,
            newBotId: newBot.id,
          })
          if (status === 'other') {
            const wayOut = `postino bot replace ${oldBot.username} --end --shop ${slug}`
            throw new CommandFailure(`another bot is taking its place already: ${wayOut} ends that`)
          }
        }
        if (end === true) await endBotReplacement(database, shopId, oldBot.id)
        return await findReplacementProgress(database, shopId, oldBot.id)
      })
      if (progress === undefined)
        throw new CommandFailure(`nobody takes the place of ${name}: name a bot with --by`)
      if (json === true) return say(JSON.stringify(progress, undefined, 2))
      formatTable(factsOf(progress)).forEach(say)
    })
}

function factsOf(progress: ReplacementProgress): string[][] {
  const { total, moved, left, invited, waiting, notInvited, groups, invitedAt, endedAt } = progress
  const reasons = Object.entries(notInvited).map(([reason, count]) => `${count} ${reason}`)
  const facts: [string, string][] = [
    ['people', String(total)],
    ['moved', String(moved)],
    ['left', String(left)],
    ['invited', `${invited}, ${waiting} waiting to be sent${invitedAt === null ? ', more to come' : ''}`],
    ['not invited', reasons.join(', ')],
    ['groups', groups === 0 ? '' : `${groups}: add the new bot to them by hand`],
    ['ended', endedAt === null ? '' : dayOf(endedAt)],
  ]
  return facts.filter(([, text]) => text !== '')
}

function addArchiveCommand(group: Command, { say, read }: Surroundings): void {
  group
    .command('archive')
    .argument('<bot>', 'its username')
    .description(
      'take a bot out of service; its registrations stay, and bot add with its token brings it back',
    )
    .requiredOption('--shop <slug>', 'whose bot it is')
    .option('--yes', 'also when people would not be reached any more')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (name: string, { shop: slug, yes }: { shop: string; yes?: true }) => {
      const { username, left } = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, slug)
        const bot = chooseBot(await listBotsOfShop(database, shopId), name)
        if (bot.status === 'archived') throw new CommandFailure(`@${bot.username} was archived before`)
        const lost = await countPeopleOfBotAlone(database, shopId, bot.id)
        if (lost > 0 && yes !== true) {
          throw new CommandFailure(
            `${lost} people have no chat with another bot of ${slug}, and would not be reached any more: --yes archives it all the same`,
          )
        }
        await archiveBot(database, shopId, bot.id)
        return { username: bot.username, left: lost }
      })
      say(`@${username} is archived, with all its registrations. ${left} people are not reached any more.`)
    })
}
