/** A chart of the plan: days across, teams down, and each visit a bar as tall as its label. */
import { addDays, dayRange, daysBetween, longDay, shortDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { formatHours } from '../plan/planned-visit.ts';
import { getVisitStatus, type VisitRecords } from '../plan/visit-outcome.ts';
import type { Plan } from '../plan-check/entry-check.ts';

const labelWidth = 118;
const dayWidth = 118;
const headerHeight = 44;
const lineHeight = 18;
const gap = 4;
const maxLineLength = 13;
const maxDays = 21;

/** Breaks text into lines of limited length; longer words are broken too. */
export function wrapText(words: string, length = maxLineLength): string[] {
  const lines: string[] = [];
  for (const word of words.split(/\s+/).flatMap((one) => one.match(new RegExp(`.{1,${length}}`, 'gu')) ?? [])) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= length) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const positionLines = (lines: readonly string[], y: number) =>
  lines.map((words, index) => ({ words, y: y + index * lineHeight }));

export type PlanChart = ReturnType<typeof createPlanChart>;

/** Weeks that are longer than three show only days with visits. */
export function createPlanChart(plan: Plan, made: VisitRecords, today: string, waiting: ReadonlySet<string>) {
  const { startsOn, endsOn } = plan.operation;
  const busy = [...new Set(plan.visits.map(({ day }) => day))].sort();
  const first = [startsOn, busy[0] ?? startsOn].sort()[0] ?? startsOn;
  const last = [endsOn, busy.at(-1) ?? endsOn].sort()[1] ?? endsOn;
  const all = Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));
  const days = all.length > maxDays ? busy : all;
  let top = headerHeight;
  const rows = plan.teams.map((team) => {
    const name = wrapText(team.name);
    let tallest = name.length * lineHeight;
    const bars = days.flatMap((day, column) => {
      let y = top + 6;
      const ofDay = plan.visits
        .filter((visit) => visit.teamId === team.id && visit.day === day)
        .map((visit) => {
          const lines = wrapText(`${visit.starts} ${visit.premises.name}`);
          const height = lines.length * lineHeight + 6;
          const said = getVisitStatus(visit, made, today, waiting).text;
          const bar = {
            x: labelWidth + column * dayWidth + 4,
            y,
            height,
            state: made.has(visit.id) ? 'made' : visit.state,
            lines: positionLines(lines, y + 16),
            title: `${visit.premises.name}, ${longDay(visit.day)}, ${formatHours(visit)}, ${said}`,
          };
          y += height + gap;
          return bar;
        });
      tallest = Math.max(tallest, y - top - 6 - gap);
      return ofDay;
    });
    const row = { name: positionLines(name, top + 22), y: top, bars };
    top += tallest + 12;
    return row;
  });
  return {
    width: labelWidth + days.length * dayWidth,
    height: top,
    barWidth: dayWidth - 8,
    days: days.map((day, column) => ({
      x: labelWidth + column * dayWidth,
      middle: labelWidth + column * dayWidth + dayWidth / 2,
      weekday: weekdayOf(day).slice(0, 3),
      date: shortDay(day),
      outside: day < startsOn || day > endsOn,
    })),
    dayWidth,
    rows,
    alternative: `Plan of ${plan.operation.codeName}: ${listOf(plan.teams.map(({ name }) => name))}, ${dayRange(first, last)}. The table below gives the same times.`,
  };
}
