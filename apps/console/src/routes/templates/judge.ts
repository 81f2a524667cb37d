import type { Judge } from '@postino/database'
import { CHECKER_VERSION, checkTemplate } from '@postino/templates'

/** What the checker of this release says of a template. */
export const judge: Judge = (template) => ({
  checkerVersion: CHECKER_VERSION,
  findings: checkTemplate(template),
})
