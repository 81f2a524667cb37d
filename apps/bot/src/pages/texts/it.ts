import type { PageTexts } from './page-texts.ts'

export const IT: PageTexts = {
  languageName: 'Italiano',
  languages: 'Lingua',
  title: (shop) => `${shop} su Telegram`,
  intro: (shop) => `Scegli di che cosa ${shop} può scriverti. Solo ciò che spunti, e solo finché lo vuoi.`,
  writer: (shop, bot) => `${shop} ti scrive su Telegram, con il suo bot @${bot}. Nessun altro.`,
  question: 'Desidero ricevere:',
  channel: 'Telegram',
  errorTitle: 'Scegli',
  nothingTicked: 'Spunta almeno una casella: senza, non possiamo scriverti.',
  pageChanged: 'Nel frattempo questo testo è cambiato. Rileggilo, poi spunta ciò che desideri.',
  submit: 'Continua su Telegram',
  confirmation:
    'Per ora non ti inviamo nulla: confermi la scelta su Telegram. Lì puoi cambiarla quando vuoi, o terminare tutto con /stop.',
  privacyLink: 'Che cosa conserviamo di te, e perché',
  invitation: {
    title: 'Ancora un passo, su Telegram',
    chosen: 'Hai spuntato:',
    open: 'Apri Telegram',
    steps: [
      'Apri Telegram con il pulsante o con il codice.',
      'Lì premi AVVIA (START).',
      'Conferma ciò che hai scelto: solo allora riceverai qualcosa.',
    ],
    scan: 'Telegram è sul telefono, e questa pagina no? Inquadra il codice con la fotocamera.',
    codeLabel: 'Codice QR che apre lo stesso link in Telegram',
    valid: (when) => `Il link è solo per te, funziona una volta sola e vale fino al ${when}.`,
    noApp: 'Su questo dispositivo non c’è Telegram?',
    noAppHelp:
      'È gratuito. Scarica l’app per Android, iOS, Windows, macOS o Linux, oppure usa Telegram nel browser; poi torna qui e premi di nuovo il pulsante.',
    getApp: 'Scarica Telegram',
    useBrowser: 'Telegram nel browser',
    again: 'Scegli di nuovo',
  },
  login: {
    or: 'Oppure conferma qui',
    button: 'Accedi con Telegram',
    help: (shop) =>
      `Telegram ti chiede se ${shop} può scriverti. Se accetti, ciò che hai spuntato qui sopra è confermato, senza premere AVVIA.`,
    doneTitle: 'Grazie, è tutto',
    done: (shop) => `Da ora ${shop} può scriverti su Telegram di:`,
    leave:
      'Puoi cambiare idea quando vuoi: su Telegram /settings mostra gli interruttori e /stop termina tutto.',
    openChat: 'Apri la chat',
  },
  notices: {
    notFound: {
      title: 'Qui non c’è nulla',
      text: 'Controlla l’indirizzo, o chiedi al negozio un nuovo link.',
    },
    linkUsed: {
      title: 'Questo link è già stato usato',
      text: 'Funziona una volta sola. La tua scelta resta valida: su Telegram la vedi con /settings. Per un altro link chiedi al negozio.',
    },
    linkExpired: { title: 'Questo link è scaduto', text: 'Chiedine uno nuovo al negozio.' },
    unavailable: { title: 'Al momento non disponibile', text: 'Riprova tra qualche minuto.' },
    tooMany: { title: 'Troppi tentativi', text: 'Aspetta qualche minuto, poi riprova.' },
    notUnderstood: { title: 'Non ha funzionato', text: 'Torna alla pagina e riprova.' },
    tooLarge: { title: 'Era troppo', text: 'Torna alla pagina e riprova.' },
    failed: {
      title: 'Qualcosa è andato storto',
      text: 'È colpa nostra, non tua. Riprova tra qualche minuto.',
    },
    loginFailed: {
      title: 'L’accesso non è riuscito',
      text: 'Non abbiamo conservato nulla. Riprova, oppure apri il bot in Telegram.',
    },
    loginCancelled: {
      title: 'L’accesso è stato annullato',
      text: 'Non abbiamo conservato nulla. Puoi riprovare, oppure aprire il bot in Telegram.',
    },
  },
  privacy: {
    title: (shop) => `Privacy: ${shop} su Telegram`,
    intro: (shop) =>
      `Che cosa ${shop} sa di te quando ti scrive su Telegram, a che cosa serve, e come decidi tu.`,
    whoTitle: 'Chi è responsabile',
    who: (shop) => `${shop} decide che cosa si conserva e a quale scopo.`,
    contact: (contact) => `Puoi raggiungere il negozio qui: ${contact}`,
    whatTitle: 'Che cosa si conserva',
    what: [
      'Il tuo numero presso Telegram, e il nome, il nome utente e la lingua che vi hai impostato.',
      'Il tuo numero di telefono, solo se lo condividi tu.',
      'Ciò che il negozio sa di te come cliente: per esempio nome, e-mail e ordini.',
      'Ciò che hai accettato e ciò che hai revocato: quando, con quali parole e in che modo.',
      'Se accedi con Telegram sulla pagina: il tuo indirizzo internet e il tuo browser, come prova della scelta.',
      'I messaggi inviati a te, se Telegram li ha accettati, e i pulsanti che vi hai premuto.',
    ],
    whyTitle: 'A che cosa serve',
    why: (shop) => `Solo a inviarti ciò che hai scelto. ${shop} può scriverti di:`,
    consent: 'Solo con il tuo consenso.',
    contract: 'Fa parte di ciò che hai ordinato o chiesto; puoi disattivarlo comunque.',
    howLongTitle: 'Per quanto tempo',
    howLong: {
      eventData: (period) => `Ciò che il negozio comunica su ordini e simili: ${period}.`,
      messageContent: (period) => `Il testo dei messaggi inviati a te: ${period}.`,
      trail: (period) => `Il fatto che un messaggio sia stato inviato, e il suo esito: ${period}.`,
      consentVisitors: (period) =>
        `Il tuo indirizzo internet e il tuo browser, se hai fatto l’accesso sulla pagina: ${period}.`,
      consentDetails: (period) =>
        `Ciò che hai accettato e revocato: finché il negozio può doverlo provare; i dati personali di quella prova: ${period}.`,
      account: 'Il tuo numero e il tuo nome presso Telegram: finché non ne chiedi la cancellazione.',
      noEnd: 'finché non ne chiedi la cancellazione',
    },
    rightsTitle: 'I tuoi diritti',
    rights: [
      '/stop nella chat termina tutto, subito; anche bloccare il bot.',
      '/settings mostra ciò che hai accettato, e attiva o disattiva ogni voce.',
      '/privacy ti dà in un file tutto ciò che si sa di te, e lo cancella quando lo chiedi.',
      'Puoi anche chiedere al negozio di vedere, correggere o cancellare i tuoi dati, e rivolgerti al Garante per la protezione dei dati personali.',
    ],
    othersTitle: 'Chi altro li vede',
    telegram:
      'Telegram trasporta i messaggi e li conserva nella tua chat; chi gestisce i sistemi del negozio lo fa per suo conto. Nessun altro riceve nulla.',
    telegramPolicy: 'Informativa sulla privacy di Telegram',
    policyTitle: 'L’informativa del negozio',
    policy: (shop) => `Informativa sulla privacy di ${shop}`,
    back: 'Torna alla scelta',
  },
  embed: { label: 'Ricevi le novità su Telegram', newWindow: 'si apre in una nuova finestra' },
}
