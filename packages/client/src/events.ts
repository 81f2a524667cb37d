// Written from the schemas of packages/domain: `pnpm test -u integration/the-types-of-the-client` writes it anew.

/** RFC 3339 with a zone, such as `2026-11-21T09:30:00+01:00`. A `Date` is sent as that. */
export type Time = string | Date

/** The ones Postino knows, or any other. */
export type OrderStatus =
  | 'pending_payment'
  | 'on_hold'
  | 'paid'
  | 'processing'
  | 'partially_shipped'
  | 'shipped'
  | 'in_transit'
  | 'out_for_delivery'
  | 'ready_for_pickup'
  | 'delivery_failed'
  | 'delivered'
  | 'completed'
  | 'cancelled'
  | 'refunded'
  | 'partially_refunded'
  | 'returned'
  | 'failed'
  | (string & {})

/** The ones Postino knows, or any other. */
export type ActivityStatus = 'open' | 'in_progress' | 'done' | 'cancelled' | (string & {})

/** What order.status_changed carries. */
export interface OrderStatusChangedData {
  order: Order
  /** Whose order it is. */
  customer: Person
  delivery?: Delivery | undefined
  payment?: Payment | undefined
  /** What the customer gets back. */
  refund?: Money | undefined
  /** A word from the shop about this order. */
  note?: string | undefined
  /** Who is told, instead of the person the kind names. At most 100. */
  to?: readonly Person[] | undefined
  /**
   * Whatever else the shop’s texts want to say: any JSON object.
   *
   * @example {"gift_wrapping":true,"warehouse":{"name":"Faenza","shelf":12}}
   */
  extra?: Record<string, unknown> | undefined
}

/** An order as it is now. */
export interface Order {
  /** The id of the order in the shop’s system; messages about one order belong together. At most 128 characters. */
  id: string
  /** The order’s number, as the customer knows it. */
  number: string
  /** The state the order is in now: one of Postino’s, or one of the shop’s own. At most 64 characters. */
  status: OrderStatus
  /** The state it was in before. At most 64 characters. */
  previous_status?: OrderStatus | undefined
  /** What the customer pays. */
  total: Money
  /** The address of the order’s page in the customer area. At most 2048 characters. */
  url?: string | undefined
  /** What was ordered. At most 200. */
  items: readonly Item[]
  /** When it was ordered. */
  placed_at: Time
  /** When it entered this state. */
  updated_at: Time
  /** Rises with each state of the order; the attribute of the same name goes before it. */
  sequence?: number | string | undefined
}

/** An amount of money. The amount is text, so that no program rounds it. */
export interface Money {
  /**
   * Decimal number as text.
   *
   * @example "49.90"
   */
  amount: string
  /**
   * ISO 4217 code.
   *
   * @example "EUR"
   */
  currency: string
}

/** A line of an order or a cart. */
export interface Item {
  /** What was bought, as the shop calls it. */
  name: string
  /** How many, or how much. */
  qty: number
  /**
   * The price of one.
   *
   * @example {"amount":"24.50","currency":"EUR"}
   */
  price?: Money | undefined
  /**
   * The address of a picture of it. At most 2048 characters.
   *
   * @example "https://bottega-faenza.example/foto/melograno-fondo.jpg"
   */
  image_url?: string | undefined
  /**
   * The address of its page in the shop. At most 2048 characters.
   *
   * @example "https://bottega-faenza.example/piatti/melograno-fondo"
   */
  url?: string | undefined
}

