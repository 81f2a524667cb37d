import type { CloudEvent, ShortEvent } from './events.ts'

/** What a shop reports: the short form, or a CloudEvent (it has a `specversion`). */
export type ShopEvent = ShortEvent | CloudEvent

/** The kinds of event Postino knows. */
export type EventKind = ShopEvent['type']

/** The event of one kind, in either form. */
export type EventOf<Kind extends EventKind> = Extract<ShopEvent, { type: Kind }>

/** What each kind carries in `data`. */
export type EventData = { [Kind in EventKind]: EventOf<Kind>['data'] }
