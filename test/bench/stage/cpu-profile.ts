/** What makes node leave `<folder>/<name>.cpuprofile` when it ends; nothing where no folder is wished. */
export function cpuProfileFlags(name: string, folder: string | undefined): string[] {
  if (folder === undefined) return []
  return ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}.cpuprofile`]
}