/** A person of the shop’s book. Only the id is needed once Postino knows the contact. */
export interface Person {
  /**
   * How the shop calls this person, always in the same way. At most 128 characters.
   *
   * @example "customer-2071"
   */
  external_id: string
  /** How the person is addressed. */
  name?:
    | {
        /**
         * Given name.
         *
         * @example "Giulia"
         */
        first: string
        /**
         * Family name.
         *
         * @example "Rossi"
         */
        last?: string | undefined
      }
    | undefined
  /**
   * BCP 47. At most 35 characters.
   *
   * @example "it-IT"
   */
  locale?: string | undefined
  /**
   * IANA. At most 64 characters.
   *
   * @example "Europe/Rome"
   */
  time_zone?: string | undefined
  /**
   * E.164. At most 16 characters.
   *
   * @example "+447700900123"
   */
  phone?: string | undefined
  /**
   * E-mail address. At most 254 characters.
   *
   * @example "giulia.rossi@example.it"
   */
  email?: string | undefined
}

/** How the order reaches the customer. */
export interface Delivery {
  /** Who brings it. */
  carrier?: string | undefined
  /** The carrier’s number for the parcel. */
  tracking_number?: string | undefined
  /** The address where the parcel can be followed. At most 2048 characters. */
  tracking_url?: string | undefined
  /**
   * Where it goes, or where it waits to be collected.
   *
   * @example "Via Pistocchi 18, 48018 Faenza"
   */
  address?: string | undefined
  /** Expected at the earliest. */
  eta_from?: Time | undefined
  /** Expected at the latest. */
  eta_until?: Time | undefined
}

/** How the order is paid. */
export interface Payment {
  /** How it is paid, in the words the customer knows. */
  method: string
  /**
   * The address where it can be paid. At most 2048 characters.
   *
   * @example "https://bottega-faenza.example/ordini/2025-1143/pagamento"
   */
  url?: string | undefined
}

/** What cart.abandoned carries. */
export interface CartAbandonedData {
  cart: Cart
  /** Whose cart it is. */
  customer: Person
  /** A code the customer may use. */
  discount_code?: string | undefined
  /** Who is told, instead of the person the kind names. At most 100. */
  to?: readonly Person[] | undefined
  /**
   * Whatever else the shop’s texts want to say: any JSON object.
   *
   * @example {"gift_wrapping":true,"warehouse":{"name":"Faenza","shelf":12}}
   */
  extra?: Record<string, unknown> | undefined
}

/** A cart that was left behind. */
export interface Cart {
  /** The id of the cart in the shop’s system. At most 128 characters. */
  id: string
  /**
   * What the cart is called in its addresses. At most 128 characters.
   *
   * @example "c-8fq2xw"
   */
  token?: string | undefined
  /** What it would cost. */
  total: Money
  /** What lies in it. At most 200. */
  items: readonly Item[]
  /** The address that leads back to the cart. At most 2048 characters. */
  recovery_url: string
  /** When the shop took it for abandoned. */
  abandoned_at: Time
  /** When the customer last changed it. */
  updated_at: Time
}

/** What message.created carries. */
export interface MessageCreatedData {
  message: ShopMessage
  /** Who wrote it. */
  sender: Person
  /** To whom it is addressed. */
  recipient: Person
  /** Who is told, instead of the person the kind names. At most 100. */
  to?: readonly Person[] | undefined
  /**
   * Whatever else the shop’s texts want to say: any JSON object.
   *
   * @example {"gift_wrapping":true,"warehouse":{"name":"Faenza","shelf":12}}
   */
  extra?: Record<string, unknown> | undefined
}

/** A message of the customer area, not the one sent by Telegram. */
export interface ShopMessage {
  /** The id of the message in the shop’s system. At most 128 characters. */
  id: string
  /** What it is about. */
  subject?: string | undefined
  /** Its first words, as far as they may be shown in Telegram. */
  excerpt?: string | undefined
  /** The address where it can be read and answered. At most 2048 characters. */
  url: string
}

/** What message.read carries. */
export interface MessageReadData {
  message: ShopMessage
  /** Who wrote it. */
  sender: Person
  /** To whom it is addressed. */
  recipient: Person
  /** When it was read. */
  read_at?: Time | undefined
  /** Who is told, instead of the person the kind names. At most 100. */
  to?: readonly Person[] | undefined
  /**
   * Whatever else the shop’s texts want to say: any JSON object.
   *
   * @example {"gift_wrapping":true,"warehouse":{"name":"Faenza","shelf":12}}
   */
  extra?: Record<string, unknown> | undefined
}

