import type { QuietUntil, TemplateContent } from '@postino/domain'
import type { MessageOfShop } from './decide-message.ts'

/**
 * `now`: what is not sent by `quietFromMs` has to be decided anew, as it is quiet from then on. `later`: nobody is told in
 * their quiet hours; by then its deadline may have passed (`isTooLate`).
 */
export type WhenToTell =
  | { status: 'now'; isSilent: boolean; quietFromMs?: number | undefined }
  | { status: 'later'; dueAtMs: number; isTooLate: boolean }
  | { status: 'never' }

/**
 * When somebody is told: not after the deadline of the event or the template, and in their quiet hours as the template says;
 * without a word of it transactional messages go at once, and all others wait. A test is told at once.
 */
export function whenToTell(
  message: MessageOfShop,
  context: { content: TemplateContent; timeZone: string; quietUntil: QuietUntil },
): WhenToTell {
  const { content, timeZone, quietUntil } = context
  const { nowMs, lane, isTest, shop } = message
  const deadlineAtMs = Math.min(
    message.deadlineAtMs ?? Infinity,
    templateDeadlineMs(message, content) ?? Infinity,
  )
  if (deadlineAtMs <= nowMs) return { status: 'never' }
  const rule = content.quiet_hours ?? (lane === 0 ? 'send' : 'wait')
  if (isTest || rule === 'send' || shop.quietHours === null) return { status: 'now', isSilent: false }
  const endMs = quietUntil(shop.quietHours, timeZone, nowMs)
  if (endMs === undefined) {
    // The loud hours are the others.
    const { from, until } = shop.quietHours
    return {
      status: 'now',
      isSilent: false,
      quietFromMs: quietUntil({ from: until, until: from }, timeZone, nowMs),
    }
  }
  if (rule === 'send_silently') return { status: 'now', isSilent: true }
  // Then it is looked at once more, and ends.
  return { status: 'later', dueAtMs: Math.min(endMs, deadlineAtMs), isTooLate: deadlineAtMs <= endMs }
}

/** Epoch milliseconds; undefined when the template sets none. */
export function templateDeadlineMs(
  { acceptedAtMs }: MessageOfShop,
  { expires_after_seconds: seconds }: TemplateContent,
): number | undefined {
  return seconds === undefined ? undefined : acceptedAtMs + seconds * 1_000
}
