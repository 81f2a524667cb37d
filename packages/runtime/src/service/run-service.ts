import { startHealthServer } from '../health/health-server.ts'
import { createReadiness } from '../health/readiness.ts'
import { createLogger, type Logger } from '../log/create-logger.ts'
import { createMetrics, type Metrics } from '../metrics/create-metrics.ts'
import { COMMON_SETTINGS } from '../settings/common-settings.ts'
import { readEnvironment } from '../settings/environment.ts'
import { InvalidSettingsError } from '../settings/read-settings.ts'
import { defineSettings, type Config, type Settings } from '../settings/setting.ts'
import { endGracefully } from './end-gracefully.ts'
import { nameResource } from './name-resource.ts'
import { createResources, type Resource } from './resources.ts'

export interface Service<S extends Settings> {
  name: string
  config: Config<S & typeof COMMON_SETTINGS>
  logger: Logger
  metrics: Metrics
  /** Aborted when stopping begins, before anything is closed. */
  signal: AbortSignal
  /** Has it closed at the end, last in, first out. `name` is for the log; without it the place of the call tells which one it is. */
  use<R extends Resource>(resource: R, name?: string): R
  /** `check` resolves when all is well and throws when not. Asked about once a second. */
  checkReadiness(name: string, check: () => Promise<unknown>): void
}

/**
 * Runs a service from its settings to its end. Returns when it is ready; then it lives until a signal or an unhandled error.
 *
 * Wrong settings: all problems are printed, exit code 1. SIGTERM or SIGINT: /readyz turns 503 at once, `signal` is aborted, the
 * resources are closed, exit code 0; or 1 when one hangs, fails to close, or an error ended it. A second signal ends it at once.
 */
export async function runService<S extends Settings>(
  name: string,
  settings: S,
  compose: (service: Service<S>) => Promise<void> | void,
): Promise<void> {
  const config = readConfigOrExit(name, defineSettings({ ...COMMON_SETTINGS, ...settings }))
  const logger = createLogger({ name, level: config.logLevel })
  const metrics = createMetrics(name)
  const readiness = createReadiness({ logger, nowMs: () => performance.now() })
  const resources = createResources({ logger })
  const composed = Promise.withResolvers<void>()
  const ending = endGracefully({
    logger,
    resources,
    composed: composed.promise,
    timeoutMs: config.shutdownTimeoutSeconds * 1_000,
    onStopping: readiness.markStopping,
  })
  try {
    const health = await startHealthServer({
      host: config.host,
      port: config.healthPort,
      readiness,
      metrics,
      logger,
    })
    resources.add('health server', health)
    logger.info({ host: config.host, port: health.port }, 'health.listening')
    await compose({
      name,
      config,
      logger,
      metrics,
      signal: ending.signal,
      use(resource, resourceName) {
        resources.add(resourceName ?? nameResource(resource), resource)
        return resource
      },
      checkReadiness: readiness.addCheck,
    })
    if (ending.signal.aborted) return
    readiness.markStarted()
    logger.info({ healthPort: health.port }, 'service.ready')
  } catch (error) {
    // Whoever waits for a peer while the signal comes ends with the abort: that is no failure.
    if (!ending.signal.aborted) ending.fail(error)
  } finally {
    composed.resolve()
  }
}

function readConfigOrExit<S extends Settings>(name: string, settings: S): Config<S> {
  try {
    return readEnvironment(settings)
  } catch (error) {
    if (!(error instanceof InvalidSettingsError)) throw error
    const lines = error.problems.map((problem) => `  ${problem}\n`).join('')
    process.stderr.write(`${name} cannot start, its settings are wrong:\n${lines}`)
    return process.exit(1)
  }
}
