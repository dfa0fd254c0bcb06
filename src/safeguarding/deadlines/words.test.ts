import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantAt } from '../../vocabulary/calendar/wall-clock.ts';
import { clockOn } from './catalogue.ts';
import { clockStatusOf } from './clock.ts';
import { clockEntries } from './load.ts';
import { clockStatusWords, spanWords, tagWords } from './words.ts';
import { calendarOf } from './work-calendar.ts';

const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11));

test('rounds the time left down', () => {
  const from = new Date('2026-11-25T10:00:00Z');
  const cases = [
    [0, 'less than a minute'],
    [1, 'one minute'],
    [119, '119 minutes'],
    [120, 'two hours'],
    [72 * 60 - 1, '71 hours'],
    [72 * 60, 'three days'],
    [5 * 1440 + 1439, 'five days'],
  ] as const;
  for (const [minutes, words] of cases)
    assert.equal(spanWords(from, new Date(from.getTime() + minutes * 60_000)), words);
});

/** Whose clock; when it began, or at the latest began; and when it stopped. */
type Began = readonly [clock: string, began: string, latest?: string | undefined, stopped?: string | undefined];
const answered = (stopped?: string): Began => ['concern-answered', '2026-11-27 16:00', undefined, stopped];
/** Somebody was exposed at an unknown time within three days. */
const exposed: Began = ['hiv-prophylaxis', '2026-11-21 22:00', '2026-11-24 22:00'];

const said: readonly (readonly [began: Began, now: string, tag: string, words: string])[] = [
  [answered(), '2026-11-28 17:00', 'Running', 'By 17:00 on Monday 30 November 2026: 48 hours left'],
  [
    answered(),
    '2026-11-30 17:30',
    'Overdue',
    'Overdue for 30 minutes: it was due by 17:00 on Monday 30 November 2026. Answer it now, and tell whoever raised it why it took so long.',
  ],
  [answered('2026-11-30 16:00'), '2026-12-01 17:30', 'Done', 'Done'],
  [answered('2026-12-01 09:00'), '2026-12-01 17:30', 'Done', 'Done, but after 17:00 on Monday 30 November 2026'],
  [
    ['hiv-prophylaxis', '2026-11-24 22:00'],
    '2026-11-25 22:00',
    'As soon as possible',
    'Possible until 22:00 on Friday 27 November 2026: 48 hours left',
  ],
  [
    exposed,
    '2026-11-24 21:00',
    'As soon as possible',
    'Possible until 22:00 on Tuesday 24 November 2026: 60 minutes left, reckoned from the earliest that it may have been',
  ],
  [
    exposed,
    '2026-11-25 21:00',
    'As soon as possible',
    'Perhaps too late since 22:00 on Tuesday 24 November 2026, perhaps possible until 22:00 on Friday 27 November 2026: ask now, and say that the time is not known',
  ],
  [
    ['forensic-mouth', '2026-11-21 22:00'],
    '2026-11-25 22:00',
    'Passed',
    'It was possible until 22:00 on Monday 23 November 2026, 48 hours ago. The usual time has passed. Ask the referral centre anyway: clothing and bedding may still hold evidence.',
  ],
  [
    ['recovery-period', '2026-11-02 11:00'],
    '2026-11-25 11:00',
    'Lasting',
    'Lasts at least until the end of Wednesday 2 December 2026: seven days left',
  ],
];

for (const [[id, began, latest, stopped], now, tag, words] of said) {
  test(`a clock says: ${words.slice(0, 60)}`, async () => {
    const entry = clockOn(clockEntries, id, began.slice(0, 10));
    assert.ok(entry);
    const clock = {
      ...entry,
      began: { earliest: at(began), latest: at(latest ?? began) },
      stoppedAt: stopped ? at(stopped) : null,
    };
    const standing = clockStatusOf(clock, at(now), await calendarOf('England and Wales'));
    assert.equal(tagWords[entry.means][standing.state], tag);
    assert.equal(clockStatusWords(entry, standing, at(now)), words);
  });
}
