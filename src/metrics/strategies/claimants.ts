// Namespaces and owners as claimants: claimants.csv, and how fairly they were served.

import {hours, type Time} from '../../engine/time.ts';
import type {PodId} from '../../objects/ids.ts';
import type {Census} from '../census.ts';
import {type Figure, ratioText, total} from '../figures.ts';
import type {NodeRegister} from '../node-register.ts';
import type {Cell, ResultTable} from '../table.ts';
import {topOwner} from '../top-owner.ts';
import type {World} from '../world.ts';
import {Claims} from './claims.ts';
import {type Fairness, fairnessOf, jainIndex} from './fairness.ts';
import type {PodAmounts} from './pod-amounts.ts';

const gibi = 2 ** 30;

export class Claimants {
  readonly #register: NodeRegister;
  readonly #namespaces: Claims;
  readonly #owners: Claims;

  constructor(
    world: World,
    {register, ...seen}: {census: Census; register: NodeRegister; amounts: PodAmounts},
  ) {
    const {pods, workloads} = world.store;
    this.#register = register;
    this.#namespaces = new Claims(world, {
      ...seen,
      name: 'namespaces',
      claimantOf: pod => pods.template(pod).namespace,
    });
    this.#owners = new Claims(world, {...seen, name: 'owners', claimantOf: ownerOf});

    function ownerOf(pod: PodId): string | undefined {
      const top = topOwner(world.store, pod);
      if (top !== undefined) return workloads.nameOf(top);
      const {owner, namespace} = pods.template(pod);
      return owner === undefined ? undefined : `${owner.kind}/${namespace}/${owner.name}`;
    }
  }

  figures(end: Time): Figure[] {
    return this.#kinds(end).flatMap(({kind, claimants}) => figuresOf(`${kind}s`, claimants));
  }

  table(end: Time): ResultTable {
    return {file: 'claimants.csv', columns, long: false, rows: () => this.#rows(end)};
  }

  #kinds(end: Time) {
    const {cpuMillicores, memoryBytes, gpuMilli} = this.#register;
    const there = [cpuMillicores, memoryBytes, gpuMilli].map(one => one.integral(end));
    const of = (claims: Claims) => claims.claims(end).map(claim => fairnessOf(claim, there));
    return [
      {kind: 'namespace', claimants: of(this.#namespaces)},
      {kind: 'owner', claimants: of(this.#owners)},
    ];
  }

  *#rows(end: Time): Generator<Cell[]> {
    for (const {kind, claimants} of this.#kinds(end)) {
      for (const claimant of claimants) yield [kind, ...cells(claimant)];
    }
  }
}

/** Between one and itself there is nothing to be fair about. */
function figuresOf(object: string, claimants: readonly Fairness[]): Figure[] {
  if (claimants.length < 2) return [];
  const known = (value: number | undefined) => value !== undefined;
  const satisfactions = claimants.map(({satisfaction}) => satisfaction).filter(known);
  const shares = claimants.map(({dominantShare}) => dominantShare).filter(known);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const figure = (metric: string, value: number | undefined): Figure => {
    return {...total(metric, value?.toFixed(6), 'share'), object};
  };
  const least = (values: readonly number[]) =>
    values.length === 0 ? undefined : Math.min(...values);
  return [
    figure('fairness_jain', jainIndex(satisfactions)),
    figure('satisfaction_min', least(satisfactions)),
    figure('dominant_share_min', least(shares)),
    figure('dominant_share_mean', shares.length === 0 ? undefined : mean),
    figure('dominant_share_max', shares.length === 0 ? undefined : Math.max(...shares)),
  ];
}

function cells({name, asked, got, dominant, satisfaction, dominantShare}: Fairness): Cell[] {
  const perHour = units.map(unit => BigInt(unit) * BigInt(hours(1)));
  return [
    name,
    ...perHour.flatMap((unit, which) => [
      ratioText(asked[which], unit),
      ratioText(got[which], unit),
    ]),
    dominant,
    satisfaction?.toFixed(6),
    dominantShare?.toFixed(6),
  ];
}

const units = [1000, gibi, 1000];

/**
 * `kind`: `namespace`, or `owner`: the object that a pod belongs to in the end, as
 * `Deployment/namespace/name`; pods without one have no row. Asked: from a pod's creation to its
 * end; got: while it is bound; in core hours, GiB hours and device hours. `dominant`: the resource
 * of which the claimant asked the largest part of what the cluster has. `satisfaction`: got of it
 * over asked. `dominant_share`: got of it over what the cluster had in the meantime.
 */
const columns = [
  'kind',
  'claimant',
  'cpu_asked',
  'cpu_got',
  'memory_asked',
  'memory_got',
  'gpu_asked',
  'gpu_got',
  'dominant',
  'satisfaction',
  'dominant_share',
];
