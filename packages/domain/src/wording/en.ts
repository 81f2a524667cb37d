import type { WordingTexts } from './texts.ts'

export const EN: WordingTexts = {
  order_updates: {
    version: 2,
    title: 'My orders',
    text: 'We tell you on Telegram how your orders get on: confirmed, shipped, ready to collect, delivered, and when something goes wrong. A few messages for each order.',
  },
  cart_reminders: {
    version: 2,
    title: 'My cart',
    text: 'If you leave something in your cart, we remind you on Telegram, with the way back to it. As a rule one message for each cart.',
  },
  messages: {
    version: 2,
    title: 'My messages',
    text: 'We tell you on Telegram when you get a message in your customer area, and when yours has been read. One message each time.',
  },
  activities: {
    version: 2,
    title: 'My activities',
    text: 'We tell you on Telegram when an activity you opened moves on, and when someone has taken note of it. One message each time.',
  },
  documents: {
    version: 2,
    title: 'My documents',
    text: 'We tell you on Telegram when a file arrives in your folders, and when someone looks at one or downloads it. One message each time.',
  },
  reminders: {
    version: 2,
    title: 'Due dates',
    text: 'We remind you on Telegram of what falls due: the activities, appointments and payments that are yours. As a rule one or two messages for each.',
  },
  marketing: {
    version: 2,
    title: 'Offers and news',
    text: 'Now and then we send you our offers, news and good wishes on Telegram. This is advertising, and entirely up to you. As a rule no more than one message a week.',
  },
}
