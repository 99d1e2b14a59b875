// The marks of an axis and their numbers, as HTML, so that their text does not stretch.

import {readableCount} from '../readable.ts';
import {type Markup, markup} from './markup.ts';
import {placeOn, type Scale} from './scale.ts';

/** Those at the very ends would reach into what stands beside them. */
export function ticks(scale: Scale): Markup[] {
  const places = scale.ticks.map(tick => ({tick, place: placeOn(scale, tick)}));
  const inside = places.filter(({place}) => place > 30 && place < 970);
  return (inside.length > 1 ? inside : places).map(
    ({tick, place}) => markup`<i style="left:${place / 10}%">${tickText(tick)}</i>`,
  );
}

function tickText(tick: number): string {
  const size = Math.abs(tick);
  const text = Number.isInteger(tick) ? readableCount(size) : String(size);
  return tick < 0 ? `−${text}` : text;
}
