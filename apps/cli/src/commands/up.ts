import type { Cluster } from '@postino/embedded'
import type { Config } from '@postino/runtime'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { openDataFolder, type DataFolder } from '../local/data-folder.ts'
import { firstSteps } from '../local/first-steps.ts'
import { startLocal, type Local } from '../local/start-local.ts'
import { stopSignal, waitForStop } from '../local/stop-signal.ts'
import { parseText } from '../option-values.ts'
import { settingsHelp } from '../settings-help.ts'
import { localSettings } from '../settings.ts'
import { LOCAL_SETTINGS_FILE, type Say, type Surroundings } from '../surroundings.ts'

const PORTS = { ingest: 8080, emulator: 8081, bot: 8082, console: 8083 }

export function addUpCommand(program: Command, { say, read }: Surroundings): void {
  program
    .command('up')
    .description('bring up everything on this machine, with a demo shop, until Ctrl-C')
    .option('--data <folder>', 'where the data stay', parseText, '.postino')
    .addHelpText('after', settingsHelp(localSettings))
    .action(async (options: { data: string }) => {
      const config = read(localSettings)
      await up({ folder: openDataFolder(options.data), config, say, stop: stopSignal() })
    })
}

interface Up {
  folder: DataFolder
  config: Config<typeof localSettings>
  say: Say
  stop: AbortSignal
}

/** Returns when it was asked to end and has ended. @throws CommandFailure when a process ended by itself */
async function up({ folder, config, say, stop }: Up): Promise<void> {
  say(`Postino is starting; its data are in ${folder.path}`)
  stop.addEventListener('abort', () => say('Stopping … (once more, and it ends at once)'), { once: true })
  const local = await startLocal({ folder, config, ports: PORTS, keep: true, say, stop }).catch(
    (error: unknown) => {
      if (!stop.aborted) throw error
      return undefined
    },
  )
  if (local !== undefined) await runUntilStop(local, { folder, say, stop })
  say('Stopped.')
}

async function runUntilStop(
  { cluster, shop }: Local,
  { folder, say, stop }: Omit<Up, 'config'>,
): Promise<void> {
  // The servers alone do not keep this process alive.
  const alive = setInterval(() => undefined, 60_000)
  try {
    folder.write(LOCAL_SETTINGS_FILE, settingsText(cluster, { folder, apiKey: shop.apiKey }))
    firstSteps({ cluster, shop }, folder).forEach(say)
    const broken = await Promise.race([waitForStop(stop), cluster.broken])
    if (broken !== undefined) {
      say('Stopping …')
      throw new CommandFailure(`${broken.name} ended by itself: its log is ${broken.logFile}`)
    }
  } finally {
    clearInterval(alive)
    folder.forget(LOCAL_SETTINGS_FILE)
    await cluster.stop()
  }
}

/** For the other commands, see `--local`. */
function settingsText(cluster: Cluster, { folder, apiKey }: { folder: DataFolder; apiKey: string }): string {
  const settings = {
    DATABASE_URL: cluster.databaseUrl,
    REDIS_URL: cluster.redisUrl,
    TELEGRAM_API_ROOT: cluster.telegramApiRoot,
    SECRET_KEYS_FILE: folder.secretKeysFile,
    POSTINO_URL: cluster.ingestUrl,
    POSTINO_API_KEY: apiKey,
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name}="${value}"\n`)
    .join('')
}
