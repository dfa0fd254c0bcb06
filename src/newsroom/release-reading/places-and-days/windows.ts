/** Reads the days of the operation: a span beside words of action, or the one day on which it was. */
import { addDays, isDay, weekdayOf } from '../../../vocabulary/calendar/days.ts';
import { type ClaimContent, weekdays } from '../parsed-release.ts';
import { dayIn, spansIn } from './dates.ts';

const action = new RegExp(
  '\\b(?:(?:weeks?|fortnight|days?|period) of (?:\\w+ )?(?:action|activity|intensification|enforcement)|' +
    '[Aa]ction (?:[Ww]eek|[Dd]ays?)|operations?|Operation|activit(?:y|ies)|took place|carried out|campaign|crackdown|' +
    'initiative|enforcement|fortnight|phase|lasted|ran from|drive|visited|visits|raids|inspected|inspections|spoke|met|stopped|arrested|executed|searched|seized|checked|interviewed|called (?:at|on|in at)|went (?:out|to|into)|(?:were|was) (?:deployed|sent)|patrolled|out on the streets|entered|taken into custody|(?:[Tt]he|global|joint|national|international|police) action|[Ww]eek \\((?=\\d))\\b',
);
const noAction = new RegExp(
  '\\b(?:exhibition|conference|court|bail(?:ed)?|appear|consultation|survey|open(?:s|ing)? (?:from|on|' +
    'between)|tickets?|training)\\b',
  'i',
);

/** The days of the operation: a span beside words of action, or the one day of a "day of action". */
export function windowsIn(whole: string, published: string | null): ClaimContent[] {
  // "began on Monday 3 June and ended on Friday 7 June", "from Monday (3 June)".
  const text = whole
    .replace(/ and (?:ended|ends|finished|concluded|(?:ran|lasted|went on) (?:until|to))(?: on)? /, ' to ')
    .replace(/\((\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}(?: \d{4})?)\)/g, '$1');
  if (!action.test(text) || noAction.test(text)) return [];
  const spans = spansIn(text, published);
  if (spans.length > 0) return spans.map(({ from, to }) => ({ kind: 'window', from, to }));
  const ofWeek = weekdaySpanOfLastWeek(text, published);
  if (ofWeek) return [{ kind: 'window', ...ofWeek }];
  const day = /\bday of action\b/i.test(text) ? (dayIn(text, published) ?? relativeDay(text, published)) : null;
  return day ? [{ kind: 'window', from: day, to: day }] : [];
}

const placeInWeek = (name: string): number => (weekdays as readonly string[]).indexOf(name);
const mondayBefore = (published: string): string => addDays(published, -7 - placeInWeek(weekdayOf(published)));

/** "between Monday and Friday last week": both days are sure. */
function weekdaySpanOfLastWeek(text: string, published: string | null): Days | null {
  const found =
    /\b(?:[Ff]rom|[Bb]etween) (?<first>[A-Z][a-z]+day) (?:to|and|until) (?<last>[A-Z][a-z]+day),? (?:of )?last week\b/.exec(
      text,
    ) ??
    /\b[Ll]ast week,? (?:from|between) (?<first>[A-Z][a-z]+day) (?:to|and|until) (?<last>[A-Z][a-z]+day)\b/.exec(text);
  const from = dayOfLastWeek(found?.groups?.['first'], published);
  const to = dayOfLastWeek(found?.groups?.['last'], published);
  return from && to && from < to ? { from, to } : null;
}

function dayOfLastWeek(name: string | undefined, published: string | null): string | null {
  const at = placeInWeek(name ?? '');
  return published && at >= 0 ? addDays(mondayBefore(published), at) : null;
}

export type Days = { readonly from: string; readonly to: string };

const deed =
  /\b(?:warrants?|raids?|raided|visits?|visited|searched|executed|attended|carried out|operation|arrested|arrests|swooped|went to|raid|descended|took place|took part|initiative|held|conducted|found|rescued|raided|seized|swoop|bust|spoke|called (?:at|on|in at)|entered|went out|went into|interviewed|checked|deployed|inspected|inspections?|checks|action|taken into custody|discovered|detained)\b/i;
/** The words of two days without them, as they agree with two days that are named. */
export const withoutTwoDays = (text: string): string =>
  text.replace(/\b(?:two|both)(?: whole| full)?[- ]days?\b/gi, '');

