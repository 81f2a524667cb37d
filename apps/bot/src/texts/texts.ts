/** Every sentence the bot says itself, in one language. Plain text: it is escaped where it is sent. */
export interface Texts {
  /** Above the switches. */
  consentTitle(shop: string): string
  consentHow: string
  /** How to change one's mind, and how to leave: names /settings and /stop. */
  consentFooter: string
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
  welcomeUnbound(shop: string): string
  linkUsed: string
  linkExpired: string
  linkUnknown: string
  stopped(shop: string): string
  notRegistered: string
  startFirst: string
  help(shop: string): string
  helpContact(contact: string): string
  privacy(shop: string): string
  privacyPolicy(url: string): string
  /** The menu beside the text field. */
  commands: { start: string; settings: string; stop: string; privacy: string; help: string }
}
