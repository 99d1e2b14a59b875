import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {markup, scriptJson, scriptSource} from '../../../src/report/html/markup.ts';
import {fc} from '../../support/fast-check.ts';

test('what is put in is text, whatever it looks like', () => {
  const {markup: text} = markup`<p title="${'"><b>'}">${"a < b & 'c'"}</p>`;
  assert.is(text, '<p title="&quot;&gt;&lt;b&gt;">a &lt; b &amp; &#39;c&#39;</p>');
});

test('markup inside of markup stays what it is, alone and in lists', () => {
  const items = ['1', '<2>'].map(item => markup`<li>${item}`);
  assert.is(markup`<ul>${items}${undefined}</ul>`.markup, '<ul><li>1<li>&lt;2&gt;</ul>');
});

test('no text ends an element or begins one', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      assert.not.match(markup`${text}`.markup, /[<>"']/);
    }),
  );
});

test('data for scripts comes back as it was, and cannot end its element', () => {
  const value = {name: '</script><!-- <script>', numbers: [1, null, 2.5]};
  const {markup: json} = scriptJson(value);
  assert.not.match(json, '<');
  assert.equal(JSON.parse(json), value);
});

test('a source that speaks of script elements does not end its own', () => {
  assert.not.match(scriptSource('const s = "</script>";').markup, /<\/script/i);
});

test.run();
