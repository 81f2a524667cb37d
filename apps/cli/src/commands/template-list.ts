import { listTemplates, type ListedTemplate, type VersionHead } from '@postino/database'
import type { EventKind } from '@postino/domain'
import type { Command } from 'commander'
import { count } from '../count.ts'
import { getShop } from '../get-shop.ts'
import { parseLocale } from '../option-values.ts'
import { sayList } from '../say-list.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { commandHelp } from '../templates/command-help.ts'
import { listEveryPage } from '../templates/list-every-page.ts'
import { parseKind, stateName } from '../templates/template-name.ts'
import { withDatabase } from '../with-database.ts'

interface ListOptions {
  kind?: EventKind
  locale?: string
  json?: boolean
}

/** `template list`. */
export function addTemplateListCommand(group: Command, { say, warn, read }: Surroundings): void {
  group
    .command('list')
    .argument('<shop>', 'its short name')
    .description('list a shop’s texts: kind, state, language, what is in force, what is being written')
    .option('--kind <kind>', 'of this event kind', parseKind)
    .option('--locale <locale>', 'in this language', parseLocale)
    .option('--json', 'everything but the texts, for programs')
    .addHelpText('after', commandHelp('template list bottega --locale it', databaseSettings))
    .action(async (slug: string, { json, kind, locale }: ListOptions) => {
      const templates = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, slug)
        return await listEveryPage((page) => listTemplates(database, shopId, { kind, locale, ...page }))
      })
      if (templates.length === 0) warn('No template is like that.')
      sayList(templates.toSorted(byName), { say, json, cells: cellsOf })
    })
}

function byName(left: ListedTemplate, right: ListedTemplate): number {
  const [one, other] = [left, right].map(({ kind, state, locale }) => `${kind} ${state} ${locale}`)
  return (one ?? '') < (other ?? '') ? -1 : 1
}

function cellsOf({ kind, state, locale, published, draft }: ListedTemplate): string[] {
  const inForce = published === undefined ? 'not published' : `published ${published.version}`
  return [
    kind,
    stateName(state),
    locale,
    inForce + remarkOn(published),
    draft === undefined ? '' : `draft ${draft.version}${remarkOn(draft)}`,
  ]
}

/** Of what the checker found. */
function remarkOn(version: VersionHead | undefined): string {
  const errors = version?.findings.filter(({ severity }) => severity === 'error').length ?? 0
  const warnings = (version?.findings.length ?? 0) - errors
  const parts = [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ]
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}
