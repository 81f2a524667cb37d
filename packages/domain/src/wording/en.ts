import type { WordingTexts } from './texts.ts'

export const EN: WordingTexts = {
  order_updates: {
    version: 1,
    title: 'My orders',
    text: 'We tell you on Telegram how your orders get on: confirmed, shipped, ready to collect, delivered, and when something goes wrong.',
  },
  cart_reminders: {
    version: 1,
    title: 'My cart',
    text: 'If you leave something in your cart, we remind you on Telegram, with the way back to it.',
  },
  messages: {
    version: 1,
    title: 'My messages',
    text: 'We tell you on Telegram when you get a message in your customer area, and when yours has been read.',
  },
  activities: {
    version: 1,
    title: 'My activities',
    text: 'We tell you on Telegram when an activity you opened moves on, and when someone has taken note of it.',
  },
  documents: {
    version: 1,
    title: 'My documents',
    text: 'We tell you on Telegram when a file arrives in your folders, and when someone looks at one or downloads it.',
  },
  reminders: {
    version: 1,
    title: 'Due dates',
    text: 'We remind you on Telegram of what falls due: the activities, appointments and payments that are yours.',
  },
  marketing: {
    version: 1,
    title: 'Offers and news',
    text: 'Now and then we send you our offers, news and good wishes on Telegram. This is advertising, and entirely up to you.',
  },
}
