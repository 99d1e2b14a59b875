// A scenario that is right, and variations of it.

const good: Readonly<Record<string, string>> = {
  apiVersion: 'orrery/v1',
  kind: 'Scenario',
  question: 'why?',
  duration: '1h',
  cluster: '{nodes: [{name: n, count: 1, allocatable: {cpu: 1, memory: 1Gi}}]}',
};

/**
 * `lines`: keys with other values, `undefined` for a key that is left out; `behind`: more
 * documents.
 */
export function scenarioWith(
  lines: Readonly<Record<string, string | undefined>>,
  behind = '',
): string {
  const all = Object.entries({...good, ...lines}).filter(([, value]) => value !== undefined);
  return `${all.map(([key, value]) => `${key}: ${value}`).join('\n')}\n${behind}`;
}
