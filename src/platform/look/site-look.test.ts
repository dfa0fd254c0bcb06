import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composeLook } from './site-look.ts';

const logo = { format: 'svg', data: '<svg/>', width: 3, height: 1 } as const;

test('an approved logo and colour make the look, and none of them leaves that of Safelight', () => {
  const both = composeLook(
    new Map<string, unknown>([
      ['logo', logo],
      ['colour', { colour: '#005ea5' }],
    ]),
  );
  assert.deepEqual(both.logo, logo);
  assert.equal(both.colour, '#005ea5');
  assert.match(both.style, /^:root\{--bar:#005ea5;/);
  const none = { logo: undefined, colour: undefined, style: '' };
  assert.deepEqual(composeLook(new Map()), none);
  assert.deepEqual(composeLook(new Map([['logo', {}]])), none);
});

test('what cannot be read, or could not be read on a page, is left out', () => {
  for (const colour of ['#fff', '#ffffff', '#F47738', 'red', '#005ea5;}body{display:none', '', 5, null])
    assert.equal(composeLook(new Map([['colour', { colour }]])).style, '', String(colour));
  for (const wrong of [
    { ...logo, format: 'gif' },
    { ...logo, data: '' },
    { ...logo, data: 'x'.repeat(40_000) },
    { ...logo, width: 0 },
    { ...logo, onload: 'x' },
    'logo',
  ])
    assert.equal(composeLook(new Map([['logo', wrong]])).logo, undefined, JSON.stringify(wrong).slice(0, 60));
});
