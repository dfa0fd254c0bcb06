/** The main job, walked and counted in a browser: from an empty week to a published release. The data is that of the review, 28 November 2026. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Member } from '../../src/identity/agencies/index.ts';
import { openApplication } from '../fixtures/application.ts';
import { openForBrowser } from '../fixtures/browser-pages.ts';
import { recordAcceptances } from '../fixtures/invited.ts';
import { addWeekBefore } from '../fixtures/week-before.ts';
import { desktop } from '../harness/browser.ts';
import { CountedWalk, type Walker } from '../harness/counted-walk.ts';

const monday = '2026-09-21';

async function openCast(t: TestContext) {
  const world = await openForBrowser(t, (environment) =>
    openApplication(t, { today: '2026-09-07', time: '09:00', environment }),
  );
  const { agency, member } = world;
  const force = await agency('police force', { name: 'Lea Vale Police' });
  const region = await agency('regional crime unit', { name: 'Eastern Crime Unit' });
  const health = await agency('health', { name: 'Lea Nurses' });
  const advisers = await agency('sexual violence advisers', { name: 'Harbour Advisers' });
  const immigration = await agency('immigration', { name: 'Border Compliance East' });
  const relief = await agency('voluntary', { name: 'Open Door Relief' });
  const council = await agency('council', { name: 'Lea Vale Council', firstResponder: true });
  const people = {
    planner: await member(force, ['planner'], 'Dana Holt'),
    commander: await member(force, ['commander'], 'Helen Brandt'),
    officer: await member(force, ['field', 'enforcement'], 'Ravi Menon'),
    officer2: await member(force, ['field', 'enforcement'], 'Ellie Marsh'),
    officer3: await member(force, ['field', 'enforcement'], 'Noor Haddad'),
    analyst: await member(force, ['analyst'], 'Jo Lindqvist'),
    press: await member(force, ['press'], 'Maya Trent'),
    region: await member(region, ['field'], 'Owen Pryce'),
    immigration: await member(immigration, ['enforcement'], 'Lena Fisk'),
    nurse: await member(health, ['field'], 'Amara Diallo'),
    adviser: await member(advisers, ['field'], 'Tess Quill'),
    lead: await member(advisers, ['safeguarding lead'], 'Ines Castell'),
    reliefPress: await member(relief, ['press'], 'Colm Hart'),
    caseworker: await member(council, ['partner caseworker'], 'Ruth Adeyemi'),
  };
  const walk = new CountedWalk();
  const at = async (who: Member): Promise<Walker> => {
    const walker = walk.by(await world.pageOf(who, desktop));
    await walker.open(`${world.base}/staff`);
    return walker;
  };
  return { ...world, people, walk, at, force, agencies: [region, health, advisers, immigration, relief, council] };
}
type Cast = Awaited<ReturnType<typeof openCast>>;

async function planWeekAndOperation({ walk, agencies }: Cast, planner: Walker): Promise<void> {
  await planner.follow('/staff/operations', '.sl-nav');
  await planner.follow('/staff/weeks', 'body');
  await planner.follow('/weeks/new');
  await planner.type({ name: 'European week against exploitation', lead: 'Netherlands' });
  await planner.tick('focus', 'labour exploitation');
  await planner.date('starts', '2026-09-14');
  await planner.date('ends', '2026-09-27');
  await planner.send();
  await planner.followText('Add a local week');
  await planner.type({ name: 'Lea Vale week of action', lead: 'Lea Vale Police' });
  await planner.tick('focus', 'labour exploitation');
  await planner.date('starts', monday);
  await planner.date('ends', '2026-09-27');
  await planner.send();
  walk.step('Week with a parent');
  await planner.followMatching(/\/operations\/new\?week=/);
  await planner.type({ codeName: 'Lantern', unit: 'Modern slavery unit', area: 'Lea Vale' });
  await planner.send();
  walk.step('Operation');
  await planner.follow('/partners/new');
  for (const [index, { name }] of agencies.entries()) {
    await planner.select({ agencyId: name });
    await planner.send(index < agencies.length - 1 ? 'Save and add another' : undefined);
  }
  walk.step('Six partners');
}

async function addPeopleAndTeam({ walk, people }: Cast, planner: Walker): Promise<void> {
  await planner.follow('/people/new');
  for (const { id } of Object.values(people)) {
    const name = `duty-${id}`;
    if ((await planner.page.locator(`select[name="${name}"]`).count()) > 0)
      await planner.select({ [name]: id === people.lead.id ? /reception/i : /enter/i });
  }
  await planner.unfold('Put some of them on a new team');
  await planner.type({ teamName: 'Blue team' });
  const { officer, officer2, region, nurse, adviser } = people;
  await planner.tick('members', ...[officer, officer2, region, nurse, adviser].map(({ id }) => id));
  await planner.select({ leadId: 'Ravi Menon' });
  await planner.send();
  walk.step('Add 14 people with their team');
}

const places = [
  ['car wash', 'Millpond Cars', '1 Millpond Road', 'pace-s8', '10:00'],
  ['nail bar', 'Meadow Nails', '9 Market Row', 'consent', '12:00'],
  ['restaurant or takeaway', 'Corner Kitchen', '4 Elm Walk', 'consent', '14:00'],
] as const;

/** Premises with who can refer, the power, the first visit and the decision about immigration officers, each in one form. */
async function addPremises({ walk }: Cast, planner: Walker): Promise<void> {
  await planner.followText('Overview');
  await planner.next();
  for (const [index, [business, name, address, basis, starts]] of places.entries()) {
    await planner.selectValue('business', business);
    await planner.type({ name, address, town: 'Watford', postcode: 'WD17 1AA' });
    await planner.tick('dwelling', 'no');
    await planner.tick('priority', 'high');
    await planner.type({ reason: 'Workers there start before six and never leave alone', risks: 'A dog in the yard' });
    await planner.type({ languages: 'Romanian', interpreter: 'Telephone service, 01632 960 111' });
    if (index === 0) {
      await planner.select({ referrerId: 'Lea Vale Council' });
      await planner.type({ referrerOnCall: 'Ruth Adeyemi', referrerContact: '01632 960 230' });
    }
    await planner.selectValue('basis', basis);
    await planner.tick('purposes', await planner.firstValue('purposes'));
    await planner.select({ teamId: 'Blue team' });
    await planner.type({ starts });
    await planner.tick('immigrationEntry', 'not present');
    if (index === 0)
      await planner.type({
        immigrationReason: 'People there may not speak while immigration officers are present',
        immigrationAlternative: 'Officers who wait nearby',
      });
    await planner.send(index < places.length - 1 ? 'Save and add another' : undefined);
  }
  walk.step('Three premises with powers, team and visits');
}

