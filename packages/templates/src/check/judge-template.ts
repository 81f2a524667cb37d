import { templateContentSchema, type TemplateFinding } from '@postino/domain'
import { checkTemplate, type TemplateToCheck } from './check-template.ts'
import { CHECKER_VERSION } from './checker-version.ts'

/** What is stored of a template, which somebody may have written past every check. */
export type StoredTemplate = Omit<TemplateToCheck, 'content'> & { content: unknown }

/** What this checker says of a template, to be kept with it. */
export function judgeTemplate({ content, ...name }: StoredTemplate): {
  checkerVersion: number
  findings: TemplateFinding[]
} {
  const { data, error } = templateContentSchema.safeParse(content)
  const findings = error === undefined ? checkTemplate({ ...name, content: data }) : [FORMLESS]
  return { checkerVersion: CHECKER_VERSION, findings }
}

const FORMLESS = {
  severity: 'error',
  code: 'content',
  at: '',
  message: 'This version has not the form of a template, so it cannot be sent. Write it anew.',
} as const
