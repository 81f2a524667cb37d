import type { WordingTexts } from './texts.ts'

export const IT: WordingTexts = {
  order_updates: {
    version: 2,
    title: 'I miei ordini',
    text: 'Ti diciamo su Telegram a che punto sono i tuoi ordini: confermati, spediti, pronti per il ritiro, consegnati, e anche se qualcosa va storto. Pochi messaggi per ogni ordine.',
  },
  cart_reminders: {
    version: 2,
    title: 'Il mio carrello',
    text: 'Se lasci qualcosa nel carrello, te lo ricordiamo su Telegram, con il link per ritrovarlo. Di regola un solo messaggio per carrello.',
  },
  messages: {
    version: 2,
    title: 'I miei messaggi',
    text: 'Ti avvisiamo su Telegram quando ricevi un messaggio nella tua area clienti e quando un tuo messaggio è stato letto. Un messaggio ogni volta.',
  },
  activities: {
    version: 2,
    title: 'Le mie attività',
    text: 'Ti avvisiamo su Telegram quando un’attività che hai aperto va avanti e quando qualcuno ne ha preso visione. Un messaggio ogni volta.',
  },
  documents: {
    version: 2,
    title: 'I miei documenti',
    text: 'Ti avvisiamo su Telegram quando un file arriva nelle tue cartelle e quando qualcuno lo apre o lo scarica. Un messaggio ogni volta.',
  },
  reminders: {
    version: 2,
    title: 'Scadenze',
    text: 'Ti ricordiamo su Telegram le scadenze che ti riguardano: attività, appuntamenti e pagamenti. Di regola uno o due messaggi per scadenza.',
  },
  marketing: {
    version: 2,
    title: 'Offerte e novità',
    text: 'Ogni tanto ti mandiamo su Telegram le nostre offerte, le novità e gli auguri. È pubblicità: scegli tu, in piena libertà. Di regola non più di un messaggio a settimana.',
  },
}
