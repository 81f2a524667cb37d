import { previewMessage } from '@postino/composition'
import { findShop, type Database, type ShopAsItIs } from '@postino/database'
import { attachmentPolicySchema, EVENT_KINDS, EXAMPLE_SHOP, isEventKind } from '@postino/domain'
import { createRenderer } from '@postino/templates'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { getShop } from '../get-shop.ts'
import { parseLocale, parseText } from '../option-values.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { chooseEvent } from '../templates/choose-event.ts'
import { commandHelp } from '../templates/command-help.ts'
import { describePreview } from '../templates/describe-preview.ts'
import { textsOfFile, textsOfShop, type TextToShow } from '../templates/texts-to-show.ts'
import { withDatabase } from '../with-database.ts'

interface PreviewOptions {
  shop?: string
  locale?: string
  allLocales?: boolean
  event?: string
  json?: boolean
}

const EXAMPLES = [
  'template preview texts/order.status_changed/shipped.it.yaml --all-locales',
  'template preview bottega order.status_changed shipped --event last',
]

/** `template preview`: of a file it needs neither a database nor a shop. */
export function addTemplatePreviewCommand(group: Command, surroundings: Surroundings): void {
  group
    .command('preview')
    .argument('<what...>', 'a file; or a shop, a kind and perhaps a state')
    .description(
      'show what Telegram will show of a text, its draft first, and what is wrong with it; nothing is sent',
    )
    .option('--locale <locale>', 'such as it; left out, the shop’s own', parseLocale)
    .option('--all-locales', 'in every language there is')
    .option(
      '--event <file or last>',
      'an event as JSON, or the shop’s last one, which shows personal data; left out, an example',
      parseText,
    )
    .option('--shop <slug>', 'whose name and time zone a file is shown with, and whose last event', parseText)
    .option('--json', 'everything, for programs')
    .addHelpText('after', commandHelp(EXAMPLES, databaseSettings))
    .action(async (what: string[], options: PreviewOptions) => {
      const slug = what.length === 1 ? options.shop : what[0]
      if (slug === undefined) return await preview(what, { options, shop: undefined }, surroundings)
      await withDatabase(surroundings.read(databaseSettings).databaseUrl, async (database) => {
        const { id } = await getShop(database, slug)
        const facts = await findShop(database, id)
        if (facts !== undefined) await preview(what, { options, shop: { database, id, facts } }, surroundings)
      })
    })
}

interface ShopToShow {
  database: Database
  id: string
  facts: ShopAsItIs
}

/** The shop of the examples, for who has no database at hand. */
const NO_SHOP = {
  name: EXAMPLE_SHOP.name,
  supportContact: EXAMPLE_SHOP.support_contact,
  timeZone: 'Europe/Rome',
}

async function preview(
  what: readonly string[],
  { options, shop }: { options: PreviewOptions; shop: ShopToShow | undefined },
  { say }: Surroundings,
): Promise<void> {
  const texts = await textsToShow(what, { options, shop })
  const render = createRenderer()
  const nowMs = Date.now()
  const policy = attachmentPolicySchema.safeParse(shop?.facts.attachmentPolicy).data
  const shown = []
  for (const { findings, ...text } of texts) {
    const event = await chooseEvent({ ...text, event: options.event, shop, nowMs })
    const context = {
      event,
      locale: text.locale,
      shop: shop?.facts ?? NO_SHOP,
      nowMs,
      ...(policy && { policy }),
    }
    shown.push({ ...text, eventId: event.id, ...previewMessage(render, text.content, context), findings })
  }
  if (options.json === true) return say(JSON.stringify(shown, undefined, 2))
  shown.forEach((one, index) => {
    if (index > 0) say('')
    say(one.title)
    for (const line of [...describePreview(one), ...one.findings]) say(line)
  })
}

async function textsToShow(
  what: readonly string[],
  { options, shop }: { options: PreviewOptions; shop: ShopToShow | undefined },
): Promise<TextToShow[]> {
  const { locale, allLocales: isInAllLocales = false } = options
  const [first = '', kind, state = ''] = what
  if (kind === undefined) return await textsOfFile(first, { isInAllLocales })
  if (shop === undefined || !isEventKind(kind) || what.length > 3)
    throw new CommandFailure(`name a shop, a kind and perhaps a state; kinds are ${EVENT_KINDS.join(', ')}`)
  const wanted = isInAllLocales ? undefined : (locale ?? shop.facts.locale)
  return await textsOfShop(shop.database, shop.id, { kind, state, locale: wanted })
}
