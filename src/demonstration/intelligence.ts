/** Intelligence before the week: three items about one nail bar, which are the same, and two people of one name, who are not; then a visit that triage proposes. */
import { addDays } from '../vocabulary/calendar/days.ts';
import { intelligencePaths } from '../vocabulary/paths/intelligence.ts';
import { reportPaths } from '../vocabulary/paths/reports.ts';
import type { Player, Stage } from './application-player.ts';
import { dateFields, idFromAddress } from './staff-walker.ts';

const graded = { sourceEvaluation: '2', assessment: 'A', handling: 'C' } as const;
const conditions = 'Do not act on it at the premises before the planned visit. Ask the unit before you pass it on.';

/** What the first report says, without who sent it. Gives the id of the item. */
async function recordFromReport(officer: Player, monday: string): Promise<string> {
  const report = idFromAddress(await officer.follow(reportPaths.police.queue(), 'Report '));
  const address = await officer.fill(intelligencePaths.fromReport(report), {
    text: 'Women who work at a nail bar on Meadow Road, Watford, sleep in its back room. A man collects them after closing, in a grey van with a dented door. They do not go out alone.',
    ...dateFields('from', addDays(monday, -95)),
    ...dateFields('to', addDays(monday, -35)),
    ...{ ...graded, conditions },
  });
  return idFromAddress(address);
}

async function recordFromLog(officer: Player, originalReference: string, day: string, text: string): Promise<string> {
  const said = { originalReference, text, ...dateFields('from', day), ...graded, assessment: 'D', conditions };
  return idFromAddress(await officer.fill(intelligencePaths.newItem(), said));
}

export async function recordIntelligence(stage: Stage, monday: string): Promise<void> {
  const { addEntity, possibleLinks } = intelligencePaths;
  const officer = stage.as('triage');
  const bar = await recordFromReport(officer, monday);
  await officer.fill(addEntity.premises(bar), { address: 'Nail bar, 3 Meadow Road, Watford', postcode: 'WD17 9QQ' });

  stage.at(addDays(monday, -33), '10:15');
  const council = await recordFromLog(
    officer,
    'Council licensing file 17',
    addDays(monday, -40),
    'The licence of 3 Meadow Road, WD17 9QQ names Andrei Moraru as manager. The telephone given is 01632 960 144.',
  );
  await officer.fill(addEntity.premises(council), { address: '3 Meadow Rd, Watford' });
  await officer.fill(addEntity.person(council), { name: 'Andrei Moraru', born: '1979' });
  await officer.fill(addEntity.phone(council));

  stage.at(addDays(monday, -30), '16:40');
  const call = await recordFromLog(
    officer,
    'Call log 212',
    addDays(monday, -31),
    'Андрій Морару, called Andrii, takes the wages of women at a nail bar on Meadow Road. He drives LV61 XBC.',
  );
  await officer.fill(addEntity.person(call), { name: 'Андрій Морару', aliases: 'Andrii' });
  await officer.fill(addEntity.vehicle(call), { description: 'Grey van' });
  await officer.fill(addEntity.premises(call), { address: 'Nail bar, Meadow Road, Watford' });

  const lockUp = await recordFromLog(
    officer,
    'Patrol log 88',
    addDays(monday, -31),
    'Andrei Moraru rents a lock-up in Stevenage and sells bicycle parts from it.',
  );
  await officer.fill(addEntity.person(lockUp), { name: 'Andrei Moraru' });

  const same = await officer.follow(possibleLinks(), 'about Nail bar, 3 Meadow');
  await officer.fill(same, { verdict: 'same', reason: 'One postcode, one number, one kind of shop.' });
  const namesake = await officer.follow(possibleLinks(), 'about Andrei Moraru and Andrei Moraru');
  await officer.fill(namesake, {
    verdict: 'apart',
    reason: 'The patrol saw a man of about twenty. The manager was born in 1979.',
  });
}

/** The evening before the demonstration opens: a visit that waits for the planner's decision. */
export async function proposeVisit(stage: Stage, today: string): Promise<void> {
  const { addEntity, propose } = intelligencePaths;
  const officer = stage.as('triage');
  const item = await recordFromLog(
    officer,
    'Patrol log 131',
    addDays(today, -2),
    'Men who work at the hand car wash behind the closed garage in Stevenage are brought before dawn and locked in at night.',
  );
  const named = { address: 'Hand car wash, 40 Fairlane Way, Stevenage', postcode: 'SG1 9QQ' };
  await officer.fill(addEntity.premises(item), named);
  const entity = await officer.follow(intelligencePaths.item(item), 'Hand car wash');
  await officer.fill(propose(idFromAddress(entity)), {
    powers: 'A warrant may be needed: the gate is locked at night.',
    risks: 'A dog in the yard. One of the men has an untreated burn.',
  });
}