/** What activity.status_changed carries. */
export interface ActivityStatusChangedData {
  activity: Activity
  /** Who opened it. */
  creator: Person
  /** Who has to do it. */
  assignee: Person
  /** Who made this change. */
  actor?: Person | undefined
  /** Who is told, instead of the person the kind names. At most 100. */
  to?: readonly Person[] | undefined
  /**
   * Whatever else the shop’s texts want to say: any JSON object.
   *
   * @example {"gift_wrapping":true,"warehouse":{"name":"Faenza","shelf":12}}
   */
  extra?: Record<string, unknown> | undefined
}

/** An entry of the shop’s agenda. */
export interface Activity {
  /** The id of the activity in the shop’s system. At most 128 characters. */
  id: string
  /** What is to be done. */
  title: string
  /** The state it is in now. At most 64 characters. */
  status: ActivityStatus
  /** The state it was in before. At most 64 characters. */
  previous_status?: ActivityStatus | undefined
  /** When it has to be done. */
  due_at?: Time | undefined
  /** The address of its page. At most 2048 characters. */
  url?: string | undefined
}

/** What activity.acknowledged carries. */
export interface ActivityAcknowledgedData {
  activity: Activity
  /** Who opened it. */
  creator: Person
  /** Who has to do it. */
  assignee: Person
  /** Who made this change. */
  actor?: Person | undefined
  /** Who is told, instead of the person the kind names. At most 100. */
  to?: readonly Person[] | undefined
  /**
   * Whatever else the shop’s texts want to say: any JSON object.
   *
   * @example {"gift_wrapping":true,"warehouse":{"name":"Faenza","shelf":12}}
   */
  extra?: Record<string, unknown> | undefined
}

/** What activity.due carries. */
export interface ActivityDueData {
  activity: Activity
  /** Who opened it. */
  creator: Person
  /** Who has to do it. */
  assignee: Person
  /** Who made this change. */
  actor?: Person | undefined
  /** Who is told, instead of the person the kind names. At most 100. */
  to?: readonly Person[] | undefined
  /**
   * Whatever else the shop’s texts want to say: any JSON object.
   *
   * @example {"gift_wrapping":true,"warehouse":{"name":"Faenza","shelf":12}}
   */
  extra?: Record<string, unknown> | undefined
}

/** What file.uploaded carries. */
export interface FileUploadedData {
  file: File
  folder: Folder
  /** Who did it. */
  actor: Person
  /** Who is told, instead of the person the kind names. At most 100. */
  to?: readonly Person[] | undefined
  /**
   * Whatever else the shop’s texts want to say: any JSON object.
   *
   * @example {"gift_wrapping":true,"warehouse":{"name":"Faenza","shelf":12}}
   */
  extra?: Record<string, unknown> | undefined
}

/** A file of the documents area. */
export interface File {
  /** The id of the file in the shop’s system. At most 128 characters. */
  id: string
  /** The name of the file, with its ending. */
  name: string
  /** Its size, in bytes. */
  size: number
  /** Its media type, such as application/pdf. At most 255 characters. */
  mime: string
  /** The address where the file can be had. At most 2048 characters. */
  url?: string | undefined
}

/** Where the file lies. */
export interface Folder {
  /** The id of the folder in the shop’s system. At most 128 characters. */
  id: string
  /** The name of the folder. */
  name: string
  /** Who looks after the folder and is told. At most 100. */
  admins: readonly Person[]
}

/** What file.accessed carries. */
export interface FileAccessedData {
  file: File
  folder: Folder
  /** Who did it. */
  actor: Person
  /** What was done with the file. */
  action: 'downloaded' | 'previewed'
  /** Who is told, instead of the person the kind names. At most 100. */
  to?: readonly Person[] | undefined
  /**
   * Whatever else the shop’s texts want to say: any JSON object.
   *
   * @example {"gift_wrapping":true,"warehouse":{"name":"Faenza","shelf":12}}
   */
  extra?: Record<string, unknown> | undefined
}

