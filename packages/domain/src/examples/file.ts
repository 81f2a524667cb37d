import { GIULIA, JAMES, MARTA } from './people.ts'

export const FILE_UPLOADED_DATA = {
  file: {
    id: 'file-77',
    name: 'Disegno del servizio da tavola.pdf',
    size: 482_133,
    mime: 'application/pdf',
    url: 'https://bottega-faenza.example/documenti/file-77',
  },
  folder: { id: 'folder-9', name: 'Progetti su misura', admins: [MARTA] },
  actor: GIULIA,
}

export const FILE_ACCESSED_DATA = {
  file: {
    id: 'file-81',
    name: 'Preventivo 2025-58.pdf',
    size: 96_410,
    mime: 'application/pdf',
    url: 'https://bottega-faenza.example/documenti/file-81',
  },
  folder: { id: 'folder-9', name: 'Progetti su misura', admins: [MARTA] },
  actor: JAMES,
  action: 'downloaded',
}
