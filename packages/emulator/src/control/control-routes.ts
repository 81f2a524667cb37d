import type { Emulator } from '../emulator.ts'
import type { Fields } from './fields.ts'
import { integer, optionalInteger, optionalObject, optionalText, reference, text } from './fields.ts'
import {
  parseButton,
  parseContact,
  parseGroupChange,
  parseNewBot,
  parseNewGroup,
  parseNewPerson,
  parseRights,
  parseStart,
  parseUrl,
} from './parse-acts.ts'
import { parseFaultRule } from './parse-fault.ts'
import { parseSettingsChange, viewSettings } from './settings-view.ts'

/** What a route is given: the words of its path, the query and the body. */
interface ControlCall {
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly fields: Fields
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Words of the path below `/emulator`; `*` stands for any one. */
  readonly words: readonly string[]
  readonly run: (call: ControlCall) => unknown
}

function route(method: Route['method'], path: string, run: Route['run']): Route {
  return { method, words: path.split('/').filter(Boolean), run }
}

/** Every JSON route of the control API. The bodies are those of the in-process functions. */
export function createControlRoutes(emulator: Emulator): Route[] {
  return [
    ...readingRoutes(emulator),
    ...botRoutes(emulator),
    ...peopleRoutes(emulator),
    ...groupRoutes(emulator),
    ...accidentRoutes(emulator),
  ]
}

function readingRoutes(emulator: Emulator): Route[] {
  const { chats } = emulator
  return [
    route('GET', '', () => emulator.overview()),
    route('GET', 'chats', () => ({ chats: chats.list() })),
    route('GET', 'chats/*', ({ path }) => chats.get(word(path, 0))),
    route('GET', 'chats/*/messages', ({ path, query }) => {
      const before = queryInteger(query, 'before')
      const limit = queryInteger(query, 'limit')
      return chats.messages(word(path, 0), {
        ...(before !== undefined && { before }),
        ...(limit !== undefined && { limit }),
      })
    }),
    route('GET', 'report', () => emulator.report()),
    route('DELETE', 'report', () => accepted(emulator.clearReport())),
    route('GET', 'requests', ({ query }) =>
      emulator.requests({
        after: queryInteger(query, 'after') ?? 0,
        limit: queryInteger(query, 'limit') ?? 1000,
      }),
    ),
  ]
}

function botRoutes({ bots }: Emulator): Route[] {
  return [
    route('GET', 'bots', () => ({ bots: bots.list() })),
    route('POST', 'bots', ({ fields }) => bots.add(parseNewBot(fields))),
    route('GET', 'bots/*', ({ path }) => bots.get(word(path, 0))),
    route('PATCH', 'bots/*', ({ path, fields }) => bots.change(word(path, 0), parseNewBot(fields))),
    route('POST', 'bots/*/revoke', ({ path, fields }) =>
      bots.revoke(word(path, 0), fields['token'] === null ? null : optionalText(fields, 'token')),
    ),
    route('POST', 'bots/*/updates', ({ path, fields }) =>
      bots.addUpdate(
        word(path, 0),
        optionalObject(fields, 'update') ?? {},
        optionalInteger(fields, 'update_id'),
      ),
    ),
  ]
}

