import {
  headOfLedger,
  listShops,
  matchesHead,
  rederiveConsents,
  verifyConsents,
  type Database,
  type LedgerFault,
  type LedgerScope,
} from '@postino/database'
import type { Command } from 'commander'
import { count } from '../count.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import { getContact } from '../get-contact.ts'
import { getShop } from '../get-shop.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Say, Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'

interface VerifyOptions {
  shop?: string
  contact?: string
  head?: string | true
  mend?: true
}

/** `consent verify`. */
export function addVerifyConsentCommand(group: Command, { say, read }: Surroundings): void {
  const command = group
    .command('verify')
    .description('compute the whole ledger anew, and tell every row that is not as it was written')
    .option('--shop <slug>', 'of this shop alone')
    .option('--contact <external id>', 'of this contact of the shop alone')
    .option(
      '--head [head]',
      'tell the ledger’s head, to be kept elsewhere; or see whether all rows are there that this one was made of',
    )
    .option('--mend', 'write what contacts agree to anew, where it is not what their rows say')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (options: VerifyOptions) => {
      if (options.shop === undefined && (options.contact !== undefined || typeof options.head === 'string'))
        command.error('error: name the shop: --shop <slug>')
      await withDatabase(read(databaseSettings).databaseUrl, (database) => verify(database, options, say))
    })
}

async function verify(database: Database, options: VerifyOptions, say: Say): Promise<void> {
  const scope = await findScope(database, options)
  if (options.mend === true) say(`Mended ${count(await rederiveConsents(database, scope), 'contact')}.`)
  const { rows, contacts, faultCount, faults } = await verifyConsents(database, scope)
  const slugs = new Map((await listShops(database)).map(({ id, slug }) => [id, slug]))
  for (const fault of faults) say(describe(fault, slugs.get(fault.shopId) ?? fault.shopId))
  if (faultCount > faults.length) say(`… and ${faultCount - faults.length} more`)
  const isSame = await checkHead(database, options, say)
  if (faultCount > 0) throw new CommandFailure(`the ledger has ${count(faultCount, 'fault')}, see above`)
  if (!isSame) {
    throw new CommandFailure(
      'the ledger is not the one this head was made of: a row is gone, or was added before it',
    )
  }
  say(`The ledger is whole: ${count(rows, 'row')} of ${count(contacts, 'contact')}.`)
}

async function findScope(database: Database, { shop, contact }: VerifyOptions): Promise<LedgerScope> {
  if (shop === undefined) return {}
  if (contact === undefined) return { shopId: (await getShop(database, shop)).id }
  return await getContact(database, { shop, externalId: contact })
}

/** Tells the heads that were asked for; false when the one that was given is another one. */
async function checkHead(database: Database, { shop, head }: VerifyOptions, say: Say): Promise<boolean> {
  if (head === undefined) return true
  if (head === true) {
    const shops = (await listShops(database)).filter(({ slug }) => shop === undefined || slug === shop)
    for (const { id, slug } of shops) say(`${slug} ${await headOfLedger(database, id)}`)
    return true
  }
  const { id: shopId } = await getShop(database, shop ?? '')
  const isSame = await matchesHead(database, shopId, head)
  if (isSame === undefined) {
    throw new CommandFailure(`${head} is no head: it is what postino consent verify --head tells`)
  }
  return isSame
}

const FAULTS: Record<LedgerFault['fault'], string> = {
  row_altered: 'is not what was written',
  row_missing: 'follows a row that is gone or was replaced',
  order_changed: 'stands in another place than it was written in',
  details_altered: 'has another proof beside it than it was written with',
  purposes_differ: 'agrees to other things than its rows say: --mend derives them anew',
  wording_altered: 'does not say what it said when it was kept',
}

function describe({ fault, contactId, consentId, wordingHash }: LedgerFault, shop: string): string {
  const place = `${shop}${contactId === undefined ? '' : `, contact ${contactId}`}`
  const what =
    consentId !== undefined ? `row ${consentId}` : wordingHash !== undefined ? `wording ${wordingHash}` : 'it'
  return `${place}: ${what} ${FAULTS[fault]} (${fault})`
}
