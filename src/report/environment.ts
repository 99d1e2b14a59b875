// The machine that a run ran on, for environment.json.

import {arch, cpus, platform, release, totalmem} from 'node:os';
import type {Environment} from './run-record.ts';

export function currentEnvironment(): Environment {
  return {
    node: process.version,
    platform: platform(),
    release: release(),
    architecture: arch(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    processors: cpus().length,
    memoryBytes: totalmem(),
  };
}