/** What an event in the short form says beside its type and its data. */
export interface ShortEventAttributes {
  /** Only CloudEvents have one. */
  specversion?: undefined
  /**
   * The shop’s own id of this event, the same one when it is sent again. Without one the client makes one; the result tells it. At most 128 characters.
   *
   * @example "evt-20261120-0042"
   */
  id?: string | undefined
  /**
   * What reports the event; `source` and `id` together name it. At most 512 characters.
   *
   * @example "https://shop.example"
   */
  source?: string | undefined
  /**
   * What the event is about.
   *
   * @example "orders/1143"
   */
  subject?: string | undefined
  /**
   * When it happened.
   *
   * @example "2026-11-20T16:05:00+01:00"
   */
  time?: Time | undefined
  /**
   * Events of one kind and key are about the same thing: the newest may take the place of the others. At most 128 characters.
   *
   * @example "ord-1143"
   */
  partitionkey?: string | undefined
  /**
   * Rises from event to event about the same thing: whole numbers by their value, anything else letter by letter. What is smaller than one that was told is not told any more. At most 128 characters.
   *
   * @example "3"
   */
  sequence?: string | undefined
  /**
   * Nobody is told after this time.
   *
   * @example "2026-11-21T20:00:00+01:00"
   */
  expirytime?: Time | undefined
}

/** An order entered another state; its customer is told. */
export interface OrderStatusChangedShortEvent extends ShortEventAttributes {
  type: 'order.status_changed'
  data: OrderStatusChangedData
}

/** A cart was left behind; its customer is reminded. */
export interface CartAbandonedShortEvent extends ShortEventAttributes {
  type: 'cart.abandoned'
  data: CartAbandonedData
}

/** A message was written in the customer area; its addressee is told. */
export interface MessageCreatedShortEvent extends ShortEventAttributes {
  type: 'message.created'
  data: MessageCreatedData
}

/** A message of the customer area was read; its sender is told. */
export interface MessageReadShortEvent extends ShortEventAttributes {
  type: 'message.read'
  data: MessageReadData
}

/** An activity entered another state; its creator is told. */
export interface ActivityStatusChangedShortEvent extends ShortEventAttributes {
  type: 'activity.status_changed'
  data: ActivityStatusChangedData
}

/** The assignee took note of an activity; its creator is told. */
export interface ActivityAcknowledgedShortEvent extends ShortEventAttributes {
  type: 'activity.acknowledged'
  data: ActivityAcknowledgedData
}

/** An activity is due; its assignee is reminded. */
export interface ActivityDueShortEvent extends ShortEventAttributes {
  type: 'activity.due'
  data: ActivityDueData
}

/** A file was uploaded to a folder; the administrators of the folder are told. */
export interface FileUploadedShortEvent extends ShortEventAttributes {
  type: 'file.uploaded'
  data: FileUploadedData
}

/** A file was downloaded or previewed; the administrators of its folder are told. */
export interface FileAccessedShortEvent extends ShortEventAttributes {
  type: 'file.accessed'
  data: FileAccessedData
}

/** An event in the short form; its source is "/" unless it names one. */
export type ShortEvent =
  | OrderStatusChangedShortEvent
  | CartAbandonedShortEvent
  | MessageCreatedShortEvent
  | MessageReadShortEvent
  | ActivityStatusChangedShortEvent
  | ActivityAcknowledgedShortEvent
  | ActivityDueShortEvent
  | FileUploadedShortEvent
  | FileAccessedShortEvent

