import { test } from 'node:test';
import { aWalkIn } from '../../../test/fixtures/walk-in.ts';
import { pressedTwice } from '../../../test/harness/pressed-twice.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

const home = '/staff/safeguarding/persons';

test('a record, needs and an offer: a press that arrives twice makes one', async (t) => {
  const { signIn, caseworker, person, safeguardingDb } = await aWalkIn(t);
  const at = await signIn(caseworker);
  const apart = (table: string) => ({ db: safeguardingDb, table });
  const needs = { id: newTimelessId(), needs: ['shelter', 'papers'], words: 'A door that locks' };
  await pressedTwice(at, `${home}/${person.id}/needs`, needs, apart('person_acts'));
  const offer = { id: newTimelessId(), help: 'health', answer: 'declined', words: '' };
  await pressedTwice(at, `${home}/${person.id}/offer`, offer, apart('person_acts'));
  const opened = {
    ...{ step: 'save', id: newTimelessId(), called: 'Anna', age: 'adult', ageBasis: 'a document was seen' },
    ...{ interpreter: 'not needed', interpreterGender: 'not asked yet', contactWay: 'in person alone' },
    ...{ origin: 'walked in', checked: 'Anna, ' },
  };
  await pressedTwice(at, `${home}/new`, opened, apart('persons'));
});

test('a yes that arrives twice asks once after 28 and once after 90 days', async (t) => {
  const { signIn, caseworker, person, safeguardingDb } = await aWalkIn(t);
  const at = await signIn(caseworker);
  const offer = { id: newTimelessId(), help: 'health', answer: 'accepted', words: '' };
  await pressedTwice(at, `${home}/${person.id}/offer`, offer, { db: safeguardingDb, table: 'tasks', more: 2 });
});
