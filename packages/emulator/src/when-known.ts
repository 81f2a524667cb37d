/**
 * Goes on with a value: at once when it is known, else when it is. Nearly all calls never wait, and a promise for each
 * of their steps would cost as much as the steps.
 */
export function whenKnown<Value, Result>(
  value: Value | Promise<Value>,
  use: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(use) : use(value)
}
