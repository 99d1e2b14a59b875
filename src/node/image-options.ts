// What a scenario may say of the images that kubelets pull, and of where they come from.

import * as z from 'zod';
import {quantity} from '../options/quantity.ts';

const imageName = z.string().min(1).describe('as pods name it');

const registry = z.strictObject({
  bandwidth: quantity({from: 1})
    .default('50Mi')
    .describe('bytes a second that one pull gets, unpacking included'),
});

export const imageOptions = z.strictObject({
  registry: registry
    .prefault({} as z.input<typeof registry>)
    .describe('where all images come from'),
  defaultSize: quantity({from: 0}).default('100Mi').describe('of an image of no stated size'),
  sizes: z
    .array(z.strictObject({name: imageName, size: quantity({from: 0}).describe('in bytes')}))
    .default([])
    .describe('sizes of images, as pulled'),
  missing: z.array(imageName).default([]).describe('images that the registry does not have'),
});

export type ImageOptions = z.output<typeof imageOptions>;
