import { startNode, type NodeProcess } from './start-node.ts'

/** The trial service on a free health port, with what the test sets. */
export function startTrialService(env: Record<string, string> = {}): NodeProcess {
  const defaults = { DATABASE_URL: 'postgres://postino:hunter2hunter2@127.0.0.1/postino', HEALTH_PORT: '0' }
  return startNode(new URL('../integration/service-process.ts', import.meta.url), {
    env: { ...defaults, ...env },
  })
}

/** The events of its log, in order. */
export function eventsOf(service: NodeProcess): unknown[] {
  return service.lines().map((line) => line['msg'])
}

export async function waitForHealth(service: NodeProcess): Promise<string> {
  const { healthPort } = await service.waitForField('healthPort')
  return `http://127.0.0.1:${Number(healthPort)}`
}
