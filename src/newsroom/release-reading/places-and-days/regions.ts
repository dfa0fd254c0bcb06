/** Names of counties, regions and countries: places that are no towns. A list that is kept by hand. */

const counties =
  'Avon Bedfordshire Berkshire Buckinghamshire Cambridgeshire Cheshire Cleveland Cornwall Cumbria Derbyshire Devon Dorset ' +
  'Durham Essex Gloucestershire Hampshire Herefordshire Hertfordshire Humberside Kent Lancashire Leicestershire Lincolnshire ' +
  'Merseyside Norfolk Northamptonshire Northumberland Northumbria Nottinghamshire Oxfordshire Rutland Shropshire Somerset ' +
  'Staffordshire Suffolk Surrey Sussex Teesside Tyneside Warwickshire Wiltshire Worcestershire Yorkshire Gwent Powys Dyfed ' +
  'Gwynedd Clwyd Glamorgan Fife Tayside Lothian Grampian Strathclyde Aberdeenshire Ayrshire Lanarkshire Antrim Armagh ' +
  'Down Fermanagh Tyrone Carlow Cavan Clare Donegal Kerry Kildare Kilkenny Laois Leitrim Longford Louth Mayo Meath Monaghan ' +
  'Offaly Roscommon Sligo Tipperary Westmeath Wexford Wicklow Munster Leinster Connacht Ulster';
const spaced = [
  'Thames Valley',
  'Greater Manchester',
  'West Midlands',
  'East Midlands',
  'West Yorkshire',
  'South Yorkshire',
  'North Yorkshire',
  'West Mercia',
  'Isle of Wight',
  'Isle of Man',
  'Greater London',
  'East Sussex',
  'West Sussex',
  'South Wales',
  'North Wales',
  'Mid Wales',
  'West Wales',
  'Dyfed-Powys',
  'East Anglia',
  'East of England',
  'Home Counties',
  'North East',
  'North West',
  'South East',
  'South West',
  'Black Country',
  'Northern Ireland',
  'Republic of Ireland',
  'Great Britain',
  'United Kingdom',
  'United States',
  'European Union',
  'Western Balkans',
  'Balkans',
  'Devon and Cornwall',
  'Avon and Somerset',
  'Tees Valley',
  'Wirral',
  'Channel Islands',
];
const countries =
  'England Scotland Wales Britain Ireland UK EU US USA Europe Albania Austria Belgium Bosnia Bulgaria Croatia Cyprus Czechia ' +
  'Denmark Estonia Finland France Georgia Germany Greece Hungary Iceland Italy Kosovo Latvia Liechtenstein Lithuania Luxembourg ' +
  'Malta Moldova Montenegro Netherlands Norway Poland Portugal Romania Serbia Slovakia Slovenia Spain Sweden Switzerland Turkey ' +
  'Türkiye Ukraine Brazil China Colombia Vietnam Nigeria Thailand Philippines India Bangladesh Pakistan Canada Australia Mexico';

export const countryNames: readonly string[] = countries.split(' ');

