export const JSON_TYPE = 'application/json'
export const CLOUD_EVENT_TYPE = 'application/cloudevents+json'
export const BATCH_TYPE = 'application/cloudevents-batch+json'

/** Events are taken as these. */
export const EVENT_MEDIA_TYPES = [JSON_TYPE, CLOUD_EVENT_TYPE, BATCH_TYPE] as const

export type EventMediaType = (typeof EVENT_MEDIA_TYPES)[number]
