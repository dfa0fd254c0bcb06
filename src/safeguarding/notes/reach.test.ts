import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHelpedPerson } from '../../../test/fixtures/help-offered.ts';
import { addPersonMet } from '../../visits/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { formatSpoken, spokenAtVisit, spokenInRecord } from './reach.ts';

const rowOf = (body: string, key: string): string | undefined =>
  new RegExp(`<dt[^>]*>\\s*${key}\\s*</dt>\\s*<dd[^>]*>\\s*([^<]*?)\\s*</dd>`).exec(body)?.[1];

test('the lead, who cannot see the visit, reads the language and reaches the author, and forms fill the language in', async (t) => {
  const { signIn, force, member, letIn, lead, visit, db, safeguardingDb } = await aHelpedPerson(t);
  const officer = await member(force, ['field'], 'Olu Officer');
  await letIn(officer);
  const met = await addPersonMet(db, visit, officer, { language: 'Vietnamese', interpreter: 'by phone' });
  const at = await signIn(officer);
  const write = `/staff/safeguarding/encounters/${met.id}/note`;
  assert.match((await at.get(write)).body, /Your phone number for readers of this note/);
  const id = newTimelessId<'note'>();
  const sent = await at.post(write, { id, outcomes: ['wants help now'], authorPhone: '07700 900123' });
  assert.equal(sent.statusCode, 303, sent.body);

  const leads = await signIn(lead);
  const page = (await leads.get(`/staff/safeguarding/notes/${id}`)).body;
  assert.equal(rowOf(page, 'Language'), 'Vietnamese, interpreter by phone');
  assert.match(
    page,
    /Reach the author of the note[\s\S]*href="tel:\+447700900123"[^>]*>Ring Officer Olu Officer: 07700 900123</,
  );
  assert.doesNotMatch(page, /Blue Door/, 'the premises stay with the visit');
  assert.match((await leads.get('/staff/safeguarding')).body, /Vietnamese, interpreter by phone/);
  assert.doesNotMatch((await at.get(`/staff/safeguarding/notes/${id}`)).body, /Reach the author/, 'the author');

  const opening = (await leads.get(`/staff/safeguarding/people/new?from=note:${id}&noName=yes`)).body;
  assert.match(opening, /name="language"[^>]*value="Vietnamese"/);
  assert.match(opening, /name="interpreter"[^>]*value="needed" checked/);
  const refer = (await leads.get(`/staff/safeguarding/notes/${id}/refer`)).body;
  assert.match(refer, /Speaks Vietnamese\. An interpreter is needed/);
  const asking = await leads.post(`/staff/safeguarding/people/${met.id}/consents/ask`, {});
  assert.ok(asking.statusCode < 500);

  const other = await addPersonMet(db, visit, officer);
  const next = (await at.get(`/staff/safeguarding/encounters/${other.id}/note`)).body;
  assert.match(next, /name="authorPhone"[^>]*value="07700 900123"/, 'the number is typed once');
  const [row] = await safeguardingDb
    .selectFrom('notes')
    .select(['language', 'interpreter'])
    .where('id', '=', id)
    .execute();
  assert.deepEqual(row, { language: 'Vietnamese', interpreter: 'by phone' });
});

test('where the author gave no number, the page says whom to call; a correction can add number and language', async (t) => {
  const { signIn, adviser, lead, note } = await aHelpedPerson(t);
  const url = `/staff/safeguarding/notes/${note.id}`;
  const leads = await signIn(lead);
  const before = (await leads.get(url)).body;
  assert.match(before, /The author gave no number\. Call Lea Advisers and ask for Officer Ada Adviser\./);
  assert.equal(rowOf(before, 'Language'), 'Not recorded');
  const at = await signIn(adviser);
  const corrected = await at.post(`${url}/correct`, {
    ...{ base: '1', why: 'something was missing', outcomes: ['wants help now'], age: 'adult' },
    ...{ language: 'Albanian', interpreter: 'in person', authorPhone: 'Duty phone 01632 960 222' },
  });
  assert.equal(corrected.statusCode, 303, corrected.body);
  const after = (await leads.get(url)).body;
  assert.match(after, /href="tel:\+441632960222"[^>]*>Ring Officer Ada Adviser: Duty phone 01632 960 222</);
  assert.equal(rowOf(after, 'Language'), 'Albanian, interpreter in person');
  assert.match(after, /Language: Not recorded\./, 'the earlier version');
});

test('somebody only seen needed no interpreter, which says nothing of the person', () => {
  const seen = spokenAtVisit({ language: null, interpreter: 'not needed' });
  assert.deepEqual(seen, { language: null, interpreter: null });
  assert.equal(formatSpoken(seen), 'Not recorded');
  assert.deepEqual(spokenInRecord(seen), {});
  const none = spokenAtVisit({ language: null, interpreter: 'none found' });
  assert.equal(formatSpoken(none), 'no interpreter found');
  assert.deepEqual(spokenInRecord(none), { interpreter: 'needed' });
});
