import assert from 'node:assert/strict'

const NAME = /^postino(?:_[a-z][a-z0-9]*)+$/
const LABEL = /^[a-z][a-z0-9_]*$/
/** With 10,000 shops such a label makes a scrape block the process for most of a second; these figures come from Postgres. */
const UNBOUNDED_LABELS = new Set([
  'shop',
  'bot',
  'chat',
  'contact',
  'message',
  'event_id',
  'job',
  'template',
  'campaign',
  'id',
])

/** Our rules for a metric, broken only by a bug of ours, which the first start then shows. */
export function checkMetric(
  kind: 'counter' | 'gauge' | 'histogram',
  { name, help, labelNames = [] }: { name: string; help: string; labelNames?: readonly string[] },
): void {
  assert(NAME.test(name), `${name} must be postino_ and lower case words`)
  assert(help.trim() !== '', `${name} needs a help text`)
  assert(
    name.endsWith('_total') === (kind === 'counter'),
    `${name}: counters end in _total, and nothing else does`,
  )
  assert(!/_(?:milliseconds|ms|kilobytes|minutes|hours)(?:_|$)/.test(name), `${name} must be in base units`)
  for (const label of labelNames) {
    assert(LABEL.test(label), `${label} of ${name} is no label name`)
    assert(!UNBOUNDED_LABELS.has(label.replace(/_id$/, '')), `${label} of ${name} has no bound`)
  }
}
