/** A decision to name an agency, in words: what it is about, who took it, when and why. */
import { longDay } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import type { Decision } from '../drafting/public-figures.ts';

export type ShownDecision = string;

export const shownDecision = ({ rule, by, on, why }: Decision): ShownDecision =>
  `${capital(rule)}: ${by} decided on ${longDay(on)} to name them. Reason: ${why}`;
