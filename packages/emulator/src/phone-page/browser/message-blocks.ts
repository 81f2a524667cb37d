import type { Message } from './shapes.ts'

/** What stands below one another in a chat: a date, a grey line, or a bubble (of an album: all its items). */
export type Block =
  | { kind: 'day'; id: string; dateMs: number }
  | { kind: 'service'; id: string; message: Message }
  | {
      kind: 'bubble'
      id: string
      messages: [Message, ...Message[]]
      isOwn: boolean
      isFirst: boolean
      isLast: boolean
    }

/** A pause this long begins a new run of bubbles. */
const RUN_PAUSE_SECONDS = 300

/** `messages` oldest first; `ownId` is the person who holds the phone. */
export function messageBlocks(messages: readonly Message[], ownId: number): Block[] {
  const blocks: Block[] = []
  let lastDay = ''
  for (const message of messages) {
    const dateMs = message.date * 1000
    const day = new Date(dateMs).toDateString()
    if (day !== lastDay) blocks.push({ kind: 'day', id: `day ${day}`, dateMs })
    lastDay = day
    if (message.service === undefined) addBubble(blocks, message, ownId)
    else blocks.push({ kind: 'service', id: `message ${message.key}`, message })
  }
  return blocks
}

function addBubble(blocks: Block[], message: Message, ownId: number): void {
  const before = blocks.at(-1)
  if (before?.kind === 'bubble' && isSameAlbum(before.messages[0], message)) {
    before.messages.push(message)
    return
  }
  const isRun = before?.kind === 'bubble' && continuesRun(before.messages.at(-1), message)
  if (isRun) before.isLast = false
  blocks.push({
    kind: 'bubble',
    id: `message ${message.key}`,
    messages: [message],
    isOwn: message.from.id === ownId,
    isFirst: !isRun,
    isLast: true,
  })
}

function isSameAlbum(first: Message, message: Message): boolean {
  return first.media_group_id !== undefined && first.media_group_id === message.media_group_id
}

function continuesRun(before: Message | undefined, message: Message): boolean {
  return before?.from.id === message.from.id && message.date - before.date < RUN_PAUSE_SECONDS
}
