/** A helped person who was referred, and the manners of the pages: for the tests of consent. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Visitor } from '../../house.ts';
import { aHelpedPerson } from './helped.testing.ts';

export const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
export const plain = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
export const summary = (html: string): string | undefined =>
  /<dl class="govuk-summary-list">[\s\S]*?<\/dl>/.exec(html)?.[0];

export const items = ['when we met', 'what help is asked for', 'what they need to know', 'what the person wants'];
export const question = (to: string, more = {}) => ({
  act: 'refer',
  to,
  purpose: 'to find a safe place to stay',
  items,
  days: '28',
  ...more,
});
export const answer = {
  language: 'ro',
  interpreted: 'an interpreter by telephone or video',
  interpreter: 'Interpreter 4471',
  how: 'the person themself',
};

/** The person has agreed: asked by the pages, word for word. */
export async function agreed(helper: Visitor, personId: string, to: string): Promise<string> {
  const url = `/staff/safeguarding/people/${personId}/agreed/ask`;
  const form = await helper.get(`${url}?act=refer`);
  const id = hidden(form.body, 'id');
  const shown = await helper.post(url, { id, ...question(to), step: 'show' });
  const saved = await helper.post(url, {
    id,
    ...question(to),
    ...answer,
    digest: hidden(shown.body, 'digest'),
    step: 'save',
  });
  assert.equal(saved.statusCode, 303);
  return id;
}

export async function referred(t: TestContext) {
  const house = await aHelpedPerson(t);
  const { signIn, adviser, council, note, safeguardingDb } = house;
  const helper = await signIn(adviser);
  const consent = await agreed(helper, note.encounterId, council.id);
  const url = `/staff/safeguarding/notes/${note.id}/refer`;
  const form = await helper.get(url);
  const asked = {
    id: hidden(form.body, 'id'),
    needs: ['shelter'],
    words: 'A room from Monday',
    agreed: `consent:${consent}`,
  };
  const preview = await helper.post(url, { ...asked, step: 'preview' });
  assert.equal((await helper.post(url, { ...asked, step: 'send' })).statusCode, 303);
  const { id: referral } = await safeguardingDb.selectFrom('referrals').select('id').executeTakeFirstOrThrow();
  return { ...house, helper, consent, form, preview, referral, at: `/staff/safeguarding/referrals/${referral}` };
}
