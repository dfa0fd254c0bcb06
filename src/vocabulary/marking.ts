/** How a record is marked: Government Security Classifications (policy of 5 August 2024). There are three tiers, of which this system holds the lowest alone. OFFICIAL-SENSITIVE is no tier of its own: it marks what within OFFICIAL only those who need it may know. After it stands the descriptor, which says why; the handling instruction says what to do. */

export const markings = {
  OFFICIAL: {
    sensitive: false,
    descriptor: null,
    handling: 'For people who work in this partnership.',
    asks: ['Keep it to work.', 'Leave no paper lying about.'],
  },
  'OFFICIAL-SENSITIVE: OPERATIONAL': {
    sensitive: true,
    descriptor: 'OPERATIONAL',
    handling: 'For those named in the operation. Do not forward, photograph or read aloud in public.',
    asks: [
      'Read it where nobody looks over your shoulder, and lock the screen when you turn away.',
      'Print it only where the work needs paper. Carry the paper with you. When the operation is over, give signed papers to the planner and destroy the other copies.',
      'Pass it on within Safelight, not by message or mail.',
    ],
  },
  'OFFICIAL-SENSITIVE: PERSONAL DATA': {
    sensitive: true,
    descriptor: 'PERSONAL DATA',
    handling: 'For those who need it for the person it is about. Not for enforcement unless it was disclosed to you.',
    asks: [
      'Open it only for your work with that person: each look is written down.',
      'Say nothing of it where others hear, and nothing to colleagues who do not need it.',
      'Pass it on only as a referral or a disclosure, so that it is known who has it.',
      'If it was lost, or seen by somebody who should not, tell your data-protection lead at once.',
    ],
  },
} as const;
export type Marking = keyof typeof markings;

/** From the most open to the most closed: what a ceiling is compared by. */
export const markingOrder = [
  'OFFICIAL',
  'OFFICIAL-SENSITIVE: OPERATIONAL',
  'OFFICIAL-SENSITIVE: PERSONAL DATA',
] as const satisfies readonly Marking[];

/** Whether a record with this marking may be exported under that ceiling. */
export const isWithinMarking = (marking: Marking, ceiling: Marking): boolean =>
  markingOrder.indexOf(marking) <= markingOrder.indexOf(ceiling);

/** The most closed of several; OFFICIAL where there is none. */
export const highestMarking = (all: readonly Marking[]): Marking =>
  all.reduce<Marking>((most, marking) => (isWithinMarking(marking, most) ? most : marking), 'OFFICIAL');

/** A file's name with its marking before the ending: a file that has left bears no header. */
export function markedName(fileName: string, marking: Marking): string {
  const mark = marking.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  const dot = fileName.lastIndexOf('.');
  return dot > 0 ? `${fileName.slice(0, dot)}.${mark}${fileName.slice(dot)}` : `${fileName}.${mark}`;
}
