/** Visits for the home page: today's, the next one of a member's own team, unfinished ones, and arrested people to screen. */
import { formatHours } from '../../operations/plan/index.ts';
import { listRecentlyOpened } from '../../platform/audit-hook/recently-opened.ts';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import {
  countedTask,
  type HomeItem,
  type HomeRecent,
  type HomeStage,
  listDue,
  mostRecent,
} from '../../platform/http/home.ts';
import type { Request } from '../../platform/http/server.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { longDay, shortDay } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { arrestPaths, encounterPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { listUnscreened } from '../arrests/store.ts';
import { describeUntold, describeUntoldToAsk } from '../child-arrests/pages.ts';
import { listUntoldArrests } from '../child-arrests/store.ts';
import { describeUntoldMeeting, describeUntoldMeetingToAsk } from '../children-met/pages.ts';
import { listUntoldMeetings, type UntoldMeetings } from '../children-met/store.ts';
import { type DecisionNotice, listStopNotices, type StopNotice } from '../decision-to-proceed.ts';
import { listLateCorrectionItems } from '../late-corrections/home-items.ts';
import { findNextVisit, sortVisits, startOf, type TeamPlace, type VisitWithStage } from '../list-pages.ts';
import { listOfficerReferralItems } from '../nrm-referrals/home-items.ts';
import { stageTags } from '../pages.ts';
import { listCurrentVisits, listVisitsById } from '../visit-list-store.ts';

export const visitsHomeStage: HomeStage = {
  stage: 'visits',
  action: 'visit.read',
  says: (can) => (can('visit.record') ? 'your next visit, and visits to finish' : 'visits of today'),
  waiting: async (db, request, look) => {
    look('visits.waiting counted', null, { fields: ['day', 'stage'] });
    const visits = await listCurrentVisits(db, request.actor, request.today);
    const today = sortVisits(visits, request.today).filter((visit) => isShownToday(visit, request.today));
    const next = findNextVisit(visits, request);
    const shown = new Set([...today, ...(next ? [next] : [])]);
    if (shown.size > 0) {
      look('visits.of today listed', null, { fields: ['premises', 'day', 'team'] });
      request.returned([...shown].flatMap(({ id, premises }) => [id, premises.id]));
    }
    const stops = await listStopNotices(
      db,
      [...shown].filter(({ stage }) => stage === 'planned'),
    );
    const stop = next && stops.get(next.id);
    const startsNow = stop ? undefined : next;
    return {
      items: [
        ...listNext(next, stop, request),
        ...(await listOpenItems(db, request, visits)),
        ...(await listLateCorrectionItems(db, request, look)),
        ...(await listOfficerReferralItems(request, look)),
      ],
      visits: today.map((visit) => toHomeVisit(visit, request, startsNow, stops.get(visit.id))),
      recent: await listRecentVisits(db),
    };
  },
};

/** Visits by reference and day, as far as the member may still see them. */
async function listRecentVisits(db: Reader<AnyTables>): Promise<HomeRecent[]> {
  const opened = await listRecentlyOpened(db, ['visit.shown'], mostRecent);
  const visits = await listVisitsById(
    db,
    opened.map(({ subject }) => subject),
  );
  const days = new Map<string, string>(visits.map(({ id, day }) => [id, day]));
  return opened.flatMap(({ subject, at }) => {
    const day = days.get(subject);
    const text = day && `Visit ${referenceOf('visit', subject)}, ${longDay(day)}`;
    return text ? [{ text, href: visitPaths.visit(subject), at }] : [];
  });
}

/** Planned or made today, and those that began earlier and are still under way. */
const isShownToday = ({ day, stage }: VisitWithStage, today: string): boolean => day === today || stage === 'under way';

const teamPlaces: Record<TeamPlace, string> = {
  inside: 'Team inside',
  'at the premises': 'Team at the premises',
  left: 'Team has left, not finished',
};

function toHomeVisit(
  visit: VisitWithStage,
  request: Request,
  next: VisitWithStage | undefined,
  stop: DecisionNotice | undefined,
) {
  const { id, day, stage, premises, teamName } = visit;
  return {
    hours: day === request.today ? formatHours(visit) : `${formatHours(visit)}, ${shortDay(day, request.today)}`,
    premises: premises.name,
    town: premises.town,
    team: teamName,
    status: visit.team ? teamPlaces[visit.team] : [capital(stage), stop?.status].filter(Boolean).join(', '),
    tag: stageTags[stage],
    href: visitPaths.visit(id),
    start: visit === next && day === request.today ? visitPaths.arrival(id) : undefined,
    live: stage === 'under way',
  };
}

