// Every strategy passes the plugin battery.

import {test} from 'uvu';
import {strategies} from '../../../../src/scheduler/plugins/strategies/index.ts';
import {pluginBattery} from '../../../batteries/plugin.ts';

for (const {plugin} of strategies.values()) pluginBattery(plugin);

test.run();
