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
/** By the readers of a line and the lead who answers for it. */
const kept = [
  ...['retention.read', 'hold.read', 'hold.set', 'hold.end', 'certificate.read'],
  ...['on call.read', 'on call.set', 'on call.end'],
];
const helps = ['field', 'safeguarding lead', 'partner caseworker'] as const;
const seesVisits: Whose = [{ roles: does }, { roles: ['planner', 'commander'], side: 'enforcement' }];
const enforces = ofForce(...does);
const seesEnforced = ofForce(...does, 'planner', 'commander');

const byDoor: Partial<Record<Door, Record<string, Whose>>> = {
  'main/public': { anyone: 'everybody' },
  'main/staff': {
    'session.open': 'everybody',
    'session.own': 'members, also half signed in',
    'session.list': 'members',
    'session.end': 'members',
    'credential.begin': 'half signed in',
    'credential.read': 'members',
    'credential.add': 'members, also half signed in',
    'credential.change': 'members',
    'credential.remove': 'members',
    'password.change': 'members',
    'sign on': 'everybody',
    'invitation.accept': 'everybody',
    'temporary access.use': 'everybody',
    'invitation.read': of('administrator'),
    'invitation.make': of('administrator'),
    'invitation.change': of('administrator'),
    'single sign-on.read': of('administrator'),
    'single sign-on.set': of('administrator'),
    'temporary access.give': of('planner'),
    'temporary access.read': of('planner', 'administrator'),
    'temporary access.end': of('planner', 'administrator'),
    'shift.read': of('volunteer'),
    'notification.read': 'members',
    'notification.acknowledge': 'members',
    'break-glass.start': of(...breaks),
    'break-glass.read': of(...breaks, 'data-protection lead'),
    'break-glass.review': of('commander', 'data-protection lead'),
    'briefing time.read': of(...opens),
    'briefing time.set': of('planner', 'commander'),
    'target.open': of(...breaks),
    // Witnesses have no session: what they send is signed.
    'log.hashes': 'everybody',
    'log.checkpoint': 'everybody',
    'log.cosign': 'everybody',
    'witness.known': 'everybody',
    'release.check': of('press'),
    'home.read': 'members',
    'agency.read': 'members',
    'agency.add': of('administrator'),
    'agency.end': of('administrator'),
    'member.read': 'members',
    'account.read': of('administrator'),
    'account.add': of('administrator'),
    'account.change': of('administrator'),
    'account.end': of('administrator'),
    'week.read': 'members',
    'week.plan': of('planner', 'coordinator'),
    'week.change': of('planner', 'coordinator'),
    // An agency that takes part knows that it does.
    'operation.read': of(...opens),
    'operation.plan': of('planner'),
    'operation.change': of('planner'),
    'taking part.change': of('planner'),
    'decision.read': of('planner', 'commander'),
    'decision.add': of('planner', 'commander'),
    'target.read': of('planner', 'commander'),
    'target.plan': of('planner'),
    'target.change': of('planner'),
    'planned visit.read': of('planner', 'commander', ...does),
    'planned visit.change': of('planner'),
    'briefing.read': of('planner', 'commander', ...does),
    'briefing.make': of('planner'),
    'briefing.acknowledge': 'members',
    'powers.read': 'members',
    'policy.read': 'members',
    'visit.read': seesVisits,
    'visit.record': of(...does),
    'encounter.read': seesVisits,
    'encounter.record': of(...does),
    'name.read': seesEnforced,
    'name.record': enforces,
    'role approval.read': 'members',
    'role approval.decide': of('data-protection lead', 'administrator'),
    'identity request.read': [...ofForce('planner', 'commander'), ...of('custodian', 'data-protection lead')],
    'identity request.make': ofForce('planner', 'commander'),
    'identity request.decide': of('custodian'),
    'identity request.end': of('custodian'),
    'custody urgent page.read': ofForce('custodian'),
    'custody notice.read': ofForce('custodian'),
    'custody notice.hear': ofForce('custodian'),
    'custodian shift.read': ofForce('custodian', 'data-protection lead'),
    'custodian shift.set': ofForce('custodian', 'data-protection lead'),
    'custodian shift.end': ofForce('custodian', 'data-protection lead'),
    'information request.read': [
      ...ofForce('enforcement', 'commander'),
      ...of('data-protection lead'),
      ...ofHelp('safeguarding lead'),
    ],
    'information request.ask': ofForce('enforcement', 'commander'),
    'sign.read': seesEnforced,
    'sign.record': enforces,
    'search.read': seesEnforced,
    'search.record': enforces,
    'arrest.read': seesEnforced,
    'arrest.record': enforces,
    'screening.record': enforces,
    'seizure.read': seesEnforced,
    'seizure.record': enforces,
    'report.read': ofForce('triage'),
    'report.answer': ofForce('triage'),
    'report.take': ofForce('triage'),
    'report.hand in': of(...handsIn, 'planner', 'commander', 'enforcement'),
    'report.sent': [...of(...handsIn, 'planner', 'commander', 'enforcement'), ...ofForce('triage')],
    'source identity.read': ofForce('triage'),
    'source identity request.read': ofForce('triage', 'custodian', 'data-protection lead'),
    'source identity request.make': ofForce('triage'),
    'source identity request.decide': ofForce('custodian'),
    ...Object.fromEntries(kept.map((action) => [action, ofForce('triage', 'data-protection lead')])),
    'alert.read': ofForce('triage'),
    'alert.take on': ofForce('triage'),
    'retention.set': ofForce('data-protection lead'),
    'report file.read': ofForce('triage'),
    'report file.clean': ofForce('triage'),
    'report file.export': ofForce('triage'),
    'attendance.read': ofForce('triage', 'data-protection lead'),
    'attendance.set': ofForce('data-protection lead'),
    'capacity.read': of('planner', 'commander', ...helps),
    'capacity.tell': ofHelp('safeguarding lead'),
  },
  'main/statistics': {
    'premises.count': of('analyst', 'commander'),
    'return.read': of('analyst', 'commander', 'coordinator'),
    'return.export': of('analyst', 'commander', 'coordinator'),
    'return.count': of('analyst'),
    'return.workings': of('analyst', 'commander'),
    'return.sign': of('analyst'),
  },
  'main/publisher': Object.fromEntries(
    ['figures.read', 'imported release.read', 'imported release.import', 'imported release.remove']
      .concat(['read', 'export', 'draft', 'write', 'judge', 'publish', 'withdraw'].map((what) => `release.${what}`))
      .map((action) => [action, of('press')]),
  ),
  'main/auditor': {
    'log.read': of('auditor', 'data-protection lead'),
    'log.sealed': of('auditor', 'data-protection lead'),
    'witness.register': of('data-protection lead'),
    'witness.end': of('data-protection lead'),
    'exception.read': of('auditor', 'data-protection lead'),
    'exception.record': of('data-protection lead'),
    'exception.end': of('data-protection lead'),
    'break-glass.audit': of('auditor'),
    'request.read': of('data-protection lead'),
    'request.open': of('data-protection lead'),
    'request.change': of('data-protection lead'),
    'access.read': of('auditor', 'data-protection lead'),
    'access.answer': of('data-protection lead'),
    'log.export': of('auditor', 'data-protection lead'),
    'grant.read': of('auditor', 'data-protection lead'),
  },
  'safeguarding/safeguarding': {
    'note.read': of(...helps),
    'note.write': of('field'),
    'note.correct': of(...helps),
    'safeguarding log.hashes': 'everybody',
    'safeguarding log.checkpoint': 'everybody',
    'safeguarding log.cosign': 'everybody',
    'note.take up': ofHelp('safeguarding lead'),
    'referral.read': ofHelp(...helps),
    'referral.make': ofHelp(...helps),
    'referral.decide': ofHelp(...helps),
    'referral.take back': ofHelp(...helps),
    'referral.ask': ofHelp(...helps),
    'consent.read': ofHelp(...helps),
    'consent.record': ofHelp(...helps),
    'consent.withdraw': ofHelp(...helps),
    'disclosure.ask': ofHelp(...helps),
    'disclosure.approve': ofHelp('safeguarding lead', 'data-protection lead'),
    'disclosure.read': ofHelp(...helps, 'data-protection lead'),
    'grant.make': ofHelp(...helps),
    'grant end.read': ofHelp(...helps),
    'grant end.acknowledge': ofHelp('partner caseworker'),
    'person.read': ofHelp(...helps),
    'person.open': ofHelp(...helps),
    'person.correct': ofHelp(...helps),
    'person.export': ofHelp(...helps),
    ...Object.fromEntries(
      ['task.read', 'task.add', 'task.change', 'handover.read', 'handover.make', 'handover.acknowledge']
        .concat(['clock.read', 'clock.compare'])
        .map((action) => [action, ofHelp(...helps)]),
    ),
    'reception.read': ofHelp(...helps, 'volunteer'),
    'reception.plan': ofHelp('safeguarding lead'),
    'reception.change': ofHelp('safeguarding lead'),
    'shift.start': ofHelp('safeguarding lead', 'volunteer'),
    'rota.end': ofHelp('safeguarding lead'),
    ...Object.fromEntries(
      ['wristband.read', 'wristband.give', 'need.add', 'need.meet', 'debrief.read', 'debrief.write'].map((action) => [
        action,
        ofHelp(...helps, 'volunteer'),
      ]),
    ),
    ...Object.fromEntries(
      ['wristband.leave', 'wristband.link', 'night.read', 'night.give'].map((action) => [action, ofHelp(...helps)]),
    ),
    'shared information.read': ofHelp(...helps),
    'shared information.export': ofHelp(...helps),
    'paper.read': ofHelp(...helps),
    'paper.add': ofHelp(...helps),
    'help.read': ofHelp(...helps),
    'help.write': ofHelp(...helps),
    'keeping.read': ofHelp(...readsHelp, 'data-protection lead'),
    'keeping.set': ofHelp('data-protection lead'),
    'kept person.read': ofHelp(...readsHelp, 'data-protection lead'),
    'kept person.say': ofHelp(...readsHelp, 'data-protection lead'),
    'kept person.end': ofHelp(...readsHelp, 'data-protection lead'),
    'erasure certificate.read': ofHelp(...readsHelp, 'data-protection lead'),
    'nrm referral.read': ofHelp(...helps),
    'nrm referral.export': ofHelp(...helps),
    'nrm referral.raise': ofHelp(...helps),
    'nrm referral.change': ofHelp(...helps),
    'nrm referral.submit': ofHelp(...helps),
    'custody safeguarding notice.read': ofHelp(...helps, 'data-protection lead'),
    'custody safeguarding notice.send': ofHelp(...helps),
    'custody safeguarding notice.withdraw': ofHelp(...helps),
    'information decision.read': ofHelp('safeguarding lead', 'data-protection lead'),
    'information decision.make': ofHelp('safeguarding lead'),
    'help report.read': ofHelp('safeguarding lead', 'partner caseworker'),
    'help report.answer': ofHelp('safeguarding lead', 'partner caseworker'),
    'help report.take': ofHelp('safeguarding lead', 'partner caseworker'),
    'help report.hand in': ofHelp(...handsIn),
    'help report.sent': ofHelp(...handsIn),
    'help source identity.read': ofHelp(...readsHelp),
    'help source identity request.read': ofHelp(...readsHelp, 'custodian', 'data-protection lead'),
    'help source identity request.make': ofHelp(...readsHelp),
    'help source identity request.decide': ofHelp('custodian'),
    ...Object.fromEntries(kept.map((action) => [`help ${action}`, ofHelp(...readsHelp, 'data-protection lead')])),
    'help alert.read': ofHelp(...readsHelp),
    'help alert.take on': ofHelp(...readsHelp),
    'help retention.set': ofHelp('data-protection lead'),
    'help report file.read': ofHelp('safeguarding lead', 'partner caseworker'),
    'help report file.clean': ofHelp('safeguarding lead', 'partner caseworker'),
    'help report file.export': ofHelp('safeguarding lead', 'partner caseworker'),
    'help attendance.read': ofHelp('safeguarding lead', 'partner caseworker', 'data-protection lead'),
    'help attendance.set': ofHelp('data-protection lead'),
  },
  // To police and immigration it tells nothing, not even that there is something to tell.
  'safeguarding/auditor': {
    'help log.read': ofHelp('auditor', 'data-protection lead'),
    'help log.export': ofHelp('auditor', 'data-protection lead'),
    // The seal holds hashes alone; how fast it grows tells that somebody looks.
    'safeguarding log.sealed': ofHelp('auditor', 'data-protection lead'),
    'help request.read': ofHelp('data-protection lead'),
    'help request.open': ofHelp('data-protection lead'),
    'help request.change': ofHelp('data-protection lead'),
    'help access.read': ofHelp('auditor', 'data-protection lead'),
    'help access.answer': ofHelp('data-protection lead'),
  },
  'safeguarding/statistics': { 'fact.count': of('analyst') },
};

export const actions: ReadonlyMap<string, { readonly door: Door; readonly whose: Whose }> = new Map(
  Object.entries(byDoor).flatMap(([door, named]) =>
    Object.entries(named).map(([action, whose]) => [action, { door: door as Door, whose }] as const),
  ),
);

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
