/** The menu of every role and combination of roles, from the pages that the areas offer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { access, areas } from '../src/app.ts';
import type { Actor } from '../src/platform/access-policy/access.ts';
import { listNavigation } from '../src/platform/http/shells.ts';
import { createMenu, groupPages, type Menu } from '../src/platform/menu/menu.ts';
import { type Role, roles, type Side, sides } from '../src/vocabulary/people.ts';

const all = listNavigation(areas);
const offeredTo = (side: Side, having: readonly Role[]) => {
  const actor = { side, roles: having, operations: [], partnerOperations: [], teams: [] } as unknown as Actor;
  return all.filter(({ action }) => access.allows(actor, action));
};
const menuOf = (side: Side, having: readonly Role[], path = '/staff'): Menu =>
  createMenu(having, offeredTo(side, having), path);
const labels = (side: Side, having: readonly Role[]): string =>
  menuOf(side, having)
    .items.map(({ text }) => text)
    .join(' · ');

const cases: readonly (readonly [side: Side, having: string, menu: string])[] = [
  ['enforcement', 'triage', 'Home · Reports · Intelligence · Operations · More'],
  ['enforcement', 'planner', 'Home · Operations · Visits · Requests · Temporary access · More'],
  ['enforcement', 'commander', 'Home · Operations · Visits · Requests · Returns · More'],
  ['enforcement', 'field', 'Home · Visits · Operations · More'],
  ['enforcement', 'enforcement', 'Home · Visits · Operations · Requests · More'],
  ['enforcement', 'custodian', 'Home · Requests · Operations · More'],
  ['enforcement', 'analyst', 'Home · Returns · Operations · More'],
  ['enforcement', 'press', 'Home · Releases · Operations · More'],
  ['enforcement', 'data-protection lead', 'Home · Requests · Retention · Audit · Operations · More'],
  ['enforcement', 'coordinator', 'Home · Returns · Operations · More'],
  ['enforcement', 'auditor', 'Home · Audit · Operations · More'],
  ['enforcement', 'administrator', 'Home · Users · Organisations · Temporary access · More'],
  ['enforcement', 'safeguarding lead', 'Home · Reports · Operations · More'],
  ['enforcement', 'partner caseworker', 'Home · Reports · Operations · More'],
  ['enforcement', 'volunteer', 'Home · More'],
  ['help', 'triage', 'Home · Operations · More'],
  ['help', 'planner', 'Home · Operations · Temporary access · More'],
  ['help', 'commander', 'Home · Operations · Returns · More'],
  ['help', 'field', 'Home · Visits · Operations · Cases · Actions · More'],
  ['help', 'enforcement', 'Home · Visits · Operations · More'],
  ['help', 'safeguarding lead', 'Home · Cases · Referrals · Reports · Requests · More'],
  ['help', 'partner caseworker', 'Home · Cases · Referrals · Reports · Operations · More'],
  ['help', 'volunteer', 'Home · Reception · More'],
  ['help', 'custodian', 'Home · Requests · Operations · More'],
  ['help', 'analyst', 'Home · Returns · Operations · More'],
  ['help', 'press', 'Home · Releases · Operations · More'],
  ['help', 'data-protection lead', 'Home · Requests · Retention · Audit · Operations · More'],
  ['help', 'coordinator', 'Home · Returns · Operations · More'],
  ['help', 'auditor', 'Home · Audit · Operations · More'],
  ['help', 'administrator', 'Home · Users · Organisations · Temporary access · More'],
  ['enforcement', 'planner, commander', 'Home · Operations · Visits · Requests · Temporary access · More'],
  ['enforcement', 'planner, field', 'Home · Operations · Visits · Requests · Temporary access · More'],
  ['enforcement', 'analyst, press', 'Home · Returns · Releases · Operations · More'],
  ['enforcement', 'triage, custodian', 'Home · Reports · Requests · Intelligence · Operations · More'],
  ['enforcement', 'auditor, administrator', 'Home · Audit · Users · Operations · Organisations · More'],
  ['help', 'field, safeguarding lead', 'Home · Visits · Cases · Operations · Referrals · More'],
  ['help', 'safeguarding lead, partner caseworker', 'Home · Cases · Referrals · Reports · Requests · More'],
  ['help', 'volunteer, partner caseworker', 'Home · Cases · Reception · Referrals · Reports · More'],
  ['help', 'data-protection lead, administrator', 'Home · Requests · Users · Retention · Organisations · More'],
];

for (const [side, having, menu] of cases) {
  test(`the menu of ${having}, ${side} side`, () => assert.equal(labels(side, having.split(', ') as Role[]), menu));
}

/** Every one, two and three roles, and all at once. */
function* combinations(): Generator<readonly Role[]> {
  yield roles;
  for (const [index, one] of roles.entries()) {
    yield [one];
    for (const [next, two] of roles.slice(index + 1).entries()) {
      yield [one, two];
      for (const three of roles.slice(index + next + 2)) yield [one, two, three];
    }
  }
}

test('no combination of roles has more than six items, and none appears twice', () => {
  for (const having of combinations())
    for (const side of sides) {
      const { items } = menuOf(side, having);
      const who = `${having.join(', ')}, ${side}`;
      assert.ok(items.length <= 6, `${who}: ${items.length} items`);
      assert.equal(new Set(items.map(({ text }) => text)).size, items.length, who);
      assert.equal(new Set(items.map(({ href }) => href)).size, items.length, who);
      assert.ok(items.filter(({ wide }) => !wide).length <= 4, `${who}: four at most on a phone`);
    }
});

