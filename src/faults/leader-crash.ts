// The scheduler or controller manager that leads ends at once; another takes over when its lease is
// over.

import {choiceOf} from '../options/choice.ts';
import {defineSuddenFault} from './define-fault.ts';

export const leaderCrash = defineSuddenFault({
  kind: 'leader-crash',
  options: {
    component: choiceOf(['kube-scheduler', 'kube-controller-manager']).describe('whose leader'),
  },
  action: {
    things: ({component}) => [component],
    nameOf: component => component,
    partsOf: component => [component],
    take: (component, _options, {masters}) => masters.leaderCrashed.emit(component),
  },
});
