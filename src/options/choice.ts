// One word out of a closed set, with the word that was probably meant.

import {didYouMean} from './nearest.ts';
import {show} from './show.ts';
import {type Written, written} from './written.ts';

export function choiceOf<const Word extends string>(words: readonly Word[]): Written<Word, Word> {
  return written({
    parse: (input, fail) => {
      const word = words.find(known => known === input);
      if (word === undefined) fail(notOneOf(input, words));
      return word;
    },
    schema: {title: words.join(' | '), enum: words},
  });
}

/** `expected one of a, b, got "c"; did you mean a?` */
export function notOneOf(input: unknown, words: readonly string[]): string {
  const hint = typeof input === 'string' ? didYouMean(input, words) : '';
  return `expected one of ${words.join(', ')}, got ${show(input)}${hint}`;
}
