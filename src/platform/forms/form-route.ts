/** One way for every form: read, validate, lock, decide, save, audit, redirect; the form is shown again with the answers where it is refused. */
import type { FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import type { z } from 'zod';
import type { Result } from '../../vocabulary/result.ts';
import type { SavedThing } from '../../vocabulary/saved-things.ts';
import type { LogDetails } from '../audit-hook/audit.ts';
import type { AnyTables, Writer } from '../database/database.ts';
import { conflict } from '../http/problem.ts';
import { type App, type RouteAccess, saving } from '../http/server.ts';
import { type FormPage, fillForm, type SectionsPage } from '../rendering/pages.ts';
import { type Answers, answersOf, type FormErrors, type FormResult, readForm } from './forms.ts';

/** The request of a route whose path and query fit these schemas. */
export type FormRequest<Path, Query> = FastifyRequest & { readonly params: Path; readonly query: Query };

/** What every form says of itself. `Known` is what `load` found, `Values` what was typed, validated. */
type Common<Path extends z.ZodType, Query extends z.ZodType, Known, Values, Value, Refusal extends string> = {
  readonly may: RouteAccess<Path, Query> & RouteShorthandOptions;
  /** Reads what the page shows and the decision needs; once for a GET and once for a POST. */
  readonly load: (request: FormRequest<z.output<Path>, z.output<Query>>) => Promise<Known>;
  /** Where nothing is left to carry out: the address to go to instead of carrying out what was sent. */
  readonly skip?: (known: Known, request: FormRequest<z.output<Path>, z.output<Query>>) => string | undefined;
  /** The log's event, and the record that it is about. */
  readonly event: string | ((known: Known, values: Values) => string);
  readonly subject: (
    known: Known,
    values: Values,
    request: FormRequest<z.output<Path>, z.output<Query>>,
  ) => string | null;
  readonly details?: (
    known: Known,
    values: Values,
    request: FormRequest<z.output<Path>, z.output<Query>>,
  ) => LogDetails;
  /** In one transaction with its log row: locks, decides and saves. A refusal rolls back. What it finds changed it may put into `known`, for the form that is shown again. */
  readonly change: (
    tx: Writer<AnyTables>,
    known: Known,
    values: Values,
    request: FormRequest<z.output<Path>, z.output<Query>>,
  ) => Promise<Result<Value, Refusal>>;
  /** What the next page says was saved: “Visit” for “Visit saved.” */
  readonly saves?: SavedThing | null | undefined;
  /** The address to go on to. */
  readonly next: (
    value: Value,
    known: Known,
    values: Values,
    request: FormRequest<z.output<Path>, z.output<Query>>,
  ) => string;
};

/** The address to go to, or the answer that is made there and then. */
type AnswerRefusal<Path extends z.ZodType, Query extends z.ZodType, Known, Refusal extends string> = (
  refusal: Refusal,
  known: Known,
  reply: FastifyReply,
  request: FormRequest<z.output<Path>, z.output<Query>>,
) => string | Promise<string | FastifyReply> | undefined;

export type FormRoute<
  Path extends z.ZodType,
  Query extends z.ZodType,
  Known,
  Schema extends z.ZodType,
  Value,
  Refusal extends string,
  Page extends FormPage = FormPage,
> = Common<Path, Query, Known, z.output<Schema>, Value, Refusal> & {
  readonly form: Schema | ((known: Known) => Schema);
  /** What the schema cannot say, asked before the change: the errors, if any. */
  readonly check?: (
    known: Known,
    values: z.output<Schema>,
    request: FormRequest<z.output<Path>, z.output<Query>>,
  ) => FormErrors | undefined;
  /** What contradicts itself as it was typed, whatever else is wrong: shown together with the schema's errors. */
  readonly contradictions?: (typed: Answers, known: Known) => readonly FormErrors[];
  readonly page: (
    known: Known,
    typed: Answers | undefined,
    errors: FormErrors,
    request: FormRequest<z.output<Path>, z.output<Query>>,
  ) => Page;
  /** Renders a page that has a template of its own. */
  readonly show?: (reply: FastifyReply, page: Page) => Promise<string>;
  /** Where there is nothing to ask: the address to go to instead of the form, or the page that says so. */
  readonly instead?: (
    known: Known,
    request: FormRequest<z.output<Path>, z.output<Query>>,
  ) => string | SectionsPage | undefined;
  /** Every refusal of `change`, in words, at its field. */
  readonly refusals: Readonly<Record<Refusal, FormErrors>> | ((known: Known) => Readonly<Record<Refusal, FormErrors>>);
  /** Answers what is refused elsewhere than at this form; undefined where the form is shown again. */
  readonly refused?: AnswerRefusal<Path, Query, Known, Refusal>;
  /** What was typed, as the form shows it again; what was sent, where nothing is said. */
  readonly retype?: (body: unknown, known: Known, errors: FormErrors) => Answers;
};

export type ButtonRoute<Path extends z.ZodType, Query extends z.ZodType, Known, Value, Refusal extends string> = Common<
  Path,
  Query,
  Known,
  Answers,
  Value,
  Refusal
> & {
  /** Answers what is refused where its page can say so; undefined where it is a conflict. */
  readonly refused?: AnswerRefusal<Path, Query, Known, Refusal>;
};

/** GET shows the form, POST carries it out. Answers 422 with the answers kept where it is refused, 303 where it is done. */
export function formRoute<
  Path extends z.ZodType,
  Query extends z.ZodType,
  Known,
  Schema extends z.ZodType,
  Value,
  Refusal extends string,
  Page extends FormPage,
>(app: App, url: string, route: FormRoute<Path, Query, Known, Schema, Value, Refusal, Page>): void {
  type Asked = FormRequest<z.output<Path>, z.output<Query>>;
  const show = async (reply: FastifyReply, request: Asked, known: Known, typed?: Answers, errors: FormErrors = {}) => {
    const page = fillForm(route.page(known, typed, errors, request), typed, errors);
    return route.show ? route.show(reply, page) : reply.form(page);
  };

  app.get(url, route.may as RouteShorthandOptions, async (given, reply) => {
    const request = given as Asked;
    const known = await route.load(request);
    const instead = route.instead?.(known, request);
    if (instead === undefined) return show(reply, request, known);
    return typeof instead === 'string' ? reply.redirect(instead, 303) : reply.sections(instead);
  });

  app.post(url, saving(route.saves, route.may) as RouteShorthandOptions, async (given, reply) => {
    const request = given as Asked;
    const known = await route.load(request);
    const elsewhere = route.skip?.(known, request);
    if (elsewhere !== undefined) return reply.redirect(elsewhere, 303);
    const again = (errors: FormErrors) =>
      show(reply, request, known, (route.retype ?? answersOf)(request.body, known, errors), errors);
    const form: FormResult<z.output<Schema>> = readForm(
      typeof route.form === 'function' ? route.form(known) : route.form,
      request.body,
    );
    const contradictions = route.contradictions?.(answersOf(request.body), known) ?? [];
    if (!form.ok || contradictions.length > 0)
      return again(Object.assign({}, ...contradictions, form.ok ? {} : form.errors));
    const errors = route.check?.(known, form.values, request);
    if (errors) return again(errors);
    const changed = await carryOut(request, route, known, form.values);
    if (changed.ok) return reply.redirect(route.next(changed.value, known, form.values, request), 303);
    const { refusals } = route;
    const wordsOf = (refusal: Refusal) => (typeof refusals === 'function' ? refusals(known) : refusals)[refusal];
    const answer = route.refused?.(changed.refusal, known, reply, request);
    if (answer === undefined) return again(wordsOf(changed.refusal));
    return typeof answer === 'string' ? reply.redirect(answer, 303) : answer;
  });
}

/** A button on another page: nothing is typed, and a refusal is a conflict with what is there now unless its page says it. */
export function buttonRoute<Path extends z.ZodType, Query extends z.ZodType, Known, Value, Refusal extends string>(
  app: App,
  url: string,
  route: ButtonRoute<Path, Query, Known, Value, Refusal>,
): void {
  app.post(url, saving(route.saves, route.may) as RouteShorthandOptions, async (given, reply) => {
    const request = given as FormRequest<z.output<Path>, z.output<Query>>;
    const known = await route.load(request);
    const elsewhere = route.skip?.(known, request);
    if (elsewhere !== undefined) return reply.redirect(elsewhere, 303);
    const values = answersOf(request.body);
    const changed = await carryOut(request, route, known, values);
    if (changed.ok) return reply.redirect(route.next(changed.value, known, values, request), 303);
    const answer = route.refused?.(changed.refusal, known, reply, request);
    if (answer === undefined) throw conflict(changed.refusal);
    return typeof answer === 'string' ? reply.redirect(answer, 303) : answer;
  });
}

const carryOut = <Path extends z.ZodType, Query extends z.ZodType, Known, Values, Value, Refusal extends string>(
  request: FormRequest<z.output<Path>, z.output<Query>>,
  { event, subject, details, change }: Common<Path, Query, Known, Values, Value, Refusal>,
  known: Known,
  values: Values,
): Promise<Result<Value, Refusal>> =>
  request.change(
    typeof event === 'string' ? event : event(known, values),
    subject(known, values, request),
    (tx) => change(tx, known, values, request),
    details?.(known, values, request),
  );
