/** What remains to be planned for one of the premises, and the one step that comes next. Pure: no clock, no database. */
import type { TaskState } from '../../platform/rendering/task-list.ts';
import { premisesPaths } from '../../vocabulary/paths/operations.ts';
import type { Advice, Plan } from '../plan-check/entry-check.ts';
import { findPower } from '../powers-of-entry/load.ts';
import { isGranted, type Power } from './planned-power.ts';
import { listLanguagesToInterpret, type Premises } from './premises.ts';

export type PremisesTask = {
  readonly name: 'risks' | 'languages' | 'referrer' | 'immigration' | 'power' | 'visit';
  readonly state: TaskState;
  /** Where it is done. */
  readonly href: string;
  /** What the step is called, where it is the next. */
  readonly step: string;
};

const isDone = (done: boolean): TaskState => (done ? 'done' : 'not started');

/** A warrant that the court has not granted yet. */
const isWaiting = ({ basis, state }: Power, today: string): boolean => {
  const rule = findPower(basis, today);
  return rule !== undefined && isGranted(rule) && (state === 'planned' || state === 'applied for');
};

function powerTask({ powers }: Plan, { id }: Premises, advice: readonly Advice[], today: string): PremisesTask {
  const here = powers.filter(({ premisesId, state }) => premisesId === id && state !== 'refused');
  const waiting = here.find((power) => isWaiting(power, today));
  const unlawful = advice.some(({ kind, acknowledged }) => kind === 'unlawful' && !acknowledged);
  const state = unlawful ? 'needs attention' : waiting ? 'in progress' : isDone(here.length > 0);
  if (here.length === 0)
    return { name: 'power', state: 'not started', href: premisesPaths.addPower(id), step: 'Add a power of entry' };
  return {
    name: 'power',
    state,
    ...(waiting && !unlawful
      ? { href: premisesPaths.nextPowerStep(id, waiting.id), step: 'Record the next step of the warrant' }
      : { href: `${premisesPaths.premises(id)}#powers`, step: 'Correct the powers of entry' }),
  };
}

function visitTask({ visits }: Plan, { id }: Premises): PremisesTask {
  const here = visits.filter(({ premisesId }) => premisesId === id);
  const postponed = here.find(({ state }) => state === 'postponed');
  return {
    name: 'visit',
    state: postponed ? 'in progress' : isDone(here.length > 0),
    ...(postponed
      ? { href: premisesPaths.moveVisit(id, postponed.id), step: 'Plan the visit again' }
      : { href: premisesPaths.addVisit(id), step: 'Plan a visit' }),
  };
}

/** In the order of the work. `advice` is what the checks found here. */
export function listPremisesTasks(
  plan: Plan,
  premises: Premises,
  advice: readonly Advice[],
  today: string,
): readonly PremisesTask[] {
  const { id, languages, interpreter, risks, referrerId, immigrationEntry } = premises;
  const unknown = languages.length === 0 && interpreter === null;
  const understood = listLanguagesToInterpret(languages).length === 0 || interpreter !== null;
  return [
    { name: 'risks', state: isDone(risks !== null), href: premisesPaths.risks(id), step: 'Record the risks' },
    {
      name: 'languages',
      state: unknown ? 'not started' : understood ? 'done' : 'in progress',
      href: premisesPaths.languages(id),
      step: unknown ? 'Record the languages' : 'Name an interpreter',
    },
    {
      name: 'referrer',
      state: isDone(referrerId !== null),
      href: premisesPaths.referrer(id),
      step: 'Name a first responder',
    },
    {
      name: 'immigration',
      state: isDone(immigrationEntry !== null),
      href: premisesPaths.immigration(id),
      step: 'Decide about immigration officers',
    },
    powerTask(plan, premises, advice, today),
    visitTask(plan, premises),
  ];
}