function peopleRoutes({ people }: Emulator): Route[] {
  const act = (name: string, run: (id: number, fields: Fields) => unknown): Route =>
    route('POST', `people/*/${name}`, ({ path, fields }) => run(personId(path), fields))
  const bot = (fields: Fields): { bot: number | string } => ({ bot: reference(fields, 'bot') })

  return [
    route('GET', 'people', () => ({ people: people.list() })),
    route('POST', 'people', ({ fields }) => people.add(parseNewPerson(fields))),
    route('GET', 'people/*', ({ path }) => people.get(personId(path))),
    route('PATCH', 'people/*', ({ path, fields }) => people.change(personId(path), parseNewPerson(fields))),
    route('GET', 'people/*/chats', ({ path }) => ({ chats: people.chats(personId(path)) })),
    act('open-link', (id, fields) => {
      const chat = optionalText(fields, 'chat')
      return people.openLink(id, { link: text(fields, 'link'), ...(chat !== undefined && { chat }) })
    }),
    act('start', (id, fields) => people.start(id, parseStart(fields))),
    act('send', (id, fields) => {
      const replyTo = optionalInteger(fields, 'reply_to')
      const message = { chat: text(fields, 'chat'), text: text(fields, 'text') }
      return people.send(id, { ...message, ...(replyTo !== undefined && { reply_to: replyTo }) })
    }),
    act('press', (id, fields) => {
      const waitMs = optionalInteger(fields, 'wait_ms')
      const press = { message: integer(fields, 'message'), button: parseButton(fields) }
      return people.press(id, { ...press, ...(waitMs !== undefined && { wait_ms: waitMs }) })
    }),
    act('share-contact', (id, fields) => {
      const contact = optionalObject(fields, 'contact')
      return people.shareContact(id, {
        chat: text(fields, 'chat'),
        ...(contact && { contact: parseContact(contact) }),
      })
    }),
    act('stop', (id, fields) => people.stop(id, bot(fields))),
    act('unblock', (id, fields) => people.unblock(id, bot(fields))),
    act('allow-writing', (id, fields) => people.allowWriting(id, bot(fields))),
    act('delete-chat', (id, fields) => people.deleteChat(id, bot(fields))),
    act('leave', (id, fields) => people.leave(id, { chat: text(fields, 'chat') })),
    act('deactivate', (id) => people.deactivate(id)),
  ]
}

function groupRoutes({ groups }: Emulator): Route[] {
  return [
    route('POST', 'groups', ({ fields }) => groups.create(parseNewGroup(fields))),
    route('POST', 'groups/*/add', ({ path, fields }) => groups.add(word(path, 0), parseGroupChange(fields))),
    route('POST', 'groups/*/kick', ({ path, fields }) =>
      groups.kick(word(path, 0), parseGroupChange(fields)),
    ),
    route('POST', 'groups/*/rights', ({ path, fields }) =>
      groups.setRights(word(path, 0), parseRights(fields)),
    ),
    route('POST', 'groups/*/migrate', ({ path }) => groups.migrate(word(path, 0))),
    route('POST', 'groups/*/delete', ({ path }) => groups.delete(word(path, 0))),
  ]
}

function accidentRoutes(emulator: Emulator): Route[] {
  const { faults } = emulator
  return [
    route('GET', 'faults', () => ({ faults: faults.list() })),
    route('POST', 'faults', ({ fields }) => faults.add(parseFaultRule(fields))),
    route('DELETE', 'faults', () => ({ removed: faults.remove() })),
    route('DELETE', 'faults/*', ({ path }) => ({ removed: faults.remove(Number(word(path, 0))) })),
    route('GET', 'settings', () => viewSettings(emulator.settings())),
    route('PATCH', 'settings', ({ fields }) =>
      viewSettings(emulator.changeSettings(parseSettingsChange(fields))),
    ),
    route('PUT', 'urls', ({ fields }) => emulator.describeUrl(parseUrl(fields))),
    route('POST', 'clock', ({ fields }) => ({ now_ms: emulator.advance(integer(fields, 'advance_ms')) })),
    route('POST', 'reset', ({ fields }) =>
      accepted(emulator.reset({ keepAccounts: fields['keep_accounts'] === true })),
    ),
  ]
}

function accepted(_done: void): { ok: true } {
  return { ok: true }
}

function word(path: readonly string[], at: number): string {
  return path[at] ?? ''
}

function personId(path: readonly string[]): number {
  return Number(word(path, 0))
}

function queryInteger(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name)
  return value === null ? undefined : optionalInteger({ [name]: value }, name)
}
