export interface InvitationTexts {
  text: (shop: string, bot: string) => string
  /** On the button that opens the new bot. */
  button: string
}

/** In plain text. A language is added by adding it here. */
export const INVITATION_TEXTS = {
  en: {
    text: (shop, bot) =>
      `${shop} now writes to you with another bot: @${bot}. Press the button below, then START, so that you go on hearing ` +
      'from us. What you have chosen stays as it is. Until then we go on writing to you here; /stop ends it, as ever.',
    button: 'Go to the new bot',
  },
  it: {
    text: (shop, bot) =>
      `${shop} ora ti scrive con un altro bot: @${bot}. Premi il pulsante qui sotto e poi AVVIA per continuare a ricevere ` +
      'le nostre notizie. Quello che hai scelto resta com’è. Fino ad allora continuiamo a scriverti qui; /stop vale sempre.',
    button: 'Vai al nuovo bot',
  },
  uk: {
    text: (shop, bot) =>
      `${shop} тепер пише вам через іншого бота: @${bot}. Натисніть кнопку нижче, а потім СТАРТ, щоб і далі отримувати наші ` +
      'повідомлення. Ваш вибір залишається без змін. До того часу ми пишемо вам тут; /stop діє, як завжди.',
    button: 'Перейти до нового бота',
  },
} as const satisfies Record<string, InvitationTexts>
