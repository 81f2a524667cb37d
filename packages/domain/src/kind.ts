import type { CollapseRule } from './content.ts'
import type { Lane, Purpose } from './purpose.ts'

/** The kinds of event a shop can report. */
export const EVENT_KINDS = [
  'order.status_changed',
  'cart.abandoned',
  'message.created',
  'message.read',
  'activity.status_changed',
  'activity.acknowledged',
  'activity.due',
  'file.uploaded',
  'file.accessed',
] as const

export type EventKind = (typeof EVENT_KINDS)[number]

/** The part a person plays in an event; `to` is a recipient the shop named itself. */
export type RecipientRole = 'customer' | 'recipient' | 'sender' | 'creator' | 'assignee' | 'admin' | 'to'

export interface KindRule {
  /** What a recipient must have agreed to. */
  purpose: Purpose
  lane: Lane
  /** Who is told, unless the shop names people in `data.to`. */
  role: Exclude<RecipientRole, 'to'>
  /** Which of several messages about one thing are sent when they wait at the same time, unless the template says. */
  collapse: CollapseRule
  /** One line for the documentation. */
  description: string
}

export const KIND_RULES: Record<EventKind, KindRule> = {
  'order.status_changed': {
    purpose: 'order_updates',
    lane: 0,
    role: 'customer',
    collapse: 'newest',
    description: 'An order entered another state; its customer is told.',
  },
  'cart.abandoned': {
    purpose: 'cart_reminders',
    lane: 1,
    role: 'customer',
    collapse: 'newest',
    description: 'A cart was left behind; its customer is reminded.',
  },
  'message.created': {
    purpose: 'messages',
    lane: 0,
    role: 'recipient',
    collapse: 'all',
    description: 'A message was written in the customer area; its addressee is told.',
  },
  'message.read': {
    purpose: 'messages',
    lane: 0,
    role: 'sender',
    collapse: 'all',
    description: 'A message of the customer area was read; its sender is told.',
  },
  'activity.status_changed': {
    purpose: 'activities',
    lane: 0,
    role: 'creator',
    collapse: 'newest',
    description: 'An activity entered another state; its creator is told.',
  },
  'activity.acknowledged': {
    purpose: 'activities',
    lane: 0,
    role: 'creator',
    collapse: 'all',
    description: 'The assignee took note of an activity; its creator is told.',
  },
  'activity.due': {
    purpose: 'reminders',
    lane: 1,
    role: 'assignee',
    collapse: 'all',
    description: 'An activity is due; its assignee is reminded.',
  },
  'file.uploaded': {
    purpose: 'documents',
    lane: 0,
    role: 'admin',
    collapse: 'all',
    description: 'A file was uploaded to a folder; the administrators of the folder are told.',
  },
  'file.accessed': {
    purpose: 'documents',
    lane: 0,
    role: 'admin',
    collapse: 'all',
    description: 'A file was downloaded or previewed; the administrators of its folder are told.',
  },
}

const KINDS: ReadonlySet<unknown> = new Set(EVENT_KINDS)

export function isEventKind(value: unknown): value is EventKind {
  return KINDS.has(value)
}
