export { createPostino } from './create-postino.ts'
export type { Postino, SendOptions } from './create-postino.ts'
export type { HttpSettings, PostinoSettings, RedisSettings, Retry } from './settings.ts'
export type { RedisClient } from './transport/redis-connection.ts'
export {
  ClosedError,
  ConflictError,
  InvalidEventError,
  OverloadedError,
  PostinoError,
  RefusedError,
  UnavailableError,
} from './errors.ts'
export type { Problem } from './errors.ts'
export type {
  Accepted,
  AcceptedMessage,
  AcceptedOverHttp,
  AcceptedOverRedis,
  NotAccepted,
  SendResult,
} from './result.ts'
export type { EventIssue } from './event/issue.ts'
export type * from './events.ts'
export type { EventData, EventKind, EventOf, ShopEvent } from './shop-event.ts'
