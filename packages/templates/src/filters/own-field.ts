/** The value of an object's or list's own field: never what it inherits, and nothing of a text or a number. */
export function ownField(value: unknown, name: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  const field: unknown = Reflect.get(value, name)
  return typeof field === 'function' ? undefined : field
}
