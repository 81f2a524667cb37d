export const GIULIA = {
  external_id: 'customer-2071',
  name: { first: 'Giulia', last: 'Rossi' },
  locale: 'it-IT',
  time_zone: 'Europe/Rome',
  email: 'giulia.rossi@example.it',
}

export const OLENA = {
  external_id: 'customer-2113',
  name: { first: 'Олена', last: 'Ковальчук' },
  locale: 'uk-UA',
  time_zone: 'Europe/Kyiv',
  email: 'olena.kovalchuk@example.com',
}

export const JAMES = {
  external_id: 'customer-1984',
  name: { first: 'James', last: 'Walker' },
  locale: 'en-GB',
  time_zone: 'Europe/London',
  phone: '+447700900123',
}

/** Runs the shop. */
export const MARTA = {
  external_id: 'staff-1',
  name: { first: 'Marta', last: 'Bianchi' },
  locale: 'it-IT',
  time_zone: 'Europe/Rome',
}

/** At the kiln. */
export const TARAS = {
  external_id: 'staff-4',
  name: { first: 'Тарас', last: 'Мельник' },
  locale: 'uk-UA',
  time_zone: 'Europe/Rome',
}

/** Everybody the examples know: customers first, then the shop's own people. */
export const EXAMPLE_PEOPLE = [GIULIA, OLENA, JAMES, MARTA, TARAS] as const
