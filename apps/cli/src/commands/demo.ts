import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '@postino/runtime'
import type { Command } from 'commander'
import { play } from '../demo/play.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import { openDataFolder, type DataFolder } from '../local/data-folder.ts'
import { createEmulatorClient } from '../local/emulator-client.ts'
import { startLocal } from '../local/start-local.ts'
import { stopSignal, waitForStop } from '../local/stop-signal.ts'
import { settingsHelp } from '../settings-help.ts'
import { localSettings, otherBotApi } from '../settings.ts'
import type { Say, Surroundings } from '../surroundings.ts'

const ANY_PORTS = { ingest: 0, emulator: 0, bot: 0, console: 0 }

export function addDemoCommand(program: Command, { say, read }: Surroundings): void {
  program
    .command('demo')
    .description(
      'let all nine kinds of event go through, on throw-away data; the exit code is 0 if all arrived',
    )
    .addHelpText('after', settingsHelp(localSettings))
    .action(async () => {
      const config = read(localSettings)
      if (otherBotApi(config) !== undefined) {
        throw new CommandFailure(
          'the demo plays in the emulator: unset TELEGRAM_API_ROOT and TELEGRAM_BOT_TOKEN',
        )
      }
      const folder = openDataFolder(mkdtempSync(join(tmpdir(), 'postino-demo-')))
      const end = await demo({ folder, config, say, stop: stopSignal() })
      if (end === 'failed') throw new CommandFailure(`the demo failed; the logs are in ${folder.logs}`)
      folder.remove()
      if (end === 'interrupted') throw new CommandFailure('the demo was interrupted')
    })
}

type DemoEnd = 'arrived' | 'failed' | 'interrupted'

/** All nine kinds through the whole of Postino without a person. */
async function demo({
  folder,
  config,
  say,
  stop,
}: {
  folder: DataFolder
  config: Config<typeof localSettings>
  say: Say
  stop: AbortSignal
}): Promise<DemoEnd> {
  say('Starting Postgres, Redis, the Telegram emulator and all apps …')
  let stopCluster: (() => Promise<void>) | undefined
  try {
    const { cluster, shop } = await startLocal({ folder, config, ports: ANY_PORTS, keep: false, say, stop })
    stopCluster = cluster.stop
    const emulator = createEmulatorClient(cluster.emulatorUrl ?? '')
    const stage = { emulator, ingestUrl: cluster.ingestUrl, shop, say }
    const isRight = await Promise.race([
      play(stage),
      waitForStop(stop),
      cluster.broken.then(({ name }) => Promise.reject(new CommandFailure(`${name} ended by itself`))),
    ])
    return isRight === undefined ? 'interrupted' : isRight ? 'arrived' : 'failed'
  } catch (error) {
    if (stop.aborted) return 'interrupted'
    throw error
  } finally {
    await stopCluster?.()
  }
}
