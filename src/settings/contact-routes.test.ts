import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryOfService } from '../public/contacts/service-entry.ts';
import { parseService } from '../public/signs/index.ts';
import { allServices, servicesWith } from '../public/signs/load.ts';
import { stateOfContact } from './contact.ts';
import { answersOfService } from './contact-fields.ts';
import { contactForm } from './contact-form.ts';
import { compareContents } from './descriptions.ts';
import { openSettings } from './examples.ts';

const today = '2026-11-24';
const beacon = allServices.find(({ id }) => id === 'beacon');
const ofBeacon = '/staff/settings/contacts/services/beacon';

/** What the form of a service shows, as a browser sends it back. */
function sentBack(id: string, more: Record<string, unknown> = {}): Record<string, string | string[]> {
  const service = allServices.find((one) => one.id === id);
  assert.ok(service);
  const [year = '', month = '', day = ''] = service.dateChecked.split('-');
  const shown: Record<string, unknown> = {
    ...answersOfService(service),
    ...{ 'dateChecked-day': day, 'dateChecked-month': month, 'dateChecked-year': year },
    ...more,
  };
  delete shown.dateChecked;
  const sent: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(shown)) {
    if (typeof value === 'string') sent[name] = value;
    if (Array.isArray(value)) sent[name] = value.map(String);
  }
  return sent;
}

const onDay = (day: string) => ({
  'dateChecked-day': day.slice(8),
  'dateChecked-month': day.slice(5, 7),
  'dateChecked-year': day.slice(0, 4),
});

test('the form shows every service so that sending it back changes nothing', () => {
  for (const service of allServices) {
    const before = entryOfService(service);
    const parsed = contactForm({ id: service.id, before, today }).safeParse(answersOfService(service));
    assert.ok(parsed.success, `${service.id}: ${JSON.stringify(parsed.error?.issues)}`);
    assert.deepEqual(parseService(parsed.data), service);
  }
});

test('a contact is old after 90 days, and confirmed once a second person approved the check', () => {
  assert.ok(beacon);
  const checked = (dateChecked: string) => ({ ...beacon, dateChecked });
  assert.equal(stateOfContact(checked('2026-08-26'), true, today), 'confirmed');
  assert.equal(stateOfContact(checked('2026-08-25'), true, today), 'old');
  assert.equal(stateOfContact(checked(today), false, today), 'not confirmed by two people');
  assert.equal(stateOfContact({ ...checked(today), withheld: 'gone' }, true, today), 'withheld');
});

test('a press says that a contact was checked today, and a colleague approves several checks at once', async (t) => {
  const { app, ada, sol, dee } = await openSettings(t, {}, { today });
  assert.match((await app.inject('/help')).body, /Hours not confirmed: Monday to Friday 8am to 8pm/);
  assert.match((await ada.get('/staff')).body, /Check \d+ contacts/);
  assert.match((await ada.get('/staff/settings/contacts')).body, /Checked 2617 days ago/);
  const pressed = await ada.post(`${ofBeacon}/checked`, {});
  assert.equal(pressed.statusCode, 303);
  assert.match(
    (await ada.get(String(pressed.headers.location))).body,
    /Contact: [\s\S]*24 November 2026[\s\S]*Changed/,
  );
  assert.equal((await ada.post('/staff/settings/contacts/checked', {})).statusCode, 422);
  await ada.post('/staff/settings/contacts/checked', { services: ['salvation army', 'crimestoppers'] });
  assert.doesNotMatch(
    (await ada.get('/staff/settings/contacts/decide')).body,
    /value="[0-9a-f-]{36}"/,
    'not their own',
  );
  const form = (await dee.get('/staff/settings/contacts/decide')).body;
  const versions = [...form.matchAll(/name="versions" type="checkbox" value="([0-9a-f-]{36})"/g)].map(
    ([, id]) => id ?? '',
  );
  assert.equal(versions.length, 3);
  assert.equal((await dee.post('/staff/settings/contacts/decide', { versions })).statusCode, 303);
  assert.match((await sol.get('/staff/settings/contacts')).body, /Confirmed/);
  const help = (await app.inject('/help')).body;
  assert.doesNotMatch(help, /Hours not confirmed: Monday to Friday 8am to 8pm/);
  assert.match(help, /Open now until 8pm/);
});

test('a changed number reaches Help and the poster; what is hidden leaves them', async (t) => {
  const { app, ada, sol } = await openSettings(t, {}, { today });
  const change = async (more: Record<string, unknown>) => {
    const saved = await ada.post(`${ofBeacon}/edit`, sentBack('beacon', { ...onDay(today), ...more }));
    assert.equal(saved.statusCode, 303, saved.body.slice(0, 3_000));
    assert.match((await sol.get(String(saved.headers.location))).body, /Date checked[\s\S]*24 November 2026/);
    assert.equal((await sol.post(`${saved.headers.location}/decide`, { decision: 'approve' })).statusCode, 303);
  };
  await change({ channel1Printed: '01632 960 123', hoursMonday: '9:30 to 17:00' });
  for (const url of ['/help', '/signs/poster', '/help?language=pl'])
    assert.match((await app.inject(url)).body, /01632 960 123/, url);
  await change({ withheld: 'It no longer answers' });
  assert.doesNotMatch((await app.inject('/help')).body, /01632 960 123|03000 11 55 55/);
});

