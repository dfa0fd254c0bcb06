/** Finds names of organisations: by a list that is kept by hand, and by the shape of the name. */

import { countryOfAdjective } from '../places-and-days/regions.ts';

/** Bodies that take part in such operations, as releases write them; the longest form first. */
const known = `
National Crime Agency|Gangmasters and Labour Abuse Authority|Gangmasters & Labour Abuse Authority|Gangmasters Labour Abuse Authority|Her Majesty's Revenue and Customs|His Majesty's Revenue and Customs|
HM Revenue and Customs|HM Revenue & Customs|Home Office Immigration Enforcement|Immigration Compliance and Enforcement|Immigration Compliance Enforcement|Home Office Immigration Compliance and Enforcement|Home Office Immigration|Immigration Enforcement|Immigration and Border Control|
Border Force|UK Border Force|UK Visas and Immigration|UK Border Agency|Home Office|Crown Prosecution Service|Health and Safety Executive|Department for Work and Pensions|Department of Work and Pensions|
Employment Agency Standards Inspectorate|Employment Agency Standards|Serious Fraud Office|Driver and Vehicle Standards Agency|Environment Agency|Food Standards Agency|Insolvency Service|Care Quality Commission|
Independent Anti-Slavery Commissioner|Trading Standards|Environmental Health|Housing Standards|Community Safety|Public Protection|National Referral Mechanism Competent Authority|Victim Support|British Red Cross|Red Cross|Salvation Army|Barnardo's|Unseen|Hope for Justice|Justice and Care|Medaille Trust|
Stop the Traffik|Stop The Traffik|STOP THE TRAFFIK|Caritas|Black Country Women's Aid|City Hearts|Palm Cove Society|Migrant Help|Hestia|Ashiana|Snowdrop Project|TARA|Belfast and Lisburn Women's Aid|Women's Aid|Flourish NI|Invisible Traffick|
Ruhama|Doras|MECPATHS|Workplace Relations Commission|Revenue Commissioners|Revenue Customs|Revenue|Department of Social Protection|Department of Justice|Health Service Executive|Anti-Human Trafficking Team|Tusla|
Europol|EUROPOL|Interpol|INTERPOL|Frontex|FRONTEX|Eurojust|EUROJUST|CEPOL|OLAF|OSCE|UNODC|IOM|ILO|European Labour Authority|International Organization for Migration|International Organisation for Migration|European Border and Coast Guard Agency|European Commission|La Strada|
FBI|Federal Bureau of Investigation|Homeland Security Investigations|Department of Homeland Security|U\\.S\\. Marshals Service|US Marshals Service|Immigration and Customs Enforcement|Customs and Border Protection|Department of Labor|National Center for Missing & Exploited Children|National Center for Missing and Exploited Children|
An Garda Síochána|Police Service of Northern Ireland|Police Scotland|British Transport Police|Metropolitan Police Service|Metropolitan Police|Met Police|City of London Police|City of London Corporation|Civil Nuclear Constabulary|Ministry of Defence Police|
Guardia Civil|Policía Nacional|Spanish National Police|Romanian National Police|Romanian Police|Bulgarian Police|Albanian State Police|Albanian Police|Polish Police|Polish Border Guard|Polish National Police|Hungarian National Police|Policia Judiciaria|Finnish Border Guard|
Avon and Somerset Police|Avon and Somerset Constabulary|Devon and Cornwall Police|Dyfed-Powys Police|NHS|NSPCC|HMRC|GLAA|NCA|PSNI|DVSA|DWP|HSE|CPS|ICE|HSI|ROCU|SOCU|EMPACT|Crimestoppers|Marie Collins Foundation|
Modern Slavery and Organised Immigration Crime Unit|Modern Slavery Human Trafficking Unit|National County Lines Coordination Centre|UK Human Trafficking Centre|Illegal Money Lending Team|Organised Crime Task Force|Children's Services|Adult Social Care|Joint Slavery and Trafficking Analysis Centre|Bournemouth, Christchurch and Poole Council|Brighton and Hove City Council|Brighton & Hove City Council`
  .split('|')
  .map((name) => name.trim())
  .filter(Boolean)
  .sort((one, other) => other.length - one.length);

