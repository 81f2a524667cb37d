import { expect, test } from 'vitest'
import { pngOf } from '../testing/pictures.ts'
import { imageSizeOf } from './image-size.ts'

const PICTURES: Record<string, string> = {
  gif: '47494638396140018000f00000000000ffffff2c000000004001800000020284008f003b',
  jpeg: 'ffd8ffe000104a46494600010100000100010000ffc0001108006400c803012200021101031101ffd9',
  bmp: '424d46000000000000003600000028000000c800000064000000010018000000000010000000',
  'webp (lossy)': '524946463a000000574542505650382030000000d001009d012ac80064000025a00274ba01f800034c00',
  'webp (lossless)': '5249464626000000574542505650384c19000000 2fc7c01800 0700000000000000'.replaceAll(
    ' ',
    '',
  ),
}

test.each([
  ['gif', 320, 128],
  ['jpeg', 200, 100],
  ['bmp', 200, 100],
  ['webp (lossy)', 200, 100],
  ['webp (lossless)', 200, 100],
])('the size of a %s is read from its head', (name, width, height) => {
  expect(imageSizeOf(Buffer.from(PICTURES[name] ?? '', 'hex'))).toEqual({ width, height })
})

test('the size of a PNG is read from its head', () => {
  expect(imageSizeOf(pngOf(640, 480))).toEqual({ width: 640, height: 480 })
})

test('text, nothing and a JPEG that is cut off have no size', () => {
  const cut = Buffer.from(PICTURES['jpeg'] ?? '', 'hex').subarray(0, 26)
  for (const bytes of [Buffer.from('plain text of some length, more than thirty'), Buffer.alloc(0), cut]) {
    expect(imageSizeOf(bytes)).toBeUndefined()
  }
})
