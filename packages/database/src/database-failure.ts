/**
 * What a failed statement means for whoever asked for it.
 * `retry`: it lost against another transaction. `lost`: the connection broke, so it may have happened all the same.
 * `away`: Postgres cannot serve it now. `data`: Postgres will never store this value. `bug`: the statement is wrong.
 */
export type DatabaseFailure = 'retry' | 'lost' | 'away' | 'data' | 'bug'

/** SQLSTATE codes and classes (the first two characters), https://www.postgresql.org/docs/18/errcodes-appendix.html */
const BY_SQLSTATE: ReadonlyMap<string, DatabaseFailure> = new Map([
  ['40001', 'retry'],
  ['40P01', 'retry'],
  ['55P03', 'retry'],
  // A statement that the server itself broke off, or did not begin.
  ['08', 'lost'],
  ['57P01', 'lost'],
  ['57P02', 'lost'],
  ['57', 'away'],
  // Out of disk, of memory, of connections.
  ['53', 'away'],
  ['58', 'away'],
  ['XX', 'away'],
  // A read-only primary after a failover.
  ['25006', 'away'],
  // No such database or user, no password: the operator is not ready yet.
  ['28', 'away'],
  ['3D', 'away'],
  // No such table or column: the migrations have not run yet.
  ['42P01', 'away'],
  ['42703', 'away'],
  ['22', 'data'],
  ['23', 'data'],
  ['54', 'data'],
])

const LOST_SOCKET_CODES = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])
/** Node's codes of a server that cannot be reached, found or trusted. */
const AWAY_CODES = /^E(?!RR_)|CERT|^ERR_(?:TLS|SSL)/

export function classifyDatabaseFailure(error: unknown): DatabaseFailure {
  if (!(error instanceof Error)) return 'bug'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (LOST_SOCKET_CODES.has(code)) return 'lost'
  const failure = BY_SQLSTATE.get(code) ?? (isSqlState(code) ? BY_SQLSTATE.get(code.slice(0, 2)) : undefined)
  if (failure !== undefined) return failure
  return AWAY_CODES.test(code) ? 'away' : classifyDriverError(error)
}

// pg gives these errors no code; their messages are all there is (pg 8: client.js, pool index.js).
function classifyDriverError(error: Error): DatabaseFailure {
  if (/^Connection terminated|not queryable$|^Query read timeout/.test(error.message)) return 'lost'
  if (/^timeout exceeded when trying|^timeout expired|SSL connection/.test(error.message)) return 'away'
  if (/^Cannot use a pool after calling end|^driver has already been/.test(error.message)) return 'away'
  return 'bug'
}

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code)
}

/** Whether Postgres will never store a value. */
export function isRefusedValue(error: unknown): boolean {
  return classifyDatabaseFailure(error) === 'data'
}
