import {
  API_KEY_SCOPES,
  generateApiKey,
  insertApiKey,
  revokeApiKey,
  type ApiKeyScope,
  type Database,
} from '@postino/database'
import { InvalidArgumentError, type Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { parseKeyId, parseText } from '../option-values.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'
import { getShop } from '../get-shop.ts'

export function addKeyCommands(program: Command, { say, warn, read }: Surroundings): void {
  const key = program.command('key').description('make API keys, and revoke them')
  key
    .command('create')
    .description('make an API key and print it, this once')
    .requiredOption('--shop <slug>', 'whose key it is')
    .option('--name <name>', 'what it is for', parseText, 'default')
    .option(
      '--scopes <scopes>',
      `what it may do, with commas: of ${API_KEY_SCOPES.join(',')}; all without it`,
      parseScopes,
    )
    .option('--test', 'begin it with pst_test_ instead of pst_live_', false)
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (options: { shop: string; name: string; scopes?: ApiKeyScope[]; test: boolean }) => {
      const { name, scopes, test } = options
      const environment = test ? 'test' : 'live'
      const made = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const shop = await getShop(database, options.shop)
        return await createKey(database, shop.id, { name, environment, scopes })
      })
      // The key alone goes to standard output, so that it can be put straight into a variable or a file.
      say(made.text)
      warn(`It is not shown again. To end it: postino key revoke ${made.id} --shop ${options.shop}`)
    })
  key
    .command('revoke')
    .argument('<id>', 'its ten letters and digits behind pst_live_ or pst_test_', parseKeyId)
    .description('end an API key, at once')
    .requiredOption('--shop <slug>', 'whose key it is')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (id: string, options: { shop: string }) => {
      const isRevoked = await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
        revokeApiKey(database, (await getShop(database, options.shop)).id, id),
      )
      if (!isRevoked) {
        throw new CommandFailure(
          `${options.shop} has no key ${id} in force: it may be revoked already, or another shop’s`,
        )
      }
      say(`Revoked ${id}.`)
    })
}

/** Makes an API key, with every scope if none is named; its text is told this once and never again. */
export async function createKey(
  database: Database,
  shopId: string,
  { scopes = API_KEY_SCOPES, ...key }: NewKey,
): Promise<{ id: string; text: string }> {
  const generated = generateApiKey(key.environment)
  await insertApiKey(database, shopId, { ...generated, ...key, scopes })
  return { id: generated.id, text: generated.text }
}

interface NewKey {
  name: string
  environment: 'live' | 'test'
  scopes?: readonly ApiKeyScope[] | undefined
}

function parseScopes(text: string): ApiKeyScope[] {
  const scopes = text.split(',').map((name) => {
    const scope = API_KEY_SCOPES.find((known) => known === name)
    if (scope !== undefined) return scope
    throw new InvalidArgumentError(`Choose from ${API_KEY_SCOPES.join(',')}, with commas and no blanks.`)
  })
  return [...new Set(scopes)]
}