/** What an event of CloudEvents 1.0 says beside its type and its data. */
export interface CloudEventAttributes {
  /**
   * The shop’s own id of this event, the same one when it is sent again. Without one the client makes one; the result tells it. At most 128 characters.
   *
   * @example "evt-20261120-0042"
   */
  id?: string | undefined
  /** The version of CloudEvents. */
  specversion: '1.0'
  /**
   * What reports the event; `source` and `id` together name it. At most 512 characters.
   *
   * @example "https://shop.example"
   */
  source: string
  /**
   * What the event is about.
   *
   * @example "orders/1143"
   */
  subject?: string | undefined
  /**
   * When it happened.
   *
   * @example "2026-11-20T16:05:00+01:00"
   */
  time?: Time | undefined
  /**
   * Events of one kind and key are about the same thing: the newest may take the place of the others. At most 128 characters.
   *
   * @example "ord-1143"
   */
  partitionkey?: string | undefined
  /**
   * Rises from event to event about the same thing: whole numbers by their value, anything else letter by letter. What is smaller than one that was told is not told any more. At most 128 characters.
   *
   * @example "3"
   */
  sequence?: string | undefined
  /**
   * Nobody is told after this time.
   *
   * @example "2026-11-21T20:00:00+01:00"
   */
  expirytime?: Time | undefined
  /**
   * JSON, and nothing else. At most 255 characters.
   *
   * @example "application/json"
   */
  datacontenttype?: string | undefined
  /** Taken, but not used. At most 512 characters. */
  dataschema?: string | undefined
  /** What the event belongs to in the shop’s systems. */
  correlationid?: string | undefined
  /** The id of the event that led to this one. */
  causationid?: string | undefined
  /**
   * W3C Trace Context. At most 55 characters.
   *
   * @example "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
   */
  traceparent?: string | undefined
  /** W3C Trace Context. */
  tracestate?: string | undefined
  /** Refused: is not fetched by Postino; put what is needed into data. */
  dataref?: undefined
  /** Refused: is not read; send data as JSON. */
  data_base64?: undefined
}

/** An order entered another state; its customer is told. */
export interface OrderStatusChangedCloudEvent extends CloudEventAttributes {
  type: 'order.status_changed'
  data: OrderStatusChangedData
}

/** A cart was left behind; its customer is reminded. */
export interface CartAbandonedCloudEvent extends CloudEventAttributes {
  type: 'cart.abandoned'
  data: CartAbandonedData
}

/** A message was written in the customer area; its addressee is told. */
export interface MessageCreatedCloudEvent extends CloudEventAttributes {
  type: 'message.created'
  data: MessageCreatedData
}

/** A message of the customer area was read; its sender is told. */
export interface MessageReadCloudEvent extends CloudEventAttributes {
  type: 'message.read'
  data: MessageReadData
}

/** An activity entered another state; its creator is told. */
export interface ActivityStatusChangedCloudEvent extends CloudEventAttributes {
  type: 'activity.status_changed'
  data: ActivityStatusChangedData
}

/** The assignee took note of an activity; its creator is told. */
export interface ActivityAcknowledgedCloudEvent extends CloudEventAttributes {
  type: 'activity.acknowledged'
  data: ActivityAcknowledgedData
}

/** An activity is due; its assignee is reminded. */
export interface ActivityDueCloudEvent extends CloudEventAttributes {
  type: 'activity.due'
  data: ActivityDueData
}

/** A file was uploaded to a folder; the administrators of the folder are told. */
export interface FileUploadedCloudEvent extends CloudEventAttributes {
  type: 'file.uploaded'
  data: FileUploadedData
}

/** A file was downloaded or previewed; the administrators of its folder are told. */
export interface FileAccessedCloudEvent extends CloudEventAttributes {
  type: 'file.accessed'
  data: FileAccessedData
}

/** An event as CloudEvents 1.0. */
export type CloudEvent =
  | OrderStatusChangedCloudEvent
  | CartAbandonedCloudEvent
  | MessageCreatedCloudEvent
  | MessageReadCloudEvent
  | ActivityStatusChangedCloudEvent
  | ActivityAcknowledgedCloudEvent
  | ActivityDueCloudEvent
  | FileUploadedCloudEvent
  | FileAccessedCloudEvent
