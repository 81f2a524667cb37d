import { createClock } from './clock.ts'
import { createControlApi } from './control/control-api.ts'
import { createEventStream } from './control/event-stream.ts'
import { createEngine } from './engine.ts'
import { createEmulatorControl } from './emulator-control.ts'
import type { Emulator, EmulatorOptions } from './emulator.ts'
import { createBotApi } from './http/bot-api.ts'
import { createAnswerBotCall } from './http/bot-call.ts'
import { createColdStart } from './http/cold-start.ts'
import { createFileDownload } from './http/file-download.ts'
import { listen } from './http/server.ts'
import { createRandom } from './random.ts'
import { keepState } from './state/keep-state.ts'
import { loadWorld } from './state/load-world.ts'
import { readStateFile } from './state/state-file.ts'

const DEFAULT_SEED = 20_260_901

/** Starts a Telegram of its own. @throws when the port is taken. */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const clock = createClock(options.nowMs)
  const { stateFile, say = () => undefined } = options
  const saved = stateFile === undefined ? undefined : readStateFile(stateFile, say)
  // Another run of the same world must not give out the same ids once more.
  const random = createRandom((options.seed ?? DEFAULT_SEED) + (saved?.messages.lastKey ?? 0))
  const engine = createEngine({ clock, random, settings: options.settings ?? {} })
  const { world, faults, requests, report, changes } = engine
  if (saved !== undefined) loadWorld(engine, saved)

  const answerBotCall = createAnswerBotCall({
    world,
    clock,
    random,
    faults,
    dispatch: engine.dispatch,
    coldStart: createColdStart(clock, engine.flood),
    onCall(entry) {
      requests.add(entry)
      report.called(entry)
    },
  })
  const maxUploadBytes = (): number => engine.settings.read().maxUploadBytes
  const botApi = createBotApi({ answerBotCall, clock, maxUploadBytes })
  const events = createEventStream(changes)
  const download = createFileDownload({ world, files: engine.files, downloads: engine.downloads })

  // The control API is part of what listens and needs to know where; it is filled in once that is known.
  let control: ReturnType<typeof createControlApi> | undefined
  const server = await listen(
    {
      answerBotCall,
      hasAccidents: () => faults.hasAccidents(),
      botApi,
      download,
      control: async (request, response) => control?.(request, response),
    },
    { host: options.host ?? '127.0.0.1', port: options.port ?? 0 },
  )
  const state = stateFile === undefined ? undefined : keepState({ parts: engine, path: stateFile, say })
  let closing: Promise<void> | undefined
  function close(): Promise<void> {
    // Before the webhooks are ended, which belong to the world.
    state?.end()
    clock.stop()
    events.close()
    for (const bot of world.bots.values()) bot.inbox.deleteWebhook()
    return server.close()
  }
  const emulator = createEmulatorControl(engine, {
    url: server.url,
    port: server.port,
    close: () => (closing ??= close()),
  })
  control = createControlApi(emulator, events)
  return emulator
}
