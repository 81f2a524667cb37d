import { createMetrics } from '@postino/runtime'
import { expect, test } from 'vitest'
import { createRendererMetrics } from './metrics.ts'

test('messages are counted by their outcome, and files by what they go as', async () => {
  const metrics = createMetrics('renderer')
  const { rendered, superseded } = createRendererMetrics(metrics)
  const place = {
    contactId: '1',
    registrationId: '1',
    botId: '1',
    chatId: '1',
    templateId: '1',
    templateVersion: 1,
  }
  const media = [{ as: 'photo', fileId: 'a' } as const, { as: 'photo', fileId: 'b' } as const]
  const content = { html: 'x', buttons: [], silent: false, media }
  rendered('file.uploaded', {
    status: 'queued',
    id: '1',
    ...place,
    content,
    cost: 2,
    linkCauses: ['size', 'type'],
  })
  rendered('file.uploaded', { status: 'failed', id: '2', reason: 'no_template' })
  rendered('cart.abandoned', { status: 'deferred', id: '3', contactId: '1', dueAtMs: 5 })
  superseded('stale_sequence')
  expect((await metrics.renderOwn()).split('\n')).toEqual(
    expect.arrayContaining([
      'postino_rendered_messages_total{event="file.uploaded",status="queued",reason=""} 1',
      'postino_rendered_messages_total{event="file.uploaded",status="failed",reason="no_template"} 1',
      'postino_rendered_messages_total{event="cart.abandoned",status="deferred",reason=""} 1',
      'postino_superseded_messages_total{reason="stale_sequence"} 1',
      'postino_rendered_files_total{form="photo",reason=""} 2',
      'postino_rendered_files_total{form="link",reason="size"} 1',
      'postino_rendered_files_total{form="link",reason="type"} 1',
    ]),
  )
})
