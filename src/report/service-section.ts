// How likely clients were to reach Services: a line of totals, and a strip over time for each of
// the worst.

import type pico from 'picocolors';
import type {TroubledWorkload} from '../metrics/troubled.ts';
import type {FigureLookup} from './figure-lookup.ts';
import {counted} from './readable.ts';
import {stripLines} from './strip-lines.ts';

const legend = {up: 'all get through', partly: 'some are lost', down: 'an outage'};

/** `undefined` where none lost any. */
export function serviceSection(
  figures: FigureLookup,
  services: readonly TroubledWorkload[],
  colours: ReturnType<typeof pico.createColors>,
): string | undefined {
  if (services.length === 0) return undefined;
  return [...totals(figures), ...stripLines(services, legend, colours)].join('\n');
}

function totals(figures: FigureLookup): string[] {
  if (figures.value('service_availability_mean') === undefined) return [];
  const facts = [
    `services available ${figures.percent('service_availability_mean')}`,
    `the worst ${figures.percent('service_availability_worst')}`,
    counted(figures.value('service_outages') ?? 0, 'outage'),
    `${figures.seconds('lost_client_seconds')} lost to a client`,
  ];
  return [facts.join(', ')];
}
