// Every plugin of the default profile passes the plugin battery.

import {test} from 'uvu';
import {defaultPlugins} from '../../../src/scheduler/plugins/index.ts';
import {pluginBattery} from '../../batteries/plugin.ts';

for (const {plugin} of defaultPlugins) pluginBattery(plugin);

test.run();
