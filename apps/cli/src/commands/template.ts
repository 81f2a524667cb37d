import type { Command } from 'commander'
import type { Surroundings } from '../surroundings.ts'
import { addTemplateCheckCommand } from './template-check.ts'
import { addTemplateFieldsCommand } from './template-fields.ts'
import { addTemplateHistoryCommands } from './template-history.ts'
import { addTemplateListCommand } from './template-list.ts'
import { addTemplatePreviewCommand } from './template-preview.ts'
import { addTemplatePublishCommands } from './template-publish.ts'
import { addTemplatePullCommand } from './template-pull.ts'
import { addTemplatePushCommand } from './template-push.ts'
import { addTemplateShowCommand } from './template-show.ts'
import { addTemplateStartersCommand } from './template-starters.ts'
import { addTemplateTestCommand } from './template-test.ts'

/** What a shop says: its texts, as the database has them and as files in a folder. */
export function addTemplateCommands(program: Command, surroundings: Surroundings): void {
  const group = program
    .command('template')
    .description('a shop’s texts: see them, write them as files, check, preview, publish and test them')
  addTemplateListCommand(group, surroundings)
  addTemplateShowCommand(group, surroundings)
  addTemplateHistoryCommands(group, surroundings)
  addTemplateFieldsCommand(group, surroundings)
  addTemplateStartersCommand(group, surroundings)
  addTemplateCheckCommand(group, surroundings)
  addTemplatePreviewCommand(group, surroundings)
  addTemplatePullCommand(group, surroundings)
  addTemplatePushCommand(group, surroundings)
  addTemplatePublishCommands(group, surroundings)
  addTemplateTestCommand(group, surroundings)
}
