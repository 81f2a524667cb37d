import { listVersionsToRecheck, saveFindings, type Database, type VersionToRecheck } from '@postino/database'
import type { Logger, Metrics } from '@postino/runtime'
import { CHECKER_VERSION, judgeTemplate } from '@postino/templates'
import { createRecheck, type Recheck } from './recheck.ts'

export interface RecheckTemplatesDependencies {
  database: Database
  metrics: Metrics
  logger: Logger
}

/**
 * Has the checker of this release judge what an older one judged. What is published stays so, whatever is found: it is sent as long as
 * the renderer takes it; the shop sees the findings, the operator a line for each, and how many there are.
 */
export function createRecheckTemplates({ database, metrics, logger }: RecheckTemplatesDependencies): Recheck {
  const counter = metrics.counter({
    name: 'postino_templates_rechecked_total',
    help: 'Versions of templates that were judged anew by a newer checker, and whether it found errors.',
    labelNames: ['status', 'outcome'],
  })
  for (const status of ['draft', 'published'])
    for (const outcome of ['passed', 'errors']) counter.inc({ status, outcome }, 0)

  return createRecheck({
    list: (page) => listVersionsToRecheck(database, { checkerVersion: CHECKER_VERSION, ...page }),
    judge: judgeTemplate,
    save: (version, judgement) => saveFindings(database, version, judgement),
    rechecked(version, findings) {
      const errors = findings.filter(({ severity }) => severity === 'error')
      const { status } = version
      counter.inc({ status, outcome: errors.length === 0 ? 'passed' : 'errors' })
      if (status === 'draft' || errors.length === 0) return
      const codes = [...new Set(errors.map(({ code }) => code))]
      logger.warn({ ...nameOf(version), codes }, 'template.published_with_errors')
    },
    failed: (version, err) => logger.error({ ...nameOf(version), err }, 'template.recheck_failed'),
  })
}

function nameOf({ shopId, templateId, version, kind }: VersionToRecheck) {
  return { shop: shopId, template: templateId, version, kind }
}
