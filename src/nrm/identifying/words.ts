/** The text for each finding: why it identifies a person, and what to write instead. Written for tired readers. */
import type { Detail } from './combination.ts';
import type { DirectKind } from './found.ts';

export type Explained = { readonly why: string; readonly instead: string };

const aName = { instead: 'Write who it is to them: “she”, “the driver”, “a relative”, “the person in charge”.' };

export const directWords: Record<DirectKind, Explained> = {
  'a known name': {
    why: 'This is a name from the record, or nearly one.',
    instead: 'Write “she”, “he” or “the person”.',
  },
  'a known number': { why: 'This number stands in the record.', instead: 'Leave it out.' },
  'a known place': {
    why: 'This is part of an address in the record.',
    instead: 'Write “a flat”, “a hotel”, “a place of work”, without saying where.',
  },
  'a name': { why: 'This looks like somebody’s name, or the name of a firm.', ...aName },
  'a nickname': { why: 'What somebody is called tells who they are, or who is near them.', ...aName },
  initials: { why: 'Initials tell who it is to those who know them.', ...aName },
  'other letters': {
    why: 'This is in letters that cannot be checked here. It may be a name.',
    instead: 'Say in English what it means, without names.',
  },
  'another language': {
    why: 'This is not English, and cannot be checked here. It may hold a name or a number.',
    instead: 'Say in English what it means, without names.',
  },
  'spelled out': {
    why: 'Letters or figures one by one spell something: often a name or a number.',
    instead: 'Leave it out.',
  },
  disguised: {
    why: 'A sign or a figure stands inside a word. The word can still be read.',
    instead: 'If it is a name, write “she” or “the person”. If not, spell the word.',
  },
  'hidden marks': {
    why: 'There are marks here that do not show. They split a word so that it is not found.',
    instead: 'Delete the word and type it again.',
  },
  'a phone number': { why: 'A phone number leads to one person.', instead: 'Leave it out.' },
  'a number': {
    why: 'Numbers like this belong to one person, one document or one case.',
    instead: 'Leave it out, or say what kind of document it is.',
  },
  'a vehicle': { why: 'A number plate leads to one vehicle.', instead: 'Write “a car” or “a van”.' },
  'an address': {
    why: 'This tells which house it is.',
    instead: 'Write “a flat”, “a hotel”, “a place of work”, without saying where.',
  },
  'a place': {
    why: 'A named place tells where to look.',
    instead: 'Write the country, or a part of it as large as “the north of England”.',
  },
  online: {
    why: 'A link, an e-mail address or a name on an app leads to one account.',
    instead: 'Write “an app” or “a website”.',
  },
  'no word': {
    why: 'Nobody can read this, so nobody can say that it names no one.',
    instead: 'Put spaces between words, or leave it out.',
  },
  'a date of birth': {
    why: 'A date of birth belongs to very few people.',
    instead: 'Write the age in tens: “in her twenties”.',
  },
};

export const detailWords: Record<Detail, Explained> = {
  'exact age': { why: 'the exact age', instead: 'Write the age in tens: “in her thirties”.' },
  'exact day': { why: 'an exact day', instead: 'Write the year, or “recently”.' },
  'rare origin': {
    why: 'a country that few people here come from',
    instead: 'Leave the country out: it is sent in a field of its own.',
  },
  'small place': { why: 'a small place', instead: 'Leave out what kind of place it is and what stands beside it.' },
  'mark on the body': { why: 'how the person looks', instead: 'Leave it out.' },
  'height or hair': { why: 'how tall the person is, or the hair', instead: 'Leave it out.' },
  'rare family': { why: 'a family like few others', instead: 'Write “family” or “children”, without how many.' },
  'rare work': {
    why: 'work that few people do',
    instead: 'Write the sector: “agriculture”, “the arts”, “public service”.',
  },
  'told apart from all others': { why: 'something that tells this person from all others', instead: 'Leave it out.' },
  origin: { why: 'where the person comes from', instead: 'Leave it out: nationality is sent in a field of its own.' },
  'city or county': { why: 'the city or county', instead: 'Leave it out, or write the country.' },
  work: { why: 'the kind of work', instead: 'Write “work” or “a business”.' },
  family: { why: 'the family', instead: 'Leave it out.' },
  health: { why: 'an illness or a disability', instead: 'Write “needs health care”.' },
  'faith or language': { why: 'the faith or the language', instead: 'Leave it out.' },
  month: { why: 'the month', instead: 'Write the year.' },
  studies: { why: 'what the person studied', instead: 'Leave it out.' },
  journey: { why: 'how the person travelled', instead: 'Write “brought here”.' },
};

/** "the exact age, the kind of work and the month" */
export const listedDetails = (details: readonly Detail[]): string => {
  const said = details.map((detail) => detailWords[detail].why);
  return said.length < 2 ? said.join('') : `${said.slice(0, -1).join(', ')} and ${said.at(-1)}`;
};
