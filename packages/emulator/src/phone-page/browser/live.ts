import type { LiveEvent } from './updates.ts'

const EVENTS: readonly LiveEvent['event'][] = [
  'message',
  'edited',
  'deleted',
  'chat',
  'action',
  'callback_answer',
  'bot',
  'person',
]

export type LiveHandlers = {
  event: (live: LiveEvent) => void
  /** Everything has to be read anew: at the beginning, after a break, or when the emulator says so. */
  reload: () => void
  lost: () => void
}

/** Listens to what happens in the emulator. The browser reconnects by itself. */
export function listen(handlers: LiveHandlers): void {
  const source = new EventSource('/emulator/events')
  source.addEventListener('open', handlers.reload)
  source.addEventListener('error', handlers.lost)
  source.addEventListener('reset', handlers.reload)
  for (const event of EVENTS) {
    source.addEventListener(event, (message: MessageEvent<string>) =>
      handlers.event(readEvent(event, message.data)),
    )
  }
}

/** The stream comes from the server that this page came from, in the shapes that its tests check: hence the cast. */
function readEvent(event: LiveEvent['event'], data: string): LiveEvent {
  const fields: object = JSON.parse(data)
  return { ...fields, event } as LiveEvent
}
