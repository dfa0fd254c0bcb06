/** The stage of the demonstration: the real app on a clock that can be set, and a walker for each of the cast. */
import type { FastifyInstance } from 'fastify';
import { instantAt, type stoppedClock } from '../platform/clock.ts';
import type { MemberKey } from '../tour/index.ts';
import { Walker } from './staff-walker.ts';

/** A member of the cast, who signs in for each action. */
export type Player = Pick<
  Walker,
  'read' | 'fill' | 'fillBoth' | 'fillForPage' | 'fillAfterFile' | 'follow' | 'ledTo' | 'ledToAfter'
>;

export type Stage = {
  readonly as: (who: MemberKey) => Player;
  /** Sets the clock: what follows happens then. */
  readonly at: (day: string, time: string) => void;
  /** Sets it only where it is earlier. */
  readonly notBefore: (day: string, time: string) => void;
};

/** A session ends when it has lain unused for an hour of the stage's clock, so each hour has its own. */
export function openStage(
  app: FastifyInstance,
  clock: ReturnType<typeof stoppedClock>,
  signIn: (who: MemberKey) => Promise<string>,
  presses?: number,
): Stage {
  const walkers = new Map<string, Walker>();
  const walkerOf = async (who: MemberKey): Promise<Walker> => {
    const name = `${who} ${clock.now().toISOString().slice(0, 13)}`;
    const known = walkers.get(name);
    if (known) return known;
    const walker = new Walker(app, await signIn(who), presses);
    walkers.set(name, walker);
    return walker;
  };
  return {
    at: (day, time) => clock.move(instantAt(day, time)),
    notBefore: (day, time) => {
      const instant = instantAt(day, time);
      if (clock.now() < instant) clock.move(instant);
    },
    as: (who) => ({
      read: async (...given) => (await walkerOf(who)).read(...given),
      fill: async (...given) => (await walkerOf(who)).fill(...given),
      fillBoth: async (...given) => (await walkerOf(who)).fillBoth(...given),
      fillForPage: async (...given) => (await walkerOf(who)).fillForPage(...given),
      fillAfterFile: async (...given) => (await walkerOf(who)).fillAfterFile(...given),
      follow: async (...given) => (await walkerOf(who)).follow(...given),
      ledTo: async (...given) => (await walkerOf(who)).ledTo(...given),
      ledToAfter: async (...given) => (await walkerOf(who)).ledToAfter(...given),
    }),
  };
}
