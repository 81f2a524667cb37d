import { importContacts, importRegistrations } from '@postino/database'
import { ImportRefused, parseCountry, readContacts, readRegistrations } from '@postino/imports'
import { operation, type Operation } from '../../operation/operation.ts'
import { actorOf } from '../../operation/trace.ts'
import { CONSOLE_PROBLEMS, fileRefused } from '../../problems.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { chooseBotOfFile } from './choose-bot-of-file.ts'
import { collectIssues } from './collect-issues.ts'
import {
  contactImportQuery,
  contactImportSchema,
  registrationImportQuery,
  registrationImportSchema,
} from './schema.ts'

const problems = [CONSOLE_PROBLEMS['file-refused']]
const upload = 'text/csv'

export function importOperations(dependencies: RouteDependencies): Operation[] {
  return [createContactImport(dependencies), createRegistrationImport(dependencies)]
}

const CONTACT_DESCRIPTION = `A CSV file of any size, whose columns go by their usual names in English, Italian or Ukrainian; \`external_id\` is needed. All good lines come into the book, or
none when anything breaks off; a blank cell leaves what is known as it is. It gives contacts alone, never a chat or consent. Sending it again does no harm.`

function createContactImport({ ask, config }: RouteDependencies) {
  return operation({
    method: 'POST',
    path: '/v1/contacts/imports',
    operationId: 'importContacts',
    tag: 'Contacts',
    summary: 'Import contacts from a CSV file',
    description: CONTACT_DESCRIPTION,
    scope: 'contacts:write',
    query: contactImportQuery,
    upload,
    answers: { 200: { description: 'What became of its lines', schema: contactImportSchema } },
    problems,
    async handle({ shopId, query, file }) {
      const isDryRun = query.dry_run === 'true'
      const country = query.country === undefined ? undefined : parseCountry(query.country)
      const options = {
        attributes: query.attributes === 'true',
        ...(country !== undefined && { country }),
        ...(query.id_column !== undefined && { idColumn: query.id_column }),
      }
      const json = await refusingFiles(() =>
        ask(async (database) => {
          const issues = collectIssues()
          const batches = readContacts(file(), options)
          const counts = await importContacts(database, shopId, { batches, isDryRun, onIssues: issues.add })
          return { dry_run: isDryRun, ...counts, ...issues.told() }
        }, config.importSeconds * 1_000),
      )
      return { status: 200, json }
    },
  })
}

const REGISTRATION_DESCRIPTION = `For a shop whose bot has chats already that agreed elsewhere. Every line of the CSV file names \`chat_id\` (the Telegram id of the person), \`purposes\`, \`obtained_at\`, \`source\`,
\`wording\` (the words that were shown, or \`wording_version\` and \`locale\` of the shop's own) and \`reference\`, and may name \`external_id\`, \`name\` and \`locale\`; a line without its whole proof is refused. What
people decided themselves stands: a chat they left is not opened again, and what they withdrew since stays withdrawn. Sending it again adds nothing.`

function createRegistrationImport({ ask, config }: RouteDependencies) {
  return operation({
    method: 'POST',
    path: '/v1/registrations/imports',
    operationId: 'importRegistrations',
    tag: 'Registrations',
    summary: 'Import chats that agreed elsewhere, with their proof',
    description: REGISTRATION_DESCRIPTION,
    scope: 'consents:write',
    query: registrationImportQuery,
    upload,
    answers: { 200: { description: 'What became of its lines', schema: registrationImportSchema } },
    problems: [...problems, CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, keyId, query, file }) {
      const isDryRun = query.dry_run === 'true'
      const actor = actorOf({ keyId })
      const json = await refusingFiles(() =>
        ask(async (database) => {
          const { id: botId } = await chooseBotOfFile(database, shopId, query.bot)
          const issues = collectIssues()
          const batches = readRegistrations(file(), Date.now())
          const place = { botId, actor, isDryRun, onIssues: issues.add }
          const counts = await importRegistrations(database, shopId, { ...place, batches })
          return { dry_run: isDryRun, ...counts, ...issues.told() }
        }, config.importSeconds * 1_000),
      )
      return { status: 200, json }
    },
  })
}

async function refusingFiles<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof ImportRefused ? fileRefused(error) : error
  }
}