const adjectives = `British|${[...countryOfAdjective.keys()].join('|')}`;
const pairs =
  'Fire and Rescue|Fire & Rescue|Health and Safety|Work and Pensions|Revenue and Customs|Barking and Dagenham|Hammersmith and Fulham|Kensington and Chelsea|' +
  'Bath and North East Somerset|Brighton and Hove|Redcar and Cleveland|Telford and Wrekin|Windsor and Maidenhead|Tonbridge and Malling|Cheshire West and Chester|' +
  'Dumfries and Galloway|Perth and Kinross|Basingstoke and Deane|Oadby and Wigston|Nuneaton and Bedworth|Newark and Sherwood|Hinckley and Bosworth|Safety and Wellbeing|' +
  'Police and Crime|Children and Families|Adult and Community|Health and Social Care|Health and Care|Housing and Environmental|Immigration and Nationality|Crime and Disorder|Asylum and Immigration|Immigration and Border|Border and Coast';
const suffix =
  'Police|Constabulary|Councils?|NHS|Trust|Agency|Authority|Authorities|Services?|Force|Executive|Commission|Office|Department|Enforcement|Standards|' +
  'Foundation|Association|Administration|Committee|Secretariat|Municipality|Patrol|Marshals|Corps|Organi[sz]ation|Programme|Centre|Center|Partnership|Ministry|Embassy|Bureau|Guard|Brigade|Directorate|Inspectorate|Society|Network|Charity|Federation|Commissioner|Customs|' +
  "Units?|Teams?|Squad|Taskforce|Task Force|Command|Corporation|Aid|Sheriff's Office|Housing|Prosecutor's Office|Attorney's Office|Prosecutors?|Alliance|Board|Ombudsman|Institute|Hospitals?|Health Board|Gendarmerie|Group";
