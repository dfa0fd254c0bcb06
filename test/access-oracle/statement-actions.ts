/** Who may begin which action, before any row is read, written by hand: the action, its process, and its roles. A new action is refused to all until it is listed here. */
import type { Role, Side } from '../../src/vocabulary/people.ts';
import type { Door } from './oracle.ts';

type Named = { readonly roles: readonly Role[]; readonly side?: Side }[];
export type Whose =
  | 'everybody'
  | 'members'
  /** A half-signed-in member; and a half session besides that of every member. */
  | 'half signed in'
  | 'members, also half signed in'
  | Named;

const of = (...roles: readonly Role[]): Named => [{ roles }];
const ofForce = (...roles: readonly Role[]): Named => [{ roles, side: 'enforcement' }];
const ofHelp = (...roles: readonly Role[]): Named => [{ roles, side: 'help' }];

const breaks = ['planner', 'commander', 'field', 'enforcement', 'safeguarding lead'] as const;
/** Volunteers and administrators open no operation. */
const opens = [
  ...(['triage', 'planner', 'field', 'enforcement', 'safeguarding lead', 'partner caseworker', 'custodian'] as const),
  ...(['analyst', 'press', 'commander', 'data-protection lead', 'coordinator', 'auditor'] as const),
] as const;
const does = ['field', 'enforcement'] as const;
const handsIn = ['field', 'safeguarding lead', 'partner caseworker'] as const;
const readsHelp = ['safeguarding lead', 'partner caseworker'] as const;
const helps = ['field', 'safeguarding lead', 'partner caseworker'] as const;
const seesVisits: Whose = [{ roles: does }, { roles: ['planner', 'commander'], side: 'enforcement' }];
const enforces = ofForce(...does);
const seesEnforced = ofForce(...does, 'planner', 'commander');

