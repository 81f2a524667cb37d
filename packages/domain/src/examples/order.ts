import { GIULIA } from './people.ts'

/** A line with everything a line may have. */
export const FULL_ITEM = {
  name: 'Piatto fondo “Melograno”',
  qty: 4,
  price: { amount: '24.50', currency: 'EUR' },
  image_url: 'https://bottega-faenza.example/foto/melograno-fondo.jpg',
  url: 'https://bottega-faenza.example/piatti/melograno-fondo',
}

const ITEMS = [FULL_ITEM, { name: 'Tazzina “Garofano”', qty: 2, price: { amount: '15.90', currency: 'EUR' } }]

const DELIVERY = {
  carrier: 'Corriere Adriatico',
  tracking_number: 'CA202511190042',
  tracking_url: 'https://corriere-adriatico.example/segui/CA202511190042',
  eta_from: '2025-11-23T09:00:00+01:00',
  eta_until: '2025-11-23T13:00:00+01:00',
}

export const ORDER_STATUS_CHANGED_DATA = {
  order: {
    id: 'ord-1143',
    number: '2025/1143',
    status: 'shipped',
    previous_status: 'processing',
    total: { amount: '136.70', currency: 'EUR' },
    url: 'https://bottega-faenza.example/ordini/2025-1143',
    items: ITEMS,
    placed_at: '2025-11-18T18:42:10+01:00',
    updated_at: '2025-11-20T16:05:00+01:00',
  },
  customer: GIULIA,
  delivery: DELIVERY,
  payment: { method: 'Carta di credito' },
  note: 'Il pacco è fragile: controllalo prima di firmare.',
  extra: { gift_wrapping: true, warehouse: { name: 'Faenza', shelf: 12 } },
}
