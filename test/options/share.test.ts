import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {share} from '../../src/options/share.ts';

test('a share is a number up to 1, or so many percent of it', () => {
  const written = {'99.9%': 0.999, '0.1%': 0.001, '100%': 1, '.5%': 0.005, '0%': 0};
  for (const [text, value] of Object.entries(written)) assert.is(share().parse(text), value);
  assert.equal([share().parse(0.25), share().parse(1)], [0.25, 1]);
});

test('what is no share is refused in words', () => {
  for (const [input, shown] of [
    ...[
      [2, '2'],
      [-0.1, '-0.1'],
      ['120%', '"120%"'],
      ['5', '"5"'],
    ],
    ...[
      ['1e-3%', '"1e-3%"'],
      [Number.NaN, 'null'],
    ],
  ] as const) {
    const {error} = share().safeParse(input);
    assert.match(String(error?.issues[0].message), /^expected a share from 0 to 1 or 0% to 100%, /);
    if (shown !== 'null') assert.ok(error?.issues[0].message.endsWith(shown));
  }
});

test.run();
