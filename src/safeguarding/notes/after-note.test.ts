import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication, type Visitor } from '../../../test/fixtures/application.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam, letIn } from '../../operations/plan/examples.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

/** An adviser at premises where three people were met: an adult, somebody whose age is not known, and a child. */
async function aVisit(t: TestContext, councils: readonly string[]) {
  const { agency, member, db, signIn } = await openApplication(t, { today: '2026-09-18', time: '10:47' });
  const force = await agency('police force');
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const adviser = await member(await agency('sexual violence advisers'), ['field'], 'Ada Adviser');
  await letIn(db, operation, adviser, { team });
  await member(await agency('health'), ['partner caseworker']);
  for (const name of councils) await member(await agency('council', { name }), ['partner caseworker']);
  const visit = await addVisit(db, await addPlannedVisit(db, await addPremises(db, operation), team), adviser);
  const people = [];
  for (const age of ['adult', 'not known', 'under 18'] as const)
    people.push(await addPersonMet(db, visit, adviser, { age }));
  return { at: await signIn(adviser), people, visit };
}

type Button = { readonly href: string; readonly text: string; readonly main: boolean };
const buttonsOn = (body: string): Button[] =>
  [...body.matchAll(/<a class="govuk-button([^"]*)" href="([^"]+)"[^>]*>([^<]+)</g)].map(
    ([, more, href = '', text = '']) => ({
      ...{ href: href.replaceAll('&amp;', '&'), text, main: !more?.includes('secondary') },
    }),
  );

/** Saves a note through its form, as a person would, and reads the page that follows. */
async function save(at: Visitor, encounterId: string, outcomes: readonly string[]) {
  const id = newTimelessId();
  const sent = await at.post(`/staff/safeguarding/encounters/${encounterId}/note`, { id, outcomes });
  assert.equal(sent.statusCode, 303, sent.body);
  const page = await at.get(String(sent.headers.location));
  assert.match(page.body, /role="status">Note saved\.</);
  return { id, body: page.body, buttons: buttonsOn(page.body) };
}

test('after a note on one of three people every button is about that person, even if others wait for help', async (t) => {
  const { at, people, visit } = await aVisit(t, ['Lea Council']);
  const saved: string[] = [];
  for (const [index, met] of people.entries()) {
    const { id, buttons } = await save(at, met.id, [index === 0 ? 'wants help now' : 'wants help later']);
    assert.ok(buttons.some(({ text }) => text === `Refer person ${index + 1} to an agency`));
    assert.ok(buttons.some(({ text }) => text === `Open a record of person ${index + 1}`));
    for (const { href, text } of buttons) {
      assert.deepEqual(text.match(/person \d/)?.[0] ?? `person ${index + 1}`, `person ${index + 1}`, text);
      const others = [...saved, ...people.filter((one) => one !== met).map((one) => one.id)];
      for (const other of others) assert.ok(!href.includes(other), `${text} leads to somebody else`);
      if (!href.startsWith(`/staff/visits/${visit.id}`))
        assert.ok(href.includes(id) || href.includes(met.id), `${text} is about nobody: ${href}`);
    }
    saved.push(id);
  }
});

test('after a note on a second of two people no button is about the first', async (t) => {
  const { at, people } = await aVisit(t, []);
  const [first, second] = people;
  const before = await save(at, first?.id ?? '', ['wants help now']);
  const { body, buttons } = await save(at, second?.id ?? '', ['wants help now']);
  assert.ok(buttons.length > 3);
  assert.doesNotMatch(body, /[Pp]erson 1/);
  assert.ok(!body.includes(before.id) && !body.includes(String(first?.id)));
});

test('for a person treated as a child, the children’s services are the main button, preselected in the form', async (t) => {
  const { at, people } = await aVisit(t, ['Lea Council', 'Far County']);
  for (const [index, met] of people.entries()) {
    const { buttons } = await save(at, met.id, ['wants help later']);
    const main = buttons.filter((one) => one.main).map(({ text }) => text);
    if (index === 0) assert.deepEqual(main, ['Refer person 1 to an agency'], 'an adult');
    else {
      const names = ['Far County', 'Lea Council'];
      assert.deepEqual(
        main,
        names.map((name) => `Refer person ${index + 1} to the children’s services of ${name}`),
      );
      const form = await at.get(buttons[0]?.href ?? '');
      assert.match(form.body, new RegExp(`Person ${index + 1}, `));
      assert.match(form.body, /name="to"[^>]* checked/);
      assert.match(form.body, /<option value="childcare" selected/);
    }
  }
});

test('where no council can be asked, the page of a child says to call its children’s services', async (t) => {
  const { at, people } = await aVisit(t, []);
  const { body, buttons } = await save(at, people[2]?.id ?? '', ['wants help later']);
  assert.match(body, /No council receives referrals here: call its children’s services now/);
  assert.deepEqual(
    buttons.filter(({ main }) => main).map(({ text }) => text),
    ['Refer person 3 to an agency'],
  );
});

test('saving a note may go on with the visit, but never past the note of somebody treated as a child', async (t) => {
  const { at, people, visit } = await aVisit(t, ['Lea Council']);
  for (const [index, met] of people.entries()) {
    const url = `/staff/safeguarding/encounters/${met.id}/note`;
    const form = await at.get(url);
    const adult = index === 0;
    assert.equal(/Save and add another person/.test(form.body), adult, met.age);
    assert.doesNotMatch(form.body, /Save and finish/, 'an officer finishes the visit');
    const id = newTimelessId();
    const sent = await at.post(url, { id, outcomes: ['wants help later'], another: 'yes' });
    const next = adult ? `/staff/visits/${visit.id}/encounters/new` : `/staff/safeguarding/notes/${id}`;
    assert.equal(sent.headers.location, next);
  }
});

test('the form of a note says whom to call for somebody who wants help now, before anything is saved', async (t) => {
  const { at, people } = await aVisit(t, ['Lea Council']);
  for (const met of people) {
    const { body } = await at.get(`/staff/safeguarding/encounters/${met.id}/note`);
    assert.match(body, /If the person wants help now, (call|no on-call contact)/);
    assert.match(body, /This form notifies nobody/);
  }
});
