/** Invented people with names from many places, by a seed. Shares no code with the search: how names are varied is written here again, by hand. */

export type Chance = () => number;
export const tongues = [
  'English',
  'Romanian',
  'Albanian',
  'Vietnamese',
  'Chinese',
  'Arabic',
  'Slavic',
  'Tigrinya',
] as const;
export type Tongue = (typeof tongues)[number];

export const one = <One>(chance: Chance, all: readonly One[]): One => all[Math.floor(chance() * all.length)] as One;
/** The first are common, the last rare, as names are. */
const skewed = <One>(chance: Chance, all: readonly One[]): One => all[Math.floor(chance() ** 1.6 * all.length)] as One;

/** Spellings of one name are divided by a stroke. */
const given: Record<Tongue, readonly string[]> = {
  English: split(
    'Jack|Jak Emily|Emilie Sarah|Sara Thomas|Tomas Katherine|Catherine|Kathryn Stephen|Steven|Stephan Philip|Phillip|Filip Geoffrey|Jeffrey Claire|Clare Rebecca|Rebekah Nicholas|Nicolas|Nikolas Michael|Micheal Hannah|Hanna Anne|Ann Elizabeth|Elisabeth Matthew|Mathew Jonathan|Jonathon Deborah|Debra Lynn|Lyn Alan|Allan|Allen Marc|Mark Eric|Erik Lisa|Liza Caroline|Carolyn Daniel|Danyel Sophie|Sofie Isobel|Isabel|Isabelle Rachel|Rachael Vivian|Vivienne Harriet|Harriett Oliver|Olivier George|Georg Francis|Frances Laurence|Lawrence Gillian|Jillian',
  ),
  Romanian: split(
    'Ștefan|Stefan|Shtefan Ioana|Joana|Yoana Mihai|Mihay|Mikhai Elena|Helena Andreea|Andrea Gheorghe|George|Georghe Ionuț|Ionut|Ionuz Cătălina|Catalina Vasile|Vassile Crina|Krina Florin|Florine Alexandru|Aleksandru Mădălina|Madalina Răzvan|Razvan Lăcrămioara|Lacramioara Nicolae|Nikolae Doina|Doyna Viorica|Viorika Sorin|Soryn Loredana|Lorredana Cosmin|Kosmin Bogdan|Bogdann Simona|Symona Raluca|Raluka Țîțu|Titu Costel|Kostel Anișoara|Anisoara|Anishoara Marius|Maryus Petronela|Petronella Dănuț|Danut',
  ),
  Albanian: split(
    'Xhafer|Jafer|Dzhafer Shpresa|Spresa Gjergj|Djerdj|Gjerg Arben|Arbën Fatmir|Fatmyr Lulëzim|Lulezim Besnik|Besnick Drita|Dryta Çlirim|Clirim|Chlirim Valbona|Valbonna Xhevdet|Jevdet|Dzhevdet Agron|Agronn Teuta|Teutta Bukurije|Bukuriye Shkëlzen|Shkelzen|Skelzen Blerta|Blerrta Ylli|Yli|Ilir Gëzim|Gezim Mirela|Myrela Edona|Eddona Dritan|Drittan Kujtim|Kuytim Elira|Elirra Luan|Louan Majlinda|Maylinda Sokol|Sokoll Vjosa|Viosa Artan|Arttan Hysni|Hüsni|Husni Zamira|Zameera',
  ),
  Vietnamese: split(
    'Thị_Lan|Thi_Lan Văn_Hùng|Van_Hung Minh_Đức|Minh_Duc Thu_Hà|Thu_Ha Quang_Huy|Kuang_Huy Ngọc_Ánh|Ngoc_Anh Thanh_Tùng|Thanh_Tung Bích_Phượng|Bich_Phuong Xuân_Trường|Xuan_Truong Hoài_Thương|Hoai_Thuong Đình_Khôi|Dinh_Khoi Kim_Liên|Kim_Lien Mai_Chi|Mai_Tchi Phương_Thảo|Phuong_Thao Tuấn_Anh|Tuan_Anh Hồng_Nhung|Hong_Nhung Việt_Dũng|Viet_Dung Thùy_Linh|Thuy_Linh Hải_Yến|Hai_Yen Gia_Bảo|Gia_Bao Quốc_Khánh|Quoc_Khanh Như_Quỳnh|Nhu_Quynh Trung_Kiên|Trung_Kien Diễm_My|Diem_My Bảo_Châu|Bao_Chau Hữu_Nghĩa|Huu_Nghia Cẩm_Tú|Cam_Tu Đức_Thịnh|Duc_Thinh Lệ_Hằng|Le_Hang Nhật_Nam|Nhat_Nam',
  ),
  Chinese: split(
    'Xiaoming|Xiao-Ming Meiling|Mei-Ling Jianguo|Jian-Guo Lihua|Li-Hua Weidong|Wei-Dong Xiuying|Xiu-Ying Guoqiang|Guo-Qiang Yanhong|Yan-Hong Zhiwei|Zhi-Wei|Chihwei Shufen|Shu-Fen Haitao|Hai-Tao Qingyun|Qing-Yun|Chingyun Baozhen|Bao-Zhen Dongmei|Dong-Mei|Tungmei Peijun|Pei-Jun Rongfang|Rong-Fang Songlin|Song-Lin Tingting|Ting-Ting Yuhan|Yu-Han Zixuan|Zi-Xuan|Tzuhsuan Chunhua|Chun-Hua Fengying|Feng-Ying Kangning|Kang-Ning Luping|Lu-Ping Minghui|Ming-Hui Nannan|Nan-Nan Ruolan|Ruo-Lan Sihan|Si-Han Wenjing|Wen-Jing Yichen|Yi-Chen',
  ),
  Arabic: split(
    'Mohammed|Muhammad|Mohamed|محمد Ahmed|Ahmad|Achmed|أحمد Fatima|Fatma|Fatimah|فاطمة Youssef|Yusuf|Yousef|يوسف Khaled|Khalid|Haled|خالد Aisha|Aysha|Ayesha|عائشة Hassan|Hasan|Hassane|حسن Hussein|Husain|Hussain|حسين Omar|Umar|عمر Mariam|Maryam|Meryem|مريم Tariq|Tarek|Tarik|طارق Layla|Leila|Laila|ليلى Abdullah|Abdallah|Abdulah|عبدالله Salma|Selma|سلمى Mahmoud|Mahmud|Mahmood|محمود Noor|Nour|Nur|نور Jamal|Djamal|Gamal|جمال Zainab|Zeinab|Zeynab|زينب Mustafa|Moustafa|Mostafa|مصطفى Rashid|Rachid|Rasheed|رشيد Samira|Sameera|سميرة Karim|Kareem|كريم Nadia|Nadya|نادية Walid|Waleed|Oualid|وليد Hamza|Hamzah|حمزة Amina|Ameena|أمينة Bilal|Belal|بلال Sharif|Cherif|Shareef|شريف Ibrahim|Ebrahim|Brahim|إبراهيم Rania|Raniya|رانيا',
  ),
  Slavic: split(
    'Olga|Olha|Ольга Sergei|Sergey|Serguei|Сергей Yulia|Julia|Iuliia|Юлия Dmitry|Dmitri|Dimitri|Дмитрий Natalia|Natalya|Nataliia|Наталия Alexander|Aleksandr|Александр Kateryna|Katerina|Катерина Mykola|Mikola|Микола Svetlana|Svitlana|Светлана Andriy|Andrei|Andrii|Андрей Tetiana|Tatiana|Tatyana|Татьяна Volodymyr|Volodimir|Володимир Oksana|Oxana|Оксана Yevhen|Evhen|Евген Ludmila|Lyudmila|Людмила Pavel|Pawel|Павел Irina|Iryna|Ирина Viktor|Victor|Виктор Anastasia|Anastasiya|Анастасия Bohdan|Bogdan|Богдан Galina|Halina|Галина Ivan|Iwan|Иван Ksenia|Xenia|Ксения Yaroslav|Jaroslav|Ярослав Nadezhda|Nadejda|Надежда Roman|Romann|Роман Zlata|Slata|Злата Taras|Tarass|Тарас Vira|Vera|Вера Maksym|Maxim|Максим',
  ),
  Tigrinya: split(
    'Selam|Sellam Tesfay|Tesfai|Tesfaye Mehari|Mehary|Mihari Yohannes|Johannes|Yohanes Abrehet|Abrhet Haile|Hayle Kidane|Kidhane Letebrhan|Letebirhan Berhane|Birhane|Brhane Semhar|Semhare Filmon|Philmon Gebre|Ghebre Mulugeta|Mulughieta Rahwa|Rahua Tekle|Tekleh Zewdi|Zeudi Biniam|Binyam|Beniam Feven|Fevin Hiwet|Hiwot|Hiywet Samrawit|Samrawite Teklit|Teqlit Yonas|Jonas Asmeret|Asmaret Dawit|Dawitt|Dauit Elsa|Ellsa Fitsum|Fetsum|Fitzum Genet|Ghenet Isaias|Isayas Kibrom|Kibrome Luwam|Luam',
  ),
};

