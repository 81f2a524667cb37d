/** What people can ask the bot for, by a command or by a word; in the order of the menu. */
export const COMMAND_NAMES = ['start', 'settings', 'groups', 'stop', 'privacy', 'help'] as const

export type CommandName = (typeof COMMAND_NAMES)[number]

/** All that the bot says and understands in one language. Sentences are plain text: they are escaped where they are sent. */
export interface Texts {
  /** Above the switches: who writes, and where. */
  consentTitle(shop: string): string
  consentHow: string
  /** How to change one's mind, and how to leave: names /settings and /stop. */
  consentFooter: string
  /** What comes without a tap, and how it is ended. */
  byContract: string
  /** Before the name of a purpose, in the short notice after a tap. */
  granted: string
  withdrawn: string
  /** After a tap on words that are not the present ones. */
  wordsChanged: string
  /** After a press on a button of one of the shop's messages. */
  pressNoted: string
  done: string
  doneNothing(shop: string): string
  doneSummary(shop: string): string

  linkUsed: string
  linkExpired: string
  linkRevoked: string
  linkUnknown: string
  /** The chat gets what the shop tries out. */
  tester(shop: string): string
  stopped(shop: string): string
  notRegistered: string
  startFirst: string

  groupsTitle(shop: string): string
  groupsHow: string
  groupsNone(shop: string): string
  groupJoined(group: string): string
  groupLeft(group: string): string
  groupNotIn(group: string): string
  /** Only the shop adds people to it. */
  groupClosed(group: string): string
  /** Nothing goes by this keyword: says how to end everything. */
  groupUnknown(keyword: string): string

  /** The button under the switches. */
  phoneOffer: string
  phoneAsk(shop: string): string
  /** The two buttons below the text field. */
  phoneShare: string
  phoneKeep: string
  phoneKept: string
  phoneNoted: string
  /** The number is in the shop's book already: both are one. */
  phoneFound(shop: string): string
  phoneNotYours: string
  phoneUnreadable: string

  help(shop: string): string
  helpContact(contact: string): string
  /** To whatever is no command. */
  plainAnswer(shop: string): string

  privacy(shop: string): string
  privacyPolicy(url: string): string
  exportOffer: string
  exportCaption(shop: string): string
  eraseOffer: string
  eraseAsk(shop: string): string
  eraseConfirm: string
  eraseKeep: string
  eraseKept: string
  erased(shop: string): string

  /** The menu beside the text field. */
  commands: Record<CommandName, string>
  /** What is as good as the command; small letters. START and STOP may be followed by a group's keyword. */
  words: Record<CommandName, readonly string[]>
  /** Behind STOP: not a group, but all of it. */
  everything: readonly string[]
}
