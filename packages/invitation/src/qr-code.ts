import QRCode from 'qrcode'

// A camera finds a code by the white around it: four modules, says ISO/IEC 18004.
const OPTIONS = { errorCorrectionLevel: 'M', margin: 4 } as const
const PNG_PIXELS_PER_MODULE = 12
/** Shades of grey, hardly compressed: half the time of the default, and smaller. The names are those of pngjs. */
const PNG = { colorType: 0, deflateLevel: 1 }

/**
 * The text as a QR code, black on white in every theme: an `<svg>` element without size, ids, styles or scripts, which may
 * stand in a page or be a file. Rejects when the text is longer than 2,331 bytes.
 */
export async function qrSvg(text: string): Promise<string> {
  return (await QRCode.toString(text, { ...OPTIONS, type: 'svg' })).trim()
}

/** The same as a PNG, about 500 pixels wide for the link of a bot. */
export async function qrPng(text: string): Promise<Buffer> {
  const options = { ...OPTIONS, type: 'png', scale: PNG_PIXELS_PER_MODULE } as const
  return await QRCode.toBuffer(text, { ...options, rendererOpts: { ...PNG } })
}

/** The same for a terminal, black on white whatever its colours: lines of half blocks with escape codes. */
export async function qrTerminal(text: string): Promise<string> {
  return await QRCode.toString(text, { ...OPTIONS, type: 'terminal', small: true })
}
