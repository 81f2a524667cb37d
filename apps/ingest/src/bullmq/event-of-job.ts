import type { IntakeJob } from '@postino/queues'

/**
 * The event a job stands for. What names its `specversion` is a CloudEvent and taken as it is; what has `data` is a short
 * form; anything else is the data alone. What is missing of `type` and `id` is the job's name and its id. BullMQ counts its
 * own ids from 1 again when Redis is emptied, so the queue and the time belong to such an id.
 */
export function eventOfJob({ id, name, data, addedAtMs }: IntakeJob, queue: string): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data
  if (Object.hasOwn(data, 'specversion')) return data
  const named = { type: name, id: /^\d+$/.test(id) ? `${queue}-${id}-${addedAtMs}` : id }
  return Object.hasOwn(data, 'data') ? { ...named, ...data } : { ...named, data }
}
