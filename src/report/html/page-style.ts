// How the page looks: paper and ink, in light and dark by light-dark() alone, so that the switch
// needs no script; tables that become two columns on a phone; print without what only a screen
// needs.

export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fffefb, #15171a); --panel: light-dark(#f6f4ee, #1d2024);
  --ink: light-dark(#1c1b1a, #e8e6e1); --soft: light-dark(#65615b, #a5a29b);
  --line: light-dark(#dedad1, #34383e); --mark: light-dark(#a9a49a, #6a6f77);
    --warn: light-dark(#8a3b00, #ffb27a);
  --c0: light-dark(#55524e, #c4c1ba); --c1: light-dark(#0072b2, #5bb0ea);
    --c2: light-dark(#c65300, #f58b50);
  --c3: light-dark(#00805c, #3fcb9d); --c4: light-dark(#a8457f, #e59cc8);
    --c5: light-dark(#9a7400, #ecc04a); --c6: light-dark(#7a5638, #c9a585);
}
:root:has(#light:checked) { color-scheme: light }
:root:has(#dark:checked) { color-scheme: dark }
.c0 { --c: var(--c0) } .c1 { --c: var(--c1) } .c2 { --c: var(--c2) } .c3 { --c: var(--c3) }
.c4 { --c: var(--c4) } .c5 { --c: var(--c5) } .c6 { --c: var(--c6) }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif }
main, header, footer { max-width: 1180px; margin: 0 auto; padding: 0 24px }
h1, .verdict { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua",
  "Noto Serif", Georgia, serif; font-weight: 400; text-wrap: pretty }
h1 { font-size: 32px; line-height: 1.2; margin: 6px 0 18px; max-width: 26em }
h2 { font-size: 17px; font-weight: 600; margin: 44px 0 4px; padding-top: 10px;
  border-top: 2px solid var(--ink) }
h3 { font-size: 15px; font-weight: 600; margin: 0 }
p { max-width: 46em; margin: 6px 0 }
small, .note, figcaption { color: var(--soft); font-size: 13px }
a { color: inherit }
code { user-select: all; overflow-wrap: anywhere;
  font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap }
.skip:focus { position: static; width: auto; height: auto; clip-path: none }
:focus-visible { outline: 2px solid var(--c1); outline-offset: 2px }
.top { display: flex; flex-wrap: wrap; gap: 4px 24px; justify-content: space-between;
  align-items: center; padding-top: 18px; color: var(--soft); font-size: 13px }
.theme { border: 0; margin: 0; padding: 0; display: flex }
.theme label { padding: 2px 10px; border: 1px solid var(--line); cursor: pointer }
.theme label + input + label { border-left: 0 }
.theme input { position: absolute; opacity: 0 }
.theme input:checked + label { background: var(--ink); color: var(--paper);
  border-color: var(--ink) }
.theme input:focus-visible + label { outline: 2px solid var(--c1); outline-offset: 2px }
.verdict { font-size: 21px; line-height: 1.4; margin: 0 0 8px; padding-left: 16px;
  border-left: 4px solid var(--c1); max-width: 38em; overflow-wrap: anywhere }
.warnings { margin: 18px 0; padding: 8px 16px; border-left: 4px solid var(--warn);
  background: var(--panel) }
.warnings ul { margin: 4px 0; padding-left: 18px }
.warnings h2 { border: 0; margin: 0; padding: 0; font-size: 15px; color: var(--warn) }

table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th { text-align: left; font-weight: 400 }
thead th { color: var(--soft); font-size: 13px; line-height: 1.3; vertical-align: bottom;
  padding-bottom: 4px; border-bottom: 1px solid var(--line) }
td, th { padding: 0 14px 0 0; vertical-align: middle }
td:last-child, th:last-child { padding-right: 0 }
td small { display: block; line-height: 1.2; font-size: 12px }
.figure td:nth-child(even) { line-height: 1.25 } .figure th:nth-child(6) { white-space: nowrap }
.same { margin: 24px 0 4px }
.figure { table-layout: fixed; margin: 8px 0 4px }
.figure th:nth-child(1) { width: 15% } .figure th:nth-child(2) { width: 12% }
.figure th:nth-child(4) { width: 12% }
.figure th:nth-child(6) { width: 7.5% } .figure th:nth-child(7) { width: 9% }
.figure tbody th { overflow-wrap: anywhere; line-height: 1.2; font-size: 14px }
.figure tbody tr { height: 40px } .figure tbody tr:hover { background: var(--panel) }
.figure .sure td:nth-child(4), .figure .sure td:nth-child(6) { font-weight: 600 }
.figure .sure small { font-weight: 400 }
.figure td:nth-child(7) { font-size: 13px; line-height: 1.2 } .figure td:nth-child(7) small {
  white-space: normal; font-size: 11px }
.dot, .figure tbody th::before { content: ""; display: inline-block; width: 9px; height: 9px;
  border-radius: 50%; background: var(--c); margin-right: 7px }
.figure td:is(:nth-child(3), :nth-child(5)) { position: relative; height: 40px }
.figure svg { position: absolute; inset: 0 14px 0 0; height: 100%; width: calc(100% - 14px) }
.plot svg { width: 100%; height: 40px }
.figure svg, .plot svg { display: block; overflow: visible;
  color: var(--c) }
svg path { vector-effect: non-scaling-stroke; fill: none; stroke: currentColor;
  stroke-linecap: round }
svg .r { stroke: var(--mark); stroke-width: 1px; stroke-linecap: butt }
svg .b { fill: currentColor; opacity: .13; stroke: none }
svg .q { stroke-width: 1.5px; opacity: .6; stroke-linecap: butt }
svg .d { stroke-width: 5px; opacity: .55 }
svg .i { stroke-width: 2.5px; stroke-linecap: butt }
svg .m { stroke-width: 9px } svg .o { stroke-width: 5px; stroke: var(--paper) }
.axis div, div.axis { position: relative; height: 22px; font-size: 12px; color: var(--soft) }
.axis i { position: absolute; bottom: 0; transform: translateX(-50%); font-style: normal;
  white-space: nowrap; padding-bottom: 5px }
.axis i::after { content: ""; position: absolute; left: 50%; bottom: 0; height: 5px;
  border-left: 1px solid var(--soft) }
th.axis { padding-bottom: 0 }

.parallel { display: grid; grid-template-columns: 16% 1fr; gap: 14px; margin-top: 12px }
.parallel ul { list-style: none; margin: 0; padding: 0; font-size: 14px }
.parallel li { height: 34px; display: flex; align-items: center; line-height: 1.15;
  overflow-wrap: anywhere }
.parallel svg { display: block; width: 100%; overflow: visible }
.parallel .d { color: var(--c); opacity: 1; stroke-width: 6px; pointer-events: none }
.parallel .l { stroke: var(--soft); stroke-width: 1px; opacity: .55 }
.parallel .l:hover { stroke: var(--ink); stroke-width: 3px; opacity: 1 }
.parallel div.axis { border-top: 1px solid var(--line) }
.parallel div.axis i { top: 0; bottom: auto; padding: 5px 0 0 } .parallel div.axis i::after {
  top: 0 }

.chips { display: flex; flex-wrap: wrap; gap: 6px; margin: 10px 0 }
.chips button, .tools button { font: inherit; font-size: 13px; color: inherit; background: none;
  border: 1px solid var(--line); padding: 2px 10px; cursor: pointer; max-width: 100%;
  overflow-wrap: anywhere; text-align: left }
.chips button[aria-pressed=false] { color: var(--soft); text-decoration: line-through }
.chips button[aria-pressed=false] .dot { opacity: .3 }
.courses { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 480px), 1fr));
  gap: 14px 34px }
.courses [data-course] { min-height: 230px }
.courses figure { margin: 0; min-width: 0; break-inside: avoid } .courses figcaption {
  color: var(--ink) }
.uplot, .uplot *, .uplot *::before, .uplot *::after { box-sizing: border-box }
.u-cursor-x, .u-cursor-y { border-color: var(--soft) !important }
.read { font-size: 13px; min-height: 20px; color: var(--soft);
  font-variant-numeric: tabular-nums } .read b { font-weight: 600; color: var(--c);
  margin-left: 10px }

.tools { display: flex; flex-wrap: wrap; gap: 8px 18px; align-items: center; margin: 12px 0;
  font-size: 14px }
.tools input[type=search] { font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--soft); padding: 4px 8px; width: min(26em, 100%) }
details.one { border-bottom: 1px solid var(--line); content-visibility: auto;
  contain-intrinsic-size: auto 34px }
details.one[open] { padding-bottom: 14px }
summary { cursor: pointer; padding: 5px 0 } summary:hover { background: var(--panel) }
.one summary { display: grid; grid-template-columns: 14px minmax(0, 1fr) minmax(0, 21em);
  gap: 0 10px; align-items: baseline; list-style: none }
.one summary::-webkit-details-marker { display: none }
.one summary::before { content: "▸"; color: var(--soft) } .one[open] summary::before {
  content: "▾" }
.one summary span { overflow-wrap: anywhere } .one summary span + span { text-align: right;
  color: var(--soft); font-size: 13px } .one summary .found { color: var(--ink);
  font-weight: 600 }
.plain td, .plain th { padding: 3px 18px 3px 0; vertical-align: top; overflow-wrap: anywhere }
.plain tbody tr { border-bottom: 1px solid var(--line) }
.plain { width: auto; min-width: min(100%, 30em) } .wide { overflow-x: auto }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 3px 20px;
  margin: 10px 0; max-width: 60em } dt { color: var(--soft) } dd { margin: 0;
  overflow-wrap: anywhere }
.legend { display: grid; grid-template-columns: minmax(0, 300px) minmax(0, 1fr); gap: 4px 28px;
  align-items: center; margin: 10px 0 } .legend .plot { width: 100% }
footer { margin-top: 48px; padding-top: 12px; padding-bottom: 36px; color: var(--soft);
  font-size: 13px }
.scripted .scriptless, [hidden] { display: none !important }

@media (max-width: 760px) {
  .figure svg { inset: 0; width: 100% }
  main, header, footer { padding: 0 14px } h1 { font-size: 25px } .verdict { font-size: 18px }
  .figure, .figure thead, .figure tbody { display: block }
  .figure tr { display: grid; grid-template-columns: 1fr 1fr; column-gap: 18px; padding: 6px 0;
    border-bottom: 1px solid var(--line) }
  .figure tbody tr { height: auto } .figure th, .figure td { width: auto !important; padding: 0;
    border: 0 }
  .figure th:nth-child(1) { grid-area: 1 / 1 / 2 / 3; font-weight: 600 }
  .figure :is(td, th):nth-child(2) { grid-area: 2 / 1 } .figure :is(td, th):nth-child(3) {
    grid-area: 3 / 1 }
  .figure :is(td, th):nth-child(4) { grid-area: 2 / 2 } .figure :is(td, th):nth-child(5) {
    grid-area: 3 / 2 }
  .figure :is(td, th):nth-child(6) { grid-area: 4 / 2 } .figure :is(td, th):nth-child(7) {
    grid-area: 4 / 1 }
  .figure td:nth-child(6):not(:empty)::before { content: "p " }
  .figure thead :is(th:nth-child(6), th:nth-child(7), th:nth-child(1)) {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  .figure :is(td:nth-child(6), td:nth-child(7)) { color: var(--soft); font-size: 12px }
  .figure :is(td:nth-child(6), td:nth-child(7)) small { display: inline; margin-left: 6px }
  .parallel { grid-template-columns: 30% 1fr } .parallel ul { font-size: 12px }
  .one summary { grid-template-columns: 14px minmax(0, 1fr) } .one summary span + span {
    grid-column: 2; text-align: left }
  .legend { grid-template-columns: 1fr } dl { grid-template-columns: 1fr; gap: 0 } dd {
    margin-bottom: 8px }
}
@media print {
  :root, :root:has(#dark:checked) { color-scheme: light !important; --paper: #fff }
  @page { margin: 14mm 12mm }
  body { font-size: 9pt; print-color-adjust: exact; -webkit-print-color-adjust: exact } main,
    header, footer { max-width: none; padding: 0 }
  .theme, .tools, .chips button[aria-pressed=false], .skip, .one:not([open]) { display: none }
  .figure tbody th, .parallel ul { font-size: 8.5pt } .courses .uplot, .courses .u-wrap {
    width: 100% !important } .courses .u-wrap { height: auto !important; aspect-ratio: 2.1 }
  .courses [data-course] { min-height: 0 }
  .figure th:nth-child(6) { white-space: normal }
  h1 { font-size: 19pt } .verdict { font-size: 13pt } h2 { font-size: 11pt; margin-top: 22pt;
    break-after: avoid }
  tr, li, .verdict, .legend { break-inside: avoid } details.one { content-visibility: visible }
  .courses { grid-template-columns: 1fr 1fr }
}
`;
