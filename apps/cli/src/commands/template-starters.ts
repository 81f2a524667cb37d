import { isEventKind } from '@postino/domain'
import { hashOf, pathOfTemplate, readSeenWords, writeSeenWords } from '@postino/template-files'
import { starterTemplates } from '@postino/templates'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { parseLocale } from '../option-values.ts'
import type { Surroundings } from '../surroundings.ts'
import { commandHelp } from '../templates/command-help.ts'
import { placeFiles, type FileToPlace } from '../templates/place-files.ts'
import { sayPlaced } from '../templates/say-placed.ts'

interface StartersOptions {
  into: string
  locale?: string
  force?: boolean
}

/** `template starters`. */
export function addTemplateStartersCommand(group: Command, { say }: Surroundings): void {
  group
    .command('starters')
    .description('write the texts a shop begins with into a folder, to make your own of them')
    .requiredOption('--into <folder>', 'where the files go; it is made when there is none')
    .option('--locale <locale>', 'in this language alone', parseLocale)
    .option('--force', 'write over files that say something else')
    .addHelpText('after', commandHelp('template starters --locale de --into texts'))
    .action(async ({ into: folder, locale, force: isForced = false }: StartersOptions) => {
      const files = starterFiles(locale)
      const seen = await readSeenWords(folder)
      const placed = await placeFiles(folder, files, { seen, isForced })
      // A new shop says just this, and it may be written over.
      const hashes = new Map(seen.hashes)
      for (const { path, content } of files) if (!hashes.has(path)) hashes.set(path, [hashOf(content)])
      await writeSeenWords(folder, { ...seen, hashes })
      sayPlaced(placed, say)
    })
}

function starterFiles(locale: string | undefined): FileToPlace[] {
  const chosen = starterTemplates.filter((each) => locale === undefined || each.locale === locale)
  if (chosen.length === 0) {
    const locales = [...new Set(starterTemplates.map((each) => each.locale))].join(', ')
    throw new CommandFailure(`there are no texts in ${locale} to begin with: choose from ${locales}`)
  }
  return chosen.flatMap(({ kind, state, locale: language, content }) =>
    isEventKind(kind) ? [{ path: pathOfTemplate({ kind, state, locale: language }), content }] : [],
  )
}
