// The formats of traces.

import type {TraceFormat} from '../trace-format.ts';
import {openb} from './openb.ts';

export const formatNames = ['openb'] as const;

export type FormatName = (typeof formatNames)[number];

export const csvFormats: Readonly<Record<FormatName, TraceFormat>> = {openb};
