/** Reports from the public in the demonstration: both lines are attended, the report that led to the week is answered, later ones still wait. */
import type { FastifyInstance } from 'fastify';
import { modelStatements } from '../reports/index.ts';
import { sendReport } from '../reports/visitor.ts';
import type { MemberKey } from '../tour/index.ts';
import { addDays } from '../vocabulary/calendar/days.ts';
import { policeReportPaths, reportPaths } from '../vocabulary/paths/reports.ts';
import type { Stage } from './application-player.ts';
import { proposeVisit, recordIntelligence } from './intelligence.ts';
import { dateFields } from './staff-walker.ts';

const police = {
  state: 'open',
  days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  opens: '07:00',
  closes: '23:00',
  promisedHours: 8,
  ...modelStatements.police,
  keepsConfidence: 'no',
  onCall: 'Duty inspector, Lea Vale control room',
} as const;

const help = {
  ...police,
  opens: '08:00',
  closes: '20:00',
  ...modelStatements.help,
  keepsConfidence: 'yes',
  onCall: 'Harbour duty adviser',
} as const;

/** A month before the week: the first report is what started it. */
export async function sendFirstReports(stage: Stage, app: FastifyInstance, monday: string): Promise<void> {
  stage.at(addDays(monday, -40), '09:10');
  await stage.as('protection').fill(reportPaths.police.newAttendance(), police, '/attendance/set');
  await stage.as('protection2').fill(reportPaths.help.newAttendance(), help, '/attendance/set');
  await setRetentionRules(stage, 'protection', reportPaths.police, addDays(monday, -40));
  await setRetentionRules(stage, 'protection2', reportPaths.help, addDays(monday, -40));
  stage.at(addDays(monday, -35), '20:40');
  await sendReport(app, {
    who: 'worried',
    now: 'no',
    what: 'The women who work in the nail bar on Meadow Road sleep in the back room. A man collects them after closing and they never go out alone.',
    place: 'The nail bar beside the bakery on Meadow Road, Watford',
    when: 'Every evening for at least two months',
    vehicles: 'A grey van with a dented door',
    knows: 'I live opposite and see it from my kitchen.',
  });
  stage.at(addDays(monday, -34), '08:30');
  await answerReport(
    stage,
    'triage',
    reportPaths.police.queue(),
    'asked',
    'Thank you. Is there a day on which it is different?',
  );
  await recordIntelligence(stage, monday);
}

/** The evening before the demonstration opens: reports wait with police, three of them about one flat, and one with a support agency. */
export async function sendLaterReports(stage: Stage, app: FastifyInstance, today: string): Promise<void> {
  stage.at(addDays(today, -1), '19:20');
  await sendReport(app, {
    who: 'worried',
    now: 'not sure',
    what: 'Five men are brought to the car wash before six each morning and one of them has an untreated burn on his arm.',
    place: 'Hand car wash behind the closed garage, Stevenage',
    reach: 'yes',
    name: 'Jordan',
    channel: '01632 960 118',
    safely: 'After seven in the evening',
    never: 'No voicemail. My landlord owns the place.',
  });
  await sendReport(app, {
    who: 'professional',
    now: 'yes',
    what: 'A patient said that her employer keeps her passport and will fetch her at noon. She is frightened and asked me not to ring the house.',
    aware: 'yes',
    place: 'A surgery in Hemel Hempstead',
  });
  await sendReport(app, {
    who: 'me',
    reader: 'support',
    now: 'no',
    what: 'I clean and look after the children from five until late. They say I owe them for the journey. I have not been paid since spring.',
    reach: 'yes',
    name: 'Sol',
    channel: '01632 960 131',
    safely: 'Between ten and eleven, when the children are at school',
    never: 'Not in the evening, and no letters.',
    receipt: 'digits',
  });
  await reportOneFlat(stage, app, today);
  stage.at(addDays(today, -1), '20:30');
  await stage.as('triage').read(reportPaths.police.queue());
  await proposeVisit(stage, today);
  await stage.as('lead').read(reportPaths.help.queue());
}

/** A neighbour, a caller and an officer each tell of the same flat. Triage is offered that they may be about one matter. */
async function reportOneFlat(stage: Stage, app: FastifyInstance, today: string): Promise<void> {
  stage.at(addDays(today, -1), '19:40');
  await sendReport(app, {
    who: 'worried',
    now: 'no',
    what: 'Eight people sleep in a flat with two rooms. They are fetched at five each morning and come back after dark.',
    place: 'Flat 2, 14 Larch Close, Stevenage',
    postcode: 'SG1 9QQ',
    vehicles: 'White minibus, KX19 QZT',
  });
  stage.at(addDays(today, -1), '19:55');
  await stage.as('triage').fillForPage(reportPaths.police.phone(), {
    now: 'no',
    who: 'worried',
    what: 'A minibus stops outside 14 Larch Close, Stevenage before work. The men who get in look tired and have no bags.',
    vehicles: 'Minibus with the number KX19 QZT',
    receipt: 'none',
  });
  stage.at(addDays(today, -1), '20:10');
  await stage.as('officer').fillForPage(policeReportPaths.internalLog(), {
    now: 'no',
    observed: 'self',
    what: 'On patrol I saw mattresses carried into Flat 2, 14 Larch Close, SG1 9QQ. The letterbox has six surnames on it.',
  });
}

/** As the notices say: kept for one year, withdrawn reports for a month. */
type Line = (typeof reportPaths)['police' | 'help'];

async function setRetentionRules(stage: Stage, who: MemberKey, { newRule }: Line, from: string): Promise<void> {
  const since = dateFields('validFrom', from);
  for (const [outcome, days] of [
    ['no further action', '365'],
    ['advice given', '365'],
    ['withdrawn', '28'],
  ] as const)
    await stage
      .as(who)
      .fill(newRule(), { outcome, days, source: 'Privacy notice on the public page', ...since }, '/retention/rule');
}

async function answerReport(stage: Stage, who: MemberKey, queue: string, kind: string, message: string): Promise<void> {
  const reader = stage.as(who);
  const report = await reader.follow(queue, 'Report ');
  await reader.fill(`${report}/write`, { kind, message }, '/write');
}