/** What anybody there could see of one person. */
async function meet(officer: Walker, place: string): Promise<void> {
  await officer.tick('place', place);
  await officer.tick('spokenTo', 'spoken to, Romanian, by phone');
  await officer.tick('age', 'adult');
  await officer.send();
  await officer.tick('advice', 'rights at work', 'health');
  await officer.tick('understood', 'yes');
  await officer.tick('needs', 'shelter', 'health');
  await officer.tick('outcomes', 'wants help now');
  await officer.type({ wants: 'A safe bed tonight' });
}

async function arriveAtNext(officer: Walker, answer: string): Promise<void> {
  await officer.followMatching(/\/visits\/[0-9a-f-]+\/arrive$/);
  await officer.tick('answer', answer);
  await officer.send();
}

/** The warrant is granted, and the briefing of the team made. */
async function obtainWarrantAndBrief({ walk }: Cast, planner: Walker): Promise<void> {
  await planner.followText('Overview');
  await planner.followMatching(/\/powers\/[0-9a-f-]+\/next/);
  await planner.followText('It was granted');
  await planner.type({ reference: 'W/2026/117' });
  await planner.date('lastDay', '2026-12-07');
  await planner.tickLabelled('accompanying', /Lea Nurses/, /Harbour Advisers/);
  await planner.send();
  await planner.followText('Overview');
  await planner.next();
  await planner.send();
  walk.step('Warrant, briefing');
}

/** The commander lets it go ahead. */
async function decide({ walk, at, people }: Cast): Promise<void> {
  const commander = await at(people.commander);
  await commander.followMatching(/\/proceed$/);
  await commander.tick('kind', 'go');
  await commander.type({ reason: 'Grounds and powers are sound, and help is ready' });
  await commander.send();
  walk.step('Decision to proceed');
}

/** Two people, and two indicators. */
async function recordPeople(officer: Walker): Promise<void> {
  await arriveAtNext(officer, 'entered by pace-s8');
  for (const [index, place] of ['works there', 'lives there'].entries()) {
    await meet(officer, place);
    await officer.send(index === 0 ? 'Save and add another person' : undefined);
  }
  await officer.followMatching(/\/visits\/[0-9a-f-]+$/);
  await officer.followMatching(/\/visits\/[0-9a-f-]+\/signs$/);
  await officer.tick('sign', 'guarded', 'papers held');
  await officer.send('Describe those ticked');
  for (const number of ['', '-2'])
    await officer.type({ [`context${number}`]: 'Three beds behind the wash bay, at ten' });
  await officer.type({ explanation: 'A rest room for the night shift' });
  await officer.send();
}

