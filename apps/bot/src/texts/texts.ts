/** Every sentence the bot says itself, in one language. Plain text: it is escaped where it is sent. */
export interface Texts {
  /** Above the switches. */
  consentTitle(shop: string): string
  consentHow: string
  consentFooter: string
  granted: string
  withdrawn: string
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
  commands: { start: string; settings: string; stop: string; privacy: string; help: string }
}
