import { z } from 'zod'

const value = z.union([z.string(), z.number(), z.boolean()])

export const diffSchema = z
  .strictObject({
    from: z.int(),
    to: z.int(),
    text: z
      .array(z.strictObject({ change: z.enum(['same', 'removed', 'added']), line: z.string() }))
      .meta({ description: 'All lines of the text: of the one version, of the other, or of both' }),
    changed: z
      .array(
        z
          .strictObject({
            part: z.string().meta({ description: 'As findings name it', examples: ['buttons.0.0.url'] }),
            from: value.optional(),
            to: value.optional(),
          })
          .meta({ id: 'ChangedTemplatePart', description: 'Absent on the side that has no such part' }),
      )
      .meta({ description: 'Every other part that is not the same' }),
  })
  .meta({
    id: 'TemplateDiff',
    examples: [
      {
        from: 2,
        to: 3,
        text: [
          { change: 'same', line: 'Ciao {{ contact.name.first | default("") }},' },
          { change: 'removed', line: 'il tuo ordine è partito.' },
          { change: 'added', line: 'il tuo ordine {{ order.number }} è in viaggio.' },
        ],
        changed: [{ part: 'silent', from: false, to: true }],
      },
    ],
  })
