import type { TemplateFile } from '@postino/template-files'
import type { Command } from 'commander'
import { count } from '../count.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import { parseLocale } from '../option-values.ts'
import type { Surroundings } from '../surroundings.ts'
import { checkFolder, findingLine, type FileFinding } from '../templates/check-folder.ts'
import { commandHelp } from '../templates/command-help.ts'
import { readTemplates } from '../templates/read-templates.ts'

interface CheckOptions {
  locale?: string
  strict?: boolean
  json?: boolean
}

/** `template check`: needs neither a database nor a shop. */
export function addTemplateCheckCommand(group: Command, { say }: Surroundings): void {
  group
    .command('check')
    .argument('<folder>', 'as postino template pull makes it')
    .description(
      'say what is wrong with the texts in a folder, by file, line and column; fails when there are errors',
    )
    .option('--locale <locale>', 'the shop’s own language; left out, the one most texts are in', parseLocale)
    .option('--strict', 'fail when there are warnings, too')
    .option('--json', 'for programs')
    .addHelpText('after', commandHelp('template check texts --strict'))
    .action(async (folder: string, { locale, strict: isStrict = false, json }: CheckOptions) => {
      const read = await readTemplates(folder)
      const findings = checkFolder(read, { locale: locale ?? mostUsedLocale(read.files) })
      if (json === true) say(JSON.stringify(findings, undefined, 2))
      else for (const finding of findings) say(findingLine(folder, finding))
      const found = describe(findings)
      if (findings.some(({ severity }) => isStrict || severity === 'error'))
        throw new CommandFailure(`${found} in ${folder}: mend what stands above`)
      if (json !== true) say(`${count(read.files.length, 'text')} checked: ${found}.`)
    })
}

function mostUsedLocale(files: readonly TemplateFile[]): string {
  const byLocale = [...Map.groupBy(files, (file) => file.locale)]
  const [most] = byLocale.toSorted(([, left], [, right]) => right.length - left.length)
  return most?.[0] ?? 'en'
}

function describe(findings: readonly FileFinding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return `${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}`
}
