import { MARTA, OLENA } from './people.ts'

const QUESTION = {
  id: 'msg-5501',
  subject: 'Колір глазурі',
  excerpt: 'Добрий день! Блакитна глазур буде готова в середу. Зачекаєте чи надіслати зелену?',
  url: 'https://bottega-faenza.example/uk/messages/msg-5501',
}

export const MESSAGE_CREATED_DATA = { message: QUESTION, sender: MARTA, recipient: OLENA }

export const MESSAGE_READ_DATA = {
  message: QUESTION,
  sender: MARTA,
  recipient: OLENA,
  read_at: '2025-11-20T18:20:00+02:00',
}
