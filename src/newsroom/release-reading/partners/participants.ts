/** Reads which organisations took part: by the words before a row of them, or as the subject of what was done. */

import type { ClaimContent, ParsedRelease } from '../parsed-release.ts';
import { fullNameOf, type Organisation, organisationsIn } from './organisations.ts';

const helpers =
  'officers|colleagues|staff|representatives|teams?|specialists|inspectors|experts|partners|members|volunteers|workers|nurses|advis[eo]rs|investigators|agents|officials|interpreters|units?|bodies|organisations|agencies|charit(?:y|ies)|non-?profit|NGOs?|authorities|forces';
/** Words between what leads to a row of organisations and its first name. */
const leadIn = new RegExp(
  `(?:(?: |^)(?:the|an?|of|from|at|in|and|with|by|to|also|both|local|our|its|their|other|then|key|several|many|including|such as|as|national|regional|partner|specialist|specially trained|law enforcement|support|outreach|immigration|safeguarding|third sector|police|detectives|gardaí|(?:[a-z]+ )?(?:${helpers})),?)*:? ?$`,
  'i',
);

/** Before a row: company. A verb of telling, sharing or charging is none. */
const company = new RegExp(
  `\\b(?:with|alongside|beside|joined|joining|accompanying|between|involv(?:ed|ing|es)|includ(?:ed|ing|es?)|as well as|among (?:them|whom)|brought together|bringing together|` +
    `thank|thanks to|thankful to|grateful to|credit to|as (?:did|was|were)|so (?:did|was|were)|` +
    `(?:help|support|assistance|involvement|co-?operation|participation) (?:of|from)|(?:from|by|with|of) (?:the )?(?:local |support )?(?:charit(?:y|ies)|non-?profit|NGO)|` +
    `(?:support|help|advice|assistance|accommodation|care|services|housing|interpreters)(?: and [a-z]+)? (?:came )?from|made up of|effort (?:of|by|between)|consist(?:ed|ing) of|` +
    `(?:participated|took part|taking part|participation of|participating countries|participants|involved|present|represented|partners|agencies|organisations|authorities|side|team|there)[^.;:"]{0,40}? (?:was|were|are|included?|including|such as):?|at (?:their|its|our|his|her) sides?|(?:participants|partners|agencies)[^.;"]{0,40}:|` +
    `(?:${helpers}) (?:from|of|at)|(?:joining|accompanying|supporting|assisting|helping) (?:police|officers|us|them)[^,.;:]{0,40} (?:was|were)|(?:under the )?(?:lead|leadership|coordination|co-ordination) of|(?:(?:[Tt]hey|officers|staff|teams?|officials|helpers) (?:come|came|were drawn)|(?:officers|staff|teams|officials|helpers) were) from|(?:among them|including|with) (?:people|members) (?:of|from))$`,
  'i',
);
const notCompanyBefore =
  /\b(?:shar(?:ed?|es|ing)|filed?|lodged|registered|contact|touch|spoke|speak|liais\w+|charged|deal(?:ing|t)?|compared|interview\w*|in line|unconnected|according|referr(?:ed|als?)[^,;]{0,40}|not|never|will be|to be) (?:\w+ )?(?:with|to|by)$|\b(?:not|never) (?:\w+ )?(?:with|involve[ds]?|includ\w+)$|\b(?:spokes\w+|heads?|directors?|chair|leader|chief|minister|victims|women|(?<!among them )(?<!including )people|men) (?:from|of|at|for)$/i;
const passedOn =
  /\b(?:referr(?:ed|als?)|passed|reports?|reported|details|complaints?|given over|handed over|interviewed|seen|arrested|questioned) (?:on )?(?:to|by) (?:[a-z]+,? ){0,5}?[a-z]*$/i;
/** "supported by", "looked after by": a deed, and by whom. */
const notADeed =
  'charged|wanted|sought|requested|published|written|said|funded|owned|authorised|commissioned|issued|described|employed|defined|convicted|prosecuted|estimated|recorded|produced|set|sponsored|owed|used|caused';
const deedBy = new RegExp(
  `(?:notices?|fines?|penalt(?:y|ies)|orders?|warnings?) (?:were|was|have been|has been) (?:also )?issued by|\\b(?:(?!(?:${notADeed})\\b)[a-z-]*(?:ed|en|ught|led|run|after|out|given|found|with|held|made|put|help|care) by|` +
    `(?:were|was|been) (?:also )?(?!(?:${notADeed})\\b)[a-z]+(?:ed|en|d)\\b[^.;:"]{0,60} by|in the care of|` +
    '\\b(?:visits?|operations?|effort|raids?|inspections?|checks?|work|action|support|help|services|teams?) by)$',
  'i',
);

