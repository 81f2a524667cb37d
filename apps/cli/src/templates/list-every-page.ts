const PAGE = 200

/** All rows of a list that is told page by page. */
export async function listEveryPage<Row extends { id: string }>(
  list: (page: { after: string | undefined; limit: number }) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (;;) {
    const page = await list({ after: rows.at(-1)?.id, limit: PAGE })
    rows.push(...page)
    if (page.length < PAGE) return rows
  }
}
