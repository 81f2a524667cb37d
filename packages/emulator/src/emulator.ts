import type { BotsControl } from './control/bots-control.ts'
import type { ChatsControl } from './control/chats-control.ts'
import type { EventView } from './control/view-change.ts'
import type { GroupsControl } from './control/groups-control.ts'
import type { PeopleControl } from './control/people-control.ts'
import type { Fields } from './control/fields.ts'
import type { FaultRule } from './faults/fault.ts'
import type { NewFaultRule } from './faults/fault-rules.ts'
import type { OrderCheck, OrderRule } from './report/order-check.ts'
import type { Report } from './report/report.ts'
import type { RequestEntry } from './report/request-log.ts'
import type { Settings, SettingsChange } from './settings.ts'

/**
 * A running Telegram. Bots reach it over HTTP at `url`; people, accidents and the report are reached here, or over
 * HTTP under `/emulator`, with the same shapes. Acts that are impossible throw an `ActError`.
 */
export interface Emulator {
  /** Without a slash at the end, as `apiRoot` options of clients want it. */
  readonly url: string
  readonly port: number
  readonly bots: BotsControl
  readonly people: PeopleControl
  readonly groups: GroupsControl
  readonly chats: ChatsControl
  readonly faults: FaultControl
  settings(): Settings
  changeSettings(change: SettingsChange): Settings
  /** Says what Telegram finds when it fetches an address. */
  describeUrl(description: UrlDescription): { url: string }
  /** Calls `listener` with every change a phone would show; answers what ends that. */
  subscribe(listener: (event: EventView) => void): () => void
  report(): Report
  /** Counts what comes from now on: whether every number came, once and in order. */
  checkOrder(rule: OrderRule): OrderCheck
  /** The last calls with a serial above `after`, oldest first. */
  requests(range?: { after?: number; limit?: number }): { requests: RequestEntry[]; last: number }
  /** Counts from zero and empties the request log. */
  clearReport(): void
  overview(): Fields
  /** Puts the emulator's time forward and answers it. What waits for a moment now past happens at once. */
  advance(byMs: number): number
  /** As at the beginning. `keepAccounts`: bots and people stay, their chats go. Settings stay. */
  reset(options?: { keepAccounts?: boolean }): void
  /** Ends every connection, webhook and timer. A second call waits for the same end. */
  close(): Promise<void>
}

export interface FaultControl {
  add(rule: NewFaultRule): FaultRule
  list(): readonly FaultRule[]
  /** Without an id: all. Answers how many went. */
  remove(id?: number): number
}

/** What an address holds: by default a picture or file of ordinary size, answered 200. */
export interface UrlDescription {
  readonly url: string
  readonly status?: number
  readonly content_type?: string
  readonly size_bytes?: number
  readonly width?: number
  readonly height?: number
}

export interface EmulatorOptions {
  /** 0, the default: any free one. */
  readonly port?: number
  /** The address to listen on; by default this machine only. */
  readonly host?: string
  /** Of every random choice: the same seed, the same accidents. */
  readonly seed?: number
  readonly settings?: SettingsChange
  /** Where bots, people, chats and what waits for bots are kept between runs. One emulator at a time. */
  readonly stateFile?: string
  /** Told, in a line, of a state file that is broken or cannot be written. */
  readonly say?: (line: string) => void
  /** Milliseconds since 1970; for tests that hold time in their own hands. */
  readonly nowMs?: () => number
}
