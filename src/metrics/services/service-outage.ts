// One outage of a Service: fewer of its clients could reach it than the scenario puts up with.

import type {Time} from '../../engine/time.ts';
import type {CauseId} from '../../objects/causes.ts';

/** `outage` of a scenario. */
export type OutageLine = {
  /** The availability below which it is one. */
  readonly below: number;
  /** How long at least. */
  readonly for: Time;
};

export type ServiceOutage = {
  readonly service: number;
  readonly start: Time;
  /** Of the change that took it below the line; 0 where nothing set it going. */
  readonly root: CauseId;
  /** It never was above the line before. */
  readonly atStart: boolean;
  /** Units of lost probability times microseconds, until it began and until it ended. */
  readonly lostBefore: bigint;
  lostUntil: bigint;
  end: Time | undefined;
  least: number;
  /** Of other losses while it lasted. */
  readonly contributors: Set<CauseId>;
  /** When a node's proxy first took up other endpoints. */
  learned: Time | undefined;
  /** What was wrong with the endpoints as it began, for people. */
  endpoints: string | undefined;
};
