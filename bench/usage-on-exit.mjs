// Loaded first into a process that is measured: as it exits, it writes what it has used to file
// descriptor 3. Threads load it, too; what they use counts as the process's own.

import {writeSync} from 'node:fs';
import {isMainThread} from 'node:worker_threads';

if (isMainThread) process.on('exit', tell);

function tell() {
  const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  writeSync(3, JSON.stringify({cpuSeconds, peakMegabytes: maxRSS / 1024}));
}
