// How likely clients were to reach Services: a line of totals, what was lost to a client that calls
// all the time among them, and a strip over time for each of the worst.

import type pico from 'picocolors';
import type {TroubledWorkload} from '../metrics/troubled.ts';
import type {FigureLookup} from './figure-lookup.ts';
import {counted, readableCount} from './readable.ts';
import {stripLines} from './strip-lines.ts';

const legend = {up: 'all get through', partly: 'some are lost', down: 'an outage'};

/** `undefined` where none lost any. */
export function serviceSection(
  figures: FigureLookup,
  services: readonly TroubledWorkload[],
  colours: ReturnType<typeof pico.createColors>,
): string | undefined {
  if (services.length === 0) return undefined;
  const unreached = services.filter(({neverReady}) => neverReady).length;
  return [...totals(figures, unreached), ...stripLines(services, legend, colours)].join('\n');
}

function totals(figures: FigureLookup, unreached: number): string[] {
  const never = unreached === 0 ? [] : [`${readableCount(unreached)} never reached`];
  if (figures.value('service_availability_mean') === undefined) {
    return never.map(count => `services: ${count}`);
  }
  const facts = [
    `services available ${figures.percent('service_availability_mean')}`,
    `the worst ${figures.percent('service_availability_worst')}`,
    counted(figures.value('service_outages') ?? 0, 'outage'),
    `${figures.seconds('lost_client_seconds')} lost`,
    ...never,
  ];
  return [facts.join(', ')];
}
