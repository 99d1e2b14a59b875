// Rare events: mostly none in a run, and lengths with a long tail.

import {test} from 'uvu';
import {rareCells} from './coverage-cells.ts';
import {holdCells} from './hold-cells.ts';

holdCells(rareCells);

test.run();