/** Words of a longer operation: then a day that is named is of one raid alone. */
export const isOfManyDays = (text: string): boolean =>
  /\b(?:(?:weeks?|months?|fortnight) of (?:\w+ )?(?:action|activity|intensification)|throughout (?!the (?:day|morning|afternoon|evening|night)\b)|(?:week|month)[- ]long|action days|(?:two|three|four|six)[- ](?:week|month|day)s?\b(?! investigation| ago)|during the (?:week|month|fortnight)|(?:last|past) (?:week|month|fortnight))/i.test(
    text.replace(lastWeeksDay, ''),
  );

const laterStage =
  /\b(?:court|charged?|bail(?:ed)?|remanded|magistrates|sentenced|detained at|appear(?:ed)?|released)\b/i;

/** "were arrested and later bailed": the day is that of the arrest. */
const whatCameLater =
  /,? (?:and|;|but|who) (?:(?:have|has|had|was|were|both|all|been|since|later|subsequently|now|then|are|is) )*(?:bailed|released|charged|remanded)\b.*$/;

/** "on Wednesday (29 November) and Thursday (30 November)" as "on 29 and 30 November". */
export const withJointDays = (text: string): string =>
  text
    // "On Monday morning (13 January)": its day.
    .replace(
      /\b([A-Z][a-z]+day)(?: (?:morning|afternoon|evening|night))? \((\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}(?: \d{4})?)\)(?! and)/g,
      '$1 $2',
    )
    // "on Tuesday 11 and Wednesday 12 February".
    .replace(
      /\b[A-Z][a-z]+day,? (?:the )?(\d{1,2})(?:st|nd|rd|th)? and [A-Z][a-z]+day,? (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?= [A-Z][a-z]{2,8})/,
      '$1 and $2',
    )
    .replace(/\b([A-Z][a-z]{2,8}) (\d{1,2}) and (\d{1,2})(?=,? \d{4}|[,.]|$)/, '$2 and $3 $1')
    .replace(
      /(?:[A-Z][a-z]+day,? )?\(?(\d{1,2})(?:st|nd|rd|th)? ([A-Z][a-z]{2,8})\)? and (?:[A-Z][a-z]+day,? )?\(?(\d{1,2})(?:st|nd|rd|th)? \2\b\)?/,
      '$1 and $3 $2',
    );

/** The one day on which a release says that its deed was done, where it gives no span. */
export function dayOfDeed(whole: string, published: string | null): Days | null {
  const text = withJointDays(whole);
  if (!published || !deed.test(text) || laterStage.test(text.replace(whatCameLater, ''))) return null;
  if (
    /\b(?:began|begins|started|launched|until|ended|concluded|commencing)\b(?! (?:at|in the early hours|before|around|shortly) )/i.test(
      text,
    )
  )
    return null;
  const joint = /\b(?:\d{1,2}(?:st|nd|rd|th)?(?:,|,? and) ){1,6}\d{1,2}(?:st|nd|rd|th)?(?: of)? (?=[A-Z])/.exec(
    text,
  )?.[0];
  if (joint) return jointDays(text, published, joint);
  // "two yesterday and one on Monday": more days than one.
  const between = spanBetweenWeekdays(text, published);
  if (between) return between;
  const relative = relativeDay(text, published);
  if (relative && [...text.matchAll(named)].some(({ groups }) => groups?.['day'] !== weekdayOf(relative))) return null;
  const day = relative ?? weekdayDay(text, published);
  return day ? { from: day, to: day } : weekdayPair(text, published);
}

const weekdayNames = weekdays.join('|');
const pair = new RegExp(`\\b(?<first>${weekdayNames}) and (?:on )?(?<last>${weekdayNames})\\b(?! \\d)`);

const weekdaySpan = new RegExp(
  `\\b(?:[Bb]etween (?<first>${weekdayNames}) and|[Ff]rom (?<first2>${weekdayNames}) (?:to|until)) (?<last>${weekdayNames})\\b(?!,? (?:\\d|last|next|of|the|to|and|each|every)\\b)`,
);

/** "Between Thursday and Sunday": the last such days before publication. */
function spanBetweenWeekdays(text: string, published: string): Days | null {
  const { first, first2, last } = weekdaySpan.exec(text)?.groups ?? {};
  const to = last && !/\b(?:open|lines?|hours|call)\b/.test(text) ? lastWeekday(last, published) : null;
  const from = to ? lastWeekday(first ?? first2 ?? '', to) : null;
  return from && to && from < to && to < published ? { from, to } : null;
}

/** "On Thursday and Friday": two days in a row, the last such before publication. */
function weekdayPair(text: string, published: string): Days | null {
  const { first, last } = pair.exec(text)?.groups ?? {};
  if (!first || !last || /\d(?:st|nd|rd|th)? [A-Z][a-z]+/.test(text)) return null;
  const to = lastWeekday(last, published);
  const from = to && addDays(to, -1);
  return to && from && weekdayOf(from) === first ? { from, to } : null;
}

