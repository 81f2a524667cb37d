import assert from 'node:assert/strict'
import {
  inTransaction,
  findWording,
  listConsents,
  recordGrantElsewhere,
  type Database,
  type GrantElsewhere,
  type GrantOutcome,
  type LedgerEntry,
} from '@postino/database'
import { invalidBody, type ProblemError } from '@postino/http'
import { getContactToChange } from '../../operation/contact-name.ts'
import { operation } from '../../operation/operation.ts'
import { actorOf, evidenceOf } from '../../operation/trace.ts'
import { conflict, CONSOLE_PROBLEMS } from '../../problems.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { entrySchema, showEntry } from './entry-schema.ts'
import { grantSchema, type GrantInput } from './grant-schema.ts'

const DESCRIPTION = `Records with its proof that a contact agreed somewhere else: in a form, at the checkout, on paper. All of it is needed: when, where, in which words, and a reference; without
them there is no proof, and it is refused. It must have been given by an act of theirs (a box they ticked, not one they left ticked). Being in touch with somebody is no consent.
A withdrawal that came after it counts: the grant is refused then. Recorded once, however often it is sent.`

export function createRecordGrant({ ask }: RouteDependencies) {
  return operation({
    method: 'POST',
    path: '/v1/consents/grants',
    operationId: 'recordGrant',
    tag: 'Consents',
    summary: 'Record a consent that was given elsewhere',
    description: DESCRIPTION,
    scope: 'consents:write',
    body: grantSchema,
    answers: {
      200: { description: 'It is in the ledger already', schema: entrySchema },
      201: { description: 'The new entry', schema: entrySchema },
    },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, body, ...request }) {
      const recorded = await ask((database) =>
        inTransaction(database, async (trx) => {
          const contact = await getContactToChange(trx, shopId, body)
          const outcome = await recordGrantElsewhere(trx, shopId, {
            contactId: contact.id,
            purpose: body.purpose,
            obtainedAt: new Date(body.obtained_at),
            source: body.source,
            words: await getWords(trx, shopId, body),
            reference: body.reference,
            idempotencyKey: body.idempotency_key,
            actor: actorOf(request),
            evidence: evidenceOf(request),
          })
          return await readEntry(trx, shopId, { contactId: contact.id, outcome })
        }),
      )
      const { isNew, entry } = recorded
      return { status: isNew ? 201 : 200, json: showEntry({ isWithDetails: true })(entry) }
    },
  })
}

async function readEntry(
  trx: Database,
  shopId: string,
  { contactId, outcome }: { contactId: string; outcome: GrantOutcome },
): Promise<{ isNew: boolean; entry: LedgerEntry }> {
  if (!('consentId' in outcome)) throw refusalOf(outcome.status)
  const { status, consentId } = outcome
  const before = String(BigInt(consentId) + 1n)
  const [entry] = await listConsents(trx, shopId, { contactId, before, limit: 1, isWithDetails: true })
  assert(entry?.id === consentId, 'an entry of the ledger is there')
  return { isNew: status === 'recorded', entry }
}

function refusalOf(status: 'withdrawn_since' | 'key_taken' | 'in_future'): ProblemError {
  switch (status) {
    case 'withdrawn_since':
      return conflict(
        'The contact withdrew this after it was given, and that counts. Ask them again, in the bot or elsewhere.',
      )
    case 'key_taken':
      return conflict(
        'Something else was recorded for this contact with this idempotency_key: take another key.',
      )
    case 'in_future':
      return invalidBody([
        { pointer: '/obtained_at', code: 'in_future', detail: 'obtained_at must not be in the future.' },
      ])
  }
}

async function getWords(
  trx: Database,
  shopId: string,
  { purpose, wording, shown_text: shown }: GrantInput,
): Promise<GrantElsewhere['words']> {
  if (wording !== undefined && shown !== undefined) {
    throw invalidWords('/shown_text', 'two_wordings', 'Give wording or shown_text, not both.')
  }
  if (shown !== undefined) return { shown }
  if (wording === undefined) {
    throw invalidWords(
      '/wording',
      'required',
      'wording is missing: which words were agreed to, or shown_text.',
    )
  }
  const kept = await findWording(trx, shopId, { purpose, ...wording })
  if (kept !== undefined) return { kept }
  throw invalidWords(
    '/wording/version',
    'unknown_wording',
    'The shop has never asked in these words: see /v1/wordings and /v1/wordings/history, or give the words themselves as shown_text.',
  )
}

function invalidWords(pointer: string, code: string, detail: string) {
  return invalidBody([{ pointer, code, detail }])
}
