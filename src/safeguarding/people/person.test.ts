import assert from 'node:assert/strict';
import { test } from 'node:test';
import { olga } from './examples.ts';
import {
  type AgeTreatment,
  determineAgeTreatment,
  findPersonErrors,
  type PersonDetails,
  type PersonRefusal,
} from './person.ts';

const today = '2026-09-18';
const looks = 'how the person looks, and nothing else';
type Aged = Pick<PersonDetails, 'age' | 'ageBasis' | 'yearOfBirth'>;

test('everybody who may be under 18 is treated as a child until assessed', () => {
  const cases: [Aged, AgeTreatment][] = [
    [{ age: 'adult', ageBasis: 'the person says so', yearOfBirth: 1998 }, 'as an adult'],
    [{ age: 'adult', ageBasis: 'the person says so', yearOfBirth: null }, 'as an adult'],
    [{ age: 'not known', ageBasis: looks, yearOfBirth: null }, 'as a child until assessed'],
    [{ age: 'not known', ageBasis: 'a document was seen', yearOfBirth: 1990 }, 'as a child until assessed'],
    [{ age: 'under 18', ageBasis: 'the person says so', yearOfBirth: null }, 'as a child'],
    [{ age: 'under 18', ageBasis: 'the person says so', yearOfBirth: 2010 }, 'as a child'],
    // Looks alone never make a person an adult, however the row was written.
    [{ age: 'adult', ageBasis: looks, yearOfBirth: null }, 'as a child until assessed'],
    [{ age: 'adult', ageBasis: looks, yearOfBirth: 1980 }, 'as a child until assessed'],
    // In the year of the eighteenth birthday, the year of birth leaves the age open.
    [{ age: 'adult', ageBasis: 'the person says so', yearOfBirth: 2008 }, 'as a child until assessed'],
    [
      { age: 'adult', ageBasis: 'somebody who knows the person says so', yearOfBirth: 2008 },
      'as a child until assessed',
    ],
    [{ age: 'adult', ageBasis: 'a document was seen', yearOfBirth: 2008 }, 'as an adult'],
    [{ age: 'adult', ageBasis: 'the council assessed it', yearOfBirth: 2008 }, 'as an adult'],
    [{ age: 'adult', ageBasis: 'a document was seen', yearOfBirth: 2009 }, 'as a child until assessed'],
    [{ age: 'adult', ageBasis: 'the person says so', yearOfBirth: 2007 }, 'as an adult'],
  ];
  for (const [aged, expected] of cases)
    assert.equal(determineAgeTreatment(aged, today), expected, JSON.stringify(aged));
});

test('over the years a child becomes an adult exactly when the year of birth leaves no doubt', () => {
  const child: Aged = { age: 'under 18', ageBasis: 'a document was seen', yearOfBirth: 2010 };
  assert.equal(determineAgeTreatment(child, '2028-12-31'), 'as a child');
  assert.equal(determineAgeTreatment(child, '2029-01-01'), 'as an adult');
});

test('refuses all contradictions at once, and never refuses doubt', () => {
  const cases: [Partial<PersonDetails>, PersonRefusal[]][] = [
    [{}, []],
    [{ age: 'not known', ageBasis: looks, yearOfBirth: null }, []],
    [{ age: 'not known', yearOfBirth: 2008 }, []],
    [{ ageBasis: looks }, ['looks make no adult']],
    [{ yearOfBirth: 2009 }, ['adult by no year']],
    [{ yearOfBirth: 2008 }, []],
    [{ age: 'under 18', yearOfBirth: 2007 }, ['child by no year']],
    [{ age: 'under 18', yearOfBirth: 2008 }, []],
    [{ age: 'not known', yearOfBirth: 2027 }, ['not born yet']],
    [{ language: null }, ['language missing']],
    [{ language: null, interpreter: 'not known' }, []],
    [{ contactAt: null }, ['contact missing']],
    [{ contactAt: null, contactWay: 'in person alone' }, []],
    [{ contactAt: null, contactWay: 'no way is safe' }, []],
    [{ contactWay: 'no way is safe' }, ['safe and unsafe']],
    [
      { ageBasis: looks, language: null, contactAt: null },
      ['looks make no adult', 'language missing', 'contact missing'],
    ],
  ];
  for (const [more, wrong] of cases) {
    const asked = { ...olga, ...more };
    assert.deepEqual(findPersonErrors(asked, today), wrong, JSON.stringify(more));
  }
});
