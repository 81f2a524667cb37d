type Labels = ReadonlyMap<string, string>

/** All of them agree with "order" (ordine, замовлення) and follow a colon or stand alone. */
const ITALIAN: Labels = new Map([
  ['pending_payment', 'in attesa di pagamento'],
  ['on_hold', 'in sospeso'],
  ['paid', 'pagato'],
  ['processing', 'in preparazione'],
  ['partially_shipped', 'spedito in parte'],
  ['shipped', 'spedito'],
  ['in_transit', 'in viaggio'],
  ['out_for_delivery', 'in consegna'],
  ['ready_for_pickup', 'pronto per il ritiro'],
  ['delivery_failed', 'consegna non riuscita'],
  ['delivered', 'consegnato'],
  ['completed', 'completato'],
  ['cancelled', 'annullato'],
  ['refunded', 'rimborsato'],
  ['partially_refunded', 'rimborsato in parte'],
  ['returned', 'restituito'],
  ['failed', 'non andato a buon fine'],
])

const ENGLISH: Labels = new Map([
  ['pending_payment', 'awaiting payment'],
  ['on_hold', 'on hold'],
  ['paid', 'paid'],
  ['processing', 'being prepared'],
  ['partially_shipped', 'partly shipped'],
  ['shipped', 'shipped'],
  ['in_transit', 'on its way'],
  ['out_for_delivery', 'out for delivery'],
  ['ready_for_pickup', 'ready for pickup'],
  ['delivery_failed', 'delivery failed'],
  ['delivered', 'delivered'],
  ['completed', 'completed'],
  ['cancelled', 'cancelled'],
  ['refunded', 'refunded'],
  ['partially_refunded', 'partly refunded'],
  ['returned', 'returned'],
  ['failed', 'failed'],
])

const UKRAINIAN: Labels = new Map([
  ['pending_payment', 'очікує на оплату'],
  ['on_hold', 'призупинено'],
  ['paid', 'оплачено'],
  ['processing', 'готується'],
  ['partially_shipped', 'частково надіслано'],
  ['shipped', 'надіслано'],
  ['in_transit', 'у дорозі'],
  ['out_for_delivery', 'у кур’єра'],
  ['ready_for_pickup', 'можна забрати'],
  ['delivery_failed', 'не вдалося доставити'],
  ['delivered', 'доставлено'],
  ['completed', 'виконано'],
  ['cancelled', 'скасовано'],
  ['refunded', 'кошти повернено'],
  ['partially_refunded', 'частину коштів повернено'],
  ['returned', 'повернено до магазину'],
  ['failed', 'не вдалося виконати'],
])

/** Language to state to label. */
export const ORDER_STATUS_LABELS: ReadonlyMap<string, Labels> = new Map([
  ['it', ITALIAN],
  ['en', ENGLISH],
  ['uk', UKRAINIAN],
])
