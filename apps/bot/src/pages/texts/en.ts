import type { PageTexts } from './page-texts.ts'

export const EN: PageTexts = {
  languageName: 'English',
  languages: 'Language',
  title: (shop) => `${shop} on Telegram`,
  intro: (shop) =>
    `Choose what ${shop} may write to you about. Only what you tick, and only for as long as you like.`,
  writer: (shop, bot) => `${shop} writes to you on Telegram, with its bot @${bot}. Nobody else does.`,
  question: 'I would like to receive:',
  channel: 'Telegram',
  errorTitle: 'Please choose',
  nothingTicked: 'Please tick at least one box: without it we may not write to you.',
  pageChanged:
    'These words have changed in the meantime. Please read them again, then tick what you would like.',
  submit: 'Continue to Telegram',
  confirmation:
    'Nothing is sent yet: you confirm your choice in Telegram. You can change it there at any time, or end everything with /stop.',
  privacyLink: 'What is kept about you, and why',
  invitation: {
    title: 'One more step, in Telegram',
    chosen: 'You have ticked:',
    open: 'Open Telegram',
    steps: [
      'Open Telegram with the button or the code.',
      'Press START there.',
      'Confirm what you have chosen: only then something is sent.',
    ],
    scan: 'Is Telegram on your phone, and this page is not? Point the phone’s camera at the code.',
    codeLabel: 'QR code that opens the same link in Telegram',
    valid: (when) => `The link is for you alone, works once, and is valid until ${when}.`,
    noApp: 'Telegram is not on this device?',
    noAppHelp:
      'It is free. Get the app for Android, iOS, Windows, macOS or Linux, or use Telegram in your browser; then come back here and press the button again.',
    getApp: 'Get Telegram',
    useBrowser: 'Telegram in the browser',
    again: 'Choose again',
  },
  login: {
    or: 'Or confirm right here',
    button: 'Log in with Telegram',
    help: (shop) =>
      `Telegram asks whether ${shop} may write to you. If you say yes, what you have ticked above is agreed, without START.`,
    doneTitle: 'Thank you, that was all',
    done: (shop) => `${shop} may now write to you on Telegram about:`,
    leave:
      'You can change your mind at any time: in Telegram, /settings shows the switches, and /stop ends everything.',
    openChat: 'Open the chat',
  },
  notices: {
    notFound: {
      title: 'There is nothing here',
      text: 'Please check the address, or ask the shop for a new link.',
    },
    linkUsed: {
      title: 'This link has been used',
      text: 'It works once. What you chose stands; in Telegram, /settings shows it. For another link please ask the shop.',
    },
    linkExpired: { title: 'This link has expired', text: 'Please ask the shop for a new one.' },
    unavailable: { title: 'Not available right now', text: 'Please try again in a few minutes.' },
    tooMany: { title: 'Too many attempts', text: 'Please wait a few minutes, then try again.' },
    notUnderstood: { title: 'That did not work', text: 'Please go back to the page and try again.' },
    tooLarge: { title: 'That was too much', text: 'Please go back to the page and try again.' },
    failed: {
      title: 'Something went wrong',
      text: 'It is our fault, not yours. Please try again in a few minutes.',
    },
    loginFailed: {
      title: 'The log-in did not work',
      text: 'Nothing was kept. Please try again, or open the bot in Telegram instead.',
    },
    loginCancelled: {
      title: 'The log-in was cancelled',
      text: 'Nothing was kept. You can try again, or open the bot in Telegram instead.',
    },
  },
  privacy: {
    title: (shop) => `Privacy: ${shop} on Telegram`,
    intro: (shop) =>
      `What ${shop} knows about you when it writes to you on Telegram, what for, and how you stay in charge.`,
    whoTitle: 'Who is responsible',
    who: (shop) => `${shop} decides what is kept and what for.`,
    contact: (contact) => `You reach the shop here: ${contact}`,
    whatTitle: 'What is kept',
    what: [
      'Your number at Telegram, and the name, user name and language you have set there.',
      'Your phone number, only if you share it yourself.',
      'What the shop knows of you as its customer: such as your name, e-mail and orders.',
      'What you agreed to and what you ended: when, in which words, and how.',
      'If you log in with Telegram on the page: your internet address and your browser, as proof of your choice.',
      'The messages sent to you, whether Telegram took them, and the buttons you pressed in them.',
    ],
    whyTitle: 'What for',
    why: (shop) => `Only to send you what you chose. ${shop} may write to you about:`,
    consent: 'Only with your consent.',
    contract: 'Belongs to what you have ordered or asked for; you can switch it off all the same.',
    howLongTitle: 'How long',
    howLong: {
      eventData: (period) => `What the shop reports about your orders and the like: ${period}.`,
      messageContent: (period) => `The text of the messages sent to you: ${period}.`,
      trail: (period) => `That a message was sent, and what became of it: ${period}.`,
      consentVisitors: (period) =>
        `Your internet address and your browser, if you logged in on the page: ${period}.`,
      consentDetails: (period) =>
        `What you agreed to and what you ended: for as long as the shop may have to prove it; what is personal in that proof: ${period}.`,
      account: 'Your number and name at Telegram: until you have them erased.',
      noEnd: 'until you have it erased',
    },
    rightsTitle: 'Your rights',
    rights: [
      '/stop in the chat ends everything at once; blocking the bot does, too.',
      '/settings shows what you agreed to, and switches each of it on or off.',
      '/privacy gives you all that is known about you as a file, and erases it when you say so.',
      'You can also ask the shop itself to see, correct or erase it, and complain to your data protection authority.',
    ],
    othersTitle: 'Who else sees it',
    telegram:
      'Telegram carries the messages and keeps them in your chat; whoever runs the shop’s systems does so on its behalf. Nobody else gets anything.',
    telegramPolicy: 'Telegram’s privacy policy',
    policyTitle: 'The shop’s own policy',
    policy: (shop) => `Privacy policy of ${shop}`,
    back: 'Back to the choice',
  },
  embed: { label: 'Get news on Telegram', newWindow: 'opens in a new window' },
}
