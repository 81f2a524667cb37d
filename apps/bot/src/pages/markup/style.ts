import type { OptinPageSettings } from '@postino/domain'

type Colors = Pick<OptinPageSettings, 'accent_color' | 'background_color'>

/**
 * All styles of the pages. The settings see to it that white stands out on the accent colour and dark text on the background;
 * in dark mode the background is ours.
 */
export function styleOf({ accent_color: accent, background_color: background }: Colors): string {
  return `:root{--accent:${accent};--page:${background};${LIGHT}}${SHEET}@media(prefers-color-scheme:dark){:root{${DARK}}}`
}

const LIGHT =
  'color-scheme:light dark;--card:#fff;--text:#1c1c1e;--soft:#55585f;--line:#d5d8de;--edge:#767b85;--link:var(--accent);' +
  '--ring:var(--accent);--error:#b3261e;--tint:color-mix(in srgb,var(--accent) 7%,#fff);--button-edge:transparent'

const DARK =
  '--page:#101113;--card:#1c1e21;--text:#f2f3f5;--soft:#b4b8c0;--line:#383b41;--edge:#8b9099;--link:#8cc8ff;--ring:#8cc8ff;' +
  '--error:#ffb4ab;--tint:#24282e;--button-edge:#ffffff59'

const SHEET = `
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;gap:1.25rem;padding:1.25rem 1rem 2rem;
background:var(--page);color:var(--text);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
overflow-wrap:anywhere}
header,main,footer{width:100%;max-width:36rem}
header{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.75rem}
.shop{display:flex;align-items:center;gap:.75rem;min-width:0;margin:0;font-size:1.0625rem;font-weight:650}
.shop img{max-width:9rem;max-height:3rem;border-radius:.5rem}
nav ul{display:flex;flex-wrap:wrap;gap:.125rem;margin:0 -.625rem;padding:0;list-style:none}
nav a{display:block;padding:.5rem .625rem;border-radius:.5rem;color:inherit;font-size:.875rem;text-decoration:none}
nav a:hover{text-decoration:underline}
nav a[aria-current]{font-weight:700;text-decoration:underline;text-underline-offset:.3em}
main{padding:1.75rem;background:var(--card);border:1px solid var(--line);border-radius:1.25rem;
box-shadow:0 1px 2px #0000000a,0 12px 32px -16px #00000029}
h1{margin:0 0 .75rem;font-size:1.625rem;line-height:1.2;letter-spacing:-.015em;text-wrap:balance}
h2{margin:1.75rem 0 .5rem;font-size:1.125rem;line-height:1.3}
p{margin:0 0 1rem}
a{color:var(--link);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--ring);outline-offset:2px;border-radius:.25rem}
.soft{color:var(--soft);font-size:.9375rem}
.channel{display:flex;align-items:center;gap:.75rem;margin:0 0 1.25rem;padding:.75rem .875rem;background:var(--tint);border-radius:.875rem}
.channel svg{flex:none;width:2.5rem;height:2.5rem}
.channel p{margin:0;font-size:.9375rem;line-height:1.4}
fieldset{margin:0 0 1.25rem;padding:0;border:0;min-width:0}
legend{display:flex;align-items:center;justify-content:space-between;gap:1rem;width:100%;margin:0 0 .625rem;padding:0;font-weight:650}
.mark{display:inline-flex;flex:none;align-items:center;gap:.375rem;font-size:.9375rem}
.mark svg{width:1.375rem;height:1.375rem}
.choice{display:grid;grid-template-columns:auto 1fr;gap:.125rem .75rem;margin:0 0 .625rem;padding:.875rem;
border:1px solid var(--edge);border-radius:.875rem;cursor:pointer}
.choice:hover{border-color:var(--ring)}
.choice:has(:checked){border-color:var(--ring);box-shadow:inset 0 0 0 1px var(--ring);background:var(--tint)}
.choice input{grid-row:span 2;width:1.375rem;height:1.375rem;margin:.0625rem 0 0;accent-color:var(--accent)}
.choice strong{font-weight:650}
.choice span{color:var(--soft);font-size:.9375rem;line-height:1.45}
.error{margin:0 0 .75rem;padding:.75rem .875rem;border:1px solid var(--error);border-left-width:.375rem;border-radius:.625rem;
color:var(--error);font-weight:600}
.button{display:flex;align-items:center;justify-content:center;gap:.625rem;width:100%;min-height:3.25rem;padding:.75rem 1.25rem;
border:1px solid var(--button-edge);border-radius:.875rem;background:var(--accent);color:#fff;font:inherit;font-size:1.0625rem;font-weight:650;
text-align:center;text-decoration:none;cursor:pointer}
.button:hover{box-shadow:inset 0 0 0 99px #0000001f}
.button svg{flex:none;width:1.375rem;height:1.375rem}
.button.plain{border-color:var(--edge);background:transparent;color:var(--text)}
.button+.soft,form+.soft{margin:.875rem 0 0}
main>.chosen{margin:0 0 1.25rem;padding:0;list-style:none}
.chosen li{display:flex;gap:.625rem;margin:0 0 .25rem}
.chosen svg{flex:none;width:1.25rem;height:1.25rem;margin:.1875rem 0 0;color:var(--link)}
.ways{display:grid;gap:1.25rem;margin:1.5rem 0 0;padding:1.25rem 0 0;border-top:1px solid var(--line)}
.ways ol{margin:0;font-size:.9375rem}
.ways p{margin:.875rem 0 0}
ol{padding:0 0 0 1.25rem}
ol li+li,main>ul li+li{margin-top:.375rem}
main>ul{margin:0 0 1rem;padding:0 0 0 1.25rem}
.code{width:12rem;margin:0 auto;border:1px solid var(--line);overflow:hidden;border-radius:.875rem;background:#fff}
.code svg{display:block}
details,.login,.again{margin:1.5rem 0 0;padding:1.25rem 0 0;border-top:1px solid var(--line);font-size:.9375rem}
.login h2{margin-top:0}
summary{padding:.25rem 0;border-radius:.25rem;font-weight:650;cursor:pointer}
details p{margin:.5rem 0 0}
dl{margin:0}
dt{font-weight:650}
dd{margin:0 0 .75rem;color:var(--soft);font-size:.9375rem}
footer{padding:0 .25rem;font-size:.875rem}
footer a{color:inherit}
@media(min-width:34rem){body{padding-top:2.5rem}main{padding:2.25rem}
.ways{grid-template-columns:1fr 12rem;gap:1.75rem;align-items:center}.code{margin:0}}
@media(max-width:24rem){main{padding:1.25rem}h1{font-size:1.375rem}legend{align-items:start}}
@media(prefers-reduced-motion:no-preference){.choice,.button{transition:background-color .15s,border-color .15s,box-shadow .15s}}
@media(forced-colors:active){.button{border-color:ButtonText}.choice:has(:checked){outline:2px solid Highlight}}
`.replaceAll('\n', '')
