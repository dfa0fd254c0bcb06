/** Checks a file of premises against the plan without storing anything: which lines are good, and what is wrong with the others. Pure. */

import type { ColumnProblem, LineProblem, Table, TableLine } from '../../platform/files/table-file.ts';
import { type FormErrors, readForm } from '../../platform/forms/forms.ts';
import { newId } from '../../vocabulary/ids.ts';
import { NewPremisesForm } from '../plan/forms.ts';
import { findWrongPart, type NewPremises, toPremises, toVisit } from '../plan/new-premises.ts';
import type { PlannedVisit } from '../plan/planned-visit.ts';
import type { Premises } from '../plan/premises.ts';
import { findImmigrationBefore, type ImmigrationBefore } from '../plan/premises-before.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { type Column, columns, createLineReader, describeProblem, placeColumns } from './columns.ts';
import { findLineFaults } from './line-findings.ts';
import { type Address, AddressIndex } from './same-address.ts';

export type GoodLine = {
  readonly number: number;
  readonly premises: Premises;
  readonly visit: PlannedVisit | undefined;
  readonly values: NewPremises;
};
/** Premises of another operation that the reader may see. */
export type PremisesElsewhere = Address & {
  readonly id: string;
  readonly name: string;
  readonly operationId: string;
  readonly codeName: string;
};
export type SameElsewhere = { readonly number: number; readonly premises: PremisesElsewhere };

export type AlreadyThere = { readonly number: number; readonly premises: Pick<Premises, 'id' | 'name'> };

export type CheckedFile = {
  readonly good: readonly GoodLine[];
  readonly problems: readonly LineProblem[];
  /** How many lines are bad: one line may have several problems. */
  readonly bad: number;
  /** Lines whose address is in this operation already. They are left out. */
  readonly already: readonly AlreadyThere[];
  /** Good lines with an address that another operation has. They are imported. */
  readonly elsewhere: readonly SameElsewhere[];
};

const placeColumn = 'Address';
const tooManyCells = 'This line has more cells than there are columns. Put text with a comma in quotation marks';

/** Other requests are answered between so many lines. */
const linesAtOnce = 50;
const yieldToEventLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Checks the lines in their order. An address that the file has already is a problem; one that the operation has is left out. */
export async function checkTable(
  table: Table,
  plan: Plan,
  others: readonly PremisesElsewhere[],
  today: string,
): Promise<CheckedFile | ColumnProblem> {
  const places = placeColumns(table);
  if ('kind' in places) return places;
  const checker = new LineChecker(plan, createLineReader(places, plan), places, today);
  const elsewhere = new AddressIndex(others);
  const good: GoodLine[] = [];
  const problems: LineProblem[] = [];
  const already: AlreadyThere[] = [];
  const same: SameElsewhere[] = [];
  let bad = 0;
  for (const [index, line] of table.lines.entries()) {
    if (index % linesAtOnce === 0) await yieldToEventLoop();
    const there = checker.findThere(line);
    if (there) {
      already.push({ number: line.number, premises: there });
      continue;
    }
    const checked = checker.check(line);
    if ('problems' in checked) {
      problems.push(...checked.problems);
      bad += 1;
      continue;
    }
    good.push(checked);
    const other = elsewhere.find(checked.premises);
    if (other) same.push({ number: line.number, premises: other });
  }
  return { good, problems, bad, already, elsewhere: same };
}

type BadLine = { readonly problems: readonly LineProblem[] };
type KnownPlace = Address & { readonly found: string };

class LineChecker {
  readonly #plan: Plan;
  readonly #read: (cells: readonly string[]) => Record<string, string>;
  readonly #places: readonly (Column | undefined)[];
  readonly #today: string;
  readonly #there: AddressIndex<Premises>;
  readonly #known = new AddressIndex<KnownPlace>();
  #before: ImmigrationBefore | undefined;

  constructor(
    plan: Plan,
    read: (cells: readonly string[]) => Record<string, string>,
    places: readonly (Column | undefined)[],
    today: string,
  ) {
    this.#plan = plan;
    this.#read = read;
    this.#places = places;
    this.#today = today;
    this.#there = new AddressIndex(plan.premises);
    this.#before = findImmigrationBefore(plan);
  }

  /** Premises of the operation with the address of this line, whatever else the line says. */
  findThere({ cells }: TableLine): Premises | undefined {
    const { address = '', town = '', postcode = '' } = this.#read(cells);
    return address === ''
      ? undefined
      : this.#there.find({ address, town, postcode: postcode === '' ? null : postcode });
  }

  /** Remembers a good line, since the next is compared with it. */
  check({ number, cells }: TableLine): GoodLine | BadLine {
    const problem = (column: string | undefined, what: string): LineProblem => ({ number, column, what });
    if (cells.slice(this.#places.length).some((cell) => cell !== ''))
      return { problems: [problem(undefined, tooManyCells)] };
    const form = readForm(NewPremisesForm, this.#read(cells));
    const errors = form.ok ? this.#findErrors(form.values) : form.errors;
    if (!form.ok || errors) return { problems: this.#describe(number, cells, errors ?? {}) };
    const known = { id: newId<'premises'>(), powerId: newId<'power'>(), visitId: newId<'visit'>(), plan: this.#plan };
    const premises = toPremises(known, form.values);
    const same = this.#known.find(premises);
    if (same) return { problems: [problem(placeColumn, same.found)] };
    this.#remember(number, premises, form.values);
    return { number, premises, visit: toVisit(known, form.values), values: form.values };
  }

  #findErrors(values: NewPremises): FormErrors | undefined {
    const [wrong, faults] = [findWrongPart(this.#plan, this.#before, values, this.#today), findLineFaults(values)];
    return wrong || faults ? { ...wrong, ...faults } : undefined;
  }

  #describe(number: number, cells: readonly string[], errors: FormErrors): LineProblem[] {
    return Object.entries(errors).map(([field, message]) => {
      const column = columns.find((one) => one.field === field);
      const cell = cells[this.#places.indexOf(column)] ?? '';
      const what = column ? describeProblem(column, cell, message, this.#plan) : message;
      return { number, column: column?.name, what };
    });
  }

  #remember(number: number, { name, address, town, postcode }: Premises, values: NewPremises): void {
    const found = `This address is already in line ${number} of the file. Delete one of the lines, or add the unit or flat`;
    this.#known.add({ address, town, postcode, found });
    const { immigrationEntry: chosen, immigrationReason: reason, immigrationAlternative: alternative } = values;
    if (chosen !== null && reason !== null) this.#before = { before: name, chosen, reason, alternative };
  }
}
