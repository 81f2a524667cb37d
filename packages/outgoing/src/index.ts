export { allowedHostsProblem, parseAllowedHosts } from './allowed-hosts.ts'
export { createDownloadFile } from './download-file.ts'
export type { DownloadFailure, DownloadFile, DownloadResult, DownloadSettings } from './download-file.ts'
export type { TemporaryFile } from './temporary-file.ts'
