/** References as custody and immigration write them, and what must never fit in their place: names and messages. By a seed. */
import { type Chance, invent, one } from '../people/invented.ts';

const figures = (chance: Chance, many: number): string =>
  Array.from({ length: many }, () => Math.floor(chance() * 10)).join('');
const letters = (chance: Chance, many: number): string =>
  Array.from({ length: many }, () => 'ABCDEFGHJKLMNPRSTUVWXYZ'[Math.floor(chance() * 23)]).join('');

/** Shapes that are seen: force, number and year; port reference; case number. */
export function referenceBy(chance: Chance): string {
  const year = 20 + Math.floor(chance() * 10);
  return one(chance, [
    () => `${figures(chance, 2)}${letters(chance, 2)}/${figures(chance, 6)}/${year}`,
    () => `${letters(chance, 2)}/${figures(chance, 4)}/${year}`,
    () => `${letters(chance, 3)}/${figures(chance, 7)}`,
    () => `${letters(chance, 1)}${figures(chance, 7)}`,
    () => `${figures(chance, 4)} ${figures(chance, 4)} ${figures(chance, 4)}`,
    () => `c/20${year}/${figures(chance, 3)}`,
  ])();
}

const messages = ['pregnant', 'raped', 'aged', 'trafficked', 'beaten', 'child', 'hiding', 'victim', 'brothel'] as const;

/** A name or a word about somebody, with figures round it as a careful hand would put them. */
export function smuggledBy(chance: Chance): string {
  const name = invent(chance).called;
  const word = one(chance, messages);
  const number = figures(chance, 4);
  const spread = (text: string, by: string): string => [...text].join(by);
  return one(chance, [
    () => name,
    () => `${name} ${number}`,
    () => `${number} ${word}`,
    () => `${number}/${word}`,
    () => spread(`${word}`, '.') + number,
    () => `${number} ${spread(word, ' ')}`,
    () => `${number}-${spread(word, '-')}`,
    () => `${number}/${spread(word, '/')}`,
    () => `${letters(chance, 2)}/${number}/26 ${word}`,
    () => `${number}\n${word}`,
  ])();
}
