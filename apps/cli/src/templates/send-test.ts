import { insertTestMessage, type Database } from '@postino/database'
import { KIND_RULES, stateOf } from '@postino/domain'
import { judgeTemplate } from '@postino/templates'
import { CommandFailure } from '../failures/command-failure.ts'
import type { Say } from '../surroundings.ts'
import { chooseEvent } from './choose-event.ts'
import { getTester } from './get-tester.ts'
import { getVersion } from './get-version.ts'
import { getTemplate, type NamedTemplate } from './template-name.ts'
import { unlessRefused } from './unless-refused.ts'

export interface TestToSend extends NamedTemplate {
  /** Which version; left out, the draft, or else what is in force. */
  at?: number | undefined
  /** Whose chat; left out, the shop's only tester. */
  to?: string | undefined
  event?: string | undefined
}

/** Accepts a message for a tester in the words of one version. @throws CommandFailure when it cannot be sent */
export async function sendTest(
  database: Database,
  { at, to, event: wanted, ...name }: TestToSend,
  warn: Say,
): Promise<{ messageId: string; recipient: string }> {
  const found = await getTemplate(database, name)
  const { shopId, template, called } = found
  const { kind } = name
  const version = await getVersion(database, found, {
    version: at,
    isDraft: at === undefined && template.draft !== undefined,
  })
  const { findings } = judgeTemplate({ ...template, content: version.content })
  const hasErrors = findings.some(({ severity }) => severity === 'error')
  unlessRefused({ status: hasErrors ? 'refused' : 'unchanged', findings }, { called, warn })
  const shop = { database, id: shopId }
  const event = await chooseEvent({ kind, state: template.state, event: wanted, shop, nowMs: Date.now() })
  const recipient = await getTester(database, shopId, { externalId: to, slug: name.shop })
  const { purpose, lane } = KIND_RULES[kind]
  const sent = await insertTestMessage(database, shopId, {
    templateId: template.id,
    version: version.version,
    recipient,
    event,
    isReported: wanted === 'last',
    state: stateOf(event),
    purpose,
    lane,
  })
  switch (sent.status) {
    case 'accepted':
      return { messageId: sent.messageId, recipient }
    case 'too_many':
      throw new CommandFailure(
        `20 tests were sent within a minute: send the next in ${sent.retryAfterSeconds} seconds`,
      )
    case 'no_event':
    case 'no_version':
      throw new CommandFailure(`somebody changed ${called} at this moment, so nothing was sent: try again`)
  }
}
