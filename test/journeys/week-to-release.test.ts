/** The week of the demonstration, walked and counted in browsers: from its records to a return, to a coordinator with another installation and database, and to a release. Then one case more. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { fingerprintOf, formatKeyLine } from '../../src/platform/crypto/exchange-key.ts';
import { exampleReturn, keyNamed, toBytes } from '../../src/returns/exchange/document/examples.ts';
import { readSignedReturn, readTasking } from '../../src/returns/exchange/document/reading.ts';
import type { SignedReturnDocument } from '../../src/returns/exchange/document/signed-return.ts';
import type { MemberKey } from '../../src/tour/index.ts';
import { openApplication } from '../fixtures/application.ts';
import { openForBrowser, shoot } from '../fixtures/browser-pages.ts';
import { demonstrationDay, openDemonstration } from '../fixtures/demonstration.ts';
import { findRefusedRelease } from '../fixtures/one-case-later.ts';
import { desktop } from '../harness/browser.ts';
import { CountedWalk, type Walker } from '../harness/counted-walk.ts';

const other = 'Stort Valley Police';
const week = { name: 'Week of action against sexual exploitation', from: '2026-11-16', until: '2026-11-22' };

async function openBoth(t: TestContext) {
  const force = await openForBrowser(t, (environment) => openDemonstration(t, environment));
  const desk = await openForBrowser(t, async (environment) => {
    const application = await openApplication(t, { today: demonstrationDay, environment });
    const agency = await application.agency('coordinator', { name: 'Joint Desk' });
    return { ...application, coordinator: await application.member(agency, ['coordinator']) };
  });
  const walk = new CountedWalk();
  const at = async (who: MemberKey): Promise<Walker> => {
    const walker = walk.by(await force.pageOf(await force.memberOf(who), desktop), 60_000);
    await walker.open(`${force.base}/staff`);
    return walker;
  };
  const coordinator = walk.by(await desk.pageOf(desk.coordinator, desktop), 60_000);
  await coordinator.open(`${desk.base}/staff`);
  return { force, desk, walk, at, coordinator };
}
type World = Awaited<ReturnType<typeof openBoth>>;

const textOf = (walker: Walker): Promise<string> => walker.page.locator('main').innerText();

/** The part of a page under one heading. */
async function sectionOf(walker: Walker, from: string, until: string): Promise<string> {
  const text = await textOf(walker);
  const start = text.indexOf(`\n${from}\n`);
  return text.slice(start, text.indexOf(`\n${until}\n`, start));
}

/** The coordinator names the week, its dates and who reports, and gets the tasking that partnerships are sent. */
async function addWeek({ walk, coordinator }: World): Promise<string> {
  await coordinator.follow('/staff/returns/exchange', '.sl-nav');
  await coordinator.followText('Add a week');
  await coordinator.type({ name: week.name, deadlineTime: '12:00', tasking: 'Return every premises visited' });
  await coordinator.type({ reporters: `GB; force; Lea Vale Constabulary\nGB; force; ${other}` });
  await coordinator.date('startsOn', week.from);
  await coordinator.date('endsOn', week.until);
  await coordinator.date('deadline', '2026-11-30');
  await coordinator.send();
  const tasking = readTasking(await coordinator.download('Download the tasking'));
  assert.ok(tasking.ok && tasking.value.week.window.from === week.from);
  walk.step('Week at the coordinator, with its signed tasking');
  return coordinator.page.url();
}

/** Each key is registered once, after its fingerprint was read out on the telephone. */
async function registerKeys({ walk, at, coordinator, desk }: World): Promise<void> {
  const analyst = await at('analyst');
  await analyst.follow('/staff/returns', '.sl-nav');
  await analyst.followText('Your own key');
  const own = /safelight-exchange-key-1 \S+/.exec(await textOf(analyst))?.[0] ?? '';
  await coordinator.open(`${desk.base}/staff/returns/exchange/keys`);
  for (const [name, line] of [
    ['Lea Vale Constabulary', own],
    [other, formatKeyLine(keyNamed(other).publicKey)],
  ] as const) {
    await coordinator.followText('Register a key');
    await coordinator.type({ name, country: 'GB', key: line });
    await coordinator.tick('level', 'force');
    await coordinator.send();
    await coordinator.tick('compared', 'yes');
    await coordinator.send();
  }
  assert.ok((await textOf(coordinator)).includes(fingerprintOf(keyNamed(other).publicKey)));
  walk.step('Two keys registered');
}