/** An arrest with its screening, the search, and the end of the visit. */
async function recordArrestAndSearch(officer: Walker): Promise<void> {
  await officer.followMatching(/\/arrests\/new$/);
  await officer.tick('kind', 'criminal');
  await officer.tick('matter', 'slavery or trafficking');
  await officer.type({ offence: 'Modern Slavery Act 2015, section 1' });
  await officer.tick('sex', 'male');
  await officer.type({ age: '44' });
  await officer.send();
  await officer.tick('outcome', 'no concern');
  await officer.type({ screenedBy: 'DC Menon' });
  await officer.tick('interpreter', 'not needed');
  await officer.send();
  await officer.followMatching(/\/visits\/[0-9a-f-]+\/search$/);
  await officer.tick('searched', 'yes');
  await officer.type({ rooms: 'All rooms' });
  await officer.tick('noticeLeft', 'yes');
  await officer.send('Save and finish the visit');
  await officer.send();
}

/** A visit inside, one without a reply, one refused. */
async function makeVisits({ walk, at, people, clock }: Cast): Promise<void> {
  clock.move(new Date(`${monday}T09:02:00Z`));
  const officer = await at(people.officer);
  await recordPeople(officer);
  await recordArrestAndSearch(officer);
  walk.step('Visit: 2 encounters with notes, 2 indicators, arrest, screening, search');
  clock.move(new Date(`${monday}T11:02:00Z`));
  await arriveAtNext(await at(people.officer), 'no reply');
  walk.step('Visit: no reply');
  clock.move(new Date(`${monday}T13:02:00Z`));
  const atLast = await at(people.officer);
  await arriveAtNext(atLast, 'refused entry');
  await atLast.followMatching(/\/finish$/);
  await atLast.send();
  walk.step('Visit: refused');
}

/** The record, the consent, the referral to the council and its answer. */
async function openCaseAndRefer({ walk, at, people }: Cast, lead: Walker): Promise<void> {
  await lead.followMatching(/waiting=yes/);
  await lead.followMatching(/\/notes\/[0-9a-f-]+$/);
  await lead.followMatching(/\/people\?from=/);
  await lead.type({ name: 'Mihaela Pop' });
  await lead.send();
  await lead.send();
  await lead.check('The person says so');
  await lead.check('Needed');
  await lead.check('A text message');
  await lead.fill('Number, address, or through whom', '07700 900482');
  await lead.fill('Never do this', 'No calls');
  await lead.fill('Language', 'Romanian');
  await lead.send();
  await lead.followMatching(/\/consents\/ask/);
  await lead.check('Lea Vale Council');
  await lead.select({ purpose: /accommodat|shelter|place|house/i });
  await lead.check('How to reach the person safely');
  await lead.check('The person’s wishes');
  await lead.send();
  await lead.check('The person, to me');
  await lead.check('An interpreter by telephone or video');
  await lead.fill('The interpreter’s name or number', 'Interpreter 4471');
  await lead.send(/agrees/);
  await lead.followMatching(/\/refer(\?|$)/);
  await lead.send();
  await lead.send();
  walk.step('Record, consent, referral');
  const caseworker = await at(people.caseworker);
  await caseworker.followMatching(/\/referrals\/[0-9a-f-]+$/);
  await caseworker.followMatching(/\/decide$/);
  await caseworker.tick('decision', 'accepted');
  // One field more: the sender must know where the person sleeps tonight.
  await caseworker.type({ reason: 'A room from tonight; call 01632 960100' });
  await caseworker.send();
  walk.step('The council accepts');
}

/** The draft of the NRM referral, every question answered. */
async function draftNrmReferral({ walk, base }: Cast, lead: Walker): Promise<void> {
  await lead.open(`${base}/staff`);
  await lead.followMatching(/\/safeguarding\/people\/[0-9a-f-]+$/);
  await lead.followMatching(/\/nrm$/);
  await lead.followMatching(/\/nrm-referral$/);
  await lead.send();
  await lead.next();
  await lead.tick('answer', 'no');
  await lead.send();
  await lead.tick('answer', 'yes');
  await lead.check('The person, to me');
  await lead.check('An interpreter by telephone or video');
  await lead.fill('The interpreter’s name or number', 'Interpreter 4471');
  await lead.send(/^\s*(?!Show the words)\S/);
  while (/\/parts\//.test(lead.page.url())) {
    // The record already says how to reach the person.
    if (!lead.page.url().endsWith('/parts/12')) await lead.answerAll('A car wash in Watford');
    await lead.send();
  }
  walk.step('NRM draft');
}

