import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AgeTreatment,
  ageFromReport,
  ageOfTreatment,
  ages,
  ageTreatments,
  determineAgeTreatment,
  isTreatedAsChild,
  type KnownAge,
  reportedAges,
} from './age.ts';

const today = '2026-09-18';
const looks = 'how the person looks, and nothing else';

test('everybody who may be under 18 is treated as a child until assessed', () => {
  const cases: [KnownAge, AgeTreatment][] = [
    [{ age: 'adult', ageBasis: 'the person says so', yearOfBirth: 1998 }, 'adult'],
    [{ age: 'adult', ageBasis: 'the person says so', yearOfBirth: null }, 'adult'],
    [{ age: 'not known', ageBasis: looks, yearOfBirth: null }, 'not sure'],
    [{ age: 'not known', ageBasis: 'a document was seen', yearOfBirth: 1990 }, 'not sure'],
    [{ age: 'under 18', ageBasis: 'the person says so', yearOfBirth: null }, 'child'],
    [{ age: 'under 18', ageBasis: 'the person says so', yearOfBirth: 2010 }, 'child'],
    // Looks alone never make a person an adult, however the row was written.
    [{ age: 'adult', ageBasis: looks, yearOfBirth: null }, 'not sure'],
    [{ age: 'adult', ageBasis: looks, yearOfBirth: 1980 }, 'not sure'],
    // An officer may have judged by looks: what a visit recorded makes nobody an adult either.
    [{ age: 'adult', ageBasis: 'recorded at visit', yearOfBirth: null }, 'not sure'],
    [{ age: 'adult', ageBasis: 'recorded at visit', yearOfBirth: 1980 }, 'not sure'],
    [{ age: 'adult', ageBasis: 'none yet', yearOfBirth: 1980 }, 'not sure'],
    [{ age: 'not known', ageBasis: 'none yet', yearOfBirth: null }, 'not sure'],
    [{ age: 'under 18', ageBasis: 'recorded at visit', yearOfBirth: null }, 'child'],
    // In the year of the eighteenth birthday, the year of birth leaves the age open.
    [{ age: 'adult', ageBasis: 'the person says so', yearOfBirth: 2008 }, 'not sure'],
    [{ age: 'adult', ageBasis: 'somebody who knows the person says so', yearOfBirth: 2008 }, 'not sure'],
    [{ age: 'adult', ageBasis: 'a document was seen', yearOfBirth: 2008 }, 'adult'],
    [{ age: 'adult', ageBasis: 'the council assessed it', yearOfBirth: 2008 }, 'adult'],
    [{ age: 'adult', ageBasis: 'a document was seen', yearOfBirth: 2009 }, 'not sure'],
    [{ age: 'adult', ageBasis: 'the person says so', yearOfBirth: 2007 }, 'adult'],
  ];
  for (const [aged, expected] of cases)
    assert.equal(determineAgeTreatment(aged, today), expected, JSON.stringify(aged));
});

test('over the years a child becomes an adult exactly when the year of birth leaves no doubt', () => {
  const child: KnownAge = { age: 'under 18', ageBasis: 'a document was seen', yearOfBirth: 2010 };
  assert.equal(determineAgeTreatment(child, '2028-12-31'), 'child');
  assert.equal(determineAgeTreatment(child, '2029-01-01'), 'adult');
});

test('a person is treated as a child unless they are an adult for certain', () => {
  assert.deepEqual(ageTreatments.map(isTreatedAsChild), [false, true, true]);
  assert.deepEqual(ages.map(isTreatedAsChild), [false, true, true]);
  assert.equal(isTreatedAsChild(null), false, 'an older note says no age');
});

test('each way to say an age has its counterpart in a record', () => {
  assert.deepEqual(reportedAges.map(ageFromReport), ['under 18', 'adult', 'not known']);
  assert.equal(ageFromReport('perhaps 16'), 'not known');
  assert.deepEqual(
    ageTreatments.map((one) => ageOfTreatment[one]),
    ages,
  );
});
