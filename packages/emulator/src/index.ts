export { createEmulator } from './create-emulator.ts'
export { ActError } from './world/act-error.ts'
export { DEFAULT_SETTINGS } from './settings.ts'
export type { Emulator, EmulatorOptions, FaultControl, UrlDescription } from './emulator.ts'
export type { Settings, SettingsChange } from './settings.ts'
export type { BotsControl } from './control/bots-control.ts'
export type { ChatsControl, Transcript } from './control/chats-control.ts'
export type { GroupsControl } from './control/groups-control.ts'
export type { StartChoice } from './control/links.ts'
export type { BotReference, PeopleControl } from './control/people-control.ts'
export type { EventView } from './control/view-change.ts'
export type {
  BotView,
  ChatView,
  MediaView,
  MemberView,
  MessageView,
  PersonView,
  SenderView,
} from './control/views.ts'
export type { Fault, FaultMatch, FaultRule } from './faults/fault.ts'
export type { NewFaultRule } from './faults/fault-rules.ts'
export type { FloodSettings, FloodSettingsChange } from './flood/flood-settings.ts'
export type { OrderCheck, OrderReport, OrderRule } from './report/order-check.ts'
export type { Report } from './report/report.ts'
export type { RequestEntry } from './report/request-log.ts'
export type { Pressed } from './world/press-button.ts'
export { formatText } from './html/format-text.ts'
export { parseHtml } from './html/parse-html.ts'
export type { FormatResult } from './html/format-text.ts'