/** Days that touch, as one span; null where a gap is between them. */
export function spanOf(days: readonly Days[]): Days | null {
  const [first, ...more] = days.toSorted((one, other) => (one.from < other.from ? -1 : 1));
  let span = first ?? null;
  for (const { from, to } of more) {
    if (!span || from > addDays(span.to, 1)) return null;
    span = { from: span.from, to: [to, span.to].toSorted().at(-1) ?? to };
  }
  return span;
}

/** "on 5 and 6 June", "on 21, 22 and 23 January": days in a row. */
function jointDays(text: string, published: string, joint: string): Days | null {
  const days = (joint.match(/\d+/g) ?? []).map(Number);
  const inRow = days.every((day, index) => index === 0 || day === (days[index - 1] ?? 0) + 1);
  const to = inRow ? dayIn(text.replace(joint, `${days.at(-1)} `), published) : null;
  return to ? { from: addDays(to, 1 - days.length), to } : null;
}

/** "today (14/06)", "yesterday", "this morning", "on Tuesday": counted from the day of publication. */
function relativeDay(text: string, published: string | null): string | null {
  if (!published) return null;
  if (saidThen.test(text)) return null;
  if (/\b(?:yesterday|last night)\b/i.test(text)) return addDays(published, -1);
  if (/\b(?:today|(?:earlier )?this (?:morning|afternoon|evening))\b/i.test(text)) return published;
  const ago = agoWords.indexOf(
    /\b(?<ago>two|three|four|five|six) days ago\b/i.exec(text)?.groups?.['ago']?.toLowerCase() ?? '',
  );
  if (ago >= 0) return addDays(published, -2 - ago);
  const ofWeek = lastWeeksDay.exec(text)?.groups;
  if (ofWeek) return dayOfLastWeek(ofWeek['day'] ?? ofWeek['day2'], published);
  const last = /\b[Ll]ast (?<day>[A-Z][a-z]+day)\b(?! (?:\(?\d|and|to)\b)/.exec(text)?.groups?.['day'];
  return last ? dayOfWeekBefore(last, published) : null;
}

/** "on Thursday last week", "last week, on Thursday". */
const lastWeeksDay =
  /\b(?<day>[A-Z][a-z]+day)(?: (?:morning|night|afternoon|evening))?,? (?:of )?last week\b|\b[Ll]ast week,? on (?<day2>[A-Z][a-z]+day)\b(?! (?:and|to)\b)/;

/** "a release said today": the day of the telling. */
const saidThen =
  /\b(?:said|says|told|announced|reported|confirmed|statement|revealed)\b[^.;,]{0,40}\b(?:today|yesterday|this (?:morning|afternoon|evening)|last night)\b/i;

const agoWords = ['two', 'three', 'four', 'five', 'six'];

/** "Last Friday" of a release of a Tuesday is plain; of a Saturday it may be either of two days. */
function dayOfWeekBefore(name: string, published: string): string | null {
  const day = lastWeekday(name, published);
  const weekday = (one: string) => placeInWeek(weekdayOf(one));
  return day && day < published && weekday(day) > weekday(published) ? day : null;
}

const named =
  /\b(?:on |[Ll]ast |this )?(?<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b(?<rest>[^.;]{0,24})/g;

/** "A police statement on Friday said": the day of the telling. */
const toldOn = new RegExp(
  `\\b(?:statement|release|spokes(?:man|woman|person)|police|officials?)[^.;,]{0,30}? on (?:${weekdayNames})(?: (?:morning|afternoon|evening))? (?:said|says|announced|confirmed)\\b|\\b(?:said|announced|confirmed|told reporters) on (?:${weekdayNames})\\b`,
);

function weekdayDay(text: string, published: string): string | null {
  if (toldOn.test(text)) return null;
  const dated = dayIn(text, published);
  const days = [...text.matchAll(named)];
  if (days.length > 1) return null;
  if (dated)
    return isDay(dated) &&
      /\b(?:on|today|yesterday|day \(|(?:hours|morning|afternoon|evening|night) of|last (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b/i.test(
        text,
      ) &&
      dated >= addDays(published, -31)
      ? dated
      : null;
  const [only] = days;
  if (!only || /^s\b| to | and /.test(only.groups?.['rest'] ?? '') || /last /i.test(only[0])) return null;
  return lastWeekday(only.groups?.['day'] ?? '', published);
}

function lastWeekday(name: string, published: string): string | null {
  for (let back = 0; back < 7; back += 1)
    if (weekdayOf(addDays(published, -back)) === name) return addDays(published, -back);
  return null;
}
