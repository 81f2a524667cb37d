import { z } from 'zod'

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)

/**
 * The hours in which what can wait is not sent, on the recipient's clock: from the first time up to the second, which lies
 * on the next day when it is the smaller one.
 */
export const quietHoursSchema = z
  .strictObject({
    from: timeOfDay.meta({ description: 'Hours and minutes', examples: ['21:00'] }),
    until: timeOfDay.meta({ description: 'Hours and minutes; other than `from`', examples: ['08:00'] }),
  })
  .refine(({ from, until }) => from !== until, { path: ['until'], message: 'must be another time than from' })
  .meta({
    id: 'QuietHours',
    description: 'Hours of the recipient’s own day in which what can wait is not sent',
  })

export type QuietHours = z.infer<typeof quietHoursSchema>
