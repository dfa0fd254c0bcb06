/** One dozen blinded questions against a list of 500 entries: what both sides compute, the holder's own list included. */
import {
  answerQuestions,
  blindQuestions,
  deriveCheckKey,
  listStep,
  openAnswers,
  padTags,
  questionsAtOnce,
  tagOf,
} from '../../src/intelligence/deconfliction/oblivious-check.ts';
import { by, type Effort, type Line } from './effort.ts';

export function* measureBlindCheck(effort: Effort): Generator<Line> {
  const rounds = by(effort, 10, 3, 1);
  const times: number[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    const key = deriveCheckKey(Buffer.alloc(32, round + 1));
    const began = process.cpuUsage();
    const list = padTags(
      Array.from({ length: listStep }, (_, at) => tagOf(key, `premises code wd171aa ${at}`)),
      'secret',
    );
    const questions = blindQuestions(
      Array.from({ length: questionsAtOnce }, (_, at) => `premises code wd171aa ${490 + at}`),
    );
    const opened = openAnswers(questions, answerQuestions(key, questions.asked));
    const { user, system } = process.cpuUsage(began);
    const there = new Set(list.map(String));
    if ([...opened.values()].filter((tag) => there.has(String(tag))).length !== 10)
      throw new Error('ten entries are in both');
    times.push((user + system) / 1e6);
    bytes = list.reduce((sum, tag) => sum + tag.length, 0);
  }
  times.sort((one, other) => one - other);
  yield {
    what: `blind check of ${questionsAtOnce} questions against ${listStep} entries, both sides`,
    value: times[Math.floor(times.length / 2)] ?? 0,
    unit: 's',
    pass: 2,
    aim: 1,
    more: `processor, the list included; ${(bytes / 1_000).toFixed(0)} kB of list`,
  };
}
