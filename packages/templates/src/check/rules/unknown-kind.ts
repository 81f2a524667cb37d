import { isEventKind } from '@postino/domain'
import type { Rule, RuleFinding } from '../rule.ts'

export const unknownKind = {
  code: 'unknown_kind',
  severity: 'error',
  about: 'A template for events that do not exist.',
  judge(kind: string): RuleFinding[] {
    return isEventKind(kind) ? [] : [{ message: 'There are no events of this kind.' }]
  },
} satisfies Rule & { judge: unknown }
