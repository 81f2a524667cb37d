import { readSeenWords, writeSeenWords } from '@postino/template-files'
import { judgeTemplate } from '@postino/templates'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { getShop } from '../get-shop.ts'
import { parseText } from '../option-values.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { commandHelp } from '../templates/command-help.ts'
import { planAsJson, sayPlan } from '../templates/describe-plan.ts'
import { seenAfter } from '../templates/plan-push.ts'
import { pushTemplates } from '../templates/push-templates.ts'
import { readChecked } from '../templates/read-checked.ts'
import { withDatabase } from '../with-database.ts'

interface PushOptions {
  publish?: boolean
  dryRun?: boolean
  unpublishMissing?: boolean
  force?: boolean
  note?: string
  json?: boolean
}

/** `template push`. */
export function addTemplatePushCommand(group: Command, surroundings: Surroundings): void {
  group
    .command('push')
    .argument('<shop>', 'its short name')
    .argument('<folder>', 'as postino template pull makes it')
    .description(
      'bring the texts of a folder to a shop, all or none: what changed becomes a draft; none is removed',
    )
    .option('--publish', 'put in force what changed; refused when a text has errors')
    .option('--unpublish-missing', 'with --publish: take out of force what no file has')
    .option('--dry-run', 'say what would become of each file, and change nothing')
    .option('--force', 'write over texts that were changed in the shop since the folder was pulled')
    .option('--note <text>', 'why, for other authors', parseText)
    .option('--json', 'what became of each file, for programs')
    .addHelpText('after', commandHelp('template push bottega texts --publish', databaseSettings))
    .action((slug: string, folder: string, options: PushOptions) =>
      push({ slug, folder, options }, surroundings),
    )
}

async function push(
  { slug, folder, options }: { slug: string; folder: string; options: PushOptions },
  { say, warn, read }: Surroundings,
): Promise<void> {
  const { publish: isPublishing = false, dryRun: isDryRun = false, force: isForced = false } = options
  const { unpublishMissing: isUnpublishingMissing = false, note, json } = options
  if (isUnpublishingMissing && !isPublishing)
    throw new CommandFailure('--unpublish-missing goes with --publish')
  const seen = await readSeenWords(folder)
  const kind = { isPublishing, isDryRun, isUnpublishingMissing }
  const plan = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
    const { id: shopId, locale } = await getShop(database, slug)
    const files = await readChecked(folder, { locale, isPublishing, warn })
    return await pushTemplates(database, shopId, {
      files,
      seen,
      judge: judgeTemplate,
      isForced,
      note,
      ...kind,
    })
  })
  if (!isDryRun) {
    if (seen.hashes.size === 0)
      warn(`Keep ${folder}/.postino-seen.json in git with the texts: it guards against lost changes.`)
    await writeSeenWords(folder, seenAfter(plan, seen, kind))
  }
  if (json === true) say(JSON.stringify(planAsJson(plan), undefined, 2))
  else sayPlan(plan, kind, say)
}