function listNext(next: VisitWithStage | undefined, stop: StopNotice | undefined, { today }: Request): HomeItem[] {
  if (!next) return [];
  const isToday = next.day === today;
  return [
    {
      what: isToday && !stop ? 'Start your next visit' : 'Your next visit',
      detail: `${next.premises.name}, ${next.premises.town}.${stop ? ` ${stop.title}.` : ''}`,
      for: next.teamName,
      due: startOf(next),
      status: 'to do',
      href: isToday && !stop ? visitPaths.arrival(next.id) : visitPaths.visit(next.id),
      count: 1,
    },
  ];
}

async function listOpenItems(
  db: Reader<AnyTables>,
  request: Request,
  visits: readonly VisitWithStage[],
): Promise<HomeItem[]> {
  const unscreened = request.can('arrest.read') ? await listUnscreened(db) : [];
  const arrests = unscreened.reduce((sum, { count }) => sum + count, 0);
  const open = visits.filter(({ stage }) => stage === 'under way');
  const [only] = open;
  return listDue([
    ...(await listChildItems(db, request)),
    {
      what: countedTask(open.length, '1 visit not finished', '# visits not finished'),
      status: 'in progress',
      href: only && open.length === 1 ? visitPaths.visit(only.id) : withQuery(visitPaths.list(), { state: 'to do' }),
      count: open.length,
    },
    {
      what: countedTask(arrests, 'Screen a person who was arrested', 'Screen # people who were arrested'),
      detail: 'Check for signs of exploitation.',
      status: 'needs attention',
      href: `${visitPaths.visit(unscreened[0]?.visitId ?? '')}#arrests`,
      count: arrests,
    },
  ]);
}

/** Children arrested or met whom nobody was told about: the team tells and records it, planners and commanders ask the team. */
async function listChildItems(db: Reader<AnyTables>, request: Request): Promise<HomeItem[]> {
  if (!request.can('arrest.read')) return [];
  const records = request.can('child notification.record');
  const [meetings, arrests] = [await listUntoldMeetings(db), await listUntoldArrests(db)];
  const visits = await listVisitsById(
    db,
    [...meetings, ...arrests].map(({ visitId }) => visitId),
  );
  const ownVisits = new Set<string>(
    visits.filter(({ teamId }) => request.actor.teams.includes(teamId)).map(({ id }) => id),
  );
  const met = meetings.map((meeting) => toMeetingItem(meeting, records && ownVisits.has(meeting.visitId)));
  const arrested = arrests.map(
    (arrest): HomeItem => ({
      status: 'to do',
      urgency: 'urgent',
      count: 1,
      ...(records && ownVisits.has(arrest.visitId)
        ? {
            what: describeUntold(arrest),
            detail: 'Telephone now. Then record who was told, when and how.',
            href: arrestPaths.childNotification(arrest.id),
          }
        : {
            what: describeUntoldToAsk(arrest),
            detail:
              'Nobody has recorded that children’s services were told. If you reach nobody of the team, telephone them yourself.',
            href: arrestPaths.arrest(arrest.id),
          }),
    }),
  );
  return [...arrested, ...met];
}

const toMeetingItem = (meeting: UntoldMeetings, records: boolean): HomeItem => ({
  status: 'to do',
  urgency: 'urgent',
  count: meeting.count,
  ...(records
    ? {
        what: describeUntoldMeeting(meeting),
        detail: 'Telephone now. Then record who was told and when.',
        href:
          meeting.count === 1
            ? encounterPaths.childrenServices(meeting.first)
            : `${visitPaths.visit(meeting.visitId)}#children-met`,
      }
    : {
        what: describeUntoldMeetingToAsk(meeting),
        detail:
          'Nobody has recorded that children’s services were told. If you reach nobody of the team, telephone them yourself.',
        href:
          meeting.count === 1 ? encounterPaths.encounter(meeting.first) : `${visitPaths.visit(meeting.visitId)}#people`,
      }),
});
