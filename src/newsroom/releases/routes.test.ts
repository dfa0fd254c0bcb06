import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change, decoded, draft, formOf, openNewsroom, publish } from '../../../test/fixtures/releases.ts';
import { setContext } from '../../platform/database/database.ts';
import { newId, type ReleaseId } from '../../vocabulary/ids.ts';
import { addPublished } from './examples.ts';
import { addAct } from './store.ts';

/** A page but for the token that each one carries. */
const without = (html: string): string => html.replace(/name="_csrf" value="[^"]*"/g, '');

test('a release goes from a signed return to the public, through two agencies', async (t) => {
  const room = await openNewsroom(t);
  const { app, signed, writer, colleague, partner, auditTrail } = room;
  assert.match((await writer.get('/staff')).body, />Draft a release for a signed return</);
  assert.match((await writer.get('/staff/newsroom/returns')).body, /Draft a release/);
  const drafting = await writer.get(`/staff/newsroom/returns/${signed.id}/draft`);
  assert.match(drafting.body, /in force from 2026/);
  assert.match(drafting.body, /No town with a single address/);
  assert.match(drafting.body, /Immigration and Border Compliance East/);

  const address = await draft(writer, signed.id);
  const page = await writer.get(address);
  assert.match(page.body, /Eight business addresses were visited/);
  assert.match(page.body, /other partners/);
  assert.doesNotMatch(page.body, /\{\{/);
  assert.doesNotMatch(page.body, /What to correct/);
  assert.doesNotMatch((await app.inject('/news')).body, /eight business/i);

  assert.equal((await writer.post(`${address}/submit`, { revision: 1 })).statusCode, 303);
  assert.match((await partner.get('/staff')).body, />Approve a release</);
  assert.doesNotMatch((await colleague.get('/staff')).body, />Approve a release</);
  for (const [who, says] of [
    [writer, /You wrote part of this/],
    [colleague, /Your agency wrote part of this/],
  ] as const) {
    const refused = await who.post(`${address}/approve`, { revision: 1 });
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, says);
  }
  assert.equal((await partner.post(`${address}/approve`, { revision: 1 })).statusCode, 303);
  assert.match((await writer.get('/staff')).body, />Publish an approved release</);
  assert.match((await writer.get(`${address}/publish`)).body, /Everybody can read it at once/);
  assert.equal((await writer.post(`${address}/publish`, { revision: 1 })).statusCode, 303);

  const news = await app.inject('/news');
  const slug = /href="(\/news\/eight[a-z0-9-]+)"/.exec(news.body)?.[1];
  assert.match(String(slug), /^\/news\/eight-business-addresses-visited-in-hertfordshire/);
  const release = await app.inject(String(slug));
  assert.equal(release.statusCode, 200);
  assert.match(release.body, /Several people were given safeguarding advice/);
  assert.deepEqual(await auditTrail(), [
    'release drafted',
    ...['submitted', 'approved', 'published'].flatMap((act) => [
      'release compared with names',
      `release ${act}`,
      'case names compared',
    ]),
  ]);
});

test('gives the same answer for a release of others and for one that does not exist', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, stranger, signed, app, force } = room;
  const address = await draft(writer, signed.id);
  const nothing = await stranger.get(`/staff/releases/${newId()}`);
  assert.equal(nothing.statusCode, 404);
  for (const path of [
    '',
    '/edit',
    '/approve',
    '/send-back',
    '/publish',
    '/correct',
    '/withdraw',
    '/export',
    '/revisions/1',
  ]) {
    const hidden = await stranger.get(`${address}${path}`);
    assert.deepEqual([hidden.statusCode, without(hidden.body)], [404, without(nothing.body)], path);
  }
  for (const path of [
    'edit',
    'submit',
    'approve',
    'send-back',
    'publish',
    'correct',
    'give-up',
    'withdraw',
    'bind',
    'justify',
    'renew',
  ]) {
    const refused = await stranger.post(`${address}/${path}`, {
      revision: 1,
      base: 1,
      note: 'x',
      why: 'x',
      typed: 'x',
      sentence: 'x',
      figure: 'arrests.made',
    });
    assert.equal(refused.statusCode, 404, path);
  }
  assert.equal((await stranger.get(`/staff/newsroom/returns/${signed.id}/draft`)).statusCode, 404);
  assert.doesNotMatch((await stranger.get('/staff/newsroom')).body, /Hertfordshire/);
  assert.equal((await partner.get(address)).statusCode, 200, 'press of an agency that takes part');

  for (const role of ['planner', 'analyst', 'commander'] as const) {
    const other = await room.signIn(await room.member(force, [role]));
    assert.equal((await other.get(address)).statusCode, 403, role);
    assert.equal((await other.get('/staff/newsroom')).statusCode, 403, role);
  }
  const nobody = await app.inject(address);
  assert.equal(nobody.statusCode, 303);
  assert.match(String(nobody.headers.location), /sign-in/);
});

