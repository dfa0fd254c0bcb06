/** A paper of staff as a tagged PDF: the same words as on its page, each in its own script. */
import { readFileSync } from 'node:fs';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { compilePaper } from './compile.ts';
import { missingMark, type PaperPart, toPaperText } from './paper-text.ts';
import {
  formatStamp,
  type PaperSection,
  type PaperStamp,
  type PaperValue,
  type StaffPaper,
  toCompleteByHand,
} from './staff-paper.ts';

let template: string | undefined;
const staffTemplate = (): string => {
  template ??= readFileSync(new URL('./staff-paper.typ', import.meta.url), 'utf8');
  return template;
};

/** What a value says, or nothing where it is completed by hand; and whether a letter of it could not be drawn. */
class Words {
  missing = false;

  of(text: string | readonly string[]): readonly PaperPart[] {
    const { parts, missing } = toPaperText(text);
    this.missing ||= missing.length > 0;
    return parts;
  }

  orBlank(value: PaperValue): readonly PaperPart[] | null {
    return value === null ? null : this.of(value);
  }
}

function toSection(section: PaperSection, words: Words): object {
  const head = {
    kind: section.kind,
    newPage: section.newPage === true,
    title: words.of(section.title),
    lead: words.of(section.lead ?? []),
  };
  switch (section.kind) {
    case 'rows':
      return {
        ...head,
        rows: section.rows.map(({ asks, says, lines }) => ({
          asks: words.of(asks),
          says: words.orBlank(says),
          lines: lines ?? 1,
        })),
      };
    case 'table':
      return {
        ...head,
        columns: section.columns.map((column) => words.of(column)),
        widths: section.widths ?? section.columns.map(() => 1),
        rows: section.rows.map((row) => row.map((cell) => words.orBlank(cell))),
        blankRows: section.blankRows ?? 0,
        empty: words.of(section.empty ?? []),
      };
    case 'list':
      return { ...head, items: section.items.map((item) => words.of(item)) };
    case 'signatures':
      return { ...head, people: section.people.map((person) => words.of(person)) };
  }
}

/** The same paper, stamp and reader give the same bytes. */
export async function makeStaffPdf(paper: StaffPaper, stamp: PaperStamp): Promise<Buffer> {
  const words = new Words();
  const data = {
    title: paper.title,
    marking: paper.marking,
    large: paper.givenOut === true,
    about: words.of(paper.about),
    foot: words.of(formatStamp(stamp)),
    lead: paper.lead.map((one) => words.of(one)),
    sections: paper.sections.map((section) => toSection(section, words)),
    sources: paper.sources.map(({ title, url, checkedOn }) =>
      words.of(`${title}. ${url}. Compared on ${longDay(checkedOn)}.`),
    ),
    notes: (paper.notes ?? []).map((one) => words.of(one)),
    blank: toCompleteByHand,
  };
  const missing = words.missing ? `${missingMark} stands where this paper cannot show a letter.` : '';
  return compilePaper(staffTemplate(), { ...data, missing });
}
