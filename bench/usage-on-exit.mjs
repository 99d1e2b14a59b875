// Loaded first into a process that is measured: as it exits, it writes what it has used to file
// descriptor 3.

import {writeSync} from 'node:fs';

process.on('exit', () => {
  const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  writeSync(3, JSON.stringify({cpuSeconds, peakMegabytes: maxRSS / 1024}));
});
