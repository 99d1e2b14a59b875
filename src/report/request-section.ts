// How requests fared, a line for each entry of `traffic`: the entry that lost most comes first.

import type pico from 'picocolors';
import {type FigureLookup, unknown} from './figure-lookup.ts';
import {plainTable, tableText} from './plain-table.ts';
import {readableCount, readableSeconds, readableShare} from './readable.ts';

const linesAtMost = 10;
const nameWidth = 26;
/** A share of what was sent. */
const worthTelling = 0.001;

type Colours = ReturnType<typeof pico.createColors>;

type Entry = {
  readonly name: string;
  readonly sent: number;
  /** Of those that are over, the share that ended well. */
  readonly ok: number | undefined;
  readonly figures: ReadonlyMap<string, number>;
};

/** `undefined` where nobody sent any. */
export function requestSection(figures: FigureLookup, colours: Colours): string | undefined {
  const entries = entriesOf(figures);
  if (entries.length === 0) return undefined;
  const head = ['requests', 'sent', 'ok', 'p50', 'p99', 'max', 'failed most as'];
  const table = plainTable(head, ['requests', 'failed most as']);
  const worstFirst = entries.toSorted((one, other) => (one.ok ?? 1) - (other.ok ?? 1));
  for (const entry of worstFirst.slice(0, linesAtMost)) table.push(line(entry));
  const more = entries.length - linesAtMost;
  const rest = more > 0 ? `\n${colours.dim(`${readableCount(more)} more lost fewer`)}` : '';
  return [`${tableText(table)}${rest}`, ...objectives(figures, colours)].join('\n');
}

/** Worst first. */
function objectives(figures: FigureLookup, colours: Colours): string[] {
  const goods = new Map(figures.byObject('slo_good').map(({object, value}) => [object, value]));
  const spent = figures.byObject('slo_budget_spent').filter(({value}) => value !== undefined);
  return spent
    .toSorted((one, other) => Number(other.value) - Number(one.value))
    .slice(0, linesAtMost)
    .map(({object, value}) => {
      const budget = `${readableShare(Number(value))} of the budget spent`;
      const colourOf = Number(value) >= 1 ? colours.red : colours.green;
      return `objective ${object}: ${percent(Number(goods.get(object)), 0)} good, ${colourOf(budget)}`;
    });
}

function entriesOf(figures: FigureLookup): Entry[] {
  return figures.byObject('requests').map(({object: name, value}) => {
    const own = new Map<string, number>();
    for (const {metric, value} of figures.ofObject(name)) {
      if (value !== undefined) own.set(metric, Number(value));
    }
    return {name, sent: Number(value), ok: own.get('request_success_ratio'), figures: own};
  });
}

function line({name, sent, ok, figures}: Entry): string[] {
  const short = name.length > nameWidth ? `${name.slice(0, nameWidth - 1)}…` : name;
  const seconds = ['p50', 'p99', 'max'].map(quantity => {
    const value = figures.get(`request_latency_${quantity}`);
    return value === undefined ? unknown : readableSeconds(value);
  });
  const failures = figures.get('requests_failed') ?? 0;
  const rest = [mostFailures(figures), stillUnderWay(figures, sent)].filter(text => text !== '');
  return [short, readableCount(sent), percent(ok, failures), ...seconds, rest.join('; ')];
}

/** Those that nobody has answered by the end, if they are more than a moment's. */
function stillUnderWay(figures: Entry['figures'], sent: number): string {
  const count = figures.get('requests_under_way') ?? 0;
  return count > sent * worthTelling ? `${readableCount(count)} under way` : '';
}

function mostFailures(figures: Entry['figures']): string {
  let [most, how] = [0, ''];
  for (const [metric, value] of figures) {
    const [, outcome] = /^requests_(?!failed$|under_way$)(.+)$/.exec(metric) ?? [];
    if (outcome === undefined || value <= most) continue;
    [most, how] = [value, outcome.replace('_', ' ').replace('http ', '')];
  }
  if (most === 0) return '';
  const all = figures.get('requests_failed') ?? most;
  const of = all > most ? ` of ${readableCount(all)}` : '';
  return `${how} (${readableCount(most)}${of})`;
}

/** Never 100 % where anything failed. */
function percent(share: number | undefined, failures: number): string {
  if (share === undefined) return unknown;
  const text = Number((share * 100).toFixed(3));
  return failures > 0 && text === 100 ? '> 99.999 %' : `${text} %`;
}
