/** `two sides`: nothing but a reference fits in the place of one; and whatever is sent, heard, taken back and refused about somebody, police read every page as they read it before. */

import { sql } from 'kysely';
import { referenceOf } from '../../../../src/safeguarding/custody-notices/notice.ts';
import { sentenceNames } from '../../../../src/safeguarding/custody-notices/sentence.ts';
import { passOnMethods } from '../../../../src/safeguarding/custody-notices-received/urgent-page.ts';
import { addRequest } from '../../../../src/safeguarding/information-requests/examples.ts';
import { addPerson } from '../../../../src/safeguarding/people/examples.ts';
import { newTimelessId } from '../../../../src/vocabulary/ids.ts';
import { roles } from '../../../../src/vocabulary/people.ts';
import type { Visitor } from '../../../fixtures/application.ts';
import { carryAcross, custody, home, minutesPass, sidesIn, withWords } from '../../../fixtures/custody-notices.ts';
import { withApplication } from '../../../fixtures/server.ts';
import { type Row, chance as seeded } from '../../../harness/assurance.ts';
import { crawl } from '../../../harness/crawl.ts';
import { one } from '../people/invented.ts';
import { referenceBy, smuggledBy } from './references.ts';

type Page = { readonly name: string; readonly visitor: Visitor; readonly url: string; readonly was: string };

const same = (body: string): string => body.replaceAll(/name="_csrf" value="[^"]*"/g, '');

export const assureTwoSides = async ({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> => {
  const random = seeded(seed);
  const tries = quick ? 4_000 : 40_000;
  const refused = Array.from({ length: tries }, () => referenceBy(random)).filter((typed) => !referenceOf(typed));
  const through = Array.from({ length: tries }, () => smuggledBy(random)).filter((typed) => referenceOf(typed));
  return [
    {
      what: `references as custody writes them that are refused, of ${tries} (none)`,
      figure: [String(refused.length), ...refused.slice(0, 3)].join(' '),
      passed: refused.length === 0,
    },
    {
      what: `names and messages that fit in place of a reference, of ${tries} (none)`,
      figure: [String(through.length), ...through.slice(0, 3)].join(' '),
      passed: through.length === 0,
    },
    ...(await withApplication(async (application) => {
      const acts = quick ? 40 : 400;
      const world = await sidesIn(application);
      const lived = await live(world, random, acts, quick ? 12 : 25);
      return [
        { what: 'random acts behind the wall and of custodians', figure: String(acts), passed: lived.done === acts },
        {
          what: 'pages of police and immigration read again after an act, that differ by a byte (none)',
          figure: [`${lived.wrong.size} of ${lived.compared}`, ...[...lived.wrong].slice(0, 3)].join('; '),
          passed: lived.wrong.size === 0 && lived.compared > acts,
        },
      ];
    })),
  ];
};

type World = Awaited<ReturnType<typeof sidesIn>>;

async function live(world: World, random: () => number, acts: number, looks: number) {
  const { people, signIn, force, border, db, safeguardingDb, keys, clock, member, advisers } = world;
  const persons = [world.person];
  while (persons.length < 8) persons.push(await addPerson(safeguardingDb, keys, people.adviser, clock.now()));
  const requests: Awaited<ReturnType<typeof addRequest>>[] = [];
  for (let index = 0; index < 40; index += 1)
    requests.push(await addRequest(db, keys, { by: people.commander, to: advisers.id, at: clock.now() }));
  const police = {
    officer: people.officer,
    commander: people.commander,
    'a custodian who arrests': people.detective,
    // Auditors, data-protection leads and administrators learn that a custodian was at work, and not about whom.
    'immigration, with every other role': await member(
      border,
      roles.filter((role) => !['auditor', 'data-protection lead', 'administrator'].includes(role)),
    ),
    triage: await member(force, ['triage', 'planner', 'analyst', 'press']),
  };
  const pages: Page[] = [];
  for (const [name, who] of Object.entries(police)) {
    const visitor = await signIn(who);
    await crawl(async (url) => {
      const answer = await visitor.get(url);
      const was = `${answer.statusCode} ${same(answer.body)}`;
      const again = await visitor.get(url);
      // What chance makes different each time is no page to compare.
      if (was === `${again.statusCode} ${same(again.body)}`) pages.push({ name, visitor, url, was });
      return answer;
    }, '/staff');
  }
  const [adviser, lead] = [await signIn(people.adviser), await signIn(people.lead)];
  const custodians = [await signIn(people.custodian), await signIn(people.borderCustodian)];
  const sent: string[] = [];
  const doing: Readonly<Record<string, () => Promise<unknown>>> = {
    send: async () => {
      const at = `${home}/of/${one(random, persons).id}`;
      const form = {
        id: newTimelessId(),
        to: one(random, [force, border]).id,
        sentence: one(random, sentenceNames),
        reference: referenceBy(random),
        step: 'send',
        interpreted: 'shared language',
        answer: 'yes, to these words',
      };
      const answer = await adviser.post(at, await withWords(adviser, at, form));
      sent.push(String(answer.headers.location));
    },
    carry: () => carryAcross(world),
    wait: () => minutesPass(world, 1 + Math.floor(random() * 20)),
    hear: async () => {
      const { rows } = await sql<{ id: string }>`select id from custody_urgent_pages order by id`.execute(db);
      if (rows.length === 0) return;
      const at = `${custody}/${one(random, rows).id}`;
      for (const custodian of custodians) {
        await custodian.get(at);
        await custodian.post(`${at}/take-on`);
        await custodian.post(`${at}/pass-on`, { passedOn: one(random, passOnMethods) });
      }
    },
    'take back': async () => sent.length > 0 && (await lead.post(`${one(random, sent)}/take-back`)),
    'look for': () => lead.get(`/staff/safeguarding/information-requests/${one(random, requests).id}/decide`),
    'give nothing': () =>
      lead.post(`/staff/safeguarding/information-requests/${one(random, requests).id}/decide`, {
        person: one(random, ['nobody', ...persons.map(({ id }) => id)]),
        outcome: 'give nothing',
        agreement: 'was not asked',
        reasons: 'It asks for more than its enquiry needs.',
      }),
  };
  const wrong = new Set<string>();
  let [done, compared] = [0, 0];
  for (; done < acts; done += 1) {
    const act = one(random, Object.keys(doing));
    await doing[act]?.();
    for (let look = 0; look < looks; look += 1) {
      const { name, visitor, url, was } = one(random, pages);
      const { statusCode, body } = await visitor.get(url);
      compared += 1;
      if (`${statusCode} ${same(body)}` !== was) wrong.add(`${name} at ${url} after “${act}”`);
    }
  }
  return { done, compared, wrong };
}
