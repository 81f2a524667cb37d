import { z } from 'zod'

const errorSchema = z
  .strictObject({
    index: z.int().min(0).meta({ description: 'Of the event in its batch, from 0' }).optional(),
    pointer: z
      .string()
      .meta({ description: 'RFC 6901, from the event or the body', examples: ['/data/order/total/amount'] }),
    parameter: z
      .string()
      .meta({ description: 'Of the URL', examples: ['limit'] })
      .optional(),
    line: z
      .int()
      .min(1)
      .meta({ description: 'In the text at the pointer; with `column`, both from 1' })
      .optional(),
    column: z.int().min(1).optional(),
    code: z.string().meta({ description: 'For programs', examples: ['required'] }),
    detail: z.string().meta({ description: 'For people', examples: ['data.order.number is missing.'] }),
  })
  .meta({ id: 'ProblemError' })

/** What every problem document has (RFC 9457); an API whose problems say more extends it. Its id is to be `Problem`. */
export const problemShape = {
  type: z.string().meta({ format: 'uri-reference', examples: ['/problems/not-found'] }),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  instance: z.string().meta({
    format: 'uri',
    description: 'This occurrence; the operator finds it by this',
    examples: ['urn:uuid:5c1d6a35-2f0c-4c67-8f7e-0d4f1b8f5f10'],
  }),
  errors: z.array(errorSchema).optional(),
}
