import type { TemplateFinding } from '@postino/domain'
import type { BadTemplate } from './bad-templates/bad-template.ts'
import { checkTemplate } from './check-template.ts'

/** What is said of a template, a line a finding. */
export function say(template: Omit<BadTemplate, 'says'>): string[] {
  const { kind = 'order.status_changed', state = '', locale = 'en', ...rest } = template
  const content = { buttons: [], silent: false, ...rest }
  return checkTemplate({ kind, state, locale, content }).map(line)
}

function line({ severity, code, at, line: row, column, message }: TemplateFinding): string {
  return `${severity} ${code} ${at}${row === undefined ? '' : ` ${row}:${column}`}: ${message}`
}
