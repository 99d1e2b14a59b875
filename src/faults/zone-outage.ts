// A zone fails as a whole.

import {definePlaceFault} from './place-fault.ts';

export const zoneOutage = definePlaceFault('zone');