/** After the week: the return. */
async function countAndSign({ walk, at, people, clock }: Cast): Promise<void> {
  clock.move(new Date('2026-09-28T09:00:00Z'));
  const analyst = await at(people.analyst);
  await analyst.followText(/Count/);
  await analyst.send('Count now');
  await analyst.ledTo(/\/staff\/returns\/[0-9a-f-]{36}$/);
  await analyst.followMatching(/\/sign$/);
  await analyst.tick('stage', 'final');
  await analyst.send();
  walk.step('Count, sign');
  const commander = await at(people.commander);
  await commander.followMatching(/\/countersign$/);
  await commander.send('Countersign as final');
  walk.step('Countersign');
}

/** The release: drafted, approved by another press office, published. */
async function publish({ walk, at, people, base }: Cast): Promise<void> {
  const press = await at(people.press);
  await press.followMatching(/\/draft$/);
  await press.send();
  await press.send(/Submit/);
  const approver = await at(people.reliefPress);
  await approver.followMatching(/\/approve$/);
  await approver.send();
  await press.open(`${base}/staff`);
  await press.followMatching(/\/releases\/[0-9a-f-]+$/);
  await press.followMatching(/\/publish$/);
  await press.send();
  walk.step('Draft, approve, publish');
}

/** The week of the year before is copied with its operation, partners, people and team. */
async function copyWeekBefore({ walk }: Cast, planner: Walker): Promise<void> {
  await planner.follow('/staff/operations', '.sl-nav');
  await planner.follow('/staff/weeks', 'body');
  await planner.followText('European week against exploitation');
  await planner.followMatching(/\/weeks\/[0-9a-f-]+\/copy$/);
  await planner.date('starts', '2026-09-14');
  await planner.fill('New code name for the copy of Harbour', 'Lantern');
  await planner.send();
  walk.step('Week, operation, partners, people and team, copied');
}

type Most = { readonly pages: number; readonly clicks: number; readonly fields: number };

/** The whole job, after the plan was begun in one way or the other. */
async function walkMainJob(
  t: TestContext,
  cast: Cast,
  begin: (planner: Walker) => Promise<void>,
  most: Most,
): Promise<void> {
  const { walk, at, people } = cast;
  try {
    const planner = await at(people.planner);
    await begin(planner);
    // One press for each agency on its own Home, which is not counted here.
    await recordAcceptances(cast, people.planner);
    await addPremises(cast, planner);
    await obtainWarrantAndBrief(cast, planner);
    await decide(cast);
    await makeVisits(cast);
    const lead = await at(people.lead);
    await openCaseAndRefer(cast, lead);
    await draftNrmReferral(cast, lead);
    await countAndSign(cast);
    await publish(cast);
  } catch (error) {
    throw new Error(`${walk.steps.join('\n')}\n${await walk.last?.describe()}`, { cause: error });
  }
  const { pages, clicks, fields } = walk;
  const said = [...walk.steps, `together: ${pages} / ${clicks} / ${fields}`].join('\n');
  t.diagnostic(said);
  assert.ok(pages <= most.pages && clicks <= most.clicks && fields <= most.fields, said);
}

/** The review counted 243 pages, 354 clicks and 299 fields. */
test('the main job, NRM included, takes at most 150 pages, 230 clicks and 220 fields', async (t) => {
  const cast = await openCast(t);
  const begin = async (planner: Walker) => {
    await planWeekAndOperation(cast, planner);
    await addPeopleAndTeam(cast, planner);
  };
  await walkMainJob(t, cast, begin, { pages: 150, clicks: 230, fields: 220 });
});

test('the main job with the plan of the year before takes at most 110 pages, 170 clicks and 150 fields', async (t) => {
  const cast = await openCast(t);
  const { planner, officer, officer2, region, nurse, adviser, lead } = cast.people;
  const team = [officer, officer2, region, nurse, adviser];
  const all = {
    force: cast.force,
    partners: cast.agencies,
    planner,
    people: Object.values(cast.people),
    reception: lead,
    team,
  };
  await addWeekBefore(cast.db, all);
  await walkMainJob(t, cast, (walker) => copyWeekBefore(cast, walker), { pages: 110, clicks: 170, fields: 150 });
});
