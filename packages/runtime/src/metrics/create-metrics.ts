import {
  Counter as PromCounter,
  Gauge as PromGauge,
  Histogram as PromHistogram,
  Registry,
  collectDefaultMetrics,
} from 'prom-client'
import { VERSION } from '../version.ts'
import { checkMetric } from './check-metric.ts'

export interface MetricOptions<Label extends string> {
  /** Base units, unit last: `postino_<noun>_<unit>`, and `_total` for counters. */
  name: `postino_${string}`
  help: string
  /** Of few values each. Never a shop, a bot, a chat or a message: thousands of series block a scrape. */
  labelNames?: readonly Label[]
}

type Labels<Label extends string> = Record<Label, string | number>

export interface Counter<Label extends string = never> {
  inc(value?: number): void
  inc(labels: Labels<Label>, value?: number): void
}

export interface Gauge<Label extends string = never> {
  set(value: number): void
  set(labels: Labels<Label>, value: number): void
  /** Forgets all labels, before those that exist now are set. */
  reset(): void
}

export interface Histogram<Label extends string = never> {
  observe(value: number): void
  observe(labels: Labels<Label>, value: number): void
}

export interface GaugeOptions<Label extends string> extends MetricOptions<Label> {
  /** Called at each scrape, to set the gauge when it is asked for. */
  collect?: (gauge: Gauge<Label>) => void | Promise<void>
}

export interface HistogramOptions<Label extends string> extends MetricOptions<Label> {
  /** Upper bounds, ascending; seconds from 5 ms to 10 s when left out. */
  buckets?: readonly number[]
}

export interface Metrics {
  counter<Label extends string = never>(options: MetricOptions<Label>): Counter<Label>
  gauge<Label extends string = never>(options: GaugeOptions<Label>): Gauge<Label>
  histogram<Label extends string = never>(options: HistogramOptions<Label>): Histogram<Label>
  contentType: string
  /** Everything, as Prometheus reads it. */
  render(): Promise<string>
  /** Only what we define: prom-client's own metrics break the rules `promtool check metrics` knows. */
  renderOwn(): Promise<string>
}

/** The one place that knows prom-client. `app` names the process in postino_build_info. */
export function createMetrics(app: string): Metrics {
  const own = new Registry()
  const defaults = new Registry()
  collectDefaultMetrics({ register: defaults })
  const metrics: Metrics = {
    counter(options) {
      checkMetric('counter', options)
      return new PromCounter({ ...shapeOf(options), registers: [own] })
    },
    gauge<Label extends string>(options: GaugeOptions<Label>): Gauge<Label> {
      checkMetric('gauge', options)
      const { collect } = options
      const gauge: PromGauge<Label> = new PromGauge<Label>({
        ...shapeOf(options),
        registers: [own],
        ...(collect === undefined ? {} : { collect: async () => await collect(gauge) }),
      })
      return gauge
    },
    histogram(options) {
      checkMetric('histogram', options)
      const buckets = options.buckets === undefined ? {} : { buckets: [...options.buckets] }
      return new PromHistogram({ ...shapeOf(options), ...buckets, registers: [own] })
    },
    contentType: own.contentType,
    async render() {
      return `${await own.metrics()}${await defaults.metrics()}`
    },
    renderOwn: () => own.metrics(),
  }
  metrics
    .gauge({
      name: 'postino_build_info',
      help: 'Always 1; the labels tell what runs.',
      labelNames: ['app', 'version', 'node'],
    })
    .set({ app, version: VERSION, node: process.version }, 1)
  return metrics
}

function shapeOf<Label extends string>({ name, help, labelNames = [] }: MetricOptions<Label>) {
  return { name, help, labelNames: [...labelNames] }
}
