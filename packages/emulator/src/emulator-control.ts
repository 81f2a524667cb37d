import { createBotsControl } from './control/bots-control.ts'
import { createChatsControl } from './control/chats-control.ts'
import { createGroupsControl } from './control/groups-control.ts'
import { createPeopleControl } from './control/people-control.ts'
import { viewSettings } from './control/settings-view.ts'
import { viewChange } from './control/view-change.ts'
import type { Emulator } from './emulator.ts'
import type { Engine } from './engine.ts'
import { createOrderCheck } from './report/order-check.ts'
import { clearAccounts } from './world/world.ts'

/** The in-process face of a running engine. */
export function createEmulatorControl(
  engine: Engine,
  server: Pick<Emulator, 'url' | 'port' | 'close'>,
): Emulator {
  const { clock, settings, world, faults, requests, report, web } = engine

  function reset(options: { keepAccounts?: boolean } = {}): void {
    for (const bot of world.bots.values()) {
      bot.inbox.clear()
      bot.privateChats.clear()
      if (options.keepAccounts !== true)
        bot.inbox.close({ status: 'refused', code: 401, description: 'Unauthorized' })
    }
    world.groups.clear()
    if (options.keepAccounts !== true) clearAccounts(world)
    for (const part of [engine.book, engine.callbacks, engine.files, engine.downloads, web, requests, report])
      part.clear()
    faults.remove()
    engine.flood.reset()
    engine.changes.emit({ kind: 'reset' })
  }

  return {
    ...server,
    bots: createBotsControl(engine),
    people: createPeopleControl(engine),
    groups: createGroupsControl(engine),
    chats: createChatsControl(engine),
    faults,
    settings: () => settings.read(),
    changeSettings: (change) => settings.change(change),
    describeUrl({ url, status, content_type: contentType, size_bytes: sizeBytes, width, height }) {
      web.set({
        url: new URL(url).href,
        ...(status !== undefined && { status }),
        ...(contentType !== undefined && { contentType }),
        ...(sizeBytes !== undefined && { sizeBytes }),
        ...(width !== undefined && { width }),
        ...(height !== undefined && { height }),
      })
      return { url }
    },
    subscribe: (listener) => engine.changes.subscribe((change) => listener(viewChange(change))),
    report: () => report.read(),
    checkOrder: (rule) => createOrderCheck(engine.changes, rule),
    requests: ({ after = 0, limit = 1000 } = {}) => ({
      requests: requests.list(after, limit),
      last: requests.lastSerial(),
    }),
    clearReport() {
      report.clear()
      requests.clear()
    },
    overview: () => ({
      bots: world.bots.size,
      people: world.people.size,
      groups: world.groups.size,
      now_ms: clock.nowMs(),
      settings: viewSettings(settings.read()),
    }),
    advance(byMs) {
      clock.advance(byMs)
      return clock.nowMs()
    },
    reset,
  }
}
