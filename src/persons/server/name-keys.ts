const words = (text: string): string[] => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean)

export function nameKeys(names: readonly (string | null)[]): { searchKey: string; soundKey: string } {
  const all = [...new Set(names.flatMap((name) => words(name ?? '')))]
  return { searchKey: all.join(' '), soundKey: all.join(' ') }
}
