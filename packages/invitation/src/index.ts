export { startLink } from './start-link.ts'
export { qrPng, qrSvg } from './qr-code.ts'
