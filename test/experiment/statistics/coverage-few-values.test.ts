// Few values: how often the interval that a level gets holds its mean, by the law of the values.

import {test} from 'uvu';
import {levelCells} from './coverage-cells.ts';
import {holdCells} from './hold-cells.ts';

holdCells(levelCells.filter(({name}) => / (5|10)$/.test(name)));

test.run();
