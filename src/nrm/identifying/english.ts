/** Words that a narrative in English is made of: what is not among them, where a name may stand, is taken for a name. */

const stems = `
a abandon ability able abortion about above abroad abscond abuse accept access accident accommodation accompany accord
account accuse ache acquaintance across act action activity actual add addict address admit adult advance advantage
advert advertise advice advise adviser advisor advocate affair affect afford afraid after afternoon again against age
agency agent aggressive ago agree agricultural agriculture aid aim air airport alarm alcohol alert alike alive all
allege allegation allow almost alone along already also although always ambulance among amount amphetamine an and anger angry animal ankle
announce annoy another answer anxiety anxious any anybody anyone anything anyway anywhere apart apartment apologise
apparent appear apple application apply appoint appointment approach appropriate approve area argue argument arm army
around arrange arrangement arrest arrive arrival as ashamed aside ask asleep assault assess assist assistance assistant
associate assume assure asylum at attack attempt attend attention attic attitude attract aunt auntie authority
available average avoid await awake aware away baby back backpack bad badly bag bake baker bakery ban band bank bar
bare barely barn base basement basic basis bath bathroom bathe be beach beat beaten beauty became because become bed
bedroom beer been before beg began beggar begin begun behave behaviour behind being belief believe belong belongings
below belt bench beneath benefit beside besides best better between beyond big bill bind bins birth bit bite bitten black
blackmail blame blanket bleed blind block blood blow blue board boat body boil bolt bond bone book boot border bore born
borrow boss both bother bottle bottom bought bound bowl box boy boyfriend branch brand bread break breakfast breath
breathe bribe brick bridge brief bring broke broken broker brothel brother brought bruise brush bucket build builder
building built bunk burn bus bush business busy but butcher buy buyer by bypass cafe cage call caller calm came camera
camp can canal cancel cannabis cannot capacity captain car caravan card care carer careful careless carpenter carpet
carry case cash catch catering caught cause caution cease cellar centre certain certificate chain chair challenge chance
change channel charge charity chase cheap cheat check cheese chef chemist chest chicken chief child childhood children
choice choose chose chosen church cigarette city claim class clean cleaner clear clerk client climb clinic clip clock
close closed cloth clothes clothing club clue coach coast coat cocaine code coerce coercion coffee coin cold collapse
colleague collect collector college colonel colour come comfort comfortable coming command comment commit committee
common communicate community companion company compare compel compensation complain complaint complete comply computer
conceal concern condition conduct confess confident confidence confirm confiscate conflict confuse confusion connect
consent consequence consider consist constable constant construction contact contain container continue contract
contractor control controller conversation convince cook cooker cooperate copy corner correct corridor corrupt cost cough
could council counsellor count counter country county couple courier course court cousin cover crack crash crawl cream
create credit crew crime criminal crop cross crowd crowded cruel cry cuddle culture cup cupboard curfew current curse
curtain custody custom customer cut daily damage dance dancer danger dangerous dark date daughter dawn day dead deadline
deaf deal dealer dear death debt deceive deception decide decision declare decline decorate deduct deduction deep
defend degree delay deliver delivery demand deny depart department depend dependent deport deportation deposit depress
depression describe desert deserve desk despair despite destination destroy detail detain detention determine develop
device diary did die diet differ difference different difficult difficulty dig dinner direct direction director dirt
dirty disability disabled disappear disclose disclosure discuss disease dish dishes dishonest dislike dismiss display
dispute distance distress distressed disturb ditch divide divorce dizzy do doctor document does dog dollar domestic done
door double doubt down downstairs drag drank draw drawer drawn dream dress drew dried drink drive driven driver drop
drove drown drug drugs drunk dry due dump during dust duty each ear earlier early earn earnings ease east easy eat eaten
economic edge educate education effect effort egg eight eighteen eighty either elbow elder elderly electric electricity
eleven else elsewhere email embarrass embassy emergency emotion emotional employ employee employer employment empty
encourage end enforce enforcement engage engine english enjoy enough enquire enter entire entirely entrance entry envelope
environment equal equipment error escape escort especially essential establish estate euro even evening event ever every
everybody everyone everything everywhere evidence exact exam examine example except exchange excuse exhaust exhausted
exist exit expect expense expensive experience explain exploit exploitation exploiter expose express extra extreme eye
face facility fact factory fail failure faint fair faith fake fall fallen false family far fare farm farmer fast fat
father fault fear feed feel fees feet fell felt female fence few field fifteen fifth fifty fight figure file fill final
finally financial find fine finger fingerprint finish fire firm first fish fisherman fist fit five fix flat fled flee
flight floor flow flower fly follow food foot for forbade forbid forbidden force foreign forest forge forget forgive
forgot form former forty forward foster fought found four fourteen fourth free freedom freeze freezer frequent fresh
friday fridge friend friendly frighten frightened from front fruit frustrate full fully fun fund furniture further future
gain gamble game gang gangmaster garage garden gardener gas gate gather gave general generous gentle get gift girl
girlfriend give given glad glass glove go goat god goes going gold gone good goods got government grab gradual grandmother
grant grass great green grew grief grip ground group grow grown guarantee guard guardian guess guest guide guilt guilty
gun guy gym habit had hair hairdresser half hall hallway hammer hand handcuff handcuffs handed handle hang happen happy
harass harbour hard hardly harm harsh has hat hate have having he head headache headquarters heal health healthy hear
heard heart heat heating heavy held hell hello help helper helpline her here herself hid hidden hide high highway hill
him himself hint hire his history hit hold hole holiday home homeless honest hope hopeless horrible horse hospital host
hostel hot hotel hour hourly house household housekeeper housework housing how however huge human humiliate hundred
hundreds hung hunger hungry hurry hurt husband hygiene i idea identification identify identity if ignore ill illegal
illness image imagine immediate immediately immigrant immigration imprison improve in incident include income increase
indeed independent indicate indicator individual indoors industry infect infection inform information initial injure
injury inn inquire inside insist inspect inspector instead instruct instruction insult insurance intend intent interest
intercept interfere internet interpret interpreter interrupt interview intimidate into introduce investigate investigation
invite involve iron is isolate isolated issue it item its itself jacket jail jealous job join joint joke journalist
journey judge judgement judgment juju jump just keep kept kettle key keys kick kid kidnap kill kilo kilometre kind
kitchen knee knew knife knives knock know knowledge known laboratory labour labourer lack lad ladder lady laid lake lamp
land landlady landlord lane language laptop large last late later latter laugh laundry law lawyer lay lazy lead leader
leaf leaflet learn learnt least leather leave left leg legal legally lend lender length less lesson let letter level
liar liberty licence lie life lift light like likely limit limited line link list listen literate little live living
load loan local location lock locked lodger lonely long longer look loose lorry lose loss lost lot loud lounge love
lover low lower luck lucky lunch lying machine mad made madam main mainly maintain majority make male man manage
management manager manner many mark market marriage marry mask massage master mat matter mattress may maybe meal mean
meaning means meant meanwhile meat medic medical medication medicine meet meeting member memory men mental mention
menu mess message met metal method middle midnight might mile military milk mind mine minimum minor minority minute
mirror miss missing mistake mistreat misunderstand mix mobile moment monday money month monthly mood more moreover
morning mosque most mostly mother motor motorway mould mouse mouth move movement much mud mum murder muscle mushroom
must my myself nail nails naked name nanny narrow national nationality natural near nearby nearly neat necessary neck
need negative neglect negotiate neighbour neither nephew nervous net network never nevertheless new newly news newspaper
next nice niece night nightclub nightmare nightly nine nineteen ninety no nobody nod noise none nor normal normally
north northern nose not note nothing notice notify now nowhere number numerous nurse oath obey object observe obtain
obvious occasion occasional occupant occupy occur odd of off offence offer office officer official often oil okay old
on once one ongoing online only onto open opening operate operation operator opinion opportunity oppose opposite option
or orchard order ordinary organ organisation organise organiser original orphan other others otherwise ought our out
outdoors outside outstanding oven over overall overcrowded overdose overhear overnight overseas overstay overtime owe
own owner pack package packet packing page pain painful paint painter pair pale panic paper papers paperwork parcel
parent park part participate particular particularly partly partner party pass passage passenger passport past
pastor patch path patient pattern pause pay payment payslip peace peel penalty people pepper per perform perhaps period
permission permit permitted persist person personal personally persuade phone phones photo photograph physical pick
picker picture piece pig pill pillow pimp pipe pity place plain plan plane plant plastic plate play plead pleasant
please plenty pocket point poison police policeman polite political poor population porn pornography pornographic port
position positive possess possession possible possibly possibly post posted potato potential poultry pound pour poverty
power practice practise pray prayer prefer pregnant pregnancy prepare prescribe presence present press pressure presume
pretend pretty prevent previous previously price prison prisoner private privacy probable probably problem procedure
process processing produce profession professional profit program project promise promised proof proper property
prostitute prostitution protect protection protest proud prove provide province public pull punch punish punishment
purchase purpose purse push put qualified qualify quality quantity quarrel question queue quick quiet quit quite race
rail rain raise ran range rape rare rarely rash rate rather raw razor reach react read ready real realise reality
really reason receive recent recently reception reckon recognise recommend record recover recovery recruit recruiter
recruitment red reduce refer referral refuse refusal refuge refugee regard region register regret regular regularly
reject relate relation relationship relative relax release reliable relief religion religious rely remain remember
remind remote remove rent repair repay repayment repeat replace reply report represent repeat request require rescue
research resident residence resist resort resource respect respond responder responsible rest restaurant restrain
restrict restriction result retail retire return reveal revenge reward rich rid ride right rights ring rise risk ritual
river road roadside rob rock role roof room rope rotten rough round route routine row rubbish rude ruin rule rules
rumour run running rural sack sad safe safety said sailor salary sale salon same sanction sandwich sat saturday saucepan
save saw say scar scare scared scene school scissors scold scratch scream screen sea seal search season seat second
secondary secret section secure security see seek seem seen seize seldom self sell send sense sent sentence separate
serious seriously servant serve service servitude session set settle seven seventeen seventy several severe sew sewing
sex sexual sexually shack shake shall shame share sharp shave she shed sheet shelf shelter shift ship shirt shock shoe
shoes shop shopping short shortly shot should shoulder shout show shower shut sick side sight sign signal silence silent
silver similar simple simply since sing single sink sir sister sit site situation six sixteen sixty size skill skin skip
slap slaughterhouse slave slavery sleep sleeper slept slice slight slip slow small smart smell smile smoke smuggle
smuggler snow so soap social sofa soft soil sold soldier solicitor solid some somebody somehow someone something
sometimes somewhat somewhere son song soon sore sorry sort soup south southern space speak special specific specified spend spent
spice spirit spit split spoke spoken sponsor spot spread spring stab staff stage stairs stamp stand standard star start
starve state statement station status stay steal step stepfather stepmother stick still stole stolen stomach stone stood
stop storage store storey story strange stranger strangle street strength stress strict strike string strip strong
struck structure struggle student study stuff stupid subject submit substance subtract succeed such sudden suddenly
suffer suffering sufficient sugar suggest suicide suitable suitcase sum summer sun sunday supermarket supervise
supervisor supper supply support suppose sure surface surgery surname surprise surround surveillance survive survivor
suspect suspicion suspicious swap swear sweat sweep swim sworn system table tablet take taken takeaway talk target task
tattoo taught tax taxi tea teach teacher team tear teenage teenager teeth telephone television tell temple temporary ten
tenancy tenant tend tent term terrible terrified terrify test text than thank that the theft their them themselves then
there therefore these they thief thin thing things think third thirsty thirteen thirty this thorough those though
thought thousand thousands threat threaten three threw through throughout throw thumb thursday thus ticket tidy tie
tight till time times tin tiny tip tire tired title to tobacco today together toilet told tomorrow tongue tonight too
took tool tooth top torch tore torture total touch tough tour tourist toward towards towel tower town toy trace track
trade trader traffic trafficked trafficker trafficking train transfer translate translator transport trap trapped trauma
traumatic traumatised travel traveller treat treatment tree tremble trial trick tried trip trolley trouble trousers
truck true truly trust truth try tuesday turn twelve twenty twice two type tyre ugly unable uncertain uncle under
underneath understand understood undress unemployed unfair unhappy uniform university unknown unless unlikely unlock
unpaid unsafe until unusual unwell unwilling up upon upper upset upstairs urban urge urgent us usage use used useful
user usual usually utility vacant vague valid valuable value van various vary vegetable vehicle verbal very via victim
video view village violence violent virgin visa visible visit visitor voice voluntary volunteer vomit vote vulnerable
wage wages wait waiter waitress wake walk wall wallet wander want war warden warehouse warm warn warning was wash washing
waste watch water way we weak weakness wealthy weapon wear weather website wedding wednesday week weekend weekly weigh
weight welcome welfare well went were west western wet what whatever wheel when whenever where whereas wherever whether
which while white who whoever whole whom whose why wide widow wife will willing win wind window winter wipe wire wish
with withdraw within without witness woke woken woman women won wonder wood wooden word wore work worker workshop world
worn worried worry worse worst worth would wound wrist write written wrong wrote yard year yearly years yell yellow yes
yesterday yet young younger your yourself youth zero
`;

