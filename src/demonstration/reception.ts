/** A reception centre in the current week: planned by the safeguarding lead, with numbers for the planners and two people there. */
import { addDays } from '../vocabulary/calendar/days.ts';
import { receptionPaths } from '../vocabulary/paths/safeguarding/reception.ts';
import type { Stage } from './application-player.ts';
import { dateFields, labelled } from './staff-walker.ts';

export async function openReception(stage: Stage, today: string): Promise<void> {
  const yesterday = addDays(today, -1);
  stage.at(yesterday, '21:40');
  const lead = stage.as('lead');
  const hours = {
    ...dateFields('fromDay', yesterday),
    fromTime: '18:00',
    ...dateFields('untilDay', today),
    untilTime: '23:00',
  };
  const plan = await lead.fill(receptionPaths.add(), {
    operationId: labelled('Operation Kestrel'),
    places: '12',
    ...hours,
  });
  const reception = plan.replace(/\/plan$/, '');
  for (const entry of [
    { agencyId: labelled('Harbour'), work: 'leads reception' },
    { agencyId: labelled('Lea Vale Community Health'), work: 'nurse' },
    { agencyId: labelled('Harbour'), work: 'adviser' },
    { agencyId: labelled('Open Door Relief'), work: 'interpreter', language: 'Romanian' },
    { agencyId: labelled('Lea Vale County Council'), work: 'first-night shelter', beds: '4', forWhom: 'women' },
  ])
    await lead.fill(`${reception}/rota`, entry);
  await lead.fill(`${reception}/capacity`);
  for (const need of ['food: no pork', 'interpreter: Romanian']) {
    const band = await lead.fill(reception, {}, '/wristbands');
    await lead.fill(`${band}/need`, { need });
  }
}
