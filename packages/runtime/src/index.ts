export { createGather } from './gather.ts'
export type { ReadinessReport } from './health/readiness.ts'
export { createLogger } from './log/create-logger.ts'
export type { Logger, LoggerOptions } from './log/create-logger.ts'
export { scrub } from './log/scrub.ts'
export { serializeError } from './log/serialize-error.ts'
export type { SerializedError } from './log/serialize-error.ts'
export { createMetrics } from './metrics/create-metrics.ts'
export type {
  Counter,
  Gauge,
  GaugeOptions,
  Histogram,
  HistogramOptions,
  MetricOptions,
  Metrics,
} from './metrics/create-metrics.ts'
export { every } from './service/every.ts'
export type { Resource } from './service/resources.ts'
export { runService } from './service/run-service.ts'
export type { Service } from './service/run-service.ts'
export { warnOfCodeGeneration } from './service/warn-of-code-generation.ts'
export { waitFor } from './service/wait-for.ts'
export { COMMON_SETTINGS, LOG_LEVELS } from './settings/common-settings.ts'
export { describeSettings } from './settings/describe-settings.ts'
export { readEnvironment } from './settings/environment.ts'
export { InvalidSettingsError, readSettings } from './settings/read-settings.ts'
export type { Environment } from './settings/read-settings.ts'
export { defineSettings, setting } from './settings/setting.ts'
export type { Config, Setting, Settings } from './settings/setting.ts'
export { VERSION } from './version.ts'
