import type { TemplateFinding } from '@postino/domain'
import { CommandFailure } from '../failures/command-failure.ts'
import type { Say } from '../surroundings.ts'
import { describeFinding } from './describe-finding.ts'

type Status = 'published' | 'unpublished' | 'unchanged' | 'refused' | 'overtaken' | 'no_draft' | 'no_version'

/** Goes on when a text is as it was asked for, and tells warnings. @throws CommandFailure that says why it is not */
export function unlessRefused(
  outcome: { status: Status; findings: readonly TemplateFinding[] } | undefined,
  { called, warn }: { called: string; warn: Say },
): void {
  for (const finding of outcome?.findings ?? []) warn(describeFinding(finding))
  switch (outcome?.status) {
    case 'published':
    case 'unpublished':
    case 'unchanged':
      return
    case 'refused':
      throw new CommandFailure(`${called} has errors, so nothing was changed: mend what stands above`)
    case 'no_draft':
      throw new CommandFailure(`${called} has no draft: write one with postino template push`)
    case 'no_version':
      throw new CommandFailure(
        `${called} has no such version that was in force: see postino template history`,
      )
    case 'overtaken':
    case undefined:
      throw new CommandFailure(
        `somebody changed ${called} at this moment, so nothing was done: look, and try again`,
      )
  }
}