/** Each row: whose, and the actions. */
const byDoor: Partial<Record<Door, readonly (readonly [whose: Whose, ...actions: string[]])[]>> = {
  'main/public': [['everybody', 'anyone']],
  'main/staff': [
    ['everybody', 'session.open, sign on, invitation.accept, temporary access.use'],
    // Witnesses have no session: what they send is signed.
    ['everybody', 'log.hashes, log.checkpoint, log.cosign, witness.known'],
    // So has a partnership's program, which sends a signed return.
    ['everybody', 'received return.send, tasking.send, deconfliction.ask'],
    ['members, also half signed in', 'session.own, credential.add'],
    [
      'members',
      'session.list, session.end, credential.read, credential.change, credential.remove, password.change',
      'notification.read, notification.acknowledge, home.read, agency.read, member.read, week.read',
      'notification channel.read, notification channel.change, notification channel.remove',
      'briefing.acknowledge, powers.read, policy.read, role approval.read',
    ],
    ['half signed in', 'credential.begin'],
    [
      of('administrator'),
      'invitation.read, invitation.make, invitation.change, single sign-on.read, single sign-on.set, agency.add',
      'agency.end, account.read, account.add, account.change, account.end, message delivery.read, system health.read',
    ],
    [
      of('planner'),
      'temporary access.give, operation.plan, operation.change, taking part.change, target.plan, target.change',
      'planned visit.change, briefing.make, partner default.read, partner default.change, plan file.add',
      'plan file.remove',
    ],
    [of('planner', 'administrator'), 'temporary access.read, temporary access.end'],
    [of('volunteer'), 'shift.read'],
    [of(...breaks), 'break-glass.start, target.open, plan file.read'],
    [of(...breaks, 'data-protection lead'), 'break-glass.read'],
    [of('commander', 'data-protection lead'), 'break-glass.review'],
    // An agency that takes part knows that it does.
    [of(...opens), 'briefing time.read, operation.read'],
    [of('planner', 'commander'), 'briefing time.set, decision.read, decision.add, target.read'],
    [of('planner', 'commander', 'safeguarding lead'), 'partner invitation.answer'],
    [of('press'), 'release.check'],
    [of('planner', 'coordinator'), 'week.plan, week.change'],
    [of('planner', 'commander', ...does), 'planned visit.read, briefing.read'],
    [seesVisits, 'visit.read, encounter.read, visit photo.read'],
    [of(...does), 'visit.record, encounter.record, visit photo.add'],
    [[{ roles: does }, { roles: ['commander'], side: 'enforcement' }], 'visit photo.remove'],
    [seesEnforced, 'name.read, sign.read, search.read, arrest.read, seizure.read, visit paper.read, visit paper.make'],
    [ofForce('planner', 'commander'), 'plan paper.read, plan paper.make'],
    [
      enforces,
      'name.record, sign.record, search.record, arrest.record, screening.record, child notification.record, seizure.record',
    ],
    [enforces, 'officer referral.begin'],
    [seesEnforced, 'officer referral.read, officer referral.take over, officer referral.write'],
    [ofForce('planner', 'commander'), 'officer referral.review'],
    [of('data-protection lead', 'administrator'), 'role approval.decide, public setting.read, public setting.decide'],
    [
      of('data-protection lead', 'administrator'),
      'agreement.read, agreement.add, agreement.change, agreement.confirm, agreement.withdraw',
    ],
    [of('administrator'), 'public setting.propose'],
    [[...ofForce('planner', 'commander'), ...of('custodian', 'data-protection lead')], 'identity request.read'],
    [ofForce('planner', 'commander'), 'identity request.make'],
    [of('custodian'), 'identity request.decide, identity request.end'],
    [
      ofForce('custodian'),
      'custody urgent page.read, custody notice.read, custody notice.hear, source identity request.decide',
    ],
    [ofForce('custodian', 'data-protection lead'), 'custodian shift.read, custodian shift.set, custodian shift.end'],
    [
      [...ofForce('enforcement', 'commander'), ...of('data-protection lead'), ...ofHelp('safeguarding lead')],
      'information request.read',
    ],
    [ofForce('enforcement', 'commander'), 'information request.ask'],
    [
      ofForce('triage'),
      'report.read, report.answer, report.take, source identity.read, source identity request.make, alert.read',
      'alert.take on, report file.read, report file.clean, report file.export',
      'intelligence item.read, intelligence item.record, intelligence item.correct, intelligence item.export',
      'intelligence entity.read, intelligence entity.add, link decision.read, link decision.record',
      'intelligence proposal.make, intelligence share.read, intelligence share.make, intelligence share.recall',
      'intelligence share.receive',
      'report comparison.keep, same matter decision.record',
    ],
    [ofForce('triage', 'planner'), 'intelligence proposal.read'],
    [ofForce('planner'), 'intelligence proposal.decide'],
    [
      ofForce('planner', 'commander', 'triage'),
      'deconfliction.read, deconfliction match.read, deconfliction match.acknowledge',
    ],
    [
      ofForce('planner', 'commander'),
      'deconfliction contact.set, deconfliction partner.add, deconfliction partner.end',
      'hidden operation.set, hidden operation.end',
    ],
    [ofForce('triage'), 'deconfliction subject.add, deconfliction subject.end'],
    [of(...handsIn, 'planner', 'commander', 'enforcement'), 'report.hand in'],
    [ofForce(...handsIn, 'planner', 'commander', 'enforcement', 'triage'), 'report.log'],
    [[...of(...handsIn, 'planner', 'commander', 'enforcement'), ...ofForce('triage')], 'report.sent'],
    [ofForce('triage', 'custodian', 'data-protection lead'), 'source identity request.read'],
    [
      ofForce('triage', 'data-protection lead'),
      'retention.read, hold.read, hold.set, hold.end, certificate.read, on call.read, on call.set, on call.end',
      'attendance.read',
    ],
    [ofForce('data-protection lead'), 'retention.set, attendance.set'],
    [of('planner', 'commander', 'analyst'), 'tasking.read'],
    [of('planner', 'analyst'), 'tasking.import, coordinator key.compare, coordinator key.end'],
    [of('planner'), 'tasking.use'],
    [of('planner', 'commander', ...helps), 'capacity.read'],
    [ofHelp('safeguarding lead'), 'capacity.tell'],
  ],
  'main/statistics': [
    [of('analyst', 'commander'), 'premises.count, return.workings, return.countersign'],
    [of('analyst', 'commander', 'coordinator'), 'return.read, return.export'],
    [of('analyst'), 'return.count, return.sign'],
    [of('coordinator'), 'exchange.read, exchange week.add, exchange week.change, exchange key.add, exchange key.end'],
    [of('coordinator'), 'district map.import'],
    [of('coordinator'), 'received return.read, received return.export, received return.upload, joint visit.decide'],
    [of('analyst', 'commander', 'coordinator'), 'published week.read'],
    [of('analyst', 'coordinator'), 'published week.import, published week.remove'],
  ],
  'main/publisher': [
    [
      of('press'),
      'figures.read, imported release.read, imported release.import, imported release.remove',
      'release.read, release.export, release.draft, release.write, release.judge, release.publish, release.withdraw',
      'press contact.read, press contact.add, press contact.remove',
      'release picture.read, release picture.add, release picture.remove',
    ],
    [of('analyst', 'press'), 'published number.read'],
    [of('safeguarding lead'), 'submitted release.stop'],
  ],
  'main/auditor': [
    [
      of('auditor', 'data-protection lead'),
      'log.read, log.sealed, exception.read, access.read, log.export, grant.read',
    ],
    [
      of('data-protection lead'),
      'witness.register, witness.end, exception.record, exception.end, request.read, request.open, request.change',
      'access.answer, agency export.make',
    ],
    [of('auditor'), 'break-glass.audit'],
  ],
  'safeguarding/safeguarding': [
    [of(...helps), 'note.read, note.correct'],
    [of('field'), 'note.write'],
    ['everybody', 'safeguarding log.hashes, safeguarding log.checkpoint, safeguarding log.cosign'],
    [
      ofHelp('safeguarding lead'),
      'note.take up, reception.plan, reception.change, rota.end, information decision.make',
    ],
    [
      ofHelp(...helps),
      'referral.read, referral.make, referral.decide, referral.take back, referral.ask, consent.read',
      'consent.record, consent.withdraw, disclosure.ask, grant.make, grant end.read, person.read, person.open',
      'person.correct, person.export, task.read, task.add, task.change, handover.read, handover.make',
      'handover.acknowledge, clock.read, clock.compare, wristband.leave, wristband.link, night.read, night.give',
      'shared information.read, shared information.export, paper.read, paper.add, help.read, help.write',
      'letter.read, letter.make, handover paper.read, handover paper.make',
      'nrm referral.read, nrm referral.export, nrm referral.raise, nrm referral.change, nrm referral.submit',
      'custody safeguarding notice.send, custody safeguarding notice.withdraw',
      'case meeting.read, meeting case.read, meeting case.add, meeting case.decide, meeting case.remove',
    ],
    [ofHelp(...readsHelp), 'case meeting.call, case meeting.change'],
    [ofHelp('safeguarding lead', 'data-protection lead'), 'disclosure.approve, information decision.read'],
    [ofHelp(...helps, 'data-protection lead'), 'disclosure.read, custody safeguarding notice.read'],
    [ofHelp('partner caseworker'), 'grant end.acknowledge'],
    [
      ofHelp(...helps, 'volunteer'),
      'reception.read, wristband.read, wristband.give, need.add, need.meet, debrief.read, debrief.write',
    ],
    [ofHelp('safeguarding lead', 'volunteer'), 'shift.start'],
    [
      ofHelp(...readsHelp, 'data-protection lead'),
      'keeping.read, kept person.read, kept person.say, kept person.end, erasure certificate.read',
      'help retention.read, help hold.read, help hold.set, help hold.end, help certificate.read',
      'help on call.read, help on call.set, help on call.end',
    ],
    [ofHelp('data-protection lead'), 'keeping.set, help retention.set, help attendance.set'],
    [
      ofHelp('safeguarding lead', 'partner caseworker'),
      'help report.read, help report.answer, help report.take, help report file.read, help report file.clean',
      'help report file.export',
    ],
    [ofHelp(...handsIn), 'help report.hand in, help report.sent'],
    [
      ofHelp(...readsHelp),
      'help source identity.read, help source identity request.make, help alert.read, help alert.take on',
    ],
    [ofHelp(...readsHelp, 'custodian', 'data-protection lead'), 'help source identity request.read'],
    [ofHelp('custodian'), 'help source identity request.decide'],
    [ofHelp('safeguarding lead', 'partner caseworker', 'data-protection lead'), 'help attendance.read'],
  ],
  // To police and immigration it tells nothing, not even that there is something to tell.
  'safeguarding/auditor': [
    [ofHelp('auditor', 'data-protection lead'), 'help log.read, help log.export, help access.read'],
    // The seal holds hashes alone; how fast it grows tells that somebody looks.
    [ofHelp('auditor', 'data-protection lead'), 'safeguarding log.sealed'],
    [
      ofHelp('data-protection lead'),
      'help request.read, help request.open, help request.change, help access.answer, help agency export.make',
    ],
  ],
  'safeguarding/statistics': [[of('analyst'), 'fact.count, protected count.keep']],
};

const listed = Object.entries(byDoor).flatMap(([door, rows]) =>
  rows.flatMap(([whose, ...actions]) =>
    actions.flatMap((line) => line.split(', ').map((action) => [action, { door: door as Door, whose }] as const)),
  ),
);
export const actions: ReadonlyMap<string, { readonly door: Door; readonly whose: Whose }> = new Map(listed);
if (actions.size < listed.length) throw new Error('an action is listed twice');

/** Whether a member of these roles on this side may set out to do it; undefined is nobody signed in. */
export function maySetOut(
  action: string,
  who: { readonly roles: readonly Role[]; readonly side: Side; readonly unfinished?: boolean } | undefined,
): boolean {
  const whose = actions.get(action)?.whose;
  if (whose === undefined) return false;
  if (whose === 'everybody') return true;
  if (!who) return false;
  if (who.unfinished) return whose === 'half signed in' || whose === 'members, also half signed in';
  if (whose === 'members' || whose === 'members, also half signed in') return true;
  return (
    whose !== 'half signed in' &&
    whose.some(({ roles, side }) => (side ?? who.side) === who.side && roles.some((role) => who.roles.includes(role)))
  );
}
