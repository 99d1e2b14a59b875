// A request without a row, as the ticket of one number that a station keeps for it: its client's
// slot, whether its answer is an error, how near it is served, and how long its answer is on the
// way, in this order from the highest bits to the lowest.

import {remainder} from '../../engine/remainder.ts';
import type {Time} from '../../engine/time.ts';

const backLimit = 2 ** 24;
const nearLimit = 4;
const answers = 2;

/** Some 16 s. */
export const longestBack: Time = backLimit - 1;

export function plainTicket(slot: number, near: number, fails: boolean, back: Time): number {
  return ((slot * answers + (fails ? 1 : 0)) * nearLimit + near) * backLimit + back;
}

export function slotOf(ticket: number): number {
  return Math.floor(ticket / (backLimit * nearLimit * answers));
}

export function failsOf(ticket: number): boolean {
  return remainder(Math.floor(ticket / (backLimit * nearLimit)), answers) === 1;
}

export function nearOf(ticket: number): number {
  return remainder(Math.floor(ticket / backLimit), nearLimit);
}

export function backOf(ticket: number): Time {
  return remainder(ticket, backLimit);
}
