// What the client of an HTTP proxy sees where the proxy's own call fails (ngx_http_proxy_module; of
// ingress-nginx balancer.lua).

import type {Outcome} from '../../machines/request-book.ts';

export function gatewayStatus(outcome: Outcome): Outcome {
  switch (outcome) {
    case 'refused':
    case 'reset':
    case 'unresolved':
      return 'http-502';
    case 'connect-timeout':
    case 'timeout':
      return 'http-504';
    default:
      // An answer is passed on as it is.
      return outcome;
  }
}