test('press has no path to a record, in the database itself', async (t) => {
  const { databases, writer, colleague, partner, signed, clock } = await openNewsroom(t);
  const asPress = databases.for('main', 'publisher');
  for (const table of [
    'visits',
    'encounters',
    'arrests',
    'premises',
    'return_records',
    'return_workings',
    'accounts',
    'sessions',
  ])
    await assert.rejects(asPress.selectFrom(table).selectAll().execute(), /permission denied|does not exist/, table);
  const asEverybody = databases.for('main', 'public');
  for (const table of [
    'releases',
    'release_events',
    'releases_versions',
    'publications_versions',
    'returns',
    'members',
  ])
    await assert.rejects(asEverybody.selectFrom(table).selectAll().execute(), /permission denied/, table);
  await assert.rejects(asEverybody.selectFrom('releaseWithdrawals').select('why').execute(), /permission denied/);

  const address = await draft(writer, signed.id);
  const approval = (memberId: string) =>
    asPress.transaction().execute(async (tx) => {
      const actor = {
        ...colleague.member,
        memberId: colleague.member.id,
        memberName: '',
        agencyName: '',
        side: 'enforcement',
        operations: [],
        partnerOperations: [],
        teams: [],
      } as const;
      await setContext(tx, { now: clock.now(), actor });
      const who = { memberId, agencyId: colleague.member.agencyId };
      await addAct(tx, { id: address.split('/').at(-1) as ReleaseId, revision: 1 }, 'approved', who, clock.now());
    });
  await assert.rejects(approval(partner.member.id), /row-level security/, 'nobody acts as somebody else');
  await approval(colleague.member.id);
});

test('a number typed by hand is underlined until it is bound or justified, and a claim until it has a source', async (t) => {
  const room = await openNewsroom(t);
  const { writer, signed } = room;
  const address = await draft(writer, signed.id);
  const { body } = await formOf(writer, address);
  await change(writer, address, {
    body: `${body}\n\nThe teams drove 400 miles. Calls to the helpline are increasing. We went to 8 addresses.`,
  });
  const before = await writer.get(address);
  assert.match(before.body, /drove <span class="sl-underlined">400<\/span> miles/);
  assert.match(before.body, /are <span class="sl-underlined">increasing<\/span>/);
  assert.match(
    before.body,
    /Use \{eight\} <span[^>]*>\(premises visited\)/,
    'a number that the return bears out may be bound',
  );
  const links = [...before.body.matchAll(/href="([^"]*\/justify\?[^"]*)"/g)].map(([, href = '']) => decoded(href));
  assert.equal(links.length, 2);

  const hidden = (html: string) =>
    Object.fromEntries(
      [...html.matchAll(/type="hidden" name="(typed|sentence)" value="([^"]*)"/g)].map(([, name, value = '']) => [
        name,
        decoded(value),
      ]),
    );
  const number = await writer.get(links[0] ?? '');
  assert.match(number.body, /Why may this stand\?/);
  const empty = await writer.post(`${address}/justify`, hidden(number.body));
  assert.equal(empty.statusCode, 422);
  assert.match(empty.body, /Enter why these words may stand/);
  for (const reason of ['ok', 'x', 'it is fine', 'Thevehiclelogssayso', 'a b c d e f g']) {
    const refused = await writer.post(`${address}/justify`, { ...hidden(number.body), reason });
    assert.equal(refused.statusCode, 422, reason);
    assert.match(refused.body, /at least three words and 15 letters/);
    assert.match(refused.body, new RegExp(`value="${reason}"`), 'keeps what was typed');
  }
  assert.equal(
    (await writer.post(`${address}/justify`, { ...hidden(number.body), reason: 'The vehicle logs' })).statusCode,
    303,
  );

  const claim = hidden(
    (await writer.get(decoded(/href="([^"]*\/justify\?[^"]*)"/.exec((await writer.get(address)).body)?.[1] ?? '')))
      .body,
  );
  const source = {
    source: 'Annual assessment',
    url: 'http://example.org/x',
    reason: '',
    'date-day': '1',
    'date-month': '6',
    'date-year': '2026',
  };
  const unsafe = await writer.post(`${address}/justify`, { ...claim, ...source });
  assert.match(unsafe.body, /begins with https/);
  assert.match(unsafe.body, /value="Annual assessment"/, 'keeps what was typed');
  assert.equal(
    (await writer.post(`${address}/justify`, { ...claim, ...source, url: 'https://example.org/assessment' }))
      .statusCode,
    303,
  );

  const bound = await writer.post(`${address}/link-figure`, {
    typed: '8',
    sentence: 'We went to 8 addresses.',
    figure: 'premises.visited',
  });
  assert.equal(bound.statusCode, 303, bound.body);
  const after = await writer.get(address);
  assert.doesNotMatch(after.body, /sl-underlined/);
  assert.match(after.body, /We went to eight addresses\./);
  assert.match(after.body, /Wren Writer: The vehicle logs/);
  assert.match(
    (
      await writer.post(`${address}/link-figure`, {
        typed: '8',
        sentence: 'We went to 8 addresses.',
        figure: 'premises.visited',
      })
    ).body,
    /no longer stand in the text/,
  );

  const news = await room.app.inject(await publish(room, address));
  assert.match(
    news.body,
    /<a class="govuk-link" href="https:\/\/example\.org\/assessment" rel="noreferrer">Annual assessment<\/a>, 1 June 2026/,
  );
});

