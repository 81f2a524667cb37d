import { randomInteger } from '../random.ts'
import type { Random } from '../random.ts'
import type { Bot } from '../world/user.ts'
import type { Fault, FaultMatch, FaultRule } from './fault.ts'

export interface NewFaultRule {
  readonly match?: FaultMatch
  readonly fault: Fault
  readonly count?: number
  readonly skip?: number
  readonly probability?: number
}

/** What a call meets: a delay, an accident, both or neither. */
export interface Encounter {
  readonly latencyMs: number
  readonly fault: Exclude<Fault, { kind: 'latency' }> | undefined
}

export interface FaultRules {
  add(rule: NewFaultRule): FaultRule
  list(): readonly FaultRule[]
  /** Whether there is a rule that does more than delay a call. */
  hasAccidents(): boolean
  /** Answers how many went. */
  remove(id?: number): number
  meet(call: { bot: Bot; method: string; chatId: string }): Encounter
}

const NOTHING: Encounter = { latencyMs: 0, fault: undefined }

/** Delays of all rules that match add up; of the accidents the first that matches happens. */
export function createFaultRules(random: Random): FaultRules {
  let rules: FaultRule[] = []
  let lastId = 0

  function strikes(rule: FaultRule): boolean {
    if (rule.skip > 0) {
      rule.skip -= 1
      return false
    }
    if (rule.left === 0 || (rule.probability < 1 && random() >= rule.probability)) return false
    if (rule.left !== undefined) rule.left -= 1
    rule.met += 1
    return true
  }

  return {
    add({ match = {}, fault, count, skip = 0, probability = 1 }) {
      lastId += 1
      const rule: FaultRule = { id: lastId, match, fault, left: count, skip, probability, met: 0 }
      rules.push(rule)
      return rule
    },
    list: () => rules,
    hasAccidents: () => rules.some(({ fault }) => fault.kind !== 'latency'),
    remove(id) {
      const before = rules.length
      rules = id === undefined ? [] : rules.filter((rule) => rule.id !== id)
      return before - rules.length
    },
    meet(call) {
      if (rules.length === 0) return NOTHING
      let latencyMs = 0
      let fault: Encounter['fault']
      for (const rule of rules) {
        if (!matches(rule.match, call)) continue
        if (rule.fault.kind === 'latency') {
          if (strikes(rule)) latencyMs += randomInteger(random, rule.fault.min_ms, rule.fault.max_ms)
        } else if (fault === undefined && strikes(rule)) fault = rule.fault
      }
      return { latencyMs, fault }
    },
  }
}

function matches(match: FaultMatch, call: { bot: Bot; method: string; chatId: string }): boolean {
  const { bot, method, chat_id: chatId } = match
  if (method !== undefined && method.toLowerCase() !== call.method) return false
  if (chatId !== undefined && String(chatId) !== call.chatId) return false
  if (bot === undefined) return true
  const name = String(bot).replace(/^@/, '').toLowerCase()
  return name === String(call.bot.id) || name === call.bot.username.toLowerCase()
}
