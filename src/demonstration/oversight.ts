/** Accesses for the data-protection lead to review: several agencies, one late in the evening with its reason, and two people who asked about their data. */

import type { MemberKey } from '../tour/index.ts';
import { addDays } from '../vocabulary/calendar/days.ts';
import { oversightPaths, requestPaths } from '../vocabulary/paths/audit.ts';
import { visitPaths } from '../vocabulary/paths/visits.ts';
import type { Stage } from './application-player.ts';

const findAddresses = (html: string, of: string): string[] => [
  ...new Set([...html.matchAll(new RegExp(`href="(/staff/${of}/[0-9a-f-]{36})"`, 'g'))].map(([, href]) => href ?? '')),
];

/** From the Saturday on which the week has been played. */
export async function addOversight(stage: Stage, saturday: string): Promise<void> {
  stage.at(saturday, '18:30');
  const met = await listEncounters(stage);
  const [first = '', second = ''] = met;
  for (const who of ['officer', 'planner', 'nurse', 'adviser'] as const) await viewPages(stage, who, met.slice(0, 2));
  stage.at(saturday, '23:10');
  await stage.as('planner').read(first);

  stage.at(addDays(saturday, 1), '09:20');
  const lead = stage.as('protection');
  await lead.fill(await lead.follow(oversightPaths.unusual(), 'Record findings'), {
    words:
      'The search record was missing a time, and the planner finished the week’s records that night. The planner’s supervisor knew.',
  });
  const answered = await addSubjectAccessRequest(stage, second, 'SAR 2026/14', 'in person');
  await stage.as('protection').fill(answered, {}, '/answer');
  await addSubjectAccessRequest(stage, first, 'SAR 2026/17', 'to the solicitor');
}

/** As an officer finds them: by the visits at which they were met. */
async function listEncounters(stage: Stage): Promise<string[]> {
  const officer = stage.as('officer');
  const found: string[] = [];
  for (const visit of findAddresses(await officer.read(visitPaths.list()), 'visits'))
    found.push(...findAddresses(await officer.read(visit), 'encounters'));
  return found;
}

/** Not each of them was on the team that met these. */
async function viewPages(stage: Stage, who: MemberKey, pages: readonly string[]): Promise<void> {
  for (const page of pages)
    await stage
      .as(who)
      .read(page)
      .catch(() => undefined);
}

const addSubjectAccessRequest = (stage: Stage, about: string, reference: string, delivery: string): Promise<string> =>
  stage.as('protection').fill(requestPaths.newRequest(), {
    alone: 'yes',
    wants: 'access',
    asker: delivery === 'in person' ? 'the person' : 'solicitor',
    proof: delivery === 'in person' ? 'identity document' : 'solicitor’s authority',
    delivery,
    reference,
    safety: '',
    about,
  });
