import { element, setAttributes } from './element.ts'
import type { Page, View } from './page.ts'
import { oneLineForm } from './side-view.ts'

/** On the phone while there is nobody to hold it: what this is, and what to do. */
export function createWelcomeView(page: Page): View {
  const address = element('code', {}, location.origin)
  const root = element(
    'section',
    { class: 'screen welcome', 'aria-label': 'Welcome' },
    element('h2', {}, 'Nobody is here yet'),
    element('p', {}, 'This phone shows the chats of made-up people with the bots of this emulator.'),
    element(
      'ol',
      {},
      element('li', {}, 'Add a person. It is their phone you will see.'),
      element('li', {}, 'Let your program use ', address, ' in place of api.telegram.org.'),
      element('li', {}, 'Open the bot’s t.me link here and press Start.'),
    ),
    oneLineForm({ label: 'First name of a person', action: 'Add' }, (name) =>
      page.attempt(async () => {
        const person = await page.api.addPerson(name)
        page.model.people.set(person.id, person)
        page.router.go(person.id)
      }),
    ),
  )
  return {
    root,
    update() {
      const { people, connection } = page.model
      setAttributes(root, { hidden: people.size > 0 || connection === 'loading' })
    },
  }
}
