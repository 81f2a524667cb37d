import { defineProblems, PROBLEMS } from '@postino/http'

/** What can go wrong with events alone. */
export const EVENT_PROBLEMS = defineProblems({
  conflict: {
    status: 409,
    title: 'This event id was used for another event',
    example: {
      detail: 'The event evt-42 of https://shop.example was accepted before, saying something else.',
      errors: [{ pointer: '/id', code: 'conflict', detail: 'A new event needs a new id.' }],
      members: { id: 'evt-42', source: 'https://shop.example' },
    },
  },
  'invalid-event': {
    status: 422,
    title: 'The event is not valid',
    example: {
      detail: 'Mend what errors names, and send the event again.',
      errors: [{ pointer: '/data/order/number', code: 'required', detail: 'data.order.number is missing.' }],
    },
  },
  'invalid-batch': {
    status: 422,
    title: 'Some events of the batch were not accepted',
    example: {
      detail: '1 of 2 events were accepted; errors names what is wrong with the others.',
      errors: [
        {
          index: 1,
          pointer: '/type',
          code: 'unknown_kind',
          detail: 'type is not a kind of event Postino knows.',
        },
      ],
      members: {
        events: [
          {
            id: 'evt-42',
            source: 'https://shop.example',
            status: 'accepted',
            messages: [{ id: '81734', recipient: 'customer-2071', role: 'customer' }],
          },
          { status: 'invalid' },
        ],
      },
    },
  },
})

/** Every kind of problem a request to ingest can end with. */
export const INGEST_PROBLEMS = { ...PROBLEMS, ...EVENT_PROBLEMS }
