import { relative } from 'node:path'
import { styleText } from 'node:util'
import type { DataFolder } from './data-folder.ts'
import type { DemoPerson } from './demo-shop.ts'
import type { Local } from './start-local.ts'

const DAY_MS = 86_400_000

/** What to do now that everything runs, in lines for the terminal. */
export function firstSteps({ cluster, shop }: Local, folder: DataFolder): string[] {
  const { emulatorUrl, ingestUrl, consoleUrl, botUrl } = cluster
  const [person] = shop.people
  if (person === undefined) return []
  const local = `pnpm postino --local ${nearPath(folder.path)}`
  return [
    '',
    bold('Postino is ready.'),
    '',
    ...(emulatorUrl === undefined ? onTelegram(person) : onThePhone(emulatorUrl, shop, person)),
    '  2. Report an order:',
    '',
    curlCommand({ ingestUrl, apiKey: shop.apiKey, externalId: person.externalId, nowMs: Date.now() }),
    '',
    '  3. See its whole way, and whether all is well:',
    '',
    `${local} explain <the id in the answer> --shop ${shop.slug}`,
    `${local} doctor`,
    '',
    '  4. Change what the bot says: edit a file, then put it in force:',
    '',
    `${local} template pull ${shop.slug} texts`,
    `${local} template push ${shop.slug} texts --publish`,
    '',
    `  Opt-in page for customers: ${bold(`${botUrl}/o/${shop.slug}`)}`,
    `  API of events: ${bold(`${ingestUrl}/docs`)}`,
    `  API of contacts, consents and texts: ${bold(`${consoleUrl}/docs`)}`,
    '  Ctrl-C stops everything; the next start takes it up again.',
    '',
  ]
}

/** As seen from here, where that is shorter. */
function nearPath(path: string): string {
  const near = relative('', path) || '.'
  return near.startsWith('..') ? path : near
}

function bold(text: string): string {
  return styleText('bold', text)
}

function onTelegram({ link }: DemoPerson): string[] {
  return [`  1. Open ${bold(link)} in Telegram, press START, and switch on order updates.`]
}

function onThePhone(emulatorUrl: string, shop: Local['shop'], { firstName, phone }: DemoPerson): string[] {
  const names = shop.people.map((person) => person.firstName).join(', ')
  const step =
    phone?.hasStarted === true
      ? `${firstName} has pressed START before: open ${shop.name} to read on.`
      : `As ${firstName}, open ${shop.name}, press START, and switch on the first line.`
  return [`  1. Open ${bold(emulatorUrl)}: a phone with ${names}.`, `     ${step}`]
}

/** An order event in the short form, to be pasted into any shell; with an id of its own each time. */
export function curlCommand(order: {
  ingestUrl: string
  apiKey: string
  externalId: string
  nowMs: number
}): string {
  const [placedAt, updatedAt] = [order.nowMs - DAY_MS, order.nowMs].map((ms) => new Date(ms).toISOString())
  const event = {
    type: 'order.status_changed',
    id: 'ID',
    data: {
      order: {
        id: '1143',
        number: '1143',
        status: 'shipped',
        total: { amount: '49.90', currency: 'EUR' },
        items: [{ name: 'Vaso', qty: 1 }],
        placed_at: placedAt,
        updated_at: updatedAt,
      },
      customer: { external_id: order.externalId },
    },
  }
  // Quotes end before the id and begin again after it, so that the shell fills in the time: in sh as well, which has no $RANDOM.
  const body = quote(JSON.stringify(event)).replace('"ID"', `"try-'"$(date +%s)"'"`)
  return [
    `curl ${order.ingestUrl}/v1/events \\`,
    `  -H ${quote(`authorization: Bearer ${order.apiKey}`)} -H 'content-type: application/json' \\`,
    `  -d ${body}`,
  ].join('\n')
}

/** One word for any shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
