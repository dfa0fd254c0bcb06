/** Capitalised words that identify no person: the calendar, countries and peoples, services; and names that look like words. */

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const months = set(`january february march april may june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec`);

/** Peoples and countries that are common in referrals: together with other details, many people still fit. */
export const commonOrigins = set(`albania albanian albanians afghanistan afghan afghans bangladesh bangladeshi brazil
  brazilian britain british bulgaria bulgarian bulgarians china chinese czech eritrea eritrean eritreans ethiopia
  ethiopian ethiopians england english ghana ghanaian hungary hungarian hungarians india indian indians iran iranian
  iranians iraq iraqi iraqis ireland irish italy italian kurdish kurd kurds kurdistan latvia latvian lithuania lithuanian lithuanians
  moldova moldovan nigeria nigerian nigerians pakistan pakistani philippines filipino filipina poland polish portugal
  portuguese romania romanian romanians russia russian scotland scottish slovakia slovak somalia somali spain spanish
  sudan sudanese syria syrian syrians thailand thai turkey turkish uk ukraine ukrainian ukrainians vietnam vietnamese
  wales welsh europe european africa african asia asian france french germany german greece greek libya libyan belgium
  netherlands dutch american america usa kosovo kosovan`);

/** Peoples and countries that are rare in referrals: with one more detail, a single person fits. */
export const rareOrigins = set(`algeria algerian angola angolan argentina argentinian armenia armenian armenians austria
  austrian azerbaijan azerbaijani belarus belarusian belize benin bhutan bhutanese bolivia bolivian bolivians bosnia
  bosnian botswana burkina burma burmese burundi burundian cambodia cambodian cameroon cameroonian canada canadian
  chad chadian chile chilean colombia colombian comoros congo congolese croatia croatian cuba cuban cyprus cypriot
  denmark danish djibouti dominica dominican ecuador ecuadorian egypt egyptian egyptians estonia estonian fiji fijian
  finland finnish gabon gambia gambian georgia georgian georgians grenada guatemala guatemalan guinea guinean guyana guyanese haiti
  haitian honduras honduran iceland icelandic indonesia indonesian israel israeli ivorian jamaica jamaican japan
  japanese jordan jordanian kazakhstan kazakh kenya kenyan kenyans korea korean kuwait kuwaiti kyrgyzstan kyrgyz laos
  laotian lebanon lebanese lesotho liberia liberian luxembourg macedonia macedonian madagascar malagasy malawi malawian
  malaysia malaysian maldives mali malian malta maltese mauritania mauritanian mauritius mauritian mexico mexican
  mongolia mongolian mongolians montenegro montenegrin morocco moroccan moroccans mozambique mozambican myanmar namibia
  namibian nepal nepali nepalese nicaragua nicaraguan niger norway norwegian oman omani palestine palestinian panama
  paraguay paraguayan peru peruvian qatar qatari rohingya roma rwanda rwandan samoa samoan saudi senegal senegalese
  serbia serbian seychelles sierra leone leonean singapore slovenia slovenian slovene sri lanka lankan suriname sweden
  swedish switzerland swiss taiwan taiwanese tajikistan tajik tanzania tanzanian tibet tibetan tibetans timor timorese
  togo togolese tonga tongan trinidad trinidadian tunisia tunisian turkmen turkmenistan uganda ugandan uruguay
  uruguayan uyghur uzbekistan uzbek uzbeks venezuela venezuelan yemen yemeni yazidi zambia zambian zimbabwe zimbabwean`);

/** Languages and faiths that are not also names of peoples above. */
const languagesAndFaiths =
  set(`arabic amharic tigrinya urdu punjabi hindi bengali farsi dari pashto mandarin cantonese swahili
  yoruba igbo hausa sylheti gujarati tamil malayalam lingala oromo twi edo tagalog kurmanji sorani romani bsl hebrew
  latin christian christians christianity muslim muslims islam islamic hindu hindus sikh sikhs catholic catholics
  orthodox jewish buddhist buddhists pentecostal bible quran koran god ramadan christmas easter eid diwali`);

/** Places so large that they do not identify a person; a city among them still counts as a soft detail. */
export const cities = set(`london birmingham manchester liverpool leeds sheffield bristol glasgow edinburgh cardiff
  belfast newcastle nottingham leicester coventry bradford southampton portsmouth`);
const large =
  set(`eastern western southern central north south east west midlands yorkshire england wales scotland ireland northern kingdom united
  states union eu u.k uk channel heathrow gatwick stansted luton dover calais dunkirk mediterranean sahara balkans balkan
  middle london's humber anglia cornwall kent essex sussex surrey hertfordshire lancashire cheshire devon dorset
  norfolk suffolk lincolnshire cambridgeshire bedfordshire buckinghamshire berkshire hampshire somerset wiltshire
  gloucestershire worcestershire warwickshire staffordshire shropshire derbyshire nottinghamshire leicestershire
  northamptonshire oxfordshire cumbria durham northumberland merseyside`);
export const counties = set(`cornwall kent essex sussex surrey hertfordshire lancashire cheshire devon dorset
  norfolk suffolk lincolnshire cambridgeshire bedfordshire buckinghamshire berkshire hampshire somerset wiltshire
  gloucestershire worcestershire warwickshire staffordshire shropshire derbyshire nottinghamshire leicestershire
  northamptonshire oxfordshire cumbria durham northumberland merseyside`);

