import { expect, test } from 'vitest'
import { classifyDatabaseFailure } from './database-failure.ts'

test.each([
  ['40001', 'retry'],
  ['40P01', 'retry'],
  ['55P03', 'retry'],
  ['08006', 'lost'],
  ['57P01', 'lost'],
  ['57014', 'away'],
  ['57P03', 'away'],
  ['53100', 'away'],
  ['53300', 'away'],
  ['25006', 'away'],
  ['28P01', 'away'],
  ['3D000', 'away'],
  ['42P01', 'away'],
  ['XX001', 'away'],
  ['22P05', 'data'],
  ['22021', 'data'],
  ['23514', 'data'],
  ['54000', 'data'],
  ['42601', 'bug'],
  ['0A000', 'bug'],
  ['ECONNRESET', 'lost'],
  ['EPIPE', 'lost'],
  ['ECONNREFUSED', 'away'],
  ['ENOTFOUND', 'away'],
  ['EMFILE', 'away'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'away'],
  ['ERR_ASSERTION', 'bug'],
])('%s means %s', (code, failure) => {
  expect(classifyDatabaseFailure(Object.assign(new Error('…'), { code }))).toBe(failure)
})

test.each([
  ['Connection terminated unexpectedly', 'lost'],
  ['Connection terminated due to connection timeout', 'lost'],
  ['Client has encountered a connection error and is not queryable', 'lost'],
  ['Query read timeout', 'lost'],
  ['timeout exceeded when trying to connect', 'away'],
  ['Cannot use a pool after calling end on the pool', 'away'],
  ['x is not a function', 'bug'],
])('%s means %s', (message, failure) => {
  expect(classifyDatabaseFailure(new Error(message))).toBe(failure)
})

test('what is no error is a bug', () => {
  expect(classifyDatabaseFailure('57P01')).toBe('bug')
})
