// The chain of one outage in a few lines, for `orrery explain outage N`: what set it going, and
// each step of its repair with the seconds that it took.

/** A row of a result file, by column. */
export type ResultRow = Readonly<Record<string, string>>;

export type ToldOutage = {
  readonly outage: ResultRow;
  /** Of incidents.csv, where the outage has a cause. */
  readonly incident: ResultRow | undefined;
};

/** As lines, without the last line's end. */
export function outageReport({outage, incident}: ToldOutage): string[] {
  const {kind, namespace, name, duration, censored} = outage;
  const howLong = censored === 'true' ? `for ${duration} s until the end` : `for ${duration} s`;
  return [
    `${kind.toLowerCase()} ${namespace}/${name} ${trouble(outage)} ${howLong}`,
    ...views(outage),
    ...chainLines(steps(outage, incident)),
    ...explanation(outage),
  ];
}

function trouble({kind, min_availability: least}: ResultRow): string {
  if (kind !== 'Service') return 'had no ready replica';
  return Number(least) === 0
    ? 'could be reached by none of its clients'
    : `let through too few clients, at worst a share of ${least},`;
}

/** What the nodes of its clients saw as it began. */
function views({endpoints}: ResultRow): string[] {
  return endpoints === undefined || endpoints === '' ? [] : [`its endpoints: ${endpoints}`];
}

type Step = {readonly time: number; readonly text: string};

function steps(outage: ResultRow, incident: ResultRow | undefined): Step[] {
  const began = incident && `${incident.kind} ${incident.target} (incident ${incident.id})`;
  const told: readonly [string | undefined, string][] = [
    [incident?.time, began ?? ''],
    [outage.start, startText(outage)],
    [outage.detected, detectedText(outage)],
    [outage.evicted, 'its first pod is evicted'],
    [outage.recreated, 'a pod is made to take its place'],
    [outage.scheduled, 'the pod is bound to a node'],
    [outage.pulled, 'its images are there'],
    [outage.started, 'its first container runs'],
    [outage.end, endText(outage)],
  ];
  // Stable: steps of one time stay in the order of a repair.
  return told
    .filter(([time]) => time !== undefined && time !== '')
    .map(([time, text]) => ({time: Number(time), text}))
    .sort((one, other) => one.time - other.time);
}

function detectedText({kind}: ResultRow): string {
  return kind === 'Service'
    ? 'a node takes up other endpoints'
    : 'the API shows that something is wrong';
}

function endText({kind}: ResultRow): string {
  return kind === 'Service'
    ? 'enough clients get through: the outage is over'
    : 'it is ready: the outage is over';
}

function startText({kind, class: as}: ResultRow): string {
  if (kind === 'Service') return 'too few clients get through';
  return as === 'start'
    ? 'replicas are wanted, and none is ready'
    : 'the last ready replica is gone';
}

function chainLines(chain: readonly Step[]): string[] {
  return chain.map(({time, text}, i) => {
    const since = i === 0 ? '' : `+${(time - chain[i - 1].time).toFixed(6)}`;
    return `${time.toFixed(6).padStart(16)}  ${since.padStart(14)}  ${text}`;
  });
}

function explanation({class: as, cause, contributors}: ResultRow): string[] {
  const why = cause === '' ? `nothing that was begun (${as})` : `${cause} (${as})`;
  const others = contributors === '' ? [] : [`it was longer for: ${contributors}`];
  return [`it goes back to: ${why}`, ...others];
}