/** Where no stem ends in it, an ending like these is English enough. */
const endings =
  /(?:[a-z]{3}ly|[a-z]{3}ing|tions?|sions?|ness|ments?|[a-z]{3}ed|ously|ous|able|ible|ful|fully|less|ities|ity|ances?|ences?|ships?|hoods?|isms?|isation|ised|ising|ical|ially|ically|ative|ologist)$/;

const words = new Set(stems.split(/\s+/).filter(Boolean));
const contracted = /(?:n't|'s|'d|'ll|'re|'ve|'m|')$/;

/** Whether a word, in small letters and without accents, is one that everybody writes. */
export function isEnglish(word: string): boolean {
  const bare = word.replace(/’/g, "'").replace(contracted, '');
  if (bare.includes('-')) return bare.split('-').every((part) => part === '' || /^\d+$/.test(part) || isEnglish(part));
  return known(bare) || (bare.length >= 6 && endings.test(bare));
}

const known = (word: string): boolean =>
  words.has(word) ||
  ['s', 'es', 'd', 'ed', 'r', 'er', 'ing', 'ly', 'y', 'ers', 'rs'].some(
    (ending) => word.endsWith(ending) && standing(word.slice(0, -ending.length), ending),
  ) ||
  (word.endsWith('ies') && words.has(`${word.slice(0, -3)}y`)) ||
  (word.endsWith('ied') && words.has(`${word.slice(0, -3)}y`)) ||
  ['un', 're', 'over', 'under', 'non', 'ex', 'mis', 'dis', 'out', 'pre', 'sub', 'co'].some(
    (start) => word.startsWith(start) && word.length - start.length >= 4 && words.has(word.slice(start.length)),
  );

/** "stopped" is of "stop", "making" of "make"; a stem of two letters makes no other word. */
const standing = (stem: string, ending: string): boolean =>
  stem.length >= 3 &&
  (words.has(stem) ||
    (ending !== 's' && words.has(`${stem}e`)) ||
    (ending !== 's' && /(.)\1$/.test(stem) && words.has(stem.slice(0, -1))));

/** Words so small that no name of a place or a firm is made of them. */
export const small = new Set(
  `a an the and or but if in on at by to of for from with as is are was were be been has have had do does did not no
  nor so than that this these those there here it its he she they we i you his her their our my your him them us me who
  whom whose which what when where why how then now also after before while since until because although though both
  each every all any some many most several one two three four five six seven eight nine ten during once about between
  only even still never always often sometimes later soon again nobody somebody someone everybody everyone nothing
  something`.split(/\s+/),
);
