import type { Judge } from '@postino/database'
import { checkTemplate, CHECKER_VERSION } from '@postino/templates'

/** What the checker says of a text, kept with each version. */
export const judge: Judge = (template) => ({
  checkerVersion: CHECKER_VERSION,
  findings: checkTemplate(template),
})
