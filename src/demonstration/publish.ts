/** Counts, signs, countersigns, drafts, approves and publishes the earlier week, and imports what others published, as the analyst, the commander and press officers would. */
import { newsroomPaths, releasePaths } from '../vocabulary/paths/newsroom.ts';
import { publishedWeekPaths, returnPaths } from '../vocabulary/paths/returns.ts';
import type { Stage } from './application-player.ts';
import { publishedWeeksFile } from './data/published-weeks.ts';
import { idFromAddress } from './staff-walker.ts';

export async function countAndSign(stage: Stage, operation: string, returnStage: 'open' | 'final'): Promise<string> {
  const analyst = stage.as('analyst');
  const counted = await analyst.fill(returnPaths.count(operation), { note: '' });
  const id = idFromAddress(await analyst.ledToAfter(counted));
  await analyst.fill(returnPaths.sign(id), { stage: returnStage });
  if (returnStage === 'final')
    await stage.as('commander').fill(returnPaths.countersign(id), { answer: 'countersign', reason: '' });
  return id;
}

const quote = {
  rank1: 'Detective Superintendent',
  name1: 'Rowan Ashdown',
  unit1: 'Modern Slavery Unit',
  words1:
    'Anybody who is made to work, or to sell sex, can ask for help without speaking to police first. If something looks wrong to you, tell us. You do not have to be sure.',
};

/** Drafts from a signed return and publishes it: written by one press office, approved by another. Returns the release's id. */
export async function publish(stage: Stage, returnId: string): Promise<string> {
  const press = stage.as('press');
  const drafted = await press.fill(newsroomPaths.draft(returnId));
  const release = idFromAddress(drafted);
  await press.fill(releasePaths.edit(release), quote);
  await press.fill(releasePaths.release(release), {}, '/submit');
  const approver = stage.as('press2');
  await approver.fill(releasePaths.approve(release), { agreed: ['0'], note: '' });
  await press.fill(releasePaths.publish(release));
  return release;
}

export async function publishEarlierWeek(stage: Stage, operation: string, day: string): Promise<void> {
  stage.at(day, '10:00');
  const signed = await countAndSign(stage, operation, 'final');
  stage.at(day, '11:30');
  await publish(stage, signed);
}

/** What others published of earlier weeks. */
export async function importPublishedWeeks(stage: Stage, monday: string): Promise<void> {
  const file = { name: 'published-results.csv', content: publishedWeeksFile(monday) };
  await stage.as('analyst').fillAfterFile(publishedWeekPaths.import(), file);
}
