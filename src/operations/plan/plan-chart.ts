/** A chart of the plan: days across, teams down, and each visit a bar as tall as its label. */
import { addDays, dayRange, daysBetween, longDay, shortDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { hoursOf } from './planned-visit.ts';
import { type MadeVisits, visitStanding } from './visit-outcome.ts';

const label = 118;
const dayWidth = 118;
const head = 44;
const line = 18;
const gap = 4;
const letters = 13;
const most = 21;

/** Breaks text into lines of limited length; longer words are broken too. */
export function wrapped(words: string, length = letters): string[] {
  const lines: string[] = [];
  for (const word of words.split(/\s+/).flatMap((one) => one.match(new RegExp(`.{1,${length}}`, 'gu')) ?? [])) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= length) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const placed = (lines: readonly string[], y: number) => lines.map((words, index) => ({ words, y: y + index * line }));

/** Weeks that are longer than three show only days with visits. */
export function pictureOf(plan: Plan, made: MadeVisits, today: string) {
  const { startsOn, endsOn } = plan.operation;
  const busy = [...new Set(plan.visits.map(({ day }) => day))].sort();
  const first = [startsOn, busy[0] ?? startsOn].sort()[0] ?? startsOn;
  const last = [endsOn, busy.at(-1) ?? endsOn].sort()[1] ?? endsOn;
  const all = Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));
  const days = all.length > most ? busy : all;
  let top = head;
  const rows = plan.teams.map((team) => {
    const name = wrapped(team.name);
    let tallest = name.length * line;
    const bars = days.flatMap((day, column) => {
      let y = top + 6;
      const ofDay = plan.visits
        .filter((visit) => visit.teamId === team.id && visit.day === day)
        .map((visit) => {
          const lines = wrapped(`${visit.starts} ${visit.premises.name}`);
          const height = lines.length * line + 6;
          const said = visitStanding(visit, made, today).text;
          const bar = {
            x: label + column * dayWidth + 4,
            y,
            height,
            state: made.has(visit.id) ? 'made' : visit.state,
            lines: placed(lines, y + 16),
            title: `${visit.premises.name}, ${longDay(visit.day)}, ${hoursOf(visit)}, ${said}`,
          };
          y += height + gap;
          return bar;
        });
      tallest = Math.max(tallest, y - top - 6 - gap);
      return ofDay;
    });
    const row = { name: placed(name, top + 22), y: top, bars };
    top += tallest + 12;
    return row;
  });
  return {
    width: label + days.length * dayWidth,
    height: top,
    barWidth: dayWidth - 8,
    days: days.map((day, column) => ({
      x: label + column * dayWidth,
      middle: label + column * dayWidth + dayWidth / 2,
      weekday: weekdayOf(day).slice(0, 3),
      date: shortDay(day),
      outside: day < startsOn || day > endsOn,
    })),
    dayWidth,
    rows,
    alternative: `Plan of ${plan.operation.codeName}: ${listOf(plan.teams.map(({ name }) => name))}, ${dayRange(first, last)}. The table below says the same in words.`,
  };
}
