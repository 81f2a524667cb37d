import { expect, test } from 'vitest'
import { JobFailure } from './job-failure.ts'

class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

test('a failure names the class of its error and nothing of its text', () => {
  const error = new TemplateError('dear Anna')
  expect(new JobFailure(error)).toMatchObject({ message: 'TemplateError', cause: error })
})

test.each(['dear Anna', { name: 'Anna' }, undefined, Object.assign(new Error('x'), { name: 'dear Anna!' })])(
  'what has no proper class is just an error: %j',
  (thrown) => {
    expect(new JobFailure(thrown).message).toBe('Error')
  },
)
