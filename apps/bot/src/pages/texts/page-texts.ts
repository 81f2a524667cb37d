/** Every sentence of the hosted pages, in one language. Plain text: it is escaped where it is shown. */
export interface PageTexts {
  /** The language, in itself. */
  languageName: string
  /** For those who hear the page: above the links to its other languages. */
  languages: string

  title: (shop: string) => string
  intro: (shop: string) => string
  /** Who is going to write, and where. */
  writer: (shop: string, bot: string) => string
  question: string
  /** Stands beside Telegram's logo, above the boxes. */
  channel: string
  /** Before the title, when something is left to be mended. */
  errorTitle: string
  nothingTicked: string
  pageChanged: string
  submit: string
  /** The choice is confirmed in Telegram, and can be taken back. */
  confirmation: string
  privacyLink: string

  invitation: InvitationTexts
  login: LoginTexts
  notices: Record<NoticeName, NoticeText>
  privacy: PrivacyTexts
  /** On the button that shops put on their own pages. */
  embed: { label: string; newWindow: string }
}

export interface InvitationTexts {
  title: string
  chosen: string
  open: string
  steps: readonly [string, string, string]
  /** Beside the code, for whoever has the page on another screen. */
  scan: string
  codeLabel: string
  /** `when` is a date with its time. */
  valid: (when: string) => string
  noApp: string
  noAppHelp: string
  getApp: string
  useBrowser: string
  again: string
}

export interface LoginTexts {
  or: string
  button: string
  help: (shop: string) => string
  doneTitle: string
  done: (shop: string) => string
  leave: string
  openChat: string
}

export interface NoticeText {
  title: string
  text: string
}

export type NoticeName =
  | 'notFound'
  | 'linkUsed'
  | 'linkExpired'
  | 'unavailable'
  | 'tooMany'
  | 'notUnderstood'
  | 'tooLarge'
  | 'failed'
  | 'loginFailed'
  | 'loginCancelled'

/** What is cleared away in its time; the app scheduler does it. */
export type RetainedKind = 'eventData' | 'messageContent' | 'trail' | 'consentVisitors' | 'consentDetails'

export interface PrivacyTexts {
  title: (shop: string) => string
  intro: (shop: string) => string
  whoTitle: string
  who: (shop: string) => string
  contact: (contact: string) => string
  whatTitle: string
  what: readonly string[]
  whyTitle: string
  why: (shop: string) => string
  consent: string
  contract: string
  howLongTitle: string
  /** By kind of data; `period` is a number of days or years, or `noEnd`. */
  howLong: Record<RetainedKind, (period: string) => string> & { account: string; noEnd: string }
  rightsTitle: string
  rights: readonly string[]
  othersTitle: string
  telegram: string
  telegramPolicy: string
  policyTitle: string
  policy: (shop: string) => string
  back: string
}