/** An underscore means the space within a name. */
function split(names: string): readonly string[] {
  return names.split(' ').map((name) => name.replaceAll('_', ' '));
}

/** Family names are put together, so that there are as many as among so many people. */
const built: Record<Tongue, readonly (readonly string[])[]> = {
  English: [
    'Ash Brad Carl Dun Ever Farn Green Hart Ing Kel Lang Mor Nor Oak Pem Rad Stan Thorn Under Wal Whit Cran Hed Black Bram Col Der El Fen Gar'.split(
      ' ',
    ),
    ['', '', 'er', 'ing', 'en', 'le'],
    'ton well ford field wood ham by worth ley man son croft dale gate bridge more stone brook hurst wick'.split(' '),
  ],
  Romanian: [
    'Pop Ion Mun Stan Dumitr Ghe Rad Cost Mar Țur Vas Bal Croit Dob Enach Florea Grig Iorda Lup Mold Neag Oprea Păun Rus Săv Tăn Ung Văcăr Zamf Șerb'.split(
      ' ',
    ),
    ['', 'ul', 'in', 'ar', 'ic', 'or'],
    'escu eanu ache oiu aru ean uță eșteanu ov iș'.split(' '),
  ],
  Albanian: [
    'Kras Berish Hox Gash Shal Dem Mor Rex Bajr Zen Sej Kel Tha Lek Mur Osm Pren Qem Rus Sul Tor Veli Xhem Ymer Zog Ahm Bal Cen Dush Elez'.split(
      ' ',
    ),
    ['', 'i', 'a', 'et', 'im', 'ul'],
    'niqi aj olli uku ani xha shi li ri ku'.split(' '),
  ],
  Vietnamese: [
    'Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Tô Lâm Phùng Cao Đoàn Hà Kiều Lưu Quách Tăng Vương'.split(
      ' ',
    ),
    [''],
    ['', '', '', ' Hữu', ' Đình', ' Công', ' Bá', ' Thế', ' Mạnh', ' Khắc'],
  ],
  Chinese: [
    'Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie Song Tang Deng Han Feng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lü Ding Ren Shen Yao Lu'.split(
      ' ',
    ),
    [''],
    [''],
  ],
  Arabic: [
    'Masr Hadd Khour Najj Tamim Qurash Shaw Bagh Halab Rifa Zahr Farah Dabb Ansar Hashim Jaz Kurd Maghr Nass Obeid Sabb Tikr Umar Wahab Yam Azm Bassi Darw Ghann Hakim'.split(
      ' ',
    ),
    ['', 'a', 'ou', 'i', 'aw', 'ad'],
    'i awi ani ar ari oun ati adi ali ami'.split(' '),
  ],
  Slavic: [
    'Koval Shevch Bond Melny Tkach Krav Boyk Moroz Petr Ivan Pop Vasil Sokol Lebed Kozl Novik Pavl Semen Golub Vinogr Bogdan Voron Fedor Mikhail Belya Taras Zaits Solov Bor Yakovl'.split(
      ' ',
    ),
    ['', 'en', 'ch', 'ov', 'ar', 'yn'],
    'enko chuk ov ova sky ska ev eva uk yshyn'.split(' '),
  ],
  Tigrinya: [
    'Gebre Habte Tesfa Welde Haile Tekle Kidane Berhe Abra Asme Mehre Ogba Fesse Zere Kahsa Negas Sium Tewel Yemane Alem Bahta Desta Embaye Ghirm Hagos Isaak Kifle Lemlem Medhan Nuguse'.split(
      ' ',
    ),
    ['', 'a', 'e', 'i', 'o', 'u'],
    'mariam selassie michael ab giorgis kristos medhin tsion yohannes kiros'.split(' '),
  ],
};