const capital = "[A-ZÁÉÍÓÚÀ-Þ][\\p{L}\\d'&.-]*";
const shaped = `(?:${capital} (?:& )?){1,6}?(?:(?:of|for)(?: the)? (?:${capital} ){1,4})?(?:${suffix})(?! (?:${suffix})\\b)\\b(?:'s? ${capital}(?: ${capital}){0,3} (?:Unit|Team|Service|Department))?`;
const paired = `(?:${capital} ){0,3}(?:${pairs})(?: ${capital}){0,3}? (?:${suffix})\\b`;
/** "Denby and Marl Councils": one row of two bodies that bear one noun. */
const joined = `${capital} (?:and|&) ${capital} (?:(?:[A-Z][a-z]+ ){0,2}(?:Councils|Police Forces)\\b|Fire (?:and|&) Rescue(?: Service)?\\b)`;
/** Names that are of bodies only by their last word: no "of" joins them to a person before. */
const named = `(?:${capital} ){1,4}?(?:Church|Initiative|Mission|Social Care|Fellowship|Coalition)\\b`;
const rescue = `(?:${capital} ){1,3}Fire (?:and|&) Rescue(?! Service)`;
/** "the Immigration and Checkpoints Authority": one body, by its one "the" and its last word. */
const andHead = `(?<=\\b[Tt]he )(?!(?:Europol|Interpol|Frontex|Eurojust|Unseen|Hestia|Ruhama|Tusla|Caritas|Crimestoppers|Revenue)\\b)(?:(?!(?:${suffix}|Army|Cross|Help|Office|Initiative|Centre|Church|Mission)\\b)[A-Z][a-z]+ ){1,3}(?:and|&) (?:[A-Z][a-z]+ ){1,3}?(?:${suffix})(?! (?:${suffix})\\b)\\b`;
const ofShape = `(?:${capital} ){0,3}?(?:Department|Dept\\.?|Ministry|Office|Bureau|University|London Borough|Royal Borough|Police Service|Institute|Directorate|Inspectorate|Diocese)(?: (?:of|for)(?: the)? ${capital}(?: ${capital}){0,3})(?:,? (?:and|&) (?!(?:Europol|Interpol|Frontex|Eurojust|Unseen|Hestia|Ruhama|Tusla|Caritas|Immigration|Crimestoppers|Revenue|Police|Officers|Trading|Environmental)\\b)[A-Z][a-z]+(?! [A-Z])(?=[.,;]|$| (?:and|to|in|for|on|were|was|also|which|who|took|joined|supported|helped)\\b))?(?:(?<=Office|Bureau|Department) of (?:the )?${capital}(?: ${capital}){0,2})?`;
/** "Romanian Police", "the Spanish National Police", "the Dutch authorities": bodies of another country, by its adjective. */
const foreign = `(?:${adjectives})(?: (?:National|Federal|State|Border|Judicial|Criminal|Military|Financial|Labour|Central|General))* (?:Police|[Aa]uthorities|Border Guard|border guards|Gendarmerie|[Pp]rosecutors|law enforcement)\\b`;
/** "Azalea, a charity that …": a name that is explained behind it. */
const explained = `${capital}(?: (?:the )?${capital}){0,3}(?=, (?:an?|the) (?:[a-z-]+ ){0,3}(?:charity|NGO|non-profit|support organisation|support service|housing association|trade union)\\b)`;
/** Bodies that a release names by what they are. */
const generic =
  '(?:local authority (?:[a-z]+ )?(?:teams?|officers|departments?|staff)|local authorit(?:y|ies)|[Ii]mmigration(?=, | and (?:(?:the )?[A-Z]|local )| we\\b|[.;]|$)|(?:\\d+ )?police forces|local councils?|immigration services|immigration officers|labour inspectorates?|trading standards(?: officers)?|' +
  'environmental health(?: officers)?|social services|(?:the )?emergency services|child protection (?:officers|services)|social workers|non-governmental organi[sz]ations|NGOs|representatives of (?:municipalities|NGOs|local authorities)|labour inspectors|customs officers|prosecutors|municipalities|ambulance (?:crews|service)|paramedics|child protection|fire and rescue services?|the fire service|tax authorities|border guards|health services)';

/** "Hope For Justice", "Gangmasters & Labour Abuse Authority": small words as some write them. */
const inAnyWriting = (name: string): string =>
  name
    .replace(/[.()+]/g, '\\$&')
    .replace('\\\\.', '\\.')
    .replace(/ (?:and|&) /g, ' (?:and|&) ')
    .replace(/ for /g, ' [Ff]or ')
    .replace(/ the /g, ' [Tt]he ');

/** Teams that bear a name: "the Adult Safeguarding teams". */
const teamed = `(?:${capital} ){2,4}(?:teams?|units?|nurses)`;

const organisation = new RegExp(
  `(?:(?<known>(?<![\\p{L}'-])(?:${known.map(inAnyWriting).join('|')})(?![\\p{L}-]|'(?!s (?:[A-Z]\\w* ){1,5}Centre\\b)))(?: (?<unit>(?:${capital} ){0,3}(?:[Tt]eams?|[Uu]nits?|nurses|safeguarding team)))?|` +
    `(?<shaped>(?<![\\p{L}'-])(?!The )(?:${joined}|${named}|${foreign}|${explained}|${paired}|${andHead}|${rescue}|${ofShape}|${shaped}|${teamed}))|(?<=\\b(?:[Cc]harit(?:y|ies)|[Nn]on-?profit|NGO|organisation|organization|(?:support|outreach) workers from|volunteers from) )${capital}(?: (?:the )?${capital}){0,3}|(?<generic>\\b${generic}\\b))`,
  'gu',
);

