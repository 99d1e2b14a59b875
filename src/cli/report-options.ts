// How a command tells what came out: options that `run` and `compare` share.

export const reportOptions = {
  format: {
    choices: ['table', 'json'] as const,
    default: 'table' as const,
    describe: 'of the report',
  },
  quiet: {type: 'boolean', default: false, describe: 'no report and no progress'},
  strict: {type: 'boolean', default: false, describe: 'warnings are errors'},
} as const;
