import type { FileSizeUnit } from '../locale/formats.ts'
import type { Filter } from './filter.ts'
import { filter, FilterError } from './filter.ts'

interface Unit {
  name: FileSizeUnit
  sizeBytes: number
  fromBytes: number
}

/** Decimal, as systems and makers count today. One decimal is shown: 999,950 bytes are 1 MB, not 1,000 kB. */
const UNITS: readonly Unit[] = [
  { name: 'gigabyte', sizeBytes: 1e9, fromBytes: 999_950_000 },
  { name: 'megabyte', sizeBytes: 1e6, fromBytes: 999_950 },
  { name: 'kilobyte', sizeBytes: 1e3, fromBytes: 1000 },
  { name: 'byte', sizeBytes: 1, fromBytes: 0 },
]

/** `{{ file.size | file_size }}`: bytes as `1,2 MB`. */
export const fileSize: Filter = filter((value, { region }) => {
  const unit = typeof value === 'number' ? UNITS.find(({ fromBytes }) => value >= fromBytes) : undefined
  if (typeof value !== 'number' || unit === undefined || !Number.isFinite(value)) {
    throw new FilterError('takes a number of bytes')
  }
  return region.formats.size(unit.name).format(value / unit.sizeBytes)
})
