import { expect, test } from 'vitest'
import { createFileStore } from './file-store.ts'

function add(store: ReturnType<typeof createFileStore>, sizeBytes: number) {
  return store.add({
    kind: 'document',
    bytes: Buffer.alloc(sizeBytes),
    sizeBytes,
    fileName: 'a',
    mimeType: 'x/y',
  })
}

test('the oldest content makes room for new content, the files themselves stay', () => {
  const store = createFileStore(100)
  const files = [add(store, 60), add(store, 40), add(store, 30)]
  expect(files.map((file) => store.bytesOf(file)?.length)).toEqual([undefined, 40, 30])
  expect(store.find(files[0]!.serial)).toBe(files[0])
})

test('content bigger than everything that may be kept is kept alone', () => {
  const store = createFileStore(100)
  const [small, big] = [add(store, 10), add(store, 500)]
  expect([store.bytesOf(small), store.bytesOf(big)?.length]).toEqual([undefined, 500])
})

test.each([
  { picture: [50, 40], sizes: [[50, 40]] },
  { picture: [90, 90], sizes: [[90, 90]] },
  {
    picture: [100, 10],
    sizes: [
      [90, 9],
      [100, 10],
    ],
  },
  {
    picture: [4000, 2000],
    sizes: [
      [90, 45],
      [320, 160],
      [800, 400],
      [1280, 640],
      [2560, 1280],
    ],
  },
])('a photo of $picture pixels comes in the sizes $sizes', ({ picture, sizes }) => {
  const [width = 0, height = 0] = picture
  const photo = createFileStore(0).add({
    kind: 'photo',
    sizeBytes: 1000,
    fileName: 'a',
    mimeType: 'x',
    width,
    height,
  })
  expect(photo.sizes.map((size) => [size.width, size.height])).toEqual(sizes)
})
