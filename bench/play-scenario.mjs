// Given the compiled program and a scenario: plays it and prints the CPU seconds that playing took.

import {pathToFileURL} from 'node:url';

const [program, file] = process.argv.slice(2);
const {readScenario, ScenarioRun} = await import(new URL('../index.js', pathToFileURL(program)).href);
const {scenario} = await readScenario(file);
const run = new ScenarioRun(scenario);
const before = process.cpuUsage();
run.advance();
const {user, system} = process.cpuUsage(before);
console.log((user + system) / 1e6);
