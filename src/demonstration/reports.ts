/** Reports from the public in the demonstration: both lines are attended, the report that led to the week is answered, later ones still wait. */
import type { FastifyInstance } from 'fastify';
import { sendReport } from '../reports/visitor.ts';
import type { MemberKey } from '../tour/index.ts';
import { addDays } from '../vocabulary/calendar/days.ts';
import { reportPaths } from '../vocabulary/paths/reports.ts';
import type { Stage } from './application-player.ts';
import { dateFields } from './staff-walker.ts';

const police = {
  state: 'open',
  days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  opens: '07:00',
  closes: '23:00',
  promisedHours: 8,
  readers: 'Intelligence officers of Lea Vale Constabulary’s modern slavery unit read it, and no other officers.',
  mustAct:
    'If a child is being harmed, or somebody’s life is in danger, they have to act on it, whatever you choose. A crime that they learn of may be investigated.',
  immigration:
    'They do not report you to immigration officers. If you have no right to be here and police meet you, they may have to say so.',
  notice:
    'Lea Vale Constabulary answers for what you tell. It is kept under seal for one year, or as long as a case needs it, and then destroyed. No address of your phone or computer is kept.',
  keepsConfidence: 'no',
  onCall: 'Duty inspector, Lea Vale control room',
} as const;

const help = {
  ...police,
  opens: '08:00',
  closes: '20:00',
  readers: 'Advisers of Harbour Sexual Violence Advisers read it. They are not police and do not work for the police.',
  mustAct:
    'If a child is being harmed, or somebody will be killed or badly hurt, they must warn people who can stop it. They try to speak with you first.',
  immigration: 'No. They do not tell immigration officers, and they do not ask about your papers.',
  notice:
    'Harbour Sexual Violence Advisers answer for what you tell. It is kept under seal, apart from police, for as long as they help you and one year after, and then destroyed.',
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
}

/** The evening before the demonstration opens: two reports wait with police, one with a support agency. */
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
  stage.at(addDays(today, -1), '20:30');
  await stage.as('triage').read(reportPaths.police.queue());
  await stage.as('lead').read(reportPaths.help.queue());
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