/** The planner makes the reference that the other force also gives. */
async function nameJointVisit({ walk, at }: World): Promise<string> {
  const planner = await at('planner');
  await planner.followText('Operation Lantern');
  await planner.followText('Premises and powers');
  await planner.followText('Orchid Rooms');
  await planner.followText('Joint visit');
  await planner.tick('how', 'new');
  await planner.send();
  const reference = /JV-[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(await textOf(planner))?.[0] ?? '';
  assert.ok(reference);
  walk.step('Reference of a joint visit');
  return reference;
}

/** From the records to a final return, and the signed file for the coordinator. */
async function countAndSign({ walk, at }: World): Promise<Buffer> {
  const analyst = await at('analyst');
  await analyst.followText('Count the results');
  await analyst.send('Count now');
  await analyst.ledTo(/\/staff\/returns\/[0-9a-f-]{36}$/);
  assert.match(await textOf(analyst), /All \d+ checks passed/);
  await analyst.followMatching(/\/sign$/);
  await analyst.tick('stage', 'final');
  await analyst.send();
  const commander = await at('commander');
  await commander.followMatching(/\/countersign$/);
  await commander.send('Countersign as final');
  walk.step('Records counted, signed and countersigned');
  await analyst.open(analyst.page.url());
  await analyst.followMatching(/\/export$/);
  await analyst.tick('shape', 'signed');
  await analyst.tick('why', 'for a partner or the coordinator of the operation');
  await analyst.type({ words: 'The national coordinator' });
  const file = await analyst.download('Make the file');
  walk.step('Signed return taken out for the coordinator');
  return file;
}

/** What the other force signed: two visits, one of them the joint one. */
function writeOtherReturn(own: SignedReturnDocument, reference: string): Buffer {
  const joint = own.jointVisits.find((one) => one.reference === reference);
  assert.ok(joint, 'the joint visit travels with its reference');
  const { week: sameWeek, definitions } = own;
  return toBytes(
    exampleReturn({
      reporter: { name: other },
      week: sameWeek,
      definitions,
      counts: { 'premises.visited': 2, 'visits.made': 2, 'arrests.made': 0 },
      jointVisits: [{ ...joint, counts: { 'premises.visited': 1, 'visits.made': 1 } }],
    }),
  );
}

async function addUp({ walk, coordinator, desk }: World, inbox: string, file: Buffer, reference: string) {
  const read = readSignedReturn(file);
  assert.ok(read.ok, JSON.stringify(read));
  const theirs = writeOtherReturn(read.value, reference);
  const sent = await fetch(`${desk.base}/staff/exchange/returns?week=${inbox.split('/').at(-1)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new Uint8Array(theirs),
  });
  assert.equal(sent.status, 201, 'the other force sends by a program');
  await coordinator.open(inbox);
  await coordinator.followMatching(/\/upload$/);
  await coordinator.page.locator('main input[type=file]').setInputFiles([
    { name: 'lea-vale.json', mimeType: 'application/json', buffer: file },
    { name: 'changed.json', mimeType: 'application/json', buffer: toBytes({ ...read.value, version: 9 }) },
  ]);
  await coordinator.send();
  assert.match(await textOf(coordinator), /bad signature/);
  await coordinator.open(inbox);
  await coordinator.followText('Totals of the week');
  const made = await coordinator.page
    .getByRole('row', { name: /^Visits at which a team arrived/ })
    .first()
    .innerText();
  const own = read.value.figures['visits.made']?.total;
  assert.ok(own?.kind === 'number');
  assert.match(made, new RegExp(`\\b${own.value + 1}$`), 'two visits of the other force, one of them counted once');
  await shoot(coordinator.page, 'evidence-totals');
  walk.step('Two returns added up, the joint visit counted once, a changed one refused');
}

const planted = [
  ['Officers spoke to a 37-year-old woman in Watford.', '37'],
  ['Neighbours of Willow Therapy had called police.', 'Willow Therapy'],
  ['Another visit was made in Tannery Yard.', 'Tannery Yard'],
] as const;

type Shown = { readonly harm: string; readonly marked: string; readonly why: string };

const listFindings = async (press: Walker): Promise<Shown[]> => {
  const shown: Shown[] = [];
  let harm = '';
  for (const item of await press.page.locator('#in-the-way li').all()) {
    // Findings of one kind share the heading of the first.
    [harm = harm] = await item.locator('h3').allInnerTexts();
    shown.push({
      harm,
      marked: await item.locator('.sl-underlined').first().innerText(),
      why: await item.locator('p.govuk-body').last().innerText(),
    });
  }
  return shown;
};

/** The draft with an age, a business and a street that no reader may learn. */
async function draftAndPlant({ walk, at }: World): Promise<Walker> {
  const press = await at('press');
  await press.followMatching(/\/draft$/);
  await press.send();
  await press.followText('Edit');
  const body = await press.page.locator('main [name="body"]').inputValue();
  await press.type({ body: `${body}\n\n${planted.map(([sentence]) => sentence).join(' ')}` });
  await press.type({ rank1: 'Detective Superintendent', name1: 'Rowan Ashdown', unit1: 'Modern Slavery Unit' });
  await press.type({ words1: 'Anybody who is made to work can ask for help.' });
  await press.send('Save');
  walk.step('Draft, with an age, a business and a street planted');
  return press;
}

/** The age is found at once, and the two names when the text is submitted. Each is worded safely in another way. */
async function wordSafely({ walk }: World, press: Walker): Promise<Shown[]> {
  const first = await listFindings(press);
  assert.ok(first.some(({ harm, marked }) => harm === 'An exact age' && marked === '37'));
  await shoot(press.page, 'evidence-age');
  await press.send(/Take the sentence out/);
  await assert.rejects(press.send(/Submit/), /must be corrected first/);
  const second = await listFindings(press);
  await shoot(press.page, 'evidence-names');
  for (const [sentence, words] of planted.slice(1)) {
    const found = second.find(({ marked }) => marked === words);
    assert.equal(found?.harm, 'Words from the records of the case', sentence);
  }
  for (const { why, marked } of [...first, ...second]) assert.match(why, /\.$/, `the reason for ${marked}`);
  await press.send(/Take the sentence out/);
  await press.followText('Edit');
  const body = await press.page.locator('main [name="body"]').inputValue();
  await press.type({ body: body.replace(/ in Tannery Yard|Neighbours of Willow Therapy/, '') });
  const left = await press.page.locator('main [name="body"]').inputValue();
  assert.doesNotMatch(left, /37|Willow Therapy|Tannery Yard/);
  await press.send('Save');
  await press.send(/Submit/);
  walk.step('Each worded safely and submitted');
  return [...first, ...second];
}

async function approveAndPublish({ walk, at, force }: World): Promise<string> {
  const approver = await at('press2');
  await approver.followMatching(/\/approve$/);
  await approver.tick('agreed', '0');
  await approver.send();
  const press = await at('press');
  await press.followMatching(/\/releases\/[0-9a-f-]+$/);
  await press.followMatching(/\/publish$/);
  await press.send();
  walk.step('Approved by another agency, published');
  force.clock.move(new Date(force.clock.now().getTime() + 60_000));
  await new Promise((done) => setTimeout(done, 1_100)); // The public cache is refreshed once a second.
  const news = await force.app.inject('/news');
  const path = /href="(\/news\/eight[a-z0-9-]+)"/.exec(news.body)?.[1] ?? '';
  const page = await force.app.inject(path);
  assert.match(page.body, /Four people were arrested at two addresses in Watford/);
  for (const [, words] of planted.slice(1)) assert.ok(!page.body.includes(words), words);
  assert.doesNotMatch(page.body, /37-year-old/);
  return path;
}

const readHelped = (analyst: Walker): Promise<string> => sectionOf(analyst, 'People helped', 'Work without a result');

/** One late note of advice: the numbers stay, and the return reads as if nobody had come. */
async function countOneCaseLater(world: World): Promise<void> {
  const { walk, at, force } = world;
  force.clock.move(new Date('2026-11-25T09:00:00Z'));
  const analyst = await at('analyst');
  await analyst.follow('/staff/returns', '.sl-nav');
  await analyst.followText(/version 1, final/);
  const signed = await readHelped(analyst);
  await analyst.followText('Count a new version');
  await analyst.type({ note: 'A late note is expected' });
  await analyst.send();
  await analyst.ledTo(/\/staff\/returns\/[0-9a-f-]{36}$/);
  const nobodyMore = await readHelped(analyst);
  const adviser = await at('adviser');
  await adviser.open(`${force.base}/staff/visits`);
  await adviser.followText('Meadow Nails');
  await adviser.followText('Person 1');
  await adviser.followMatching(/\/note$/);
  await adviser.tick('advice', 'rights at work', 'health');
  await adviser.tick('understood', 'yes');
  await adviser.tick('outcomes', 'took a card');
  await adviser.send();
  await analyst.send('Count again');
  await analyst.ledTo(/\/staff\/returns\/[0-9a-f-]{36}$/);
  const oneMore = await readHelped(analyst);
  await shoot(analyst.page, 'evidence-one-case-later');
  assert.match(oneMore, /fewer than five people came or went since the count of 24 Nov/);
  assert.equal(oneMore, nobodyMore, 'a reader cannot tell whether somebody came');
  const numbers = (text: string): string[] => text.match(/^\s*(about \d+|fewer than 5|not shown)$/gm) ?? [];
  assert.deepEqual(numbers(oneMore), numbers(signed), 'every published number stays');
  walk.step('One case later: counted again, the numbers stay');
}

/** A press officer who knows of the case writes the new number, and is stopped. */
async function refuseSecondRelease({ walk, at }: World): Promise<void> {
  const analyst = await at('analyst');
  await analyst.followText('Sign a return');
  await analyst.followMatching(/\/sign$/);
  await analyst.tick('stage', 'open');
  await analyst.send();
  const commander = await at('commander');
  await commander.followMatching(/\/countersign$/);
  await commander.send('Countersign');
  const press = await at('press');
  await press.follow('/staff/newsroom', '.sl-nav');
  await press.followText('Eight business addresses');
  await press.followText('Correct');
  await press.type({ note: 'A late note was counted.' });
  await press.send();
  await press.followText('Cancel');
  await press.send('Use the new figures');
  assert.match(await textOf(press), /About ten people were given safeguarding advice/);
  await press.followText('Edit');
  const body = await press.page.locator('main [name="body"]').inputValue();
  await press.type({ body: body.replace('{About ten people were} given', 'Eleven people were given') });
  await press.send('Save');
  const found = await listFindings(press);
  assert.ok(
    found.some(({ marked }) => /Eleven/i.test(marked)),
    JSON.stringify(found),
  );
  await shoot(press.page, 'evidence-second-release');
  walk.step('Second release with the new number stopped');
}

test('the demonstration week goes from records to a coordinator and to a release that exposes nobody', async (t) => {
  const world = await openBoth(t);
  const { walk, force } = world;
  let findings: Shown[] = [];
  try {
    const inbox = await addWeek(world);
    await registerKeys(world);
    const reference = await nameJointVisit(world);
    const file = await countAndSign(world);
    await addUp(world, inbox, file, reference);
    findings = await wordSafely(world, await draftAndPlant(world));
    await approveAndPublish(world);
    await countOneCaseLater(world);
    await refuseSecondRelease(world);
  } catch (error) {
    throw new Error(`${walk.timedSteps.join('\n')}\n${await walk.last?.describe()}`, { cause: error });
  }
  const refused = await findRefusedRelease(force, await force.mainOperation());
  assert.ok(refused.includes('few changes'), `the auditor found ${refused.join() || 'nothing'}`);
  const said = [
    ...walk.timedSteps,
    `together: ${walk.pages} pages / ${walk.clicks} clicks / ${walk.fields} fields, ${walk.seconds.toFixed(0)} s`,
    ...findings.map(({ harm, marked, why }) => `${harm} “${marked}”: ${why}`),
  ].join('\n');
  t.diagnostic(said);
  assert.ok(walk.pages <= 85 && walk.clicks <= 85 && walk.fields <= 35, said);
});
