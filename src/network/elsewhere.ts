// Somewhere outside the cluster that a name leads to: somebody is always there and answers at once.

import type {Target} from '../machines/service-views.ts';
import {parseAddress} from '../options/address.ts';
import type {Caller, Destination, Route} from './destination.ts';

// Of a range that is nobody's (RFC 5737).
const target: Target = {
  ...{pod: undefined, serial: 0, node: undefined, zone: undefined},
  ...{address: parseAddress('192.0.2.1') ?? 0, port: 0},
};

export class Elsewhere implements Destination {
  readonly name = 'elsewhere';

  route(_caller: Caller, route: Route): void {
    route.arrival = 'there';
    route.target = target;
    route.entry = undefined;
    route.delay = 0;
    route.search = 0;
  }
}