/** A clause begins here, or a row of those who did something goes on. */
const subjectHere =
  /(?:^|[.;:"] ?|, (?:and |while |but )?| (?:and|while|as|when|before|after|so that|which|where) |\b(?:[Pp]olice|[Oo]fficers|[Ww]e|[Tt]eams?|[Dd]etectives|[Gg]ardaí)(?:,| and| as well as) |^(?:In|On|At|During) (?:the )?(?:[A-Z][\w-]+ ){1,3}|\b(?:[Tt]his|[Ll]ast) (?:week|month) )$/;
const fronted =
  /^(?:In|On|Between|During|From|At|As|After|Over|Throughout|Across|Within|Since|For|Over|Together|This|Last) [^,]{2,70}, $/;
/** What a body does that takes part; to refer a case, to charge or to publish is none of it. */
const deeds =
  'worked|supported|assisted|helped|joined|participated|attended|visited|searched|raided|inspected|checked|executed|carried|conducted|arrested|detained|seized|identified|rescued|recovered|' +
  'safeguarded|provided|offered|deployed|co-?ordinated|interviewed|screened|removed|assessed|investigated|targeted|organised|organized|hosted|shared|contributed|stopped|patrolled|examined|cared|looked|' +
  'accompanied|entered|secured|uncovered|discovered|partnered|teamed|co-?operated|collaborated|facilitated|mobilised|mobilized|served|swooped|handled|housed|advised|talked|engaged|monitored|' +
  'serviced|protected|questioned|freed|located|translated|interpreted|treated|tested|analysed|combined|called|descended|involved|dispatched|ensured|sheltered|counselled|sealed|stepped|followed up|delivered';
const didSomething = new RegExp(
  `^(?:\\)| \\([^()]{1,60}\\))?,?(?: for (?:its|their) part)?(?:, with [^.;:"]{3,70},)?(?:,? (?:an?|the|which|who|whose) [^,.;:"]{3,130},)?(?: of (?:each|the|every|all) [a-z]+)?(?:,? and (?:\\d+|its|their|other|local|several|many|some) [a-z][a-z ]{2,40}?)?(?: (?:teams?|analysts?|experts?|specialists?|officers|staff|nurses|investigators|inspectors|volunteers|units?|workers|in support|each|both|all|also|then|have|has|had|now|together|jointly|[a-z]+ly|who|which|as well),?)*` +
    ` (?:(?:were|was|are|is|have been|has been) (?:also |all |both |now |on hand |then )*(?:there|present|involved|part of|on hand|represented|supporting|helping|working|looking|caring|providing|offering|assisting|among|in attendance|at (?:their|our) side|taking part|on the ground|out with)|on hand|` +
    `(?:has|have) taken (?:charge|care|part)|arresting|visiting|identifying|safeguarding|rescuing|searching|checking|executing|carrying|(?:were|was) (?:out |also )?(?:with|beside|alongside) (?:police|officers|us|them|detectives)|(?:leads|coordinates|co-ordinates) (?:the|this) (?:[a-z]+ ){0,2}(?:operation|response|campaign|week|action|project|work|activity|investigation)|supports (?:them|the (?:centre|operation|women|men|workers|victims))|broke up|(?:came|come) (?:along|on the|with|out|too|to (?:make|check|help|search|support|carry))|took part|taking part|took|gave|went|lent|led|ran|sent|dealt|held|kept|brought|came along|joined|spoke|made|met|did the same|lending|contributed|among the partners|${deeds}|there\\b(?= to| too|[.,]))\\b(?! by\\b)`,
);

/** Sentences that say where to call, or who was charged. */
const notCompany =
  /\b(?:call|contact(?:ed)?|report (?:it|to|concerns|any)|anonymous(?:ly)?|helpline|visit the|charged by|authorised by|file|funded)\b/i;

const homeForce: Readonly<Record<string, string>> = {
  'Northern Ireland': 'Police Service of Northern Ireland',
  Ireland: 'An Garda Síochána',
  Scotland: 'Police Scotland',
  London: 'Metropolitan Police',
  'Greater London': 'Metropolitan Police',
};
/** A publisher that is no police force, and gives no name where its release begins. */
const anotherBody = 'another body';
const initialsOf = (name: string): string => name.replace(/[^A-Z]/g, '');
/** The release's own body: "Oakshire Police" where the area is Oakshire. */
export const isOwn = (name: string, area: string | null, publisher: string | null): boolean =>
  homeForce[area ?? ''] ===
    name
      .replace(/^Gardaí$/, 'An Garda Síochána')
      .replace(/^Met(?:ropolitan)? Police(?: Service)?$/, 'Metropolitan Police') ||
  (publisher !== null &&
    (fullNameOf(name) === fullNameOf(publisher) ||
      fullNameOf(name.split(/'s? /)[0] ?? '') === fullNameOf(publisher) ||
      name.startsWith(`${publisher}-`) ||
      name === `${area} ${publisher}` ||
      initialsOf(name) === publisher ||
      initialsOf(publisher) === name)) ||
  (name === area && /\b(?:Police|Constabulary)$/.test(name)) ||
  (area !== null &&
    publisher !== anotherBody &&
    !/\bCouncil$/.test(publisher ?? '') &&
    [area, ...area.split(/, | and /)].some((one) =>
      new RegExp(`^(?:${one.replace(/[^\p{L} -]/gu, '.')}) (?:Police|Constabulary)(?: Service)?$`, 'u').test(name),
    ));

const policeUnit =
  /\b(?:Crime|Police|Detective|Investigations?|Exploitation|Slavery|Trafficking|Vice|Safeguarding|Protection)\b.*\b(?:Unit|Team|Squad|Command|Taskforce|Directorate|Department|Division|Branch|Section|Station)$/;

/** "Oakshire Regional Organised Crime Unit" of a release whose area is Oakshire, or one that it shares. */
export const isUnitOfArea = (name: string, area: string | null): boolean =>
  area !== null &&
  ((name.startsWith(`${area} `) && /\b(?:Unit|Team|Squad|Command|Taskforce|Directorate)$/.test(name)) ||
    (policeUnit.test(name) && new RegExp(`(?:^| )${area.replace(/[^\p{L} -]/gu, '.')} `, 'u').test(`${name} `)) ||
    (/^(?:Ireland|Republic of Ireland)$/.test(area) && /^Garda /.test(name)));

/** What is so in every case, not in this one. */
const asARule = /\b(?:never|always|usually|normally|generally|routinely)\b/;

type Row = { readonly members: readonly Organisation[]; readonly start: number; readonly end: number };

/** Between two names of one row. */
const joint = new RegExp(
  `^(?:'s?)?(?: \\([^()]{1,60}\\))?(?: of (?:each|the|every|all) [a-z]+)?(?:,? (?:[A-Z][\\w-]+ )?(?:[a-z-]+ ){0,2}?(?:${helpers}|co-?ordinators?))?(?:,? (?:and,|and|as well as|along with|together with|plus)|[,;]|,? (?:officers|staff|colleagues|representatives) (?:of|from))(?: (?:[Tt]he|and|also|both|local|by|of|from|with|at|a|an|other|regional|national|force's|own|each|place|area|several|a number|many|then|NHS|police|immigration|specialist|response|departments|agencies such as|support|third sector|${helpers}))*:? ?$`,
);

/** A name that no list and no shape knows, beside one that is known: "the Salvation Army and Hope Harbour". */
const capital = "[A-ZÀ-Þ][\\p{L}\\d'&-]*";
const unknownNext = new RegExp(
  `^(?: \\([^()]{1,12}\\))?(?:,? and|,) (?:[Tt]he )?(?<name>${capital}(?: (?:(?:of|for) (?:the )?)?${capital}){1,4}|[A-Z]{3,8})(?=[.,;]|$| (?:and|to|in|for|were|was|took|also|during|who|which|on|at|gave|provided|beside|[a-z]+ed)\\b)`,
  'u',
);
const unknownBefore = new RegExp(
  `(?:^|[\\s"])(?<name>${capital}(?: ${capital}){1,3}|[A-Z]{3,8})(?:, (?:and )?| and )(?:the )?$`,
  'u',
);
const noBody =
  /\b(?:Detective|Chief|Inspector|Sergeant|Superintendent|Constable|Sgt|Cpl|Insp|Supt|Capt|Lt|Col|Gen|Maj|Brig|ASP|DSP|ACP|Councillor|Cllr|Mr|Mrs|Ms|Dr|PC|DC|DS|DI|DCI|Operation|Project|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Street|Road|Lane|Week|Day|Act|Airport|Crown|Court|In|On|At|The|We|Our|They|During|With|Officers|Together|Alongside|Among|Also|Other|Modern|Europe|Environmental|Minister|Director|Commissioner|Member|Head|Manager|Working)\b|\bPolice (?:Division|Section|District|Precinct|Branch|Station|Bureau)$/;

/** Organisations in rows, each row with where it begins and ends. */
function rowsIn(text: string, names: readonly string[]): Row[] {
  const rows: { members: Organisation[]; start: number; end: number }[] = [];
  const all = organisationsIn(text, names);
  for (const [index, one] of all.entries()) {
    const last = rows.at(-1);
    const between = last ? text.slice(last.end, one.start) : '';
    if (last && between === ' ') {
      // "Denby Council Public Protection": a part of the one before it.
      last.end = one.end;
    } else if (last && one.start >= last.end && (between === "'s " || joint.test(between))) {
      last.members.push(one);
      last.end = one.end;
    } else rows.push({ members: [one], start: one.start, end: one.end });
    const row = rows.at(-1);
    if (!row) continue;
    const limit = all[index + 1]?.start ?? text.length;
    for (let more = 0; more < 4; more += 1) {
      const next = unknownNext.exec(text.slice(row.end, row.end + 90));
      const name = next?.groups?.['name'];
      if (!next || !name || noBody.test(name) || row.end + next[0].length > limit) break;
      const end = row.end + next[0].length;
      // A row of names alone goes on to "and": a name between commas may be a person's.
      if (!/^,? and /.test(next[0]) && !/^(?:,? and |, )/.test(text.slice(end))) break;
      row.members.push({ name, start: end - name.length, end, generic: false, own: false });
      row.end = end;
    }
  }
  return rows.map((row) => withNamesBefore(text, row));
}

function withNamesBefore(text: string, row: Row): Row {
  const found = unknownBefore.exec(text.slice(0, row.start));
  const name = found?.groups?.['name'];
  if (!found || !name || noBody.test(name)) return row;
  const start = found.index + found[0].indexOf(name);
  const before = text.slice(0, start);
  // "in Calder Vale and Border Force" names a place.
  if (/\b(?:in|at|across|near|around) (?:the )?$/i.test(before)) return row;
  if (!(/^(?:The |In (?:[A-Z][\w-]+ ){1,2})?$/.test(before) || isLedIn(before))) return row;
  return {
    ...row,
    members: [{ name, start, end: start + name.length, generic: false, own: false }, ...row.members],
    start,
  };
}

const bare = (before: string): string => {
  const lead = leadIn.exec(before)?.[0] ?? '';
  // The words of company may be among them: the longest rest that ends in company is looked for.
  return before.slice(0, before.length - lead.length).trimEnd();
};

/** Whether the words before a row say that it was there. */
function isLedIn(before: string): boolean {
  const words = (leadIn.exec(before)?.[0] ?? '').trim().split(' ').filter(Boolean);
  for (let cut = words.length; cut >= 0; cut -= 1) {
    const rest = `${bare(before)} ${words.slice(0, cut).join(' ')}`.trim().replace(/[,:]$/, '');
    if ((company.test(rest) || deedBy.test(rest)) && !notCompanyBefore.test(rest) && !passedOn.test(rest))
      return !/\b(?:not|never|will be|to be) (?:\w+ )?\w+$/.test(rest);
  }
  return false;
}

/** "a campaign that the National Crime Agency leads". */
const thatLeads = /^(?: \([^()]{1,60}\))? (?:leads|led|co-?ordinates|co-?ordinated|runs|ran)\b/;
/** "At a number of ports Border Force made …": what comes before it has no comma. */
const openFront =
  /(?:^|[;.] )(?:For|In|At|On|During|Across) (?:[\w'-]+ ){1,8}(?<!\b(?:of|for|to|by|with|at|in|from|and|as|than|like) )(?:the |an? )?$/;

const isSubject = (text: string, { start, end }: Row): boolean => {
  if (/^(?:No|None|Neither|Nobody)\b/.test(text)) return false;
  const before = text.slice(0, start);
  const after = text.slice(end, end + 190);
  if (/\b(?:that|which) (?:the )?$/.test(before) && thatLeads.test(after)) return true;
  // "The employer, Acme Services, visited …": no partner.
  if (/\b(?:employer|owner|company|firm|landlord|landlady|business|recruiter),? (?:the )?$/.test(before)) return false;
  if (!didSomething.test(after)) return false;
  if (openFront.test(before)) return true;
  const words = leadIn.exec(before)?.[0] ?? '';
  const rest = before.slice(0, before.length - words.length);
  return [before, rest, `${rest} `.trimStart(), before.replace(/(?:[Tt]he )$/, '')].some(
    (one) => subjectHere.test(one) || fronted.test(one) || one.trim() === '',
  );
};

const workedTogether =
  /^ (?:also |all |then |have |had )*(?:joined forces|joined (?:the )?(?:police|officers)|took part|worked (?:together|alongside|with)|were (?:also )?(?:there|present|involved))\b/;

const partOfPhrase =
  /(?<![A-Z][\w'-]* )\b(?!(?:police|officers|services|authorit(?:y|ies)|councils?|teams?|partners|agencies|charities|immigration|enforcement|customs|inspectors|staff|inspectorates?|gardaí|detectives)\b)[a-z]+ and $/;

/** "Serbian police arrested 12": of what was done there, not of who stood beside the publisher. */
const isForeignInPassing = (name: string, after: string): boolean =>
  /^[A-Z][a-z]+ (?:police|authorities|prosecutors|border guards)$/.test(name) &&
  !/^ (?:have |has )?(?:also )?(?:worked|supported|helped|joined|assisted|took part|co-?operated|lent|gave)\b/.test(
    after,
  );

/** Of which area and body a release is, and which names it gives in full beside their short ones. */
export type Publication = {
  readonly area: string | null;
  readonly publisher: string | null;
  readonly names: readonly string[];
};

/** Organisations that a sentence says took part. */
export function participantsIn(text: string, { area, publisher, names }: Publication): ClaimContent[] {
  if (notCompany.test(text) || asARule.test(text)) return [];
  const found = new Map<string, Organisation>();
  for (const row of rowsIn(text, names)) {
    const before = text.slice(0, row.start);
    const after = text.slice(row.end, row.end + 60);
    // "Denby Council's officers joined police": then the council tells it.
    if (
      area !== null &&
      row.members[0]?.name.startsWith(area) &&
      /^[^.;,]{0,40} joined (?:the )?(?:police|officers)\b/.test(after)
    )
      continue;
    const led =
      isLedIn(before) ||
      (/ had $/.test(before.replace(/(?:[Tt]he )$/, '')) &&
        /^ (?:beside|with|alongside) (?:them|us|officers|police)\b/.test(after));
    // "police forces made 219 arrests", "work with police forces" name nobody.
    const nameless = row.members.every(({ generic }) => generic);
    if (
      nameless
        ? !(
            led &&
            /\b(?:includ|support|join|assist|accompan)|\bby (?:the )?(?:police|officers)(?: and|,)(?: the)? $/i.test(
              before.slice(-60),
            )
          ) && !(isSubject(text, row) && workedTogether.test(after))
        : !led && !isSubject(text, row)
    )
      continue;
    const inPassing = nameless
      ? /\b(?:thank|grateful|credit|with)\b/i.test(before.slice(-60))
      : /\b(?:thank|grateful|credit|(?<!together )(?<!along )with)\b/i.test(before.slice(-60));
    let listed = false;
    for (const one of row.members) {
      // "agencies such as environmental health": named as a partner, whatever stands before the row.
      listed =
        one.generic && (listed || /\b(?:such as|including|among them) (?:[a-z]+ )?$/.test(text.slice(0, one.start)));
      // "labour and tax authorities": one phrase, of which the name would be a part.
      if (
        one.generic &&
        /(?:authorities|services|inspectorates?)$/.test(one.name) &&
        partOfPhrase.test(text.slice(0, one.start))
      )
        continue;
      const unsure =
        one.generic &&
        !listed &&
        (inPassing || (!led && one.name === 'immigration officers')) &&
        one.name !== 'immigration';
      if (!isOwn(one.name, area, publisher) && !unsure && !(!led && isForeignInPassing(one.name, after)))
        found.set(one.name, one);
    }
  }
  return [...found.values()].map(({ name, own }) => ({ kind: 'partner', name, own: own || isUnitOfArea(name, area) }));
}

/** "rcmp-grc.gc.ca": an address of a government or a police whose body the text names by the same letters. */
function bodyOfHost(url: string | null, body: string): string | null {
  const host = /^https?:\/\/(?<host>[^/:]+)/.exec(url ?? '')?.groups?.['host'] ?? '';
  if (!/\.(?:gov|gc|govt|gob|gouv|police|mil)(?:\.[a-z]{2})?$/.test(host)) return null;
  const labels = host
    .split(/[.-]/)
    .filter((one) => /^[a-z]{3,8}$/.test(one) && !/^(?:www|gov|govt|police|news)$/.test(one));
  return (
    labels.map((one) => one.toUpperCase()).find((one) => body.split(new RegExp(`\\b${one}\\b`)).length > 2) ?? null
  );
}

/** "a spokeswoman of the Sheriff's Office said": the body that speaks in the first lines, where no other is named. */
const spokenFor =
  /\bspokes(?:man|woman|person) (?:of|for) the (?<body>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,4}),? (?:said|says)\b/;

const hosts: readonly (readonly [RegExp, string])[] = [
  [/nationalcrimeagency/, 'National Crime Agency'],
  [/europol\.europa/, 'Europol'],
  [/frontex\.europa/, 'Frontex'],
  [/gla\.gov\.uk/, 'Gangmasters and Labour Abuse Authority'],
  [/garda\.ie/, 'An Garda Síochána'],
  [/psni\.police/, 'Police Service of Northern Ireland'],
];

/** The body that a release is of: by its address, or the organisation with which its title begins. */
export function publisherOf(
  { title, url, description, area, body }: Pick<ParsedRelease, 'title' | 'url' | 'description' | 'area' | 'body'>,
  shortNames: ReadonlyMap<string, string>,
): string | null {
  const opening = body.trimStart();
  const host = hosts.find(([pattern]) => url !== null && pattern.test(url))?.[1] ?? bodyOfHost(url, body);
  const [first] = title ? organisationsIn(title.replace(/[‘’]/g, "'")) : [];
  // "AFP operation targets …": the body by its initials.
  const initials = title ? /^[A-Z]{3,6}(?= [a-z])/.exec(title)?.[0] : undefined;
  const alone = bodyAlone(opening) ?? bodyAlone(description ?? '');
  // "our outreach workers went out with Oakshire Police": a release of another body.
  const guest = /\b[Oo]ur [^.]{1,60}\b(?:with|alongside) [A-Z][\w-]+ Police\b/.test(opening.slice(0, 300));
  if (guest && !host && !(first && first.start < 5)) return anotherBody;
  const named =
    host ??
    (first && first.start < 5 ? first.name : (initials ?? speakingBody(opening) ?? alone ?? forceOf(body, area)));
  return named === null ? null : (shortNames.get(named) ?? named);
}

const speakingBody = (opening: string): string | null =>
  spokenFor.exec(opening.slice(0, 400).replace(/[‘’]/g, "'"))?.groups?.['body'] ?? null;

/** "The NCA has arrested …", "GLAA officers …", "Tidemouth City Council has joined police": who begins alone publishes. */
function bodyAlone(opening: string): string | null {
  const start = opening.slice(0, 200).replace(/[‘’]/g, "'");
  const [body] = organisationsIn(start);
  const led =
    /^(?:Officers|Detectives|Agents|Investigators|Inspectors|Staff|Members|Teams) (?:from|of|with)(?: the)? $/;
  const isAlone =
    body &&
    !body.generic &&
    (body.start < 5 || (!body.own && led.test(start.slice(0, body.start)))) &&
    !/^(?:,| and| &| \([^)]*\)(?:,| and))/.test(start.slice(body.end));
  return isAlone && !/\b(?:Police|Constabulary)$/.test(body.name) ? body.name : null;
}

const force = /\b(?<name>(?!The )[A-Z][\w-]+(?: (?:and |& )?[A-Z][\w-]+){0,3} (?:Police|Constabulary))\b/g;

/** The force that a text names most, twice at least, where no force bears the name of its area. */
function forceOf(body: string, area: string | null): string | null {
  const text = body.slice(0, 20_000);
  if (area === null || text.includes(`${area} Police`) || text.includes(`${area} Constabulary`)) return null;
  const times = new Map<string, number>();
  for (const { groups } of text.matchAll(force)) {
    const name = (groups?.['name'] ?? '').replace(/^(?:Detective |Chief |Inspector |Officers |In |On |From )+/, '');
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  const [first, second] = [...times].sort(([, one], [, other]) => other - one);
  // Who publishes is named at the beginning.
  return first && first[1] > 1 && first[1] > (second?.[1] ?? 0) && text.slice(0, 800).includes(first[0])
    ? first[0]
    : null;
}