/** "Romanian": of Romania. */
export const countryOfAdjective: ReadonlyMap<string, string> = new Map(
  (
    'Albanian Albania,American United States,Austrian Austria,Australian Australia,Belgian Belgium,Brazilian Brazil,Bulgarian Bulgaria,Canadian Canada,Croatian Croatia,Cypriot Cyprus,Czech Czechia,' +
    'Danish Denmark,Dutch Netherlands,Estonian Estonia,Finnish Finland,French France,German Germany,Greek Greece,Hungarian Hungary,Icelandic Iceland,Irish Ireland,Italian Italy,Latvian Latvia,' +
    'Lithuanian Lithuania,Maltese Malta,Moldovan Moldova,Montenegrin Montenegro,Nigerian Nigeria,Norwegian Norway,Polish Poland,Portuguese Portugal,Romanian Romania,Serbian Serbia,Slovak Slovakia,' +
    'Slovakian Slovakia,Slovenian Slovenia,Spanish Spain,Swedish Sweden,Swiss Switzerland,Thai Thailand,Turkish Turkey,Ukrainian Ukraine,Vietnamese Vietnam'
  )
    .split(',')
    .map((pair) => {
      const at = pair.indexOf(' ');
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
);

const names = new Set([...counties.split(' '), ...spaced, ...countries.split(' ')]);
/** Whole nations whose releases speak of "the country"; none of them is read as a region of another release. */
const otherNations =
  'Malaysia Singapore Indonesia Cambodia Laos Myanmar Nepal Taiwan Japan Guyana Jamaica Barbados Ghana Kenya Uganda Tanzania Zambia ' +
  'Zimbabwe Namibia Botswana Malawi Mozambique Rwanda Ethiopia Egypt Morocco Tunisia Qatar Israel Jordan Lebanon Argentina Chile ' +
  'Peru Ecuador Bolivia Paraguay Uruguay Guatemala Honduras Panama';
const nations = new Set([
  ...countries.split(' '),
  ...otherNations.split(' '),
  'South Africa',
  'South Korea',
  'Sri Lanka',
  'New Zealand',
  'Trinidad and Tobago',
  'Sierra Leone',
  'Costa Rica',
  'Hong Kong',
  'Czech Republic',
  'Great Britain',
  'United Kingdom',
  'European Union',
  'United States',
  'Northern Ireland',
  'Republic of Ireland',
]);
/** Towns that bear the name of a county. */
const towns = new Set([
  'Durham',
  'Down',
  'Cleveland',
  'Monaghan',
  'Cavan',
  'Carlow',
  'Kilkenny',
  'Longford',
  'Sligo',
  'Roscommon',
  'Wexford',
  'Wicklow',
  'Kildare',
  'Armagh',
  'Antrim',
  'Donegal',
  'Tipperary',
  'Mayo',
  'Clare',
  'Meath',
]);

/** "Devon and Cornwall": one region by name. */
export const isJoinedRegion = (name: string): boolean => spaced.includes(name);

/** Whether a release is of many countries: then what happened in all of them is its own. */
export const isWorldwide = (area: string | null): boolean =>
  area !== null && /\bEurope(?:an Union)?\b|\binternational|\bglobal|\bworld|^EU$/i.test(area);

export const isNation = (name: string | null): boolean =>
  name !== null &&
  (nations.has(name.replace(/^the /i, '')) ||
    /\bEurope\b|\b(?:inter)?national|nationwide|\bglobal|\bworld/i.test(name));

const manyBodies =
  /\b(?:agencies|forces|departments|authorities|councils) (?:throughout|across|all over|around) (?:the )?(?<where>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})(?=,? (?:took part|participated|joined|were involved|carried out|worked|arrested|made|rescued)\b)/;

/** What is counted for a whole state, in the release of a county. */
const ofWholeState =
  /\b(?:throughout|across|around|all over) the (?:state|province|country)\b|\b(?:state|province|nation)-?wide\b/;

/** "80 agencies throughout California took part, which led to 477 arrests", of a release of one county: not its own. */
export const isOfWiderAction = (text: string, area: string | null): boolean => {
  const where = manyBodies.exec(text)?.groups?.['where'];
  if (ofWholeState.test(text) && area !== null && /\b(?:County|City|Town|Borough)\b/.test(area)) return true;
  return where !== undefined && area !== null && !area.includes(where);
};

/** Whether a name is of a county, a region or a country; `area` is the release's own. */
export function isRegion(name: string, area: string | null): boolean {
  const bare = name.replace(/^the /i, '');
  if (bare === area || /(?:\wshire|^County \w+|^Co\.? \w+)$/.test(bare)) return true;
  return names.has(bare) && !towns.has(bare);
}

const longest = [...names].filter((name) => !towns.has(name)).sort((one, other) => other.length - one.length);
/** "in the West Midlands", "across Oakshire and Lancashire": the region named at the start of the text. */
export const regionLead = new RegExp(
  `^,? ?(?:in|across|throughout|around|within|over) (?:the )?(?:(?:whole|rest|south|north|east|west|county|counties|region) of (?:the )?)?(?<name>(?:County |Co\\.? )[A-Z]\\w+|(?:${longest.join('|')})(?![\\w-])(?! (?:Police|Constabulary|Council|County|City|Street|Road)))`,
);
/** "across the county", "in the city": the release's own area. */
export const ownArea =
  /^,? ?(?:all )?(?:in|across|throughout|around|within|over|all over) (?:the |our )(?:whole |entire )?(?:of the )?(?:county|force area|force|region|borough|state|area|two counties|three counties)\b/;
export const wholeNation =
  /^,? ?(?:in|across|throughout|around|within|all over) the (?:UK|United Kingdom|country|nation|continent|EU|European Union|world|globe)\b/;
