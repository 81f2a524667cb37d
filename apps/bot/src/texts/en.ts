import type { Texts } from './texts.ts'

export const EN: Texts = {
  consentTitle: (shop) => `👋 ${shop} would like to write to you here on Telegram. You decide what about:`,
  consentHow:
    'Tap a line below to switch it on, tap it again to switch it off. Nothing is on until you say so.',
  consentFooter: 'You can change your mind at any time with /settings, or end everything with /stop.',
  byContract:
    'Only this comes without your saying so: it belongs to your orders and contracts. Tap it if you do not want it here.',
  granted: 'Switched on',
  withdrawn: 'Switched off',
  wordsChanged: 'These words have changed in the meantime. Please read them again, then choose.',
  pressNoted: 'Noted, thank you.',
  done: 'Done',
  doneNothing: (shop) => `All right: ${shop} will not write to you. Use /settings whenever you like.`,
  doneSummary: (shop) => `Thank you! From now on ${shop} will write to you here on Telegram. You chose:`,

  linkUsed:
    'This link has been used already. Please open a new one from your page in the shop, or begin with /start.',
  linkExpired:
    'This link has expired. Please open a new one from your page in the shop, or begin with /start.',
  linkRevoked:
    'This link is not valid any more. Please open a new one from your page in the shop, or begin with /start.',
  linkUnknown: 'I don’t know this link. Please open the one on your page in the shop, or begin with /start.',
  tester: (shop) =>
    `🧪 This is a test message: this chat is now one of the testers of ${shop}. It gets what is tried out, as soon as you switch it on.`,
  stopped: (shop) => `Done: ${shop} will not write to you any more. If you change your mind, use /start.`,
  notRegistered: 'You get no messages from us here, so there is nothing to stop.',
  startFirst: 'Please use /start first.',

  groupsTitle: (shop) => `The groups of ${shop}:`,
  groupsHow:
    'Tap one to join it, tap it again to leave it. What you are told there is up to you: see /settings.',
  groupsNone: (shop) => `${shop} has no groups you could join.`,
  groupJoined: (group) => `You are in the group ${group} now. Use /groups to leave it again.`,
  groupLeft: (group) =>
    `You have left the group ${group}. Everything else stays as it was; /stop ends it all.`,
  groupNotIn: (group) =>
    `You are not in the group ${group}. Use /groups to see yours, or /stop to end everything.`,
  groupClosed: (group) => `Only the shop can add you to the group ${group}.`,
  groupUnknown: (keyword) =>
    `I know no group “${keyword}”. Use /groups to see which there are, or /stop to end all messages.`,

  phoneOffer: '📱 Share my phone number',
  phoneAsk: (shop) =>
    `With your phone number ${shop} finds you among its customers. You decide: press the button below to share it, or leave it.`,
  phoneShare: '📱 Share my phone number',
  phoneKeep: 'Rather not',
  phoneKept: 'All right, your number stays with you.',
  phoneNoted: 'Thank you, your number is noted.',
  phoneFound: (shop) =>
    `Thank you, ${shop} has found you by your number. Use /settings to see what you are told here.`,
  phoneNotYours:
    'This is not your own number. Please use the button: it shares the number of this Telegram account.',
  phoneUnreadable: 'I cannot read this number, so I have not kept it.',

  help: (shop) =>
    `This bot brings you the news of ${shop} you agreed to.\n\n/settings: choose what you want to be told\n/groups: join groups, or leave them\n/stop: end all messages\n/privacy: what we know about you, and why`,
  helpContact: (contact) => `You can reach the shop here: ${contact}`,
  plainAnswer: (shop) =>
    `I am a bot and bring you news of ${shop}; nobody reads what you write here. Use /help to see what I can do.`,

  privacy: (shop) =>
    `${shop} keeps your Telegram number, the name you show there, what you agreed to and when, and the messages sent to you. They serve only to bring you the news you chose.\n\nWith /stop you end it at any time.`,
  privacyPolicy: (url) => `The privacy policy: ${url}`,
  exportOffer: '📄 My data',
  exportCaption: (shop) => `All that ${shop} knows about you here.`,
  eraseOffer: '🗑 Erase everything',
  eraseAsk: (shop) =>
    `Shall everything that ${shop} knows about you here be erased? You will get no messages any more, and this cannot be undone.`,
  eraseConfirm: 'Yes, erase everything',
  eraseKeep: 'No, keep it',
  eraseKept: 'All right, everything stays as it is.',
  erased: (shop) =>
    `Everything about you is erased, and ${shop} will not write to you any more. This was the last message. Goodbye!`,

  commands: {
    start: 'Begin',
    settings: 'Choose what you want to be told',
    groups: 'Join groups, or leave them',
    stop: 'End all messages',
    privacy: 'Your data and your rights',
    help: 'What this bot does',
  },
  words: {
    start: ['start', 'begin', 'subscribe', 'unstop'],
    settings: ['settings'],
    groups: ['groups'],
    stop: ['stop', 'stopall', 'end', 'unsubscribe', 'cancel', 'quit', 'optout', 'opt-out'],
    privacy: ['privacy'],
    help: ['help'],
  },
  everything: ['all', 'everything'],
}
