import { listTesters, type Database } from '@postino/database'
import { CommandFailure } from '../failures/command-failure.ts'
import { getLiveContact } from '../get-live-contact.ts'

/** Whom a test is sent to: this contact, or the shop's only tester. @throws CommandFailure when there is none such */
export async function getTester(
  database: Database,
  shopId: string,
  { externalId, slug }: { externalId: string | undefined; slug: string },
): Promise<string> {
  const contact = externalId === undefined ? undefined : await getLiveContact(database, shopId, externalId)
  const testers = await listTesters(database, shopId, { contactId: contact?.id, limit: 2 })
  const [tester, ...others] = testers
  const wayOut = `open the link of postino shop tester ${slug} on the phone it is to arrive on`
  if (tester === undefined)
    throw new CommandFailure(
      contact === undefined
        ? `${slug} has no tester with an open chat: ${wayOut}`
        : `${externalId} has no open chat as a tester: ${wayOut}`,
    )
  if (others.length > 0)
    throw new CommandFailure(
      `${slug} has several testers: name one with --to, such as ${testers.map((each) => each.externalId).join(' or ')}`,
    )
  return tester.externalId
}