test('of two who write at once the later sees both texts, and nothing is lost', async (t) => {
  const room = await openNewsroom(t);
  const { writer, colleague, signed } = room;
  const address = await draft(writer, signed.id);
  const opened = await formOf(colleague, address);
  await change(writer, address, { description: 'Wren’s description.', area: 'Leashire' });
  const late = await colleague.post(`${address}/edit`, {
    ...opened,
    description: 'Cole’s description.',
    title: 'Cole’s title',
  });
  assert.equal(late.statusCode, 422);
  const html = decoded(late.body);
  assert.match(html, /Officer Wren Writer saved this release while you wrote/);
  assert.match(html, /Wren’s description\./, 'theirs is shown');
  assert.match(html, /<textarea[^>]*name="description"[^>]*>Cole’s description\.</, 'mine stays in the form');
  assert.match(html, /name="title"[^>]*value="Cole’s title"/, 'what I alone changed');
  assert.match(html, /name="area"[^>]*value="Leashire"/, 'what they alone changed');
  assert.match(html, /name="base" value="2"/);
  assert.doesNotMatch(html, /id="area-theirs"/);

  const decidedOn = { ...opened, base: '2', area: 'Leashire', title: 'Cole’s title', description: 'Both.' };
  assert.equal((await colleague.post(`${address}/edit`, decidedOn)).statusCode, 303);
  const second = await writer.get(`${address}/revisions/2`);
  assert.match(second.body, /Wren’s description\./, 'and theirs stays readable');
  assert.match(second.body, /Written by Officer Wren Writer/);
});

test('invalid answers show the form again with the input', async (t) => {
  const { writer, signed } = await openNewsroom(t);
  const address = await draft(writer, signed.id);
  const opened = await formOf(writer, address);
  const sent = await writer.post(`${address}/edit`, {
    ...opened,
    title: '',
    body: 'Kept **text**',
    name1: 'Robin Hale',
    words1: '',
    'embargo-day': '31',
    'embargo-month': '2',
    'embargo-year': '2026',
  });
  assert.equal(sent.statusCode, 422);
  for (const message of [/Enter a title/, /Enter what they say/, /Enter a real date/]) assert.match(sent.body, message);
  assert.match(sent.body, /Kept \*\*text\*\*/);
  assert.match(sent.body, /value="Robin Hale"/);
  const timeless = await writer.post(`${address}/edit`, {
    ...opened,
    'embargo-day': '28',
    'embargo-month': '9',
    'embargo-year': '2026',
  });
  assert.match(timeless.body, /Enter the time at which the embargo ends/);
  const decision = await writer.post(`/staff/newsroom/returns/${signed.id}/draft`, { named: 'yes', by: '', why: '' });
  assert.equal(decision.statusCode, 422);
  assert.match(decision.body, /Enter who decided/);
});

test('no page asks the database more often for having more to show', async (t) => {
  const room = await openNewsroom(t);
  const { writer, app, countQueries, clock } = room;
  const address = await draft(writer, room.signed.id);
  await addPublished(room.db, { agency: room.force, member: room.analyst, from: room.signed });
  const pages = [
    '/staff/newsroom',
    '/staff/newsroom?words=week&area=Hertfordshire',
    '/staff/newsroom/returns',
    address,
    `${address}/edit`,
    '/staff',
  ];
  const measure = async (): Promise<number[]> => {
    const counts: number[] = [];
    for (const url of pages) {
      countQueries();
      assert.equal((await writer.get(url)).statusCode, 200, url);
      counts.push(countQueries());
    }
    for (const url of ['/news', '/news?q=addresses', '/news/feed.rss']) {
      clock.move(new Date(clock.now().getTime() + 2_000));
      countQueries();
      assert.equal((await app.inject(url)).statusCode, 200, url);
      counts.push(countQueries());
    }
    return counts;
  };
  await measure();
  const few = await measure();
  for (let number = 0; number < 60; number += 1)
    await addPublished(
      room.db,
      { agency: room.force, member: room.analyst, from: room.signed },
      { title: `Visits in week ${number}` },
    );
  await measure();
  assert.deepEqual(await measure(), few);
});
