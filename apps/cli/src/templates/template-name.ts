import { findTemplate, type Database, type Template, type TemplateName } from '@postino/database'
import { EVENT_KINDS, isEventKind, type EventKind } from '@postino/domain'
import { InvalidArgumentError, type Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { getShop } from '../get-shop.ts'
import { parseLocale } from '../option-values.ts'

/** How a command line names a template; without a locale the shop's own is meant. */
export interface NamedTemplate {
  shop: string
  kind: EventKind
  /** Left out for the text of every state. */
  state?: string | undefined
  locale?: string | undefined
}

/** The arguments and the option that name a template. */
export function withTemplateName(command: Command): Command {
  return command
    .argument('<shop>', 'its short name')
    .argument('<kind>', 'of event, such as order.status_changed', parseKind)
    .argument('[state]', 'such as shipped; left out for the text that serves every state')
    .option('--locale <locale>', 'such as it; left out, the shop’s own', parseLocale)
}

export function parseKind(text: string): EventKind {
  if (isEventKind(text)) return text
  throw new InvalidArgumentError(`Choose from ${EVENT_KINDS.join(', ')}.`)
}

export interface FoundTemplate {
  shopId: string
  template: Template
  /** As a sentence calls it: `order.status_changed shipped it`. */
  called: string
}

/** @throws CommandFailure when the shop has none of this name */
export async function getTemplate(
  database: Database,
  { shop: slug, kind, state = '', locale }: NamedTemplate,
): Promise<FoundTemplate> {
  const shop = await getShop(database, slug)
  const name = { kind, state, locale: locale ?? shop.locale }
  const template = await findTemplate(database, shop.id, name)
  if (template === undefined)
    throw new CommandFailure(`${slug} has no template ${calledBy(name)}: see postino template list ${slug}`)
  return { shopId: shop.id, template, called: calledBy(name) }
}

export function calledBy({ kind, state, locale }: TemplateName): string {
  return [kind, ...(state === '' ? [] : [state]), locale].join(' ')
}

/** As a table and a file show it. */
export function stateName(state: string): string {
  return state === '' ? 'default' : state
}
