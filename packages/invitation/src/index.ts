export { startLink } from './start-link.ts'
export { qrPng, qrSvg, qrTerminal } from './qr-code.ts'
