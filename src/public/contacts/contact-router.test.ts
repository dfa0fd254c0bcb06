import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleHours, exampleService } from '../signs/examples.ts';
import { allServices, bankHolidays, listServices } from '../signs/load.ts';
import { reasons, routeContacts, type Situation } from './contact-router.ts';
import { helpSeekers, type Service, withheldOn } from './contacts.ts';
import { describeOutsidePolice, reasonTexts } from './hours-words.ts';

const holidays = await bankHolidays();
const tuesday = new Date('2026-11-24T15:00Z');
const night = new Date('2026-11-24T03:00Z');
const ids = (situation: Situation, services: readonly Service[] = allServices): readonly string[] =>
  routeContacts(situation, services, holidays).routes.map(({ service }) => service.id);

const orders: readonly [what: string, situation: Situation, order: readonly string[]][] = [
  [
    'a person this is happening to, by day',
    { danger: false, who: 'it is happening to me', at: tuesday },
    ['emergency', 'salvation army', 'beacon', 'police', 'helpline'],
  ],
  [
    'the same at night: what is closed stands behind what is open',
    { danger: true, who: 'it is happening to me', at: night },
    ['emergency', 'salvation army', 'police', 'beacon', 'helpline'],
  ],
  [
    'a neighbour',
    { danger: false, who: 'worried person', at: tuesday },
    ['emergency', 'salvation army', 'crimestoppers', 'police', 'beacon', 'helpline'],
  ],
  [
    'a neighbour who sees danger: police who cannot come at once stand last of those open',
    { danger: true, who: 'worried person', at: tuesday },
    ['emergency', 'salvation army', 'crimestoppers', 'beacon', 'police', 'helpline'],
  ],
  [
    'a child',
    { danger: false, who: 'child or worried about a child', at: night },
    ['emergency', 'child trafficking guardians', 'crimestoppers', 'police', 'beacon', 'childline', 'helpline'],
  ],
  [
    'a nurse in Scotland',
    { danger: false, who: 'professional', at: tuesday, area: 'Scotland' },
    ['emergency', 'tara', 'police', 'crimestoppers', 'helpline', 'migrant help scotland'],
  ],
];

for (const [what, situation, order] of orders) {
  test(`the routes, in order, for ${what}`, () => {
    assert.deepEqual(ids(situation), order);
  });
}

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
    ['partnership website'],
  );
  assert.ok(listServices('2026-11-24').every(({ withheld }) => withheld === null));
});

test('a day belongs to the clock at the wall: a service that ends on a summer day is gone an hour before midnight in UTC', () => {
  const ends = [exampleService('ends', { validTo: '2026-07-01' })];
  assert.deepEqual(ids({ danger: false, who: 'professional', at: new Date('2026-07-01T22:59Z') }, ends), ['ends']);
  assert.deepEqual(ids({ danger: false, who: 'professional', at: new Date('2026-07-01T23:00Z') }, ends), []);
});

test('what was checked more than 90 days ago is marked', () => {
  const ages = ['2026-08-25', '2026-08-26', '2026-11-24'].map((dateChecked) =>
    exampleService(dateChecked, { dateChecked }),
  );
  const { routes } = routeContacts({ danger: false, who: 'professional', at: tuesday }, ages, holidays);
  assert.deepEqual(
    routes.map(({ stale }) => stale),
    [true, false, false],
  );
});

test('no answer waits on cooperation or on status', () => {
  const asked: Record<keyof Situation, true> = { danger: true, who: true, at: true, area: true };
  assert.deepEqual(Object.keys(asked), ['danger', 'who', 'at', 'area']);
  for (const reason of reasons) assert.doesNotMatch(reasonTexts[reason], /immigra|nationalit|cooperat|status/i);
  for (const { promise } of allServices)
    assert.doesNotMatch(promise, /(only|unless) you (co-?operate|talk to (the )?police)/i);
});
