import { findTemplate, findVersion, insertTestMessage, type Template } from '@postino/database'
import { KIND_RULES, stateOf } from '@postino/domain'
import { notFound, ProblemError, PROBLEMS } from '@postino/http'
import { judgeTemplate } from '@postino/templates'
import { operation, type Operation } from '../../../operation/operation.ts'
import { conflict, CONSOLE_PROBLEMS } from '../../../problems.ts'
import type { RouteDependencies } from '../../route-dependencies.ts'
import { chooseEvent, noSuchEvent } from '../event/choose-event.ts'
import { refuseErrors } from '../refusals.ts'
import { chooseTester } from './choose-tester.ts'
import { testSchema, testSendSchema } from './schema.ts'

export function testOperation({ ask, enqueue }: RouteDependencies): Operation {
  return operation({
    method: 'POST',
    path: '/v1/templates/{id}/test',
    operationId: 'testTemplate',
    tag: 'Templates',
    summary: 'Send a template to yourself',
    description:
      'To a tester’s open chat and nobody else: whoever came by a link made with `makes_tester`. It goes the way of every message, whatever the shop’s mode, consents and quiet hours are; at most 20 a minute. How it ends is told by its trail, GET /v1/messages/{message_id} of ingest.',
    scope: 'templates:write',
    body: testSchema,
    answers: { 202: { description: 'It is on its way', schema: testSendSchema } },
    problems: [CONSOLE_PROBLEMS.conflict, CONSOLE_PROBLEMS['template-refused']],
    async handle({ shopId, keyId, scopes, params: { id: templateId }, body }) {
      const template = await ask((database) => findTemplate(database, shopId, { id: templateId }))
      if (template === undefined) throw notFound()
      const { kind, state } = template
      const version = body.version ?? youngestOf(template)
      const content = await ask((database) => findVersion(database, shopId, { templateId, version }))
      if (content === undefined) throw noVersion(template, version)
      refuseErrors(judgeTemplate({ ...template, content: content.content }).findings, 'sent')
      const event = await chooseEvent(ask, {
        shopId,
        scopes,
        kind,
        state,
        event: body.event,
        nowMs: Date.now(),
      })
      const tester = await chooseTester(ask, { shopId, name: body })
      const { purpose, lane } = KIND_RULES[kind]
      const message = {
        templateId,
        version,
        event,
        isReported: body.event === 'last',
        state: stateOf(event),
        purpose,
        lane,
        recipient: tester.externalId,
        apiKeyId: keyId,
      }
      const sent = await ask((database) => insertTestMessage(database, shopId, message))
      if (sent.status === 'too_many') throw tooManyTests(sent.retryAfterSeconds)
      if (sent.status === 'no_event') throw noSuchEvent()
      if (sent.status === 'no_version') throw noVersion(template, version)
      await enqueue([sent.messageId])
      const { contactId, externalId } = tester
      const json = { message_id: sent.messageId, version, contact_id: contactId, external_id: externalId }
      return { status: 202, json }
    },
  })
}

function youngestOf({ id, draft, published }: Template): number {
  const { version } = draft ?? published ?? {}
  if (version !== undefined) return version
  throw conflict(
    `The template ${id} has neither a draft nor a published version: name the version to be sent.`,
    { template_id: id },
  )
}

function noVersion({ id, revision }: Template, version: number): ProblemError {
  return conflict(
    `The template ${id} has no version ${version}: GET /v1/templates/${id}/versions lists those there are.`,
    { template_id: id, revision },
  )
}

function tooManyTests(retryAfterSeconds: number): ProblemError {
  return new ProblemError(PROBLEMS['too-many-requests'], {
    detail: `20 tests were sent within a minute. Send the next in ${retryAfterSeconds} seconds.`,
    headers: { 'retry-after': String(retryAfterSeconds) },
  })
}
