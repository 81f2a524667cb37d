import { basename } from 'node:path'

/** A name for the log: what it is, when it tells, and the line of the program that handed it over. */
export function nameResource(resource: object): string {
  const kind: unknown = Reflect.get(resource.constructor ?? {}, 'name')
  const what = typeof kind === 'string' && kind !== '' && kind !== 'Object' ? kind : 'resource'
  // The frames are this function, `use`, and its caller.
  const frame = new Error('where').stack?.split('\n')[3] ?? ''
  const place = /([^\s(]+):(\d+):\d+\)?$/.exec(frame)
  return place === null ? what : `${what} of ${basename(place[1] ?? '')}:${place[2] ?? ''}`
}
