// The three scoring strategies of NodeResourcesFit: spread (LeastAllocated), pack (MostAllocated),
// or any broken line over utilisation (RequestedToCapacityRatio). All work on whole numbers, as Go
// does.

import type {ResourceShares} from './resource-shares.ts';
import {wholeShare} from './whole-share.ts';

export type ShapePoint = {readonly utilization: number; readonly score: number};

export type ScoringStrategy = (shares: ResourceShares) => number;

export function leastAllocated({weights, requested, allocatable}: ResourceShares): number {
  let score = 0;
  let weightSum = 0;
  for (let i = 0; i < weights.length; i++) {
    const capacity = allocatable[i];
    if (capacity === 0) continue;
    const free = capacity - requested[i];
    if (free > 0) score += wholeShare(free, capacity) * weights[i];
    weightSum += weights[i];
  }
  return weightSum === 0 ? 0 : Math.floor(score / weightSum);
}

export function mostAllocated({weights, requested, allocatable}: ResourceShares): number {
  let score = 0;
  let weightSum = 0;
  for (let i = 0; i < weights.length; i++) {
    const capacity = allocatable[i];
    if (capacity === 0) continue;
    score += wholeShare(Math.min(requested[i], capacity), capacity) * weights[i];
    weightSum += weights[i];
  }
  return weightSum === 0 ? 0 : Math.floor(score / weightSum);
}

/** Only resources that score above 0 enter the mean, which is rounded, halves up. */
export function requestedToCapacityRatio(shape: readonly ShapePoint[]): ScoringStrategy {
  // A shape's scores go to 10, a node's to 100.
  const line = shape.map(({utilization, score}) => ({utilization, score: score * 10}));

  return ({weights, requested, allocatable}) => {
    let score = 0;
    let weightSum = 0;
    for (let i = 0; i < weights.length; i++) {
      const capacity = allocatable[i];
      if (capacity === 0) continue;
      const utilization = requested[i] > capacity ? 100 : wholeShare(requested[i], capacity);
      const resourceScore = brokenLinear(line, utilization);
      if (resourceScore <= 0) continue;
      score += resourceScore * weights[i];
      weightSum += weights[i];
    }
    return weightSum === 0 ? 0 : Math.round(score / weightSum);
  };
}

/** The line through the points, level outside them; between them cut towards zero. */
export function brokenLinear(line: readonly ShapePoint[], utilization: number): number {
  for (let i = 0; i < line.length; i++) {
    const end = line[i];
    if (utilization > end.utilization) continue;
    if (i === 0) return end.score;
    const start = line[i - 1];
    const rise = (end.score - start.score) * (utilization - start.utilization);
    return start.score + Math.trunc(rise / (end.utilization - start.utilization));
  }
  return line[line.length - 1].score;
}
