import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from './canary.ts';
import type { Viewer } from './canary-forms.ts';
import type { Looked } from './canary-run.ts';
import { type Found, inDump, type Place } from './canary-search.ts';
import { Secrets } from './canary-secrets.ts';

/** One secret of each sort that matters, as if sent: which of them may be where. */
const sent = () => {
  const secrets = new Secrets(7);
  const send = (form: string, field: string, manner: 'as asked' | 'not fitting' | 'around', statusCode: number) => {
    const letter = secrets.letter(form, manner, 'the author');
    letter.secret(field);
    letter.answered({ statusCode, body: '' });
  };
  send('/staff/premises/new', 'name', 'as asked', 303); // 0
  send('/staff/premises/new', 'name', 'not fitting', 422); // 1
  send('/staff/safeguarding/encounters/:encounterId/note', 'wants', 'as asked', 303); // 2
  send('/staff/encounters/:id/name/record', 'name', 'as asked', 303); // 3
  send('/staff/weeks/new', 'name', 'as asked', 303); // 4
  send('/staff/visits', 'user-agent', 'around', 200); // 5
  return secrets.all;
};

const verdicts = (found: readonly Found[]): string[] => {
  const looked: Looked = {
    sent: sent(),
    found,
    dumped: true,
    offered: [],
    read: [],
    failed: [],
    pages: 1,
  };
  return judge(looked, 'debug', 300)
    .slice(2, 6)
    .map(({ passed }) => (passed ? 'right' : 'WRONG'));
};

const places: readonly (readonly [what: string, found: Found, verdicts: readonly string[]])[] = [
  ['a name in its column', at('column', 'main premises.name', 0), ['right', 'right', 'right', 'right']],
  ['the same in another', at('column', 'main premises.priority', 0), ['right', 'WRONG', 'right', 'right']],
  ['what was given back, kept', at('column', 'main premises.name', 1), ['right', 'WRONG', 'right', 'right']],
  ['a wish, unsealed, in a dump', at('dump', 'safeguarding notes.wants', 2), ['right', 'WRONG', 'right', 'right']],
  ['a name in a file', at('files', '/base/5/1259', 3), ['right', 'right', 'right', 'WRONG']],
  ['a week in a file', at('files', '/base/5/1259', 4), ['right', 'right', 'right', 'right']],
  ['anything in the output', at('output', 'the output', 4), ['WRONG', 'right', 'right', 'right']],
  ['anything in the server’s log', at('server’s log', 'it', 4), ['right', 'right', 'right', 'WRONG']],
  ['a header on a page', page('help', 5), ['right', 'right', 'WRONG', 'right']],
  ['a wish, to help’s side', page('help', 2), ['right', 'right', 'right', 'right']],
  ['a wish, to the other side', page('enforcement', 2), ['right', 'right', 'WRONG', 'right']],
  ['a wish, to who wrote it down', page('enforcement', 2, 'the author'), ['right', 'right', 'right', 'right']],
  ['a week, to an outsider', page('outside', 4), ['right', 'right', 'right', 'right']],
  ['premises, to an outsider', page('outside', 0), ['right', 'right', 'WRONG', 'right']],
  ['a week, to anybody', page('public', 4), ['right', 'right', 'WRONG', 'right']],
  ['what was never sent', at('output', 'the output', 99), ['WRONG', 'right', 'right', 'right']],
];

function at(place: Place, where: string, index: number): Found {
  return { place, at: where, index };
}
function page(side: Viewer['side'], index: number, name = 'somebody'): Found {
  return { place: 'page', at: '/staff', index, viewer: { name, side } };
}

for (const [what, found, expected] of places)
  test(`where a secret may be: ${what}`, () => {
    assert.deepEqual(verdicts([found]), expected);
  });

test('finds in a dump the column of each secret, and text outside all tables', () => {
  const secrets = new Secrets(7);
  const letter = secrets.letter('/staff/weeks/new', 'as asked');
  const [name, sealed, comment] = ['name', 'sealed', 'comment'].map(letter.secret) as [string, string, string];
  const dump = [
    `COMMENT ON TABLE public.weeks IS '${comment}';`,
    'COPY public.weeks (id, "name", sealed) FROM stdin;',
    `1\tThe week ${name}\t\\\\x${Buffer.from(sealed).toString('hex')}`,
    '\\.',
    '',
  ].join('\n');
  assert.deepEqual(
    inDump('main', dump).map(({ at: where, index }) => [where, index]),
    [
      ['main outside tables', 2],
      ['main weeks.name', 0],
      ['main weeks.sealed', 1],
    ],
  );
});
