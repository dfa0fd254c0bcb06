import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Exploitation, exploitations } from '../../vocabulary/exploitation.ts';
import { exampleHours, exampleService } from '../signs/examples.ts';
import { allServices, bankHolidays, listServices } from '../signs/load.ts';
import { reasons, routeContacts, type Situation } from './contact-router.ts';
import { type HelpSeeker, helpSeekers, type Service, withheldOn } from './contacts.ts';
import { describeOutsidePolice, reasonTexts } from './hours-words.ts';

const holidays = await bankHolidays();
const tuesday = new Date('2026-11-24T15:00Z');
const night = new Date('2026-11-24T03:00Z');
const ids = (situation: Situation, services: readonly Service[] = allServices): readonly string[] =>
  routeContacts(situation, services, holidays).routes.map(({ service }) => service.id);

/** Services for one kind, at the end of the answer where no kind was named. */
const linesForOne = {
  day: [
    'rape crisis',
    'domestic abuse helpline',
    'acas',
    'safecall',
    'sexual assault referral centres',
    'mens advice line',
    'fair work agency',
  ],
  night: [
    'rape crisis',
    'domestic abuse helpline',
    'sexual assault referral centres',
    'acas',
    'safecall',
    'mens advice line',
    'fair work agency',
  ],
} as const;

const orders: readonly [what: string, situation: Situation, order: readonly string[]][] = [
  [
    'a person this is happening to, by day',
    { danger: false, who: 'it is happening to me', at: tuesday },
    ['emergency', 'salvation army', 'beacon', 'police', 'helpline', ...linesForOne.day],
  ],
  [
    'the same at night: what is closed stands behind what is open',
    { danger: true, who: 'it is happening to me', at: night },
    ['emergency', 'salvation army', 'police', 'beacon', 'helpline', ...linesForOne.night],
  ],
  [
    'a neighbour',
    { danger: false, who: 'worried person', at: tuesday },
    ['emergency', 'salvation army', 'crimestoppers', 'police', 'beacon', 'helpline', ...linesForOne.day],
  ],
  [
    'a neighbour who sees danger: police who cannot come at once stand last of those open',
    { danger: true, who: 'worried person', at: tuesday },
    ['emergency', 'salvation army', 'crimestoppers', 'beacon', 'police', 'helpline', ...linesForOne.day],
  ],
  [
    'a child: support stands before what only takes reports, even when it is closed',
    { danger: false, who: 'child or worried about a child', at: night },
    [
      'emergency',
      'child trafficking guardians',
      'safecall',
      'beacon',
      'helpline',
      'childline',
      'nspcc',
      'crimestoppers',
      'police',
    ],
  ],
  [
    'a nurse in Scotland',
    { danger: false, who: 'professional', at: tuesday, area: 'Scotland', kind: 'sexual exploitation' },
    ['emergency', 'tara', 'police', 'crimestoppers', 'helpline', 'migrant help scotland', 'mens advice line'],
  ],
];

for (const [what, situation, order] of orders) {
  test(`the routes, in order, for ${what}`, () => {
    assert.deepEqual(ids(situation), order);
  });
}

const adults: readonly HelpSeeker[] = ['it is happening to me', 'worried person', 'professional'];
const nationalLine = 'salvation army';
/** The first three services after 999: the national line, then what is for the kind, on a Tuesday afternoon and at night. */
const firstThree: readonly [kind: Exploitation, day: string[], night: string[]][] = [
  [
    'sexual exploitation',
    [nationalLine, 'rape crisis', 'domestic abuse helpline'],
    [nationalLine, 'rape crisis', 'domestic abuse helpline'],
  ],
  ['domestic servitude', [nationalLine, 'domestic abuse helpline', 'acas'], [nationalLine, 'domestic abuse helpline']],
  ['labour exploitation', [nationalLine, 'acas'], [nationalLine]],
  ['criminal exploitation', [nationalLine, 'safecall'], [nationalLine]],
];

for (const [kind, day, atNight] of firstThree)
  for (const who of adults) {
    test(`${who}, ${kind}: the national line first, then the line for this kind`, () => {
      for (const [at, expected] of [
        [tuesday, day],
        [night, atNight],
      ] as const)
        assert.deepEqual(ids({ danger: false, who, at, kind }).slice(1, expected.length + 1), expected);
    });
  }

