/** Arrests, their screening for exploitation, seizures and the search record: enforcement's alone. Pure: no clock, no database, no wording. */
import type { arrestKinds, arrestStatuses, sexes } from '../vocabulary/figures.ts';
import type { EncounterId, VisitId } from '../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../vocabulary/result.ts';
import type { interpreters, matters, Recorded, screeningOutcomes, seizureKinds, Visit } from './visit.ts';

export type ArrestFacts = {
  /** A criminal arrest starts "active" proceedings; administrative immigration detention does not (domain 5). */
  readonly kind: (typeof arrestKinds)[number];
  readonly matter: (typeof matters)[number];
  readonly offence: string | null;
  readonly sex: (typeof sexes)[number];
  /** In years; null when not known, and then a child until assessed. */
  readonly age: number | null;
  readonly residence: string | null;
  readonly status: (typeof arrestStatuses)[number];
  readonly custodyRef: string | null;
  readonly arrestedAt: Date;
  readonly encounterId: EncounterId | null;
};

export type Arrest = Recorded &
  ArrestFacts & { readonly id: string; readonly visitId: VisitId; readonly closedAt: Date | null };

export type Screening = Recorded & {
  /** The arrest's own id: one screening, corrected as often as needed. */
  readonly id: string;
  readonly outcome: (typeof screeningOutcomes)[number];
  readonly reason: string | null;
  readonly screenedBy: string | null;
  readonly screenedAt: Date | null;
  readonly interpreter: (typeof interpreters)[number] | null;
};

export type Seizure = Recorded & {
  readonly id: string;
  readonly visitId: VisitId;
  readonly kind: (typeof seizureKinds)[number];
  readonly description: string;
  readonly pence: number | null;
  readonly exhibitRef: string | null;
};

/** What Code B of PACE asks to be written of a search, as far as Safelight prints it; the visit's own id. */
export type Search = Recorded & {
  readonly id: VisitId;
  readonly searched: boolean;
  readonly rooms: string | null;
  readonly forceUsed: string | null;
  readonly damage: string | null;
  readonly noticeLeft: boolean;
};

export type ArrestRefusal =
  | 'finished'
  | 'closed'
  | 'before arriving'
  | 'in the future'
  | 'offence missing'
  | 'not an immigration matter'
  | 'status of a criminal arrest';

/** Whether these facts may stand. An administrative arrest is over immigration alone and is not "under investigation". */
export function checkArrest(
  visit: Pick<Visit, 'arrivedAt'>,
  { kind, matter, offence, status, arrestedAt }: Omit<ArrestFacts, 'encounterId'>,
  now: Date,
): Result<true, ArrestRefusal> {
  if (arrestedAt < visit.arrivedAt) return refuse('before arriving');
  if (arrestedAt > now) return refuse('in the future');
  if (kind === 'criminal') return offence ? accept(true) : refuse('offence missing');
  if (matter !== 'immigration') return refuse('not an immigration matter');
  return status === 'released under investigation' ? refuse('status of a criminal arrest') : accept(true);
}

export type ScreeningRefusal = 'reason missing' | 'who missing' | 'before the arrest' | 'in the future';

/** A screening says who, when and through which interpreter; one that was not done says why. */
export function screen(
  arrest: Pick<Arrest, 'arrestedAt'>,
  said: Omit<Screening, 'id' | keyof Recorded>,
  now: Date,
): Result<Omit<Screening, 'id' | keyof Recorded>, ScreeningRefusal> {
  if (said.outcome === 'not done') {
    if (!said.reason) return refuse('reason missing');
    return accept({ ...said, screenedBy: null, screenedAt: null, interpreter: null });
  }
  if (!said.screenedBy || !said.screenedAt || !said.interpreter) return refuse('who missing');
  if (said.screenedAt < arrest.arrestedAt) return refuse('before the arrest');
  return said.screenedAt > now ? refuse('in the future') : accept(said);
}

export type ClosingRefusal = 'closed' | 'not screened' | 'still in custody';

/** No arrest closes without the answer to "screened for exploitation?" (design 3.11), nor while the person is held. */
export function close(arrest: Arrest, screening: Screening | undefined, now: Date): Result<Arrest, ClosingRefusal> {
  if (arrest.closedAt) return refuse('closed');
  if (!screening) return refuse('not screened');
  return arrest.status === 'in custody' ? refuse('still in custody') : accept({ ...arrest, closedAt: now });
}
