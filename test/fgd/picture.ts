// The experiment as a picture: how much is allocated against how much has been asked for, a panel a
// pod list, a line a policy, and the published means as rings. Colours follow the reader's theme.

import type {Published} from '../oracles/fgd/openb.ts';
import {type Cell, curve, type Mean, percents, publishedOf} from './cell.ts';

const metric = 'gpu_allocated_pct';
const panel = {width: 300, height: 230, left: 44, top: 26, right: 10, bottom: 34};
const across = 3;
const headHeight = 66;
const [fromX, toX] = [70, 130];

type Scale = {readonly x: (percent: number) => number; readonly y: (value: number) => number};

export function pictureOf(
  cells: readonly Cell[],
  published: ReadonlyMap<string, Published>,
): string {
  const lists = [...new Set(cells.map(({list}) => list))];
  const policies = [...new Set(cells.map(({policy}) => policy))];
  const width = panel.width * Math.min(across, lists.length);
  const height = headHeight + panel.height * Math.ceil(lists.length / across);
  const least = leastOf(cells);
  const panels = lists.map((list, i) => {
    const at = [(i % across) * panel.width, headHeight + Math.floor(i / across) * panel.height];
    const own = cells.filter(cell => cell.list === list);
    const inside = panelOf(own, {list, policies, least, published});
    return `<g transform="translate(${at.join(' ')})">\n${inside}\n</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>GPU allocated against GPU asked for, six policies on the openb trace</title>
<style>${style}</style>
<rect class="ground" width="${width}" height="${height}"/>
<text class="title" x="12" y="22">GPU allocated against GPU asked for, in % of all GPU</text>
${legend(policies)}
${panels.join('\n')}
</svg>
`;
}

/** Tens below everything that is drawn. */
function leastOf(cells: readonly Cell[]): number {
  const values = cells.flatMap(cell => [...visible(curve(cell, metric))].map(([, {mean}]) => mean));
  return Math.min(90, Math.floor(Math.min(...values) / 10) * 10);
}

function* visible(line: ReadonlyMap<number, Mean>): Generator<[number, Mean]> {
  const percentsInOrder = [...line.keys()].sort((left, right) => left - right);
  for (const percent of percentsInOrder) {
    const at = line.get(percent);
    if (at !== undefined && percent >= fromX && percent <= toX) yield [percent, at];
  }
}

type Panel = {
  readonly list: string;
  readonly policies: readonly string[];
  readonly least: number;
  readonly published: ReadonlyMap<string, Published>;
};

function panelOf(cells: readonly Cell[], {list, policies, least, published}: Panel): string {
  const scale: Scale = {
    x: percent => panel.left + ((percent - fromX) / (toX - fromX)) * innerWidth,
    y: value => panel.top + ((100 - value) / (100 - least)) * innerHeight,
  };
  const lines = cells.flatMap(cell => {
    const colour = `p${policies.indexOf(cell.policy)}`;
    const points = [...visible(curve(cell, metric))].map(([percent, {mean}]) =>
      point(scale, percent, mean),
    );
    return [
      `<polyline class="${colour}" points="${points.join(' ')}"/>`,
      ...rings(cell, published, scale).map(at => `<circle class="${colour}" ${at} r="2.6"/>`),
    ];
  });
  return [`<text x="${panel.left}" y="16">${list}</text>`, axes(scale, least), ...lines].join('\n');
}

function rings(cell: Cell, published: ReadonlyMap<string, Published>, scale: Scale): string[] {
  return percents.flatMap(percent => {
    const theirs = publishedOf(published, cell, {metric, percent});
    if (theirs === undefined || percent < fromX) return [];
    return [`cx="${scale.x(percent).toFixed(1)}" cy="${scale.y(theirs.mean).toFixed(1)}"`];
  });
}

function axes(scale: Scale, least: number): string {
  const xs = [70, 80, 90, 100, 110, 120, 130];
  const ys = [least, (least + 100) / 2, 100];
  const bottom = panel.top + innerHeight;
  const right = panel.left + innerWidth;
  const columns = xs.map(x => {
    const at = scale.x(x).toFixed(1);
    return `<path d="M${at} ${panel.top}V${bottom}"/><text x="${at}" y="${bottom + 15}" text-anchor="middle">${x}</text>`;
  });
  const rows = ys.map(y => {
    const at = scale.y(y).toFixed(1);
    return `<path d="M${panel.left} ${at}H${right}"/><text x="${panel.left - 6}" y="${Number(at) + 4}" text-anchor="end">${y}</text>`;
  });
  const name = `<text x="${right}" y="${bottom + 29}" text-anchor="end">% asked for</text>`;
  return `<g class="axes">${[...columns, ...rows, name].join('')}</g>`;
}

function legend(policies: readonly string[]): string {
  const entries = policies.map((policy, i) => {
    const x = 12 + i * 118;
    return `<path class="p${i}" d="M${x} 42h18"/><text x="${x + 23}" y="46">${policy}</text>`;
  });
  const x = 12 + policies.length * 118;
  return `${entries.join('')}<circle class="ring" cx="${x + 8}" cy="42" r="2.6"/><text x="${x + 18}" y="46">published</text>`;
}

function point(scale: Scale, percent: number, value: number): string {
  return `${scale.x(percent).toFixed(1)},${scale.y(value).toFixed(1)}`;
}

const innerWidth = panel.width - panel.left - panel.right;
const innerHeight = panel.height - panel.top - panel.bottom;

// Okabe and Ito's colours, told apart by those who see fewer.
const light = ['#7f7f7f', '#0072b2', '#cc79a7', '#e69f00', '#009e73', '#d55e00'];
const dark = ['#a8a8a8', '#56b4e9', '#e6a5c9', '#f0c04a', '#2fcf9f', '#ff8b4a'];

const colours = (values: readonly string[]) =>
  values.map((colour, i) => `.p${i}{stroke:${colour}}`).join('');

const style = `text{font:12px system-ui,sans-serif;fill:#222}.title{font-size:14px;font-weight:600}
.ground{fill:#fff}polyline,path,circle{fill:none;stroke-width:1.6}.axes path{stroke:#0002;stroke-width:1}.axes text{font-size:10px;fill:#555}.ring{stroke:#222}
${colours(light)}
@media (prefers-color-scheme:dark){text{fill:#eee}.ground{fill:#16181d}.axes path{stroke:#fff3}.axes text{fill:#aaa}.ring{stroke:#eee}
${colours(dark)}}`;
