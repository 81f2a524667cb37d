import type { Texts } from './texts.ts'

export const EN: Texts = {
  consentTitle: (shop) => `👋 ${shop} would like to write to you here on Telegram. You decide what about:`,
  consentHow:
    'Tap a line below to switch it on, tap it again to switch it off. Nothing is on until you say so.',
  consentFooter: 'You can change your mind at any time with /settings, or end everything with /stop.',
  granted: 'Switched on',
  withdrawn: 'Switched off',
  wordsChanged: 'These words have changed in the meantime. Please read them again, then choose.',
  pressNoted: 'Noted, thank you.',
  done: 'Done',
  doneNothing: (shop) => `All right: ${shop} will not write to you. Use /settings whenever you like.`,
  doneSummary: (shop) => `Thank you! From now on ${shop} will write to you here on Telegram. You chose:`,
  welcomeUnbound: (shop) =>
    `Hello! This is the bot of ${shop}. To get news of your orders here, open the Telegram link on your page in the shop.`,
  linkUsed: 'This link has been used already. Please open a new one from your page in the shop.',
  linkExpired: 'This link has expired. Please open a new one from your page in the shop.',
  linkUnknown: 'I don’t know this link. Please open the one on your page in the shop.',
  stopped: (shop) => `Done: ${shop} will not write to you any more. If you change your mind, use /start.`,
  notRegistered: 'You get no messages from us here, so there is nothing to stop.',
  startFirst: 'Please use /start first.',
  help: (shop) =>
    `This bot brings you the news of ${shop} you agreed to.\n\n/settings: choose what you want to be told\n/stop: end all messages\n/privacy: what we know about you, and why`,
  helpContact: (contact) => `You can reach the shop here: ${contact}`,
  privacy: (shop) =>
    `${shop} keeps your Telegram number, the name you show there, what you agreed to and when, and the messages sent to you. They serve only to bring you the news you chose.\n\nWith /stop you end it at any time.`,
  privacyPolicy: (url) => `The shop’s privacy policy: ${url}`,
  commands: {
    start: 'Begin',
    settings: 'Choose what you want to be told',
    stop: 'End all messages',
    privacy: 'Your data and your rights',
    help: 'What this bot does',
  },
}
