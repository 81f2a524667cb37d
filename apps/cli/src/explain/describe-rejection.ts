import type { KeptRejection } from '@postino/database'

const WAYS: Readonly<Record<string, string>> = { http: 'over HTTP', stream: 'over the stream' }

/** An event that was not taken: a line for what happened, and one for each thing that is wrong with it. */
export function describeRejection(rejection: KeptRejection): string[] {
  const { eventId, kind, source, receivedOver, entryId, rejectedAt, issues } = rejection
  const way = WAYS[receivedOver] ?? receivedOver
  return [
    `Rejected event ${eventId ?? ''}: ${kind ?? 'of no known kind'}${source === null ? '' : `, from ${source}`}`,
    `  ${rejectedAt}  not taken ${way}${entryId === null ? '' : `, as entry ${entryId}`}`,
    ...issues.map(
      ({ pointer, code, detail }) => `    ${pointer === '' ? code : `${pointer} ${code}`}: ${detail}`,
    ),
    '',
  ]
}
