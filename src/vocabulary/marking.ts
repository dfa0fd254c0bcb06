/** How a record is marked: Government Security Classifications (policy of August 2024). OFFICIAL-SENSITIVE is no tier of its own: it marks what within OFFICIAL only those who need it may know. */

export const markings = {
  OFFICIAL: { sensitive: false, descriptor: null, handling: 'For people who work in this partnership.' },
  'OFFICIAL-SENSITIVE: OPERATIONAL': {
    sensitive: true,
    descriptor: 'OPERATIONAL',
    handling: 'For those named in the operation. Do not forward, photograph or read aloud in public.',
  },
  'OFFICIAL-SENSITIVE: PERSONAL DATA': {
    sensitive: true,
    descriptor: 'PERSONAL DATA',
    handling: 'For those who need it for the person it is about. Not for enforcement unless it was disclosed to you.',
  },
} as const;
export type Marking = keyof typeof markings;

/** From the most open to the most closed: what a ceiling is compared by. */
export const markingOrder: readonly Marking[] = [
  'OFFICIAL',
  'OFFICIAL-SENSITIVE: OPERATIONAL',
  'OFFICIAL-SENSITIVE: PERSONAL DATA',
];

/** Whether something marked so may leave where the ceiling stands there. */
export const within = (marking: Marking, ceiling: Marking): boolean =>
  markingOrder.indexOf(marking) <= markingOrder.indexOf(ceiling);

/** The most closed of several; OFFICIAL where there is none. */
export const highest = (all: readonly Marking[]): Marking =>
  all.reduce<Marking>((most, marking) => (within(marking, most) ? most : marking), 'OFFICIAL');
