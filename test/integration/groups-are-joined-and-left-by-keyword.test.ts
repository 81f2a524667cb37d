import { addGroupMembers } from '@postino/database'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene } from './bot-under-test.ts'
import { updatesOf } from './telegram-updates.ts'

const databaseUrl = await createTestDatabase()

async function createScene() {
  const scene = await createBotScene({ databaseUrl })
  const process = await scene.serve('webhook')
  const vip = await scene.addGroup('vip')
  return { scene, process, vip }
}

/** Somebody in the group, who agreed to offers. */
async function createMember() {
  const { scene, process, vip } = await createScene()
  const phone = scene.addPhone()
  phone.start(`g_${vip}`)
  for (const expected of ['You are in the group VIP now', 'would like to write'])
    expect(await phone.nextText()).toContain(expected)
  await phone.press('⬜ Offers and news')
  const { id: contactId } = (await scene.contactOf(phone))!
  return { scene, process, vip, phone, contactId }
}

test('[WEB-19] START with a group’s keyword makes a stranger a member, and asks what the group is for', async () => {
  const { scene } = await createScene()
  const phone = scene.addPhone()
  phone.start('nowhere')
  await phone.next()
  phone.send('Start «VIP»!')
  expect(await phone.nextText()).toContain('You are in the group VIP now')
  await phone.next()
  expect((await phone.screen()).buttons).toContain('⬜ Offers and news')
  const contact = await scene.contactOf(phone)
  expect(contact?.origin).toBe('start')
  expect(await scene.groupsOf(contact!.id)).toEqual(['vip'])
  // Being in a group is no consent.
  expect(await scene.ledgerOf(contact!.id)).toEqual([])
})

test('[WEB-19] a group’s link, and a link of the shop with a group, lead into it', async () => {
  const { scene, contactId } = await createMember()
  expect(await scene.groupsOf(contactId)).toEqual(['vip'])
  const closed = await scene.addGroup('staff', { isOpen: false })
  const phone = scene.addPhone()
  phone.start(await scene.addLink(await scene.addContact('bob'), { groupId: closed, purposes: ['messages'] }))
  expect(await phone.nextText()).toContain('You are in the group STAFF now')
  expect(await scene.groupsOf((await scene.contactOf(phone))!.id)).toEqual(['staff'])
})

test('[WEB-22] STOP with a keyword leaves that group alone: chat, consents and other groups stay', async () => {
  const { scene, phone, contactId, vip } = await createMember()
  await scene.addGroup('news')
  phone.send('start news')
  await waitUntil(async () => (await scene.groupsOf(contactId)).length === 2)
  phone.send('STOP vip')
  await waitUntil(() => phone.heard().some(({ text }) => text?.startsWith('You have left the group VIP')))
  expect(await scene.groupsOf(contactId)).toEqual(['news'])
  expect(await scene.registrationsOf(contactId)).toMatchObject([{ status: 'active' }])
  expect(await scene.consentOf(contactId)).toEqual({ granted: ['marketing'], withdrawn: [] })
  // And the shop cannot put them back.
  const addition = {
    groupId: vip,
    externalIds: [(await scene.contactById(contactId)).external_id],
    source: 'api',
  }
  expect(await addGroupMembers(scene.database, scene.shopId, addition)).toMatchObject([
    { outcome: 'left_by_contact' },
  ])
})

test('[WEB-20] STOP alone ends everything, whatever groups there are', async () => {
  const { scene, phone, contactId } = await createMember()
  phone.send('stop all')
  await waitUntil(() => phone.heard().at(-1)?.text?.startsWith('Done:'))
  expect(await scene.registrationsOf(contactId)).toMatchObject([{ status: 'stopped' }])
  expect((await scene.consentOf(contactId)).granted).toEqual([])
})

test.each([
  ['STOP xyz', 'I know no group “xyz”'],
  ['start xyz', 'I know no group “xyz”'],
  ['stop by tomorrow', 'nobody reads what you write'],
  ['/stop xyz', 'I know no group “xyz”'],
  ['/start g_999999999', 'I don’t know this link'],
  ['/start g_99999999999999999999', 'I don’t know this link'],
  ['START staff', 'Only the shop can add you to the group STAFF'],
])('%s gets a friendly sentence and changes nothing', async (text, answer) => {
  const { scene, phone, contactId } = await createMember()
  await scene.addGroup('staff', { isOpen: false })
  phone.send(text)
  await waitUntil(() => phone.heard().at(-1)?.text?.includes(answer))
  expect(await scene.groupsOf(contactId)).toEqual(['vip'])
  expect(await scene.registrationsOf(contactId)).toMatchObject([{ status: 'active' }])
})

test('[WEB-27] /groups shows the open groups and one’s own, and a tap joins or leaves', async () => {
  const { scene, phone, contactId } = await createMember()
  const staff = await scene.addGroup('staff', { isOpen: false })
  await scene.addGroup('news', { purposes: ['messages'] })
  const add = {
    groupId: staff,
    externalIds: [(await scene.contactById(contactId)).external_id],
    source: 'api',
  }
  await addGroupMembers(scene.database, scene.shopId, add)
  await scene.addGroup('secret', { isOpen: false })
  phone.send('/groups')
  await waitUntil(async () => (await phone.screen()).text.startsWith('The groups of'))
  expect((await phone.screen()).buttons).toEqual(['⬜ NEWS', '✅ STAFF', '✅ VIP'])
  expect(await phone.press('✅ VIP')).toMatchObject({ text: expect.stringContaining('left the group VIP') })
  await waitUntil(async () => (await phone.screen()).buttons.includes('⬜ VIP'))
  expect(await phone.press('⬜ NEWS')).toMatchObject({
    text: expect.stringContaining('in the group NEWS now'),
  })
  expect(await scene.groupsOf(contactId)).toEqual(['news', 'staff'])
  // The group is for something that was not asked yet.
  await waitUntil(async () => (await phone.screen()).buttons.includes('⬜ My messages'))
})

test('a made-up tap leads into no closed or foreign group', async () => {
  const { scene, process, phone, contactId } = await createMember()
  const secret = await scene.addGroup('secret', { isOpen: false })
  const elsewhere = await createScene()
  const { tapped } = updatesOf(phone.person)
  for (const [index, groupId] of [secret, elsewhere.vip, '999999999999999999', '0'].entries())
    expect(await process.deliver(tapped(index, `group:join:${groupId}`))).toBe(200)
  expect(await scene.groupsOf(contactId)).toEqual(['vip'])
  expect(await process.metrics()).not.toContain('outcome="failed"')
})
