/** Invented narratives of adults who said no, with what was planted in them and where; and as many in which nobody can be found. */
import { dice } from '../../harness/dice.ts';
import { ordinary } from './ordinary.ts';
import { direct, type Subject, subject, together } from './planted.ts';

export type Planted = { readonly text: number; readonly from: number; readonly to: number };
export type Narrative = {
  readonly who: Subject;
  readonly kind: string;
  /** As several answers of one form. */
  readonly texts: readonly string[];
  readonly planted: readonly Planted[];
};

export const kinds = [...Object.keys(direct), 'together'] as const;

/** Shuffles plants among ordinary sentences, over one to three answers. */
function told(seed: number, kind: string, plants: readonly string[], who: Subject): Narrative {
  const roll = dice(seed ^ 0x5eed);
  const answers: string[][] = Array.from({ length: roll.upTo(1, 3) }, () => []);
  for (const sentence of [...ordinary(roll, roll.upTo(3, 9)), ...plants]) {
    const answer = roll.pick(answers);
    answer.splice(roll.upTo(0, answer.length), 0, sentence);
  }
  const planted: Planted[] = [];
  const texts = answers.map((sentences, text) => {
    let plain = '';
    for (const piece of sentences.join(roll.chance(0.8) ? ' ' : '\n').split(/(⟦[^⟧]*⟧)/)) {
      const inner = /^⟦(.*)⟧$/s.exec(piece)?.[1];
      if (inner !== undefined) planted.push({ text, from: plain.length, to: plain.length + inner.length });
      plain += inner ?? piece;
    }
    return plain;
  });
  return { who, kind, texts, planted };
}

export function withPlant(seed: number, kind: string): Narrative {
  const roll = dice(seed);
  const who = subject(roll);
  const plant = direct[kind];
  if (plant) return told(seed, kind, [plant(roll, who)], who);
  const { kind: how, sentences } = together(roll);
  return told(seed, `together: ${how}`, sentences, who);
}

export const withNone = (seed: number): Narrative => told(seed, 'nothing', [], subject(dice(seed)));
