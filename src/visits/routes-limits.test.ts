import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aTeam, person } from '../../test/fixtures/visit.ts';
import { addOperation, addPlannedVisit, addTeam, letIn } from '../operations/plan/examples.ts';
import { newId } from '../vocabulary/ids.ts';
import { addArrest, addObservation, addPersonMet, addSeizure, addVisit } from './examples.ts';

test('each indicator has context and explanation, and nothing adds them up', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const url = `/staff/encounters/${met.id}/signs`;
  const list = await at.get(url);
  assert.match(list.body, /These mean nothing alone/);
  assert.match(list.body, /does not prove or rule out exploitation/);
  for (const sign of ['guarded', 'tattoo', 'afraid']) {
    const sent = await at.post(`${url}?sign=${sign}`, {
      id: newId(),
      context: 'In the hall',
      explanation: 'She was cold',
    });
    assert.equal(sent.headers.location, `/staff/encounters/${met.id}`);
  }
  assert.equal((await at.post(`${url}?sign=nonsense`, {})).statusCode, 404);
  const rows = await db.selectFrom('observations').select(['indicatorId', 'ofControl']).orderBy('recordedAt').execute();
  assert.deepEqual(
    new Set(rows.filter(({ ofControl }) => ofControl).map(({ indicatorId }) => indicatorId)),
    new Set(['guarded', 'afraid']),
  );
  for (const page of [await at.get(`/staff/visits/${visit.id}`), await at.get(`/staff/encounters/${met.id}`)]) {
    const text = page.body.replace(/<[^>]+>/g, ' ');
    assert.doesNotMatch(text, /(3|three|several) signs|score|likely|suspected|indicators? (seen|present)|verdict/i);
  }
});

test('no page asks more of the database when there are more rows', async (t) => {
  const { signIn, officer, planned, db, premises, countQueries } = await aTeam(t);
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const arrest = await addArrest(db, visit, officer);
  await addObservation(db, visit, officer);
  await addSeizure(db, visit, officer);
  // A next visit asks once whether there is a Go.
  await addPlannedVisit(db, premises, { id: planned.teamId }, { starts: '12:00' });
  const urls = [
    '/staff',
    '/staff/visits',
    `/staff/visits/${visit.id}`,
    `/staff/encounters/${met.id}`,
    `/staff/arrests/${arrest.id}`,
  ];
  const cost = async () => {
    const costs: number[] = [];
    for (const url of urls) {
      countQueries();
      assert.equal((await at.get(url)).statusCode, 200);
      costs.push(countQueries());
    }
    return costs;
  };
  await cost();
  const few = await cost();
  for (let more = 0; more < 30; more += 1) {
    const another = await addPlannedVisit(db, premises, { id: planned.teamId }, { starts: '11:00' });
    if (more < 10) await addVisit(db, another, officer);
    await addPersonMet(db, visit, officer);
    await addObservation(db, visit, officer, { encounterId: met.id });
    await addArrest(db, visit, officer);
    await addSeizure(db, visit, officer);
  }
  assert.deepEqual(await cost(), few);
  const list = await at.get('/staff/visits?page=2');
  assert.match(list.body, /Page <b>2<\/b> of <b>2<\/b>/);
});

test('ids of other agencies, missing and hidden ids give the same 404', async (t) => {
  const one = await aTeam(t);
  const { signIn, member, agency, db, officer } = one;
  const visit = await addVisit(db, one.planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const arrest = await addArrest(db, visit, officer);
  const sign = await addObservation(db, visit, officer);
  const seizure = await addSeizure(db, visit, officer);

  const elsewhere = await agency('police force', { name: 'Other Police' });
  const stranger = await member(elsewhere, ['field', 'enforcement']);
  const theirs = await addOperation(db, elsewhere, await member(elsewhere, ['planner']));
  await letIn(db, theirs, stranger, { team: await addTeam(db, theirs) });
  const colleague = await member(one.force, ['field', 'enforcement']);
  await letIn(db, one.operation, colleague, { team: await addTeam(db, one.operation, { name: 'Team 2' }) });

  const paths = (id: string, kind: string): string[] =>
    ({
      visit: [
        '',
        '/arrive',
        '/entry',
        '/leave',
        '/finish',
        '/correct',
        '/search',
        '/encounters/new',
        '/arrests/new',
        '/seizures/new',
        '/signs',
      ].map((path) => `/staff/visits/${id}${path}`),
      encounter: ['', '/correct', '/name', '/name/record', '/signs'].map((path) => `/staff/encounters/${id}${path}`),
      arrest: ['', '/correct', '/status', '/close', '/screening'].map((path) => `/staff/arrests/${id}${path}`),
      sign: ['', '/correct'].map((path) => `/staff/indicators/${id}${path}`),
      seizure: ['', '/correct'].map((path) => `/staff/seizures/${id}${path}`),
    })[kind] ?? [];
  const shown = ({ body }: { body: string }) => body.replaceAll(/name="_csrf" value="[^"]*"/g, '');
  const ids: [string, string][] = [
    ['visit', visit.id],
    ['encounter', met.id],
    ['arrest', arrest.id],
    ['sign', sign.id],
    ['seizure', seizure.id],
  ];
  for (const who of [stranger, colleague]) {
    const visitor = await signIn(who);
    for (const [kind, hidden] of ids) {
      const nobodys = newId();
      for (const [index, path] of paths(hidden, kind).entries()) {
        const absent = paths(nobodys, kind)[index] ?? '';
        const [there, nowhere] = [await visitor.get(path), await visitor.get(absent)];
        assert.equal(there.statusCode, 404, path);
        assert.equal(shown(there), shown(nowhere));
        if (path.endsWith(hidden)) continue;
        const [sent, into] = [
          await visitor.post(path, { ...person(), why: 'x' }),
          await visitor.post(absent, { ...person(), why: 'x' }),
        ];
        assert.deepEqual([sent.statusCode, into.statusCode], [404, 404], path);
        assert.equal(shown(sent), shown(into));
      }
    }
  }
});

test('a planner and a commander read their operation’s visits and record none', async (t) => {
  const { on, signIn, planner, member, force, operation, planned, officer, db } = await aTeam(t);
  const visit = await addVisit(db, planned, officer);
  await addArrest(db, visit, officer);
  const commander = await member(force, ['commander']);
  await letIn(db, operation, commander);
  for (const who of [planner, commander]) {
    const visitor = await signIn(who);
    const page = await visitor.get(`/staff/visits/${visit.id}`);
    assert.equal(page.statusCode, 200);
    assert.match(page.body, /Arrests/);
    assert.doesNotMatch(page.body, /Add a person met|Correct the visit/);
    assert.equal((await visitor.get(`/staff/visits/${visit.id}/arrive`)).statusCode, 403);
    assert.equal((await visitor.post(`/staff/visits/${visit.id}/entry`, { power: 'consent' })).statusCode, 403);
  }
  const analyst = await on(['analyst']);
  assert.equal((await analyst.get(`/staff/visits/${visit.id}`)).statusCode, 403);
});
