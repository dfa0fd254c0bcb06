/** Words that are names to some readers and ordinary words to others. Pure. */

const listed = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that hold a sentence together, and so begin one with a capital. */
const linking = listed(`
  a able after again all also an and any april are as ask at august be been before both but by can come did do each every few
  for from had has have he help her here his how i if in is it its june just let like long look made make many march may me
  men more most must my need new no nobody none nor not now of on one only or our out over please read report said say see
  set she should so some such take tell than thank that the their them then there these they thing think this those to today
  under until up us was we well went were what when where which while who why will with women would yes you your
`);
export const isLinkingWord = (word: string): boolean => linking.has(word);

/** English words that are also names, or one letter from a name, and that stand in many a release. */
const ordinary = listed(`
  able adult advice again agency aid all also and angel any april are area arrest asked august autumn bar bay beach bell best
  bird bishop black blue board bond book border bright britain brook brown burn bush business call came can care carer case
  chance charity chase chief child church city clay close coast cole come commission community control cook council county
  court cross crown dale date day dean december deal do down drew drive duke dusk each early east english europe even ever
  every faith fair family far field fine first fish ford force found fox free french friday friend from front frost gift
  gold golden glass good grace grant gray great green ground guest hall hand happy hard harm has have hay hazel he head health heart
  help her here high hill hold holly home hood hope house how hunt hunter in inspector iris ivy jasmine joy june just keen
  key kind king knight know lake lamb lane last law lawn lay lead lee less light lily list little live local london long
  lord love low lucky made main major make man many march mark marks marsh may mean men mercy mills miss modern monday moon more
  most must my need new nice night no noble north november now nurse oak october of office officer olive oriental on one only open
  opal our out page park part partner past peace people person phone place plan please police pool poppy port power press
  price pride prince public quick rain rave ray read red reed report rest rice rich ring rise river road robin rock rose
  rosemary round row royal ruby run rush safe said sage saint sale sand saturday say sea see self sergeant service set she shop
  short show side sign silver skill slavery small snow so some son south spring star station stay steel still stone story
  street strong such summer sun sunday swift take tell than thank that the their them then there these they thing this
  thursday time to today told town trust tuesday under unit up us victim violet visit wade want ward was waters way we
  wednesday week weeks well went were west what wheat when where white who will win winter wise with woman women wood woods word
  work worker world would year yes young your
  abroad action address addresses advised agencies apart approved area areas arrested arrests away became began being below
  beside between bring brought building calls castle centre changed children choose colour come companion contact contacts
  control corner corners country crime damage damaged danger days decide declined detained direct directed door doors during
  emergency employer employment end ended exploitation exploited facts families farmer feel figures follow forced freedom
  garden gardens given grand green group groups harbour harmed harvest heaven helped helpline highest home homes hospital
  hotline housing immigration include inside into itself journey keeps labour ladies language leave letter level living
  looked market matter matters meadow meet member members message met might minute moments morning mother moving
  number numbers nurses offer offered offers office often operation others outside paradise partners partnership passport
  pages pay penny planned pleasure poster powers premises proof property protect questions quiet ready real reason record
  recorded records referral referred refused region relax released report reported rescue residents right rights river
  riverside royal running safeguarding school seizure senses service services sexual signs silence sister situation smile
  someone somebody something spoke spoken spot spring staff state station stopped stories strength support suspect team
  teams telephone tells time times together touch town towns trade trafficking treatment trees trust under united use used
  victims visited visits voice warrant warrants website weeks wish witness woodland words workers working works wrong yard
`);
export const isOrdinaryWord = (word: string): boolean => ordinary.has(word) || linking.has(word);

/** What a business calls itself beside its own name. */
const trades = listed(`
  and at in of on the uk co company ltd limited llp plc bros sons group services service trading international
  bar bars barber barbers beauty bakery body building cafe car care centre chicken clinic club coffee construction cuts diner
  eat express factory farm fashion fish food foods fried fruit garage grill guest hair hall hand health home hostel hotel house
  hub inn kebab kitchen lashes laundry lounge market massage mini mobile motel motors nail nails new news off packing parlour
  parlor pizza place plaza pub restaurant room rooms salon sauna shisha shop shops site spa store stores studio supermarket
  takeaway tan tanning tattoo therapy traditional valet valeting vape warehouse wash wellbeing wellness wine works yard
`);
export const isTradeWord = (word: string): boolean => trades.has(word);

export const titles = listed(
  'mr mrs ms miss mx dr prof sir dame lord lady rev pc dc ds di dci det sgt insp madam master unknown person male female',
);

const streets: Readonly<Record<string, string>> = {
  ...{ st: 'street', rd: 'road', ave: 'avenue', av: 'avenue', ln: 'lane', dr: 'drive', ct: 'court', cl: 'close' },
  ...{ sq: 'square', pl: 'place', gdns: 'gardens', gdn: 'gardens', cres: 'crescent', cr: 'crescent', ter: 'terrace' },
  ...{ terr: 'terrace', gr: 'grove', pk: 'park', hse: 'house', bldg: 'building', pde: 'parade', ind: 'industrial' },
  ...{ est: 'estate', saint: 'street' },
};
/** One spelling for the usual short ones. "St" is a saint as often as a street, so both are one here. */
export const streetWord = (word: string): string => streets[word] ?? word;

const units = listed(
  'flat unit floor ground first second third upper lower rear above room rooms no number apartment apt shop suite block',
);
/** A line of an address without numbers, and without the word that a number belonged to. */
export const withoutUnit = (words: readonly string[]): string[] => {
  const kept = words.filter((word) => !/\d/.test(word));
  while (kept.length > 1 && units.has(kept[0] ?? '')) kept.shift();
  return kept.length === 1 && units.has(kept[0] ?? '') ? [] : kept;
};
