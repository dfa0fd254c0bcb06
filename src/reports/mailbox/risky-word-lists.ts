/** In the other languages of the public pages: the words that say who reads a message, what it is about, and when. Stems, as regular expressions. No speaker has looked at them yet. */
import type { RiskKind } from './risky-words.ts';

type Words = Readonly<Partial<Record<RiskKind, string>>>;

/** Written with blanks between words. */
export const foreignWords: Readonly<Record<string, Words>> = {
  ar: {
    'says who reads it': '(?:و|ب|ل|ال|وال|بال|لل)?(?:شرطة|بوليس|هجرة|محكمة|محاكم)',
    'says what it is about': '(?:و|ب|ل|ال|وال|بال|لل)?(?:ضحية|ضحايا|بلاغ|بلاغك|تقرير)',
    'names a time': '(?:يوم )?ال(?:اثنين|إثنين|ثلاثاء|أربعاء|اربعاء|خميس|جمعة|سبت|أحد|احد)|اليوم|الليلة|غدا|غداً|أمس',
  },
  cy: {
    'says who reads it': 'heddlu|mewnfudo|llys|lys|llysoedd',
    'says what it is about': 'dioddefwr|dioddefwyr|ddioddefwr|adroddiad',
    'names a time': '(?:dydd|nos) (?:llun|mawrth|mercher|iau|gwener|sadwrn|sul)|heddiw|yfory|heno|ddoe',
  },
  es: {
    'says who reads it': 'polic[ií]as?|inmigraci[oó]n|tribunal(?:es)?|juzgados?',
    'says what it is about': 'v[ií]ctimas?|denunci\\p{L}*|informes?',
    'names a time': 'lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?|domingos?|hoy|mañana|ayer',
  },
  pl: {
    'says who reads it': 'policj\\p{L}*|imigrac\\p{L}*|sąd\\p{L}*',
    'says what it is about': 'ofiar\\p{L}*|zgłosz\\p{L}*|raport\\p{L}*',
    'names a time':
      'poniedział\\p{L}*|wtor(?:ek|k\\p{L}*)|środ[aęyą]|czwart(?:ek|k\\p{L}*)|piąt(?:ek|k\\p{L}*)|sobot\\p{L}*|niedziel\\p{L}*|dziś|dzisiaj|jutro|wczoraj',
  },
  pt: {
    'says who reads it': 'pol[ií]cia\\p{L}*|imigração|tribuna(?:l|is)',
    'says what it is about': 'v[ií]timas?|den[uú]nci\\p{L}*|relat[oó]rios?',
    'names a time': '(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|sábados?|domingos?|hoje|amanhã|ontem',
  },
  ro: {
    'says who reads it': 'poli[țţt]i\\p{L}*|imigr\\p{L}*|tribunal\\p{L}*|instanț\\p{L}*|judecăt\\p{L}*',
    'says what it is about': 'victim\\p{L}*|raport\\p{L}*|sesiz\\p{L}*|plânger\\p{L}*',
    'names a time': 'luni|marți|marţi|miercuri|joi|vineri|sâmbăt[aă]|duminic[aă]|azi|astăzi|mâine|ieri',
  },
  sq: {
    'says who reads it': 'polici\\p{L}*|imigr\\p{L}*|emigr\\p{L}*|gjykat\\p{L}*|gjyq\\p{L}*',
    'says what it is about': 'viktim\\p{L}*|raport\\p{L}*|denonc\\p{L}*|kallëz\\p{L}*',
    'names a time':
      'hënë|hënën|martë|martën|mërkur\\p{L}*|enjte|enjten|premte\\p{L}*|shtunë\\p{L}*|diel[aëën]\\p{L}*|sot|sonte|nesër|dje',
  },
  ti: {
    'says who reads it': '[ብንካ]?(?:ፖሊስ|ኢሚግረሽን|ኢሚግሬሽን|ቤት ፍርዲ)',
    'says what it is about': '[ብንካ]?(?:ግዳይ|ግዳያት|ጸብጻብ|ሪፖርት)',
    'names a time': '[ብንካ]?(?:ሰኑይ|ሰሉስ|ሶሉስ|ሮቡዕ|ረቡዕ|ሓሙስ|ዓርቢ|ቀዳም|ሰንበት|ሎሚ|ጽባሕ|ትማሊ)',
  },
  uk: {
    'says who reads it': 'поліці\\p{L}*|імігра\\p{L}*|міграц\\p{L}*|суд(?:у|і|ом|ов\\p{L}*)?',
    'says what it is about': 'жертв\\p{L}*|потерпіл\\p{L}*|повідомлен\\p{L}*|заяв\\p{L}*|звіт\\p{L}*',
    'names a time':
      "понеділ\\p{L}*|вівтор\\p{L}*|серед(?:а|и|у|ою)|четвер\\p{L}*|п[’'ʼ]ятниц\\p{L}*|субот\\p{L}*|неділ\\p{L}*|сьогодні|завтра|вчора",
  },
  vi: {
    'says who reads it': 'cảnh sát|công an|nhập cư|di trú|xuất nhập cảnh|tòa án|toà án',
    'says what it is about': 'nạn nhân|báo cáo|tố cáo|tố giác',
    'names a time': 'thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|hôm nay|ngày mai|hôm qua|tối nay',
  },
};

/** Written without blanks: a word may stand anywhere. */
export const runningWords: Readonly<Record<string, Words>> = {
  zh: {
    'says who reads it': '警察|公安|警方|移民|法院|法庭',
    'says what it is about': '受害|举报|報案|报案|报告',
    'names a time': '(?:星期|周|礼拜)[一二三四五六日天]|今天|明天|昨天|今晚',
  },
};

/** Hardly an English message does without any of these, and no other language here writes them. */
export const commonEnglish: ReadonlySet<string> = new Set(
  'the and of you your yours it its is was were be been can could will would have had that this these those there here for not if what when where which who how why with from any more most please thank thanks us our they them their he she her him his at but about again anything something everything nothing still yet need know tell say said write wrote read ask answer message question part safe help'.split(
    ' ',
  ),
);
