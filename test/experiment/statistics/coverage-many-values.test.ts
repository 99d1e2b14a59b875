// More values: how often the interval that a level gets holds its mean, by the law of the values.

import {test} from 'uvu';
import {levelCells, otherLevelCells} from './coverage-cells.ts';
import {holdCells} from './hold-cells.ts';

holdCells([...levelCells.filter(({name}) => / (20|50)$/.test(name)), ...otherLevelCells]);

test.run();
