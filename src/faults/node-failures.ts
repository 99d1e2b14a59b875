// Nodes that fail and are repaired over and over, each for itself, by stated distributions or by
// those that were measured on a real system.

import * as z from 'zod';
import type {NodeId} from '../objects/ids.ts';
import {choiceOf} from '../options/choice.ts';
import {dnsName} from '../options/dns-name.ts';
import {duration} from '../options/duration.ts';
import {anyone, type Target, target} from '../options/target.ts';
import {Alternation} from './alternation.ts';
import {bind, type FaultDefinition} from './define-fault.ts';
import {type FailureModel, failureModels, modelLaws} from './failure-models.ts';
import {type Turns, turnMistakes, turns} from './fault-times.ts';
import {at} from './known-targets.ts';
import {onNodes} from './node-fault.ts';

type Given = Turns & {
  readonly node: Target | undefined;
  readonly model: FailureModel | undefined;
  readonly until: number | undefined;
};

const options = z.strictObject({
  kind: z.literal('node-failures'),
  name: dnsName().optional().describe('names its random streams; its kind unless written'),
  node: target().optional().describe('which: a name, or a group; all unless written'),
  model: choiceOf(failureModels)
    .optional()
    .describe('up and down as measured on that system; instead of writing them'),
  ...turns,
  until: duration().optional().describe('none fails later'),
});

export const nodeFailures: FaultDefinition = {
  kind: 'node-failures',
  detailed: false,
  options: options.superRefine((given, context) => {
    for (const {key, message} of mistakesOf(given as Given)) {
      context.addIssue({code: 'custom', path: [key], message});
    }
  }),
  mistakes(given, known) {
    const {node} = given as Given;
    return node === undefined ? [] : at('node', known.nodes(node));
  },
  create({world, name, options, clock}) {
    const {start, crews, until, ...given} = options as Given;
    const laws = lawsOf(given);
    if (laws === undefined) throw new Error('a checked fault has neither a model nor up and down');
    const {withoutPower} = world.machines;
    const action = {
      ...onNodes,
      take: (node: NodeId) => withoutPower.take(node),
      release: (node: NodeId) => withoutPower.release(node),
    };
    const strike = bind('node-failures', action, {
      options: {node: given.node ?? anyone},
      world,
    });
    const {simulation, store} = world;
    const times = {...laws, start, crews, until};
    return new Alternation({simulation, causes: store.causes, name, strike, clock, times});
  },
};

function lawsOf({model, up, down}: Pick<Given, 'model' | 'up' | 'down'>) {
  if (model !== undefined) return modelLaws(model);
  return up === undefined || down === undefined ? undefined : {up, down};
}

type Mistake = {readonly key: string; readonly message: string};

function mistakesOf(given: Given): Mistake[] {
  const {model, up, down, start, crews} = given;
  if (model === undefined && up === undefined && down === undefined) {
    return [
      {
        key: 'model',
        message: `missing; expected one of ${failureModels.join(', ')}, or up and down`,
      },
    ];
  }
  if (model === undefined) return turnMistakes(given);
  return [
    ...(['up', 'down'] as const)
      .filter(key => given[key] !== undefined)
      .map(key => ({key, message: 'does not go with a model, which says it'})),
    ...turnMistakes({...modelLaws(model), start, crews}),
  ];
}
