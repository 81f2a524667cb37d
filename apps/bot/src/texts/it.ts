import type { Texts } from './texts.ts'

export const IT: Texts = {
  consentTitle: (shop) => `👋 ${shop} vorrebbe scriverti qui su Telegram. Decidi tu di cosa:`,
  consentHow:
    'Tocca una riga qui sotto per attivarla, toccala di nuovo per disattivarla. Finché non lo dici tu, è tutto spento.',
  consentFooter: 'Puoi cambiare idea quando vuoi con /settings, o chiudere tutto con /stop.',
  byContract:
    'Solo questo arriva senza che tu lo chieda: fa parte dei tuoi ordini e contratti. Toccalo se qui non lo vuoi.',
  granted: 'Attivato',
  withdrawn: 'Disattivato',
  wordsChanged: 'Queste parole nel frattempo sono cambiate. Rileggile, per favore, e poi scegli.',
  pressNoted: 'Ricevuto, grazie.',
  done: 'Fatto',
  doneNothing: (shop) => `Va bene: ${shop} non ti scriverà. Se cambi idea, usa /settings.`,
  doneSummary: (shop) => `Grazie! Da ora ${shop} ti scriverà qui su Telegram. Hai scelto:`,

  linkUsed:
    'Questo link è già stato usato. Aprine uno nuovo dalla tua pagina sul sito del negozio, oppure comincia con /start.',
  linkExpired:
    'Questo link è scaduto. Aprine uno nuovo dalla tua pagina sul sito del negozio, oppure comincia con /start.',
  linkRevoked:
    'Questo link non è più valido. Aprine uno nuovo dalla tua pagina sul sito del negozio, oppure comincia con /start.',
  linkUnknown:
    'Non riconosco questo link. Apri quello nella tua pagina sul sito del negozio, oppure comincia con /start.',
  tester: (shop) =>
    `🧪 Questo è un messaggio di prova: ora questa chat è fra quelle di prova di ${shop}. Riceve ciò che si sta provando, appena lo attivi.`,
  stopped: (shop) => `Fatto: ${shop} non ti scriverà più. Se cambi idea, usa /start.`,
  notRegistered: 'Qui non ricevi messaggi da noi, quindi non c’è nulla da fermare.',
  startFirst: 'Prima usa /start.',

  groupsTitle: (shop) => `I gruppi di ${shop}:`,
  groupsHow:
    'Toccane uno per entrare, toccalo di nuovo per uscire. Che cosa ricevere lo decidi tu: vedi /settings.',
  groupsNone: (shop) => `${shop} non ha gruppi in cui entrare.`,
  groupJoined: (group) => `Ora sei nel gruppo ${group}. Per uscirne usa /groups.`,
  groupLeft: (group) => `Hai lasciato il gruppo ${group}. Tutto il resto rimane com’è; /stop chiude tutto.`,
  groupNotIn: (group) => `Non sei nel gruppo ${group}. Con /groups vedi i tuoi, con /stop chiudi tutto.`,
  groupClosed: (group) => `Nel gruppo ${group} può aggiungerti solo il negozio.`,
  groupUnknown: (keyword) =>
    `Non conosco nessun gruppo «${keyword}». Con /groups vedi quali ci sono, con /stop fermi tutti i messaggi.`,

  phoneOffer: '📱 Condividi il mio numero',
  phoneAsk: (shop) =>
    `Con il tuo numero di telefono ${shop} ti ritrova fra i suoi clienti. Decidi tu: premi il pulsante qui sotto per condividerlo, oppure lascia stare.`,
  phoneShare: '📱 Condividi il mio numero',
  phoneKeep: 'Meglio di no',
  phoneKept: 'Va bene, il numero resta tuo.',
  phoneNoted: 'Grazie, il tuo numero è annotato.',
  phoneFound: (shop) => `Grazie, ${shop} ti ha ritrovato dal numero. Con /settings vedi che cosa ricevi qui.`,
  phoneNotYours:
    'Questo non è il tuo numero. Usa il pulsante: condivide il numero di questo account Telegram.',
  phoneUnreadable: 'Non riesco a leggere questo numero, quindi non l’ho conservato.',

  help: (shop) =>
    `Questo bot ti porta le notizie di ${shop} che hai scelto.\n\n/settings: scegli che cosa ricevere\n/groups: entra nei gruppi o esci\n/stop: ferma tutti i messaggi\n/privacy: che cosa sappiamo di te e perché`,
  helpContact: (contact) => `Puoi contattare il negozio qui: ${contact}`,
  plainAnswer: (shop) =>
    `Sono un bot e ti porto le notizie di ${shop}; nessuno legge ciò che scrivi qui. Con /help vedi che cosa so fare.`,

  privacy: (shop) =>
    `${shop} conserva il tuo numero Telegram, il nome che mostri, a che cosa hai acconsentito e quando, e i messaggi che ti ha inviato. Servono solo a portarti le notizie che hai scelto.\n\nCon /stop puoi chiudere tutto quando vuoi.`,
  privacyPolicy: (url) => `L’informativa sulla privacy: ${url}`,
  exportOffer: '📄 I miei dati',
  exportCaption: (shop) => `Tutto ciò che ${shop} sa di te qui.`,
  eraseOffer: '🗑 Cancella tutto',
  eraseAsk: (shop) =>
    `Cancello tutto ciò che ${shop} sa di te qui? Non riceverai più messaggi, e non si può tornare indietro.`,
  eraseConfirm: 'Sì, cancella tutto',
  eraseKeep: 'No, lascia tutto',
  eraseKept: 'Va bene, rimane tutto com’è.',
  erased: (shop) =>
    `Tutto ciò che ti riguarda è cancellato e ${shop} non ti scriverà più. Questo era l’ultimo messaggio. Addio!`,

  commands: {
    start: 'Inizia',
    settings: 'Scegli che cosa ricevere',
    groups: 'Entra nei gruppi o esci',
    stop: 'Ferma tutti i messaggi',
    privacy: 'I tuoi dati e i tuoi diritti',
    help: 'Che cosa fa questo bot',
  },
  words: {
    start: ['inizia', 'avvia', 'comincia', 'iscrivimi'],
    settings: ['impostazioni'],
    groups: ['gruppi'],
    stop: ['basta', 'ferma', 'fermati', 'annulla', 'disiscrivimi', 'cancellami'],
    privacy: ['riservatezza'],
    help: ['aiuto'],
  },
  everything: ['tutto', 'tutti'],
}
