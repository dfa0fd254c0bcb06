import { test } from 'node:test';
import { aWalkIn } from '../../../test/fixtures/walk-in.ts';
import { submitTwice } from '../../../test/harness/pressed-twice.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

const home = '/staff/safeguarding/people';

test('a form sent twice makes one record, one entry of needs and one offer', async (t) => {
  const { signIn, caseworker, person, safeguardingDb } = await aWalkIn(t);
  const at = await signIn(caseworker);
  const apart = (table: string) => ({ db: safeguardingDb, table });
  const needs = { id: newTimelessId(), needs: ['shelter', 'papers'], words: 'A door that locks' };
  await submitTwice(at, `${home}/${person.id}/needs`, needs, apart('contact_notes'));
  const offer = { id: newTimelessId(), help: 'health', answer: 'declined', words: '' };
  await submitTwice(at, `${home}/${person.id}/offer`, offer, apart('contact_notes'));
  const opened = {
    ...{ step: 'save', id: newTimelessId(), called: 'Anna', age: 'adult', ageBasis: 'a document was seen' },
    ...{ interpreter: 'not needed', interpreterGender: 'not asked yet', contactWay: 'in person alone' },
    ...{ origin: 'walked in', checked: 'Anna, ' },
  };
  await submitTwice(at, `${home}/new`, opened, apart('persons'));
});

test('an acceptance sent twice sets one check after 28 days and one after 90', async (t) => {
  const { signIn, caseworker, person, safeguardingDb } = await aWalkIn(t);
  const at = await signIn(caseworker);
  const offer = { id: newTimelessId(), help: 'health', answer: 'accepted', words: '' };
  await submitTwice(at, `${home}/${person.id}/offer`, offer, { db: safeguardingDb, table: 'personActions', more: 2 });
});
