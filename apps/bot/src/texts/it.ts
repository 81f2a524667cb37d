import type { Texts } from './texts.ts'

export const IT: Texts = {
  consentTitle: (shop) => `👋 ${shop} vorrebbe scriverti qui su Telegram. Decidi tu di cosa:`,
  consentHow:
    'Tocca una riga qui sotto per attivarla, toccala di nuovo per disattivarla. Finché non lo dici tu, è tutto spento.',
  consentFooter: 'Puoi cambiare idea quando vuoi con /settings, o chiudere tutto con /stop.',
  granted: 'Attivato',
  withdrawn: 'Disattivato',
  wordsChanged: 'Queste parole nel frattempo sono cambiate. Rileggile, per favore, e poi scegli.',
  pressNoted: 'Ricevuto, grazie.',
  done: 'Fatto',
  doneNothing: (shop) => `Va bene: ${shop} non ti scriverà. Se cambi idea, usa /settings.`,
  doneSummary: (shop) => `Grazie! Da ora ${shop} ti scriverà qui su Telegram. Hai scelto:`,
  welcomeUnbound: (shop) =>
    `Ciao! Questo è il bot di ${shop}. Per ricevere qui le novità sui tuoi ordini, apri il link Telegram nella tua pagina sul sito del negozio.`,
  linkUsed: 'Questo link è già stato usato. Aprine uno nuovo dalla tua pagina sul sito del negozio.',
  linkExpired: 'Questo link è scaduto. Aprine uno nuovo dalla tua pagina sul sito del negozio.',
  linkUnknown: 'Non riconosco questo link. Apri quello nella tua pagina sul sito del negozio.',
  stopped: (shop) => `Fatto: ${shop} non ti scriverà più. Se cambi idea, usa /start.`,
  notRegistered: 'Qui non ricevi messaggi da noi, quindi non c’è nulla da fermare.',
  startFirst: 'Prima usa /start.',
  help: (shop) =>
    `Questo bot ti porta le notizie di ${shop} che hai scelto.\n\n/settings: scegli che cosa ricevere\n/stop: ferma tutti i messaggi\n/privacy: che cosa sappiamo di te e perché`,
  helpContact: (contact) => `Puoi contattare il negozio qui: ${contact}`,
  privacy: (shop) =>
    `${shop} conserva il tuo numero Telegram, il nome che mostri, a che cosa hai acconsentito e quando, e i messaggi che ti ha inviato. Servono solo a portarti le notizie che hai scelto.\n\nCon /stop puoi chiudere tutto quando vuoi.`,
  privacyPolicy: (url) => `L’informativa sulla privacy del negozio: ${url}`,
  commands: {
    start: 'Inizia',
    settings: 'Scegli che cosa ricevere',
    stop: 'Ferma tutti i messaggi',
    privacy: 'I tuoi dati e i tuoi diritti',
    help: 'Che cosa fa questo bot',
  },
}
