import type { Scene } from './start-emulator.ts'

/** The updates that wait, confirmed as they are read. */
export async function takeUpdates({ call }: Scene) {
  const { result } = await call('getUpdates')
  const last = result.at(-1)?.update_id ?? 0
  await call('getUpdates', { offset: last + 1 })
  return result.map(({ update_id: _id, ...rest }: { update_id: number }) => rest)
}
