/** The groups of the reference, in its order. */
export const TAGS = [
  {
    name: 'Contacts',
    description: 'The people in the shop’s book. Being in it gives no right to write to them.',
  },
  { name: 'Registrations', description: 'Chats of contacts with the shop’s bots.' },
  {
    name: 'Groups',
    description: 'Sets of contacts, which people join and leave by a keyword. Being in one is no consent.',
  },
  {
    name: 'Consents',
    description: 'The ledger: who agreed to what, when, in which words, and the proof. It only ever grows.',
  },
  {
    name: 'Wordings',
    description:
      'What contacts are asked: one text for each purpose and language. Every version is kept for ever.',
  },
  {
    name: 'Templates',
    description:
      'What contacts are told: a text for each kind of event, state and language, in versions. Nothing is sent that was not published before.',
  },
  {
    name: 'Event kinds',
    description: 'What a shop can report, and what templates may say about it.',
  },
  {
    name: 'Opt-in',
    description:
      'Links and the page by which people come. Coming is no consent: the bot asks, and a tap there answers.',
  },
  { name: 'Bots', description: 'The shop’s bots, and how one takes another one’s place.' },
  { name: 'Shop', description: 'How the shop stands.' },
] as const

export type Tag = (typeof TAGS)[number]['name']
