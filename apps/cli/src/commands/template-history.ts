import { listVersions, type VersionHead } from '@postino/database'
import { diffLines, type DiffLine } from '@postino/domain'
import { writeTemplate } from '@postino/template-files'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { parseLimit, parseVersion } from '../option-values.ts'
import { sayList } from '../say-list.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { commandHelp } from '../templates/command-help.ts'
import { getVersion } from '../templates/get-version.ts'
import { harmless } from '../templates/plain-marks.ts'
import {
  getTemplate,
  withTemplateName,
  type FoundTemplate,
  type NamedTemplate,
} from '../templates/template-name.ts'
import { withDatabase } from '../with-database.ts'

const LISTED = 20

interface HistoryOptions {
  locale?: string
  limit: number
  json?: boolean
}

interface DiffOptions {
  locale?: string
  from?: number
  to?: number
  json?: boolean
}

/** `template history` and `template diff`. */
export function addTemplateHistoryCommands(group: Command, surroundings: Surroundings): void {
  addHistoryCommand(group, surroundings)
  addDiffCommand(group, surroundings)
}

function addHistoryCommand(group: Command, { say, read }: Surroundings): void {
  withTemplateName(group.command('history'))
    .description('list the versions of a text, the youngest first: when, by whom, and why')
    .option('--limit <count>', 'so many at most', parseLimit, LISTED)
    .option('--json', 'everything but the texts, for programs')
    .addHelpText(
      'after',
      commandHelp('template history bottega cart.abandoned --locale it', databaseSettings),
    )
    .action(
      async (
        shop: string,
        kind: NamedTemplate['kind'],
        state: string | undefined,
        { locale, limit, json }: HistoryOptions,
      ) => {
        const versions = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
          const { shopId, template } = await getTemplate(database, { shop, kind, state, locale })
          return await listVersions(database, shopId, { templateId: template.id, limit })
        })
        sayList(versions, { say, json, cells: cellsOf })
      },
    )
}

function cellsOf({
  version,
  status,
  savedAt,
  publishedAt,
  author,
  note,
  rolledBackTo,
}: VersionHead): string[] {
  const origin = rolledBackTo === null ? '' : `as version ${rolledBackTo}`
  return [
    String(version),
    status,
    (publishedAt ?? savedAt).toISOString(),
    author ?? '',
    origin,
    harmless(note ?? ''),
  ]
}

function addDiffCommand(group: Command, { say, warn, read }: Surroundings): void {
  withTemplateName(group.command('diff'))
    .description('tell two versions of a text apart, line by line; by itself what is in force from the draft')
    .option('--from <version>', 'left out, what is in force, or the version before it', parseVersion)
    .option('--to <version>', 'left out, the draft, or what is in force', parseVersion)
    .option('--json', 'all lines, for programs')
    .addHelpText(
      'after',
      commandHelp('template diff bottega cart.abandoned --locale it --from 2 --to 4', databaseSettings),
    )
    .action(
      async (
        shop: string,
        kind: NamedTemplate['kind'],
        state: string | undefined,
        { locale, json, ...wanted }: DiffOptions,
      ) => {
        const { from, to, lines } = await withDatabase(
          read(databaseSettings).databaseUrl,
          async (database) => {
            const found = await getTemplate(database, { shop, kind, state, locale })
            const numbers = versionsToCompare(found, wanted)
            const [before, after] = [
              await getVersion(database, found, { version: numbers.from }),
              await getVersion(database, found, { version: numbers.to }),
            ].map(({ content }) => writeTemplate(content).trimEnd())
            return { ...numbers, lines: diffLines(before ?? '', after ?? '') }
          },
        )
        if (json === true) return say(JSON.stringify({ from, to, lines }, undefined, 2))
        say(`--- version ${from}\n+++ version ${to}`)
        if (lines.every(({ change }) => change === 'same')) warn('They say the same.')
        for (const line of lines) say(markOf(line) + line.line)
      },
    )
}

/** @throws CommandFailure when there are no two */
function versionsToCompare(
  { template: { published, draft }, called }: FoundTemplate,
  { from: givenFrom, to: givenTo }: Pick<DiffOptions, 'from' | 'to'>,
): { from: number; to: number } {
  const to = givenTo ?? (draft ?? published)?.version
  const before = draft !== undefined && to === draft.version ? published?.version : undefined
  const from = givenFrom ?? before ?? (to === undefined ? undefined : to - 1)
  if (from !== undefined && to !== undefined && from >= 1) return { from, to }
  throw new CommandFailure(`${called} has no two versions to compare: see postino template history`)
}

function markOf({ change }: DiffLine): string {
  switch (change) {
    case 'same':
      return ' '
    case 'removed':
      return '-'
    case 'added':
      return '+'
  }
}