test('a child, and an adult who asks for one, gets services for children first', () => {
  const [first, ...more] = ids({
    danger: false,
    who: 'child or worried about a child',
    at: tuesday,
    kind: 'child exploitation',
  }).slice(1, 3);
  assert.deepEqual([first, ...more], ['child trafficking guardians', 'safecall']);
});

test('each kind has a support line of its own outside the police, among the first four such services even when it is closed', () => {
  for (const kind of exploitations)
    for (const at of [tuesday, night])
      for (const who of kind === 'child exploitation' ? (['child or worried about a child'] as const) : adults) {
        const { routes } = routeContacts({ danger: false, who, at, kind }, allServices, holidays);
        const outside = routes.map(({ service }) => service).filter((one) => one.independentOfPolice);
        const place = outside.findIndex(({ kinds, role }) => role === 'support' && kinds?.includes(kind));
        assert.ok(place >= 0 && place < 4, `${kind} ${who} ${place}`);
      }
});

test('a reader who names a kind is sent to no service for other kinds, and labour exploitation to nothing about sex or home', () => {
  for (const kind of exploitations)
    for (const who of helpSeekers)
      for (const { service } of routeContacts({ danger: false, who, at: night, kind }, allServices, holidays).routes)
        assert.ok(service.kinds === null || service.kinds.includes(kind), `${kind} ${service.id}`);
  for (const area of ['Hertfordshire', 'Scotland', 'Northern Ireland'] as const)
    for (const who of helpSeekers)
      assert.doesNotMatch(
        ids({ danger: false, who, at: tuesday, area, kind: 'labour exploitation' }).join(),
        /rape|assault|abuse|tara|womens aid|mens advice/,
      );
});

test('where no kind is named, services for one kind stand after all others, also open ones after closed ones', () => {
  const three = [
    exampleService('for one kind', { kinds: ['sexual exploitation'] }),
    exampleService('closed', { hours: exampleHours.office }),
    exampleService('open', { for: { 'worried person': 3 } }),
  ];
  assert.deepEqual(ids({ danger: false, who: 'worried person', at: night }, three), ['open', 'closed', 'for one kind']);
});

test('an enforcement agency waits as police do, and is never said to be outside the police', () => {
  const agency = exampleService('agency', { role: 'enforcement', independentOfPolice: false });
  const police = exampleService('police', { role: 'police', independentOfPolice: false, for: { 'worried person': 2 } });
  const support = exampleService('support', { for: { 'worried person': 9 } });
  const { routes, outsidePolice } = routeContacts(
    { danger: true, who: 'worried person', at: night },
    [agency, police],
    holidays,
  );
  assert.deepEqual(routes[0]?.reasons, ['open now', 'with the police']);
  assert.equal(outsidePolice, 'none open');
  assert.deepEqual(ids({ danger: true, who: 'worried person', at: night }, [agency, police, support]), [
    'support',
    'agency',
    'police',
  ]);
});

test('the emergency route is first in every answer, even without danger and where data put it last', () => {
  const emergency = exampleService('999', {
    role: 'emergency',
    independentOfPolice: false,
    for: {},
    area: 'United Kingdom',
  });
  const other = exampleService('other');
  for (const who of helpSeekers)
    for (const danger of [true, false]) assert.equal(ids({ danger, who, at: night }, [other, emergency])[0], '999');
});

test('for people who ask about themselves, support comes before police whatever the data say', () => {
  const police = exampleService('police', { role: 'police', independentOfPolice: false });
  const tip = exampleService('tip', { role: 'anonymous reporting' });
  const support = exampleService('support', { for: { 'it is happening to me': 9 } });
  assert.deepEqual(ids({ danger: false, who: 'it is happening to me', at: night }, [police, tip, support]), [
    'support',
    'tip',
    'police',
  ]);
});