const services =
  set(`ip oic abe marac mash rg cg poca mo susp wit nfa dv sw la acro nrm dtn nhs gp hiv sti isva idva sarc nca glaa msa msu pv fr ho ukvi ie icg ictg eu un tv cctv pc ok asap ptsd sim
  atm id vip dwp hmrc ni cid cps aids std pep dna cv it gps sms whatsapp facebook instagram snapchat tiktok telegram
  signal viber imo google skype messenger airbnb uber youtube onlyfans internet iom unhcr ngo ngos nspcc unseen tara
  migrant salvation army cross modern slavery helpline national referral mechanism duty notify home office border force immigration
  enforcement social services children's childrens adult safeguarding police officer officers constable council court family
  first responder potential victim victims reasonable conclusive grounds competent authority act care mental health
  health team unit support worker adviser advisor independent sexual violence assault centre nurse nurses housing benefit benefits universal
  credit job jobcentre citizens advice shelter crimestoppers barnardo's barnardos kalayaan help fire brigade ambulance
  service gangmasters labour abuse fair work agency embassy government parliament king's section article schedule part eid
  english esol transit sprinter kg km mph am pm etc eg ie n/a na aka usd gbp eur i i'm i'd i'll i've monday tuesday wednesday thursday friday
  saturday sunday mon tue tues wed thu thur thurs fri sat sun bst gmt utc ms mr mrs dr x-ray cbt wi-fi wifi dj hr ppe lgbt lgbtq`);

/** Whether a capitalised word, given in lower case, identifies no person, house or firm. */
export const isImpersonalWord = (word: string): boolean =>
  [months, commonOrigins, rareOrigins, languagesAndFaiths, cities, large, services].some((known) => known.has(word)) ||
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)days$/.test(word) ||
  (word.endsWith("'s") && isImpersonalWord(word.slice(0, -2)));

/** Words that are also given names: with a capital and a verb after them, they count as a name. */
export const namesThatAreWords = set(`grace faith hope joy blessing precious mercy charity favour favor patience comfort
  prudence rose lily daisy ivy ruby amber pearl crystal angel destiny princess queen prince king duke earl rich mark
  jack bill rob pat sue gene frank miles grant chase hunter mason carter taylor smith baker cook young brown black
  white green gray grey blue storm sky star summer autumn april june august dawn eve heather holly iris jasmine olive
  poppy violet love divine gift goodness happiness success victor victory wisdom peace honest lucky sunday friday
  moses bishop pope major wood woods rivers stone banks ford marsh field lane hill moon tiger lion wolf bear fox eagle
  viper cobra ghost shadow boxer doc shorty slim candy honey sugar cherry ginger bambi`);

/** Given names so common that they are recognised without a capital. None is also a word. */
export const givenNames =
  set(`aaron abdul abdullah abebe abigail adam adama adesua agnes agnieszka ahmed aisha ahmad alban
 albert aleksander alex alexander alexandra ali alice alina amal amanda amina amir amy ana andrea andreea andrei andrew
 andrzej angela anh anna anton antonio arben ardit artur asha ayesha barbara ben benjamin bilal binh bogdan
 brian catherine charles charlotte chidi chinedu chioma chloe chris christian christina christopher claudia cristina
 daniel daniela danny david davide deborah denis diana dmitri donna dorota dritan ebony edith edona edward ela
 elena elira elizabeth ella ema emily emma eric esther eva ewa fatima fatou fatmata filip fiona 
 florina francis gabriel gabriela george georgia giorgi giulia gjergj gloria gordon hana hannah hassan helen helena henry
 hoa hong huong hussein ibrahim igor ines ioana ion ionut irena irina isaac isabella ismail ivan jacob james jamila
 jan jana jane janet jasmin jason javier jessica joanna joao john jonas jose joseph joshua juan julia julie justyna
 kamal karen karol katarzyna kate katherine katya kelly kevin khadija khalid kim kofi kwame laila lan laura layla
 lena leon li liam linh lisa ljubica louise lucia lucy luis luiza lukas magda malik marcin marek margaret maria
 mariam marian marie marina mario marius marta martin mary mateusz matthew mehmet mei mercy michael michal mihaela mihai mikael
 mohamed mohammed monica monika mustafa nadia nam natalia natasha neil ngoc nguyen nicola nicolae nicole
 nikola nina noor nora oksana olena olga olivia oluwaseun omar oscar osas osman pablo patricia patrick paul pavel pedro peter
 petra pham phuong piotr quang rachel radu rahim raj rajesh ramona ravi rebecca richard robert roberto roman rosa
 ruth ryan sam samantha samira samuel sandra sara sarah selam sergei sharon simon sofia sonia sophie stefan
 stella stephen steven suleiman susan svetlana tam tamara tanya tatiana teodora teresa thanh thao thomas thu tim
 tom tomasz tony trang tran tuan valentina valeria vasile vera veronica victoria viktor viktoria vincent vlad
 wanjiru wei wiktoria william xhevahir yan yana yasmin ying yusuf zainab zara zoe zofia`);