export type Organisation = {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly generic: boolean;
  readonly own: boolean;
};

const knownNames: ReadonlySet<string> = new Set(known);
const notNames =
  /^(?:Operation|Project|Detective|Chief|Inspector|Sergeant|Superintendent|Modern Slavery|Officers?|Anyone|In|On|During|Together|Working|Supported|With|As|This|These|Our|We|Act)\b|^Law Enforcement$/;
const leading =
  /^(?:The|In|On|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|During|(?:Officers|Police|Detectives|Colleagues) (?:of|from|at)(?: the)?|Officers|Alongside|With|From|And|Also|At|Partners|Both|While|As|By|Meanwhile|Working|Supported|Joined|Together|Colleagues|Local|(?:Representatives|Staff|Volunteers|Members|Specialists|Inspectors|Nurses|Workers|Experts) (?:of|from|at)(?: the)?) (?=\S)/;
const ownUnit = /\b(?:[Uu]nits?|[Tt]eams?|Squad|Command|Taskforce|Task Force|Group)$/;
const outerUnit =
  /\b(?:Region(?:al)?|ROCU|National Crime|Immigration|Home Office|Border|Council|NHS|Joint|Europol|International|Special Operations|Organised Crime|South|North|East|West|Eastern|HMRC|Housing|Trust|Women)\b/;

const shortNames: Readonly<Record<string, string>> = {
  NCA: 'National Crime Agency',
  GLAA: 'Gangmasters and Labour Abuse Authority',
  HMRC: 'HM Revenue and Customs',
  "Her Majesty's Revenue and Customs": 'HM Revenue and Customs',
  "His Majesty's Revenue and Customs": 'HM Revenue and Customs',
  HSE: 'Health and Safety Executive',
  DWP: 'Department for Work and Pensions',
  CPS: 'Crown Prosecution Service',
  PSNI: 'Police Service of Northern Ireland',
  DVSA: 'Driver and Vehicle Standards Agency',
  HSI: 'Homeland Security Investigations',
  FBI: 'Federal Bureau of Investigation',
  Gardaí: 'An Garda Síochána',
  'European Border and Coast Guard Agency': 'Frontex',
  FRONTEX: 'Frontex',
  EUROPOL: 'Europol',
  INTERPOL: 'Interpol',
  EUROJUST: 'Eurojust',
  ELA: 'European Labour Authority',
  RCMP: 'Royal Canadian Mounted Police',
  DHS: 'Department of Homeland Security',
};

/** One name for a body that a release calls by several. */
export const fullNameOf = (name: string): string => shortNames[name] ?? name.replaceAll('&', 'and');

/** Whether a name has an "and" of its own: "Denby Fire and Rescue Service". */
export const isPaired = (name: string): boolean => new RegExp(`\\b(?:${pairs})\\b`).test(name);

export const isKnownOrganisation = (name: string): boolean => knownNames.has(name);

/** Whether a name without an organisation of its own before it is a unit of the force that publishes. */
export const isOwnUnit = (name: string): boolean =>
  ownUnit.test(name) && !outerUnit.test(name) && !knownNames.has(name);

const partOfForce = /^ (?:Division|Section|District|Precinct|Branch|Station|Bureau)\b/;
const departments =
  /^(?:Environmental Health|Trading Standards|Housing (?:Standards|Enforcement)|Licensing|Community Safety|Public Protection)$/;
