// A rack fails as a whole: its power, or the switch at its top.

import {definePlaceFault} from './place-fault.ts';

export const rackOutage = definePlaceFault('rack');
