// npm run -s conformance -- DIR: decisions of the real kube-scheduler against ours. Prints each
// failure and closes with the counts; exit code 1 unless there were cases and all passed.

import {statSync} from 'node:fs';
import {runCaseFolder} from './run-cases.ts';

const folders = process.argv.slice(2);
if (folders.length === 1 && isFolder(folders[0])) {
  const {passed, failures} = runCaseFolder(folders[0]);
  for (const failure of failures) console.log(failure);
  if (passed + failures.length === 0) console.log(`there are no cases in ${folders[0]}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
} else {
  const [folder] = folders;
  console.error(
    folders.length === 1
      ? `${folder} is not a folder that can be read`
      : 'usage: npm run -s conformance -- DIR, where DIR holds the case files',
  );
  process.exitCode = 1;
}

function isFolder(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false;
}