test('More shows every page that the member may open, once, and no other; the menu leads to some of them', () => {
  for (const having of combinations())
    for (const side of sides) {
      const who = `${having.join(', ')}, ${side}`;
      const offered = offeredTo(side, having);
      const shown = groupPages(having, offered).flatMap(({ pages }) => pages);
      assert.deepEqual(shown.map(({ href }) => href).sort(), offered.map(({ href }) => href).sort(), who);
      for (const { href } of menuOf(side, having).items.slice(1, -1))
        assert.ok(
          offered.some((page) => page.href === href),
          `${who}: ${href}`,
        );
      const texts = shown.map(({ text }) => text);
      assert.equal(new Set(texts).size, texts.length, `${who}: two pages of one name`);
    }
});

test('every page of an area says what it is for in one line', () => {
  for (const { text, says } of all) assert.match(says, /^[A-Z][^.]+\.$/, text);
});

const requestsOf = (side: Side, ...having: Role[]): string | undefined =>
  menuOf(side, having).items.find(({ text }) => text === 'Requests')?.href;

test('Users leads an administrator to the users', () => {
  for (const side of sides) {
    const users = menuOf(side, ['administrator']).items.find(({ text }) => text === 'Users');
    assert.equal(users?.href, '/staff/accounts', side);
  }
});

test('Requests and Retention are one item each, and lead to the pages that are the member’s own work', () => {
  assert.equal(requestsOf('help', 'safeguarding lead'), '/staff/safeguarding/information-requests');
  assert.equal(requestsOf('enforcement', 'enforcement'), '/staff/information-requests');
  assert.equal(requestsOf('enforcement', 'custodian'), '/staff/identity-requests');
  assert.equal(requestsOf('enforcement', 'planner'), '/staff/identity-requests');
  assert.equal(requestsOf('help', 'data-protection lead'), '/staff/oversight/requests');
  const retention = menuOf('help', ['data-protection lead']).items.find(({ text }) => text === 'Retention');
  assert.equal(retention?.href, '/staff/safeguarding/retention');
  const nearby = menuOf('help', ['safeguarding lead'], '/staff/safeguarding/information-requests').nearby;
  assert.deepEqual(nearby?.items.map(({ href }) => href).slice(0, 2), [
    '/staff/safeguarding/information-requests',
    '/staff/safeguarding/custody-notices',
  ]);
  assert.ok(nearby?.items.some(({ href }) => href === '/staff/information-requests'));
});

const currentOf = (side: Side, having: readonly Role[], path: string): string =>
  menuOf(side, having, path)
    .items.flatMap(({ text, current }) => (current ? [`${text} ${current}`] : []))
    .join();

test('the menu marks the place of the page', () => {
  const lead = (path: string) => currentOf('help', ['safeguarding lead'], path);
  assert.equal(lead('/staff'), 'Home page');
  assert.equal(lead('/staff/more'), 'More page');
  assert.equal(lead('/staff/safeguarding'), 'Cases page');
  assert.equal(lead('/staff/safeguarding/people'), 'Cases true');
  assert.equal(lead('/staff/safeguarding/people/1'), 'Cases true');
  assert.equal(lead('/staff/safeguarding/referrals/1'), 'Referrals true');
  assert.equal(lead('/staff/safeguarding/reports/1'), 'Reports true');
  assert.equal(lead('/staff/operations'), 'More true');
  assert.equal(lead('/staff/nowhere'), '');
  assert.equal(currentOf('enforcement', ['planner'], '/staff/premises/1'), 'Operations true');
  assert.equal(currentOf('enforcement', ['planner'], '/staff/encounters/1'), 'Visits true');
});

test('the first page of each part of a place names the other parts, and a record does not', () => {
  const nearby = (path: string) => menuOf('help', ['partner caseworker'], path).nearby;
  assert.deepEqual(
    nearby('/staff/safeguarding/people')?.items.map(({ text, current }) => `${text}${current ? ', here' : ''}`),
    ['Contact notes', 'Disclosures without consent', 'Person search, here', 'NRM referrals', 'Meetings'],
  );
  assert.equal(nearby('/staff/safeguarding/people/1'), undefined);
  assert.equal(menuOf('enforcement', ['field'], '/staff/visits').nearby, undefined);
});

test('a coordinator has one way to returns: those of partnerships, and no empty page', () => {
  const pagesOf = (...having: Role[]): string[] =>
    groupPages(having, offeredTo('enforcement', having))
      .filter(({ place }) => place === 'returns')
      .flatMap(({ pages }) => pages.map(({ text }) => text));
  assert.deepEqual(pagesOf('coordinator'), ['Returns from partnerships']);
  assert.deepEqual(pagesOf('analyst'), ['Returns']);
  assert.deepEqual(pagesOf('analyst', 'coordinator'), ['Returns', 'Returns from partnerships']);
  const { items, nearby } = menuOf('enforcement', ['coordinator'], '/staff/returns/exchange');
  assert.equal(items.find(({ text }) => text === 'Returns')?.href, '/staff/returns/exchange');
  assert.equal(nearby, undefined, 'no tabs where there is one page');
  const within = menuOf('enforcement', ['coordinator'], '/staff/returns/some-return').items;
  assert.equal(within.find(({ text }) => text === 'Returns')?.current, 'true', 'signed returns that they may read');
});
