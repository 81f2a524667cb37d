/** Whether Postgres will never store a value, by the SQLSTATE: data exceptions, broken constraints, exceeded limits. */
export function isRefusedValue(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^(?:22|23|54)[0-9A-Z]{3}$/.test(code)
}