const familyOf = (chance: Chance, tongue: Tongue): string =>
  built[tongue].map((parts, at) => (at === 0 ? skewed(chance, parts) : one(chance, parts))).join('');

/** So many of a hundred have names from there. */
const shares: readonly Tongue[] = tongues.flatMap((tongue, at) =>
  Array<Tongue>([16, 13, 13, 13, 8, 14, 14, 9][at] ?? 0).fill(tongue),
);
const nicknames =
  'Bunny Ace Lala Momo Titi Kiki Zaza Dodo Mimi Coco Jojo Lulu Nana Pepe Rara Sisi Toto Vivi Yaya Zuzu'.split(' ');

export const spellingsOf = (tongue: Tongue, name: string): readonly string[] =>
  given[tongue].find((all) => all.split('|').includes(name))?.split('|') ?? [name];

/** Where family names are few, given names are put together of two as often as not. */
function givenOf(chance: Chance, tongue: Tongue): string {
  const first = (skewed(chance, given[tongue]).split('|')[0] ?? '') as string;
  if (tongue !== 'Chinese') return first;
  const syllables =
    'an bo chao da en fang gang hao jia kai lan min na ping qiu rui shan tao wen xin yan ze bei cui dan feng hong jing lei mei'.split(
      ' ',
    );
  return chance() < 0.2
    ? first
    : ((name) => name.charAt(0).toUpperCase() + name.slice(1))(one(chance, syllables) + one(chance, syllables));
}

export const inOrder = (tongue: Tongue, givenName: string, family: string): string =>
  tongue === 'Vietnamese' || tongue === 'Chinese' ? `${family} ${givenName}` : `${givenName} ${family}`;

export function invent(chance: Chance) {
  const tongue = one(chance, shares);
  const first = givenOf(chance, tongue);
  const family = familyOf(chance, tongue);
  const alone = chance() < 0.05;
  const others: string[] = [];
  if (alone || chance() < 0.15) others.push(`${one(chance, nicknames)} ${one(chance, built.English[0] ?? [])}`);
  if (chance() < 0.12) others.push(inOrder(tongue, givenOf(chance, tongue), family));
  return {
    called: alone ? first : inOrder(tongue, first, family),
    others,
    yearOfBirth: chance() < 0.85 ? 1955 + Math.floor(chance() * 57) : null,
    /** From which names: how a slip or another spelling of them looks depends on it. */
    tongue,
    given: first,
    family: alone ? '' : family,
  };
}
export type Invented = ReturnType<typeof invent>;
