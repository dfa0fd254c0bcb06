import assert from 'node:assert/strict';
import { test } from 'node:test';
import { olga } from './examples.ts';
import { findPersonErrors, type PersonDetails, type PersonRefusal } from './person.ts';

const today = '2026-09-18';
const looks = 'how the person looks, and nothing else';
test('refuses all contradictions at once, and never refuses doubt', () => {
  const cases: [Partial<PersonDetails>, PersonRefusal[]][] = [
    [{}, []],
    [{ age: 'not known', ageBasis: looks, yearOfBirth: null }, []],
    [{ age: 'not known', yearOfBirth: 2008 }, []],
    [{ age: 'not known', ageBasis: 'none yet', yearOfBirth: null }, []],
    [{ ageBasis: 'none yet' }, ['evidence missing']],
    [{ age: 'under 18', ageBasis: 'none yet', yearOfBirth: null }, ['evidence missing']],
    [{ ageBasis: 'recorded at visit' }, []],
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