/** "Denby Council Housing Enforcement and Environmental Health": two departments of one council. */
const ofCouncil = / Council (?:[A-Z][a-z]+ ){1,3}and $/;
const nextDepartment = /^ and (?:Environmental Health|Trading Standards|Licensing|Planning)\b/;
const councilPart = /^((?:[A-Z][\w'-]+ ){1,4}Council) (?:Housing|Licensing|Planning|Building|Food) .*$/;
/** "the Police and Crime Commissioner, Ann Marl": a person, not a body. */
const isHolderOfOffice = (name: string, after: string): boolean =>
  /Commissioner$/.test(name) && /^,? [A-Z][\w-]+ [A-Z][\w-]+\b/.test(after);

/** "the National Crime Agency's director": of the body, not the body. */
const owners = new RegExp(
  `(?<![\\p{L}'-])(?:${known.map(inAnyWriting).join('|')})(?='s (?!(?:[A-Z]\\w* ){1,5}Centre\\b))`,
  'gu',
);

/** The names that a release gives in full beside their short ones, wherever they stand. */
function givenNamesIn(text: string, names: readonly string[]): Organisation[] {
  if (names.length === 0) return [];
  const escaped = names
    .toSorted((one, other) => other.length - one.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return [
    ...text.matchAll(new RegExp(`(?<![\\p{L}'-])(?:${escaped.join('|')})(?![\\p{L}'-]| \\([^()]+\\) [A-Z])`, 'gu')),
  ].map(({ 0: name, index }) => ({
    name,
    start: index,
    end: index + name.length,
    generic: false,
    own: isOwnUnit(name),
  }));
}

/** Every organisation that a text names, from left to right. `names`: those that the release gives with a short name. */
export function organisationsIn(whole: string, names: readonly string[] = []): Organisation[] {
  const given = givenNamesIn(
    whole,
    names.filter((name) => / (?:and|&) |, /.test(name)),
  );
  if (given.length === 0) return namesIn(whole);
  let rest = whole;
  for (const { start, end } of given) rest = `${rest.slice(0, start)}${'_'.repeat(end - start)}${rest.slice(end)}`;
  return [...given, ...namesIn(rest)].sort((one, other) => one.start - other.start);
}

function namesIn(whole: string): Organisation[] {
  const text = whole.replace(owners, (name) => '_'.repeat(name.length));
  return [...text.matchAll(organisation)].flatMap((match): Organisation[] => {
    // "Gangmasters and Labour Abuse Authority (GLAA)": the short name of the one before it.
    if (/\([^()]{0,6}$/.test(text.slice(0, match.index)) && text[match.index + match[0].length] === ')') return [];
    // "EMPACT Joint Action Days" are days, not a body.
    if (/^ (?:Joint Action|JADs?\b|[Aa]ction|[Dd]ays?\b)/.test(text.slice(match.index + match[0].length))) return [];
    // "Marl Police Division", "Denby Police Section": a part of a force that has no name of its own here.
    if (/\bPolice$/.test(match[0]) && partOfForce.test(text.slice(match.index + match[0].length))) return [];
    let name = match[0];
    let start = match.index;
    const end = start + match[0].length;
    for (let lead = leading.exec(name); lead; lead = leading.exec(name)) {
      name = name.slice(lead[0].length);
      start += lead[0].length;
    }
    if (
      match.groups?.['shaped'] &&
      (notNames.test(name) ||
        isHolderOfOffice(name, text.slice(match.index + match[0].length)) ||
        !(name.includes(' ') || /^, (?:an?|the) /.test(text.slice(match.index + match[0].length))) ||
        /^(?:Police|Council|The)\b/.test(name))
    )
      return [];
    if (ofCouncil.test(text.slice(0, start)) && departments.test(name)) return [];
    const bare = name
      .replace(/'s$|\.$/, '')
      .replace(/^the /i, '')
      .replace(councilPart, '$1');
    return [
      {
        name: bare,
        start,
        end: end + (councilPart.test(name) ? (nextDepartment.exec(text.slice(end))?.[0].length ?? 0) : 0),
        generic: match.groups?.['generic'] !== undefined && bare !== 'Immigration',
        own: match.groups?.['known'] === undefined && match.groups?.['generic'] === undefined && isOwnUnit(bare),
      },
    ];
  });
}
