import { createBoundedCache } from '../bounded-cache.ts'
import type { Formats } from './formats.ts'
import { createFormats } from './formats.ts'

/** A locale and a time zone that exist, with the formats made for them. */
export interface Region {
  /** BCP 47, without extensions. */
  locale: string
  /** The language of the locale, such as `uk`. */
  language: string
  /** IANA. */
  timeZone: string
  formats: Formats
}

/** Making the formats of a region costs far more than a render, and few regions are in use at a time. */
const MAX_REGIONS = 128

const FALLBACK_LOCALE = 'en'
const FALLBACK_TIME_ZONE = 'UTC'

/** Returns a function that finds the region of a locale and a time zone; unknown ones become English and UTC. */
export function createRegions(): (locale: string, timeZone: string) => Region {
  const regions = createBoundedCache<Region>(MAX_REGIONS)
  return (locale, timeZone) => {
    // What is longer is no locale or zone, and would only fill the cache with long keys.
    const name = locale.length > 35 ? FALLBACK_LOCALE : locale
    const zone = timeZone.length > 64 ? FALLBACK_TIME_ZONE : timeZone
    return regions.getOrCreate(`${name} ${zone}`, () => createRegion(name, zone))
  }
}

function createRegion(name: string, zone: string): Region {
  const locale = supportedLocale(name)
  const timeZone = supportedTimeZone(zone)
  const { language } = new Intl.Locale(locale)
  return { locale, language, timeZone, formats: createFormats(locale, timeZone) }
}

/** Extensions go, as they could ask for another calendar or other digits than people of that language read. */
function supportedLocale(name: string): string {
  try {
    const { baseName } = new Intl.Locale(name.replaceAll('_', '-'))
    return Intl.NumberFormat.supportedLocalesOf(baseName)[0] ?? FALLBACK_LOCALE
  } catch {
    // Intl has no way to ask: it throws a RangeError for whatever is not BCP 47.
    return FALLBACK_LOCALE
  }
}

function supportedTimeZone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    // As above, for what is no IANA time zone.
    return FALLBACK_TIME_ZONE
  }
}
