import {
  findRegistrationUsage,
  findShop,
  type Database,
  type RegistrationUsage,
  type Shop,
} from '@postino/database'
import { CommandFailure } from '../failures/command-failure.ts'

// Garante privacy, doc. 10084158: a cart that was left behind is no contract; without consent one informative message at most.
// Reminders and messages between people are not owed by a sale either.
const OWED_BY_CONTRACT = new Set(['order_updates', 'messages', 'activities', 'documents'])

/** Whether a shop may write as it means to: its legal bases, what people are told, its quota. @throws CommandFailure */
export async function lookAtConsent(database: Database, { id, slug }: Shop): Promise<string> {
  const shop = await findShop(database, id)
  if (shop === undefined) throw new CommandFailure('it is gone')
  const doubtful = shop.contractPurposes.filter((purpose) => !OWED_BY_CONTRACT.has(purpose))
  if (doubtful.length > 0) {
    throw new CommandFailure(
      `${doubtful.join(', ')} rest on the contract, which no sale carries: ask for consent (postino shop change ${slug} --contract …)`,
    )
  }
  const usage = await findRegistrationUsage(database, id)
  if (usage.waiting > 0) {
    throw new CommandFailure(
      `${usage.waiting === 1 ? 'one person has' : `${usage.waiting} people have`} opted in and get nothing, as the quota of ${usage.limit ?? 0} registrations is full: raise it (postino shop change ${slug} --max-registrations …)`,
    )
  }
  return [describeMode(shop.mode), describeBasis(shop.contractPurposes), describeUsage(usage)].join(', ')
}

function describeMode(mode: string): string {
  return mode === 'sandbox' ? 'in the sandbox: only testers are written to' : 'live'
}

function describeBasis(contractPurposes: string[]): string {
  return contractPurposes.length === 0
    ? 'everything rests on consent'
    : `${contractPurposes.join(', ')} on the contract, all else on consent`
}

function describeUsage({ open, limit, warning }: RegistrationUsage): string {
  if (limit === undefined) return `${open} open registrations`
  return `${open} of ${limit} registrations${warning === undefined ? '' : ', nearly all that its quota allows'}`
}
