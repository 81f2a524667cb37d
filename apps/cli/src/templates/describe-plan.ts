import { count } from '../count.ts'
import type { Say } from '../surroundings.ts'
import type { PushPlan } from './plan-push.ts'
import { calledBy } from './template-name.ts'

export interface PushKind {
  isPublishing: boolean
  isDryRun: boolean
  isUnpublishingMissing: boolean
}

/** Tells what became of each file, and which texts of the shop have none. */
export function sayPlan({ files, missing }: PushPlan, kind: PushKind, say: Say): void {
  const told = files.filter(({ becomes }) => becomes !== 'unchanged')
  for (const { file, becomes } of told) say(`${becomes.padEnd(8)} ${file.path}`)
  for (const { template } of missing)
    say(`no file  ${calledBy(template)}${kind.isUnpublishingMissing ? ': out of force' : ''}`)
  say(`${verbOf(kind)} ${count(told.length, 'text')}, ${files.length - told.length} unchanged.`)
}

function verbOf({ isPublishing, isDryRun }: PushKind): string {
  if (isPublishing) return isDryRun ? 'Nothing was changed. Would put in force' : 'Put in force'
  return isDryRun ? 'Nothing was changed. Would save as drafts' : 'Saved as drafts'
}

/** For programs. */
export function planAsJson({ files, missing }: PushPlan): object {
  return {
    files: files.map(({ file: { path, kind, state, locale }, becomes }) => ({
      path,
      kind,
      state,
      locale,
      becomes,
    })),
    missing: missing.map(({ template: { id, kind, state, locale } }) => ({ id, kind, state, locale })),
  }
}
