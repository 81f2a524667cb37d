import { contentProblem } from '@postino/domain'
import type { TemplateContent } from '@postino/domain'
import type { Rule, RuleFinding } from '../rule.ts'

export const content = {
  code: 'content',
  severity: 'error',
  about: 'Parts of a template that do not go together, such as several files and a button that acts.',
  judge(given: TemplateContent): RuleFinding[] {
    const problem = contentProblem(given)
    return problem === undefined
      ? []
      : [{ message: `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.` }]
  },
} satisfies Rule & { judge: unknown }
