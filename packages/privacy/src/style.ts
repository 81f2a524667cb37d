/** Of the page: readable on a phone, printed without colours, nothing from elsewhere. */
export const STYLE = `
:root { color-scheme: light dark; --line: #8886; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; border-bottom: 2px solid var(--line); }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
nav ul { padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem 1rem; margin: .75rem 0; break-inside: avoid; }
dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .15rem 1rem; margin: 0; }
dt { opacity: .75; }
dd { margin: 0; }
blockquote { margin: .75rem 0 0; padding-left: 1rem; border-left: 3px solid var(--line); white-space: pre-wrap; }
pre { white-space: pre-wrap; font-size: .85rem; margin: .5rem 0 0; }
code { font-size: .85rem; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
@media print { nav { display: none; } body { max-width: none; font-size: 10pt; } }
`