test('mistakes in a contact are refused at their field with the answers kept', async (t) => {
  const { ada } = await openSettings(t, {}, { today });
  const { statusCode, body } = await ada.post(
    `${ofBeacon}/edit`,
    sentBack('beacon', {
      ...onDay('2026-11-25'),
      hoursMonday: 'nine to five',
      channel1Printed: 'ring us',
      sources: 'our own knowledge',
      name: 'Beacon of today',
    }),
  );
  assert.equal(statusCode, 422);
  for (const says of [
    /Write hours on the 24-hour clock/,
    /Enter one whole telephone number/,
    /Write each source on a line of its own/,
    /Enter today or an earlier day/,
    /value="Beacon of today"/,
  ])
    assert.match(body, says);
});

test('a way to reach a service is dialled or opened, and never another kind of link', async (t) => {
  const { app, ada, sol } = await openSettings(t, {}, { today });
  const withWay = (way: Record<string, string>) =>
    ada.post(
      `${ofBeacon}/edit`,
      sentBack('beacon', { ...onDay(today), channel2Cost: 'Free', channel2Phone: 'No', channel2Bill: 'No', ...way }),
    );
  for (const kind of ['web', 'bsl'])
    assert.match(
      (await withWay({ channel2Kind: kind, channel2Printed: 'our page', channel2Address: 'javascript:alert(1)' })).body,
      /begins with https:\/\//,
      kind,
    );
  const saved = await withWay({ channel2Kind: 'post', channel2Printed: 'PO Box 1, <b>Dale</b>' });
  await sol.post(`${saved.headers.location}/decide`, { decision: 'approve' });
  const help = (await app.inject('/help')).body;
  assert.match(help, /<bdi>PO Box 1, &lt;b&gt;Dale&lt;\/b&gt;<\/bdi>/);
  assert.doesNotMatch(help, /href="PO Box/);
});

test('refuses a link whose words name another site, and an address with a user part', async (t) => {
  const { ada } = await openSettings(t, {}, { today });
  const withWay = async (printed: string, address: string) => {
    const way = { channel2Kind: 'web', channel2Printed: printed, channel2Address: address };
    const costs = { channel2Cost: 'Free', channel2Phone: 'No', channel2Bill: 'No' };
    return ada.post(`${ofBeacon}/edit`, sentBack('beacon', { ...onDay(today), ...costs, ...way }));
  };
  assert.match(
    (await withWay('modernslaveryhelpline.org', 'https://evil.example/')).body,
    /This names another site than the web address opens/,
  );
  assert.match((await withWay('Our page', 'https://gov.uk@evil.example/')).body, /has no “@” before its site/);
  const saved = await withWay('beacon.example', 'https://www.beacon.example/help');
  assert.equal(saved.statusCode, 303);
  const seen = (await ada.get(String(saved.headers.location))).body;
  assert.match(seen, /Website or chat: beacon\.example \(opens https:\/\/www\.beacon\.example\/help\)/);
});

test('ignores an approved contact whose link names another site', () => {
  assert.ok(beacon);
  const [way] = entryOfService(beacon).channels as readonly object[];
  const link = { ...way, kind: 'web', number: null, printed: 'beacon.example', address: 'https://evil.example/' };
  const approved = () => new Map([['beacon', { ...entryOfService(beacon), channels: [link] }]]);
  assert.deepEqual(servicesWith({ approved }), allServices);
});

test('the approver sees what changed: not the same readers in another order, and a way that was taken out', () => {
  const helpline = allServices.find(({ id }) => id === 'crimestoppers');
  assert.ok(helpline);
  const before = entryOfService(helpline);
  const shownTo = Object.fromEntries(Object.entries(helpline.for).reverse());
  const after = { ...before, for: shownTo, channels: helpline.channels.slice(0, 1), languages: 'English' };
  const changed = compareContents({ kind: 'contacts', part: helpline.id }, before, after).filter((one) => one.changed);
  assert.deepEqual(
    changed.map(({ label }) => label),
    ['Languages', 'Way to reach it 2', 'Cost and traces of way 2'],
  );
  assert.match(changed[1]?.before ?? '', /^Website or chat: crimestoppers-uk\.org \(opens https:/);
  assert.equal(changed[1]?.after, '');
});

test('a service can be added, and a second one of the same name cannot', async (t) => {
  const { app, ada, sol } = await openSettings(t, {}, { today });
  const answers = {
    ...sentBack('beacon', { ...onDay(today), name: 'Fell Advice Line', channel1Printed: '01632 960 555' }),
    sources: 'Fell Advice Line https://fell.example/contact',
  };
  const saved = await ada.post('/staff/settings/contacts/new', answers);
  assert.equal(saved.statusCode, 303);
  assert.doesNotMatch((await app.inject('/help')).body, /Fell Advice Line/);
  await sol.post(`${saved.headers.location}/decide`, { decision: 'approve' });
  assert.match((await app.inject('/help')).body, /Fell Advice Line[\s\S]*01632 960 555/);
  assert.match((await ada.post('/staff/settings/contacts/new', answers)).body, /in the list already/);
});