test('open comes before closed, and closed before unconfirmed hours', () => {
  const three = [
    exampleService('unknown', { hours: exampleHours.unknown }),
    exampleService('closed', { hours: exampleHours.office }),
    exampleService('open', { for: { 'worried person': 3 } }),
  ];
  assert.deepEqual(ids({ danger: false, who: 'worried person', at: night }, three), ['open', 'closed', 'unknown']);
});

test('where nobody outside the police is open the answer says so, and who opens next', () => {
  const police = exampleService('police', { role: 'police', independentOfPolice: false });
  const closed = exampleService('An office', { hours: exampleHours.office });
  const unknown = exampleService('A helpline', { hours: exampleHours.unknown });
  const answer = routeContacts(
    { danger: false, who: 'worried person', at: night },
    [police, closed, unknown],
    holidays,
  );
  assert.equal(answer.outsidePolice, 'none open');
  assert.equal(
    describeOutsidePolice(answer, night),
    'At this minute no service outside the police is sure to be open. The next to open is An office: today at 9am. Those whose hours are not confirmed may answer all the same.',
  );
  const open = routeContacts({ danger: false, who: 'worried person', at: tuesday }, [police, closed], holidays);
  assert.equal(describeOutsidePolice(open, tuesday), null);
});

test('a service on police premises does not count as outside the police', () => {
  const shared = exampleService('shared', { independentOfPolice: false });
  const answer = routeContacts({ danger: false, who: 'professional', at: night }, [shared], holidays);
  assert.equal(answer.outsidePolice, 'none open');
  assert.deepEqual(answer.routes[0]?.reasons, ['open now', 'with the police']);
});

test('what is withheld, over or not yet begun is shown to nobody', () => {
  const gone = [
    exampleService('withheld', { withheld: 'not confirmed' }),
    exampleService('over', { validTo: '2026-11-23' }),
    exampleService('to come', { validFrom: '2026-11-25' }),
    exampleService('here', { validTo: '2026-11-24' }),
  ];
  assert.deepEqual(ids({ danger: false, who: 'professional', at: tuesday }, gone), ['here']);
  assert.deepEqual(
    withheldOn(allServices, '2026-11-24').map(({ id }) => id),
    ['partnership website', 'hertfordshire referral centre'],
  );
  assert.ok(listServices('2026-11-24').every(({ withheld }) => withheld === null));
});

test('a day belongs to the clock at the wall: a service that ends on a summer day is gone an hour before midnight in UTC', () => {
  const ends = [exampleService('ends', { validTo: '2026-07-01' })];
  assert.deepEqual(ids({ danger: false, who: 'professional', at: new Date('2026-07-01T22:59Z') }, ends), ['ends']);
  assert.deepEqual(ids({ danger: false, who: 'professional', at: new Date('2026-07-01T23:00Z') }, ends), []);
});

test('what was checked more than 90 days ago is marked, and stands below what was checked since', () => {
  const ages = ['2026-08-25', '2026-08-26', '2026-11-24'].map((dateChecked) =>
    exampleService(dateChecked, { dateChecked }),
  );
  const { routes } = routeContacts({ danger: false, who: 'professional', at: tuesday }, ages, holidays);
  assert.deepEqual(
    routes.map(({ service, stale }) => [service.id, stale]),
    [
      ['2026-08-26', false],
      ['2026-11-24', false],
      ['2026-08-25', true],
    ],
  );
  assert.deepEqual(routes[2]?.reasons[0], 'hours not confirmed');
  const police = exampleService('police', { role: 'police', independentOfPolice: false, for: { professional: 9 } });
  assert.deepEqual(
    ids({ danger: false, who: 'professional', at: tuesday }, [police, ...ages.slice(0, 1)]),
    ['2026-08-25', 'police'],
    'police do not move up because the others are old',
  );
});

test('no answer waits on cooperation or on status', () => {
  const asked: Record<keyof Situation, true> = { danger: true, who: true, at: true, area: true, kind: true };
  assert.deepEqual(Object.keys(asked), ['danger', 'who', 'at', 'area', 'kind']);
  for (const reason of reasons) assert.doesNotMatch(reasonTexts[reason], /immigra|nationalit|cooperat|status/i);
  for (const { promise } of allServices)
    assert.doesNotMatch(promise, /(only|unless) you (co-?operate|talk to (the )?police)/i);
});
