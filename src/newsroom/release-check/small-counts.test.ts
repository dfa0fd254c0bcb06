import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { checkText } from './figure-check.ts';
import type { Finding } from './finding.ts';

const told = applyPolicy(signedReturn, getPolicy('in force from 2026'), extras.decisions);
const stops = (text: string): Finding[] =>
  checkText(text, told, { publishOn: extras.publishOn, justifications: [], contacts: ['999', '101'] }).filter(
    ({ blocks }) => blocks,
  );
const stopped = (texts: readonly string[]): void => {
  for (const text of texts) assert.ok(stops(text).length > 0, text);
};
const passes = (texts: readonly string[]): void => {
  for (const text of texts)
    assert.deepEqual(
      stops(text).map(({ typed, message }) => `${typed}: ${message}`),
      [],
      text,
    );
};

test('a small count in usual words is a number', () => {
  stopped([
    'Both accepted help.',
    'Both of them told us that they were afraid.',
    'The pair accepted help.',
    'The twins accepted help.',
    'Twins were helped.',
    'A duo accepted help.',
    'A couple of women accepted help.',
    'A brace of women accepted help.',
    'A quartet of women accepted help.',
    'That pair spoke to nurses.',
    'All of them but one declined.',
    'Everybody except one accepted help.',
    'One accepted help and the others did not.',
    'III women accepted help.',
    'A referral to the NRM was made.',
    'Officers made a referral.',
    'Another referral has been sent.',
  ]);
});

test('a small count without a number must change', () => {
  for (const text of [
    'Neither of the women wanted to speak to police.',
    'Neither accepted.',
    'Neither woman spoke to nurses.',
    'The same number accepted help as were arrested.',
    'Twice as many accepted help as declined.',
    'The number of people helped can be counted on one hand.',
    'We could count on one hand those who accepted help.',
    'Accepted help: a trio.',
    'Accepted help: a foursome.',
    'Accepted help: a dyad.',
    'Everybody accepted help.',
    'All of them declined.',
    'Everyone declined.',
    'Nobody wanted our help.',
    'Hardly anyone declined.',
    'Not all declined.',
    'A quarter accepted.',
    'Half of the women accepted help.',
    'Every second person accepted.',
    'One after the other accepted.',
    'An interpreter was needed at the second address only.',
  ])
    assert.ok(
      stops(text).some(({ must }) => must === 'change'),
      text,
    );
  passes([
    'Everyone can ask for help.',
    'Nobody is asked for papers.',
    'All partners agreed that the week went well.',
    'Neither police nor council will ask for papers.',
    'Each team went with an interpreter.',
    'Nobody has to accept help.',
  ]);
});

test('two people by their kinship are two people', () => {
  stopped([
    'Mother and daughter were referred.',
    'A mother and her young daughter were safe that night.',
    'Officers helped a husband and wife.',
    'The brother and sister spoke to nurses.',
  ]);
  passes(['Ties between mother and child matter.', 'Ask your father and mother.']);
});

test('help to a group that no figure counts apart must change', () => {
  stopped([
    'Children were safeguarded.',
    'Women were given safeguarding advice.',
    'The girls have been taken to safety.',
    'Nurses advised several men.',
  ]);
  passes([
    'Children are safer when people know the signs.',
    'Women were told about the signs.',
    'Families can ask for help.',
  ]);
});

test('equal lines about people can be counted', () => {
  stopped([
    '- women accepted help\n- women accepted help\n- women accepted help',
    'A person was met. A person was met.',
  ]);
  passes(['- Look for locked doors.\n- Look for locked doors.']);
});

test('a number word in pieces, with letters twice, or as marks is a number', () => {
  stopped([
    'Teams helped th ree women.',
    'Teams helped t-h-r-e-e women.',
    'Teams helped t.h.r.e.e women.',
    'Teams helped t h r e e women.',
    'Teams helped thhree women.',
    'Teams helped tthree women.',
    'Teams helped fiive women.',
    'Teams helped tvvelve women.',
    'Teams helped se ven women.',
    'Teams helped f-our women.',
    'People accepted help (•••).',
    'People accepted help (\\*\\*\\*).',
    'People accepted help: | | |',
    'People accepted help ✓✓.',
    'Women accepted help: l l l l.',
  ]);
});

test('usual words that hold a number or are like one are none', () => {
  passes([
    'Both the council and the police took part.',
    'Both planned and unplanned work helps.',
    'The team is tender to new members in teen groups.',
    'It’s even so that somebody may be afraid.',
    'Before a referral is made, people are asked.',
    'One day somebody will ask.',
    'Nobody but a nurse came in.',
    'We listen ... and we help.',
    'People work in C++ and other languages.',
    'Call 999 in an emergency.',
  ]);
});

test('invented names and letters for people can be counted', () => {
  stopped([
    'Potential victims: Anna, Berta and Clara (names changed).',
    'Ana, whose name has been changed, asked for help.',
    'Anna (not her real name) was met.',
    'Met were A., B. and C.',
    'Met were A, B and C.',
    'Woman A and Woman B were met.',
  ]);
  passes(['The work has parts A and B.', 'Nurses of A and E took part.']);
});

test('half of a postcode names an area of few streets', () => {
  stopped(['Teams visited shops in WD17.', 'The postcode WD 17 1AB was visited.']);
});
