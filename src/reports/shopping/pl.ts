/** Polish. The number follows, since it would bend the word: "3 cebule", but "5 cebul". The order is the receipt's and stays as it is: a word put elsewhere closes receipts that people hold. */
import type { ShoppingList } from './list.ts';

export const polish: ShoppingList = {
  language: 'pl',
  numberFirst: false,
  reviewed: null,
  items: `
jabłka gruszki banany cytryny pomarańcze mandarynki winogrona truskawki maliny borówki jagody wiśnie
czereśnie śliwki brzoskwinie nektarynki morele arbuzy melony ananasy kokosy mango kiwi awokado granaty figi
daktyle rodzynki żurawina porzeczki limonki grejpfruty jeżyny ziemniaki marchewki buraki cebule czosnek pory
pietruszka selery kapusta kalafiory brokuły brukselki sałata szpinak rukola ogórki pomidory papryka
bakłażany dynie rzodkiewki kukurydza groszek fasola soczewica ciecierzyca szparagi pieczarki grzyby bazylia
imbir chrzan chleb bułki bagietki rogale drożdżówki pączki ciastka krakersy sucharki precle tortille
naleśniki pierogi gofry serniki szarlotka makowiec wafle biszkopty eklery tosty mleko masło śmietana jogurty
kefiry twaróg sery jajka margaryna budynie kiełbasa szynka boczek kabanosy kurczak indyk kaczka kotlety
gulasz pasztety łosoś śledzie makrele pstrąg dorsz tuńczyk szprotki sardynki krewetki klopsy żeberka
makaron kasza płatki musztarda ketchup majonez ocet olej miód dżemy powidła syropy orzechy migdały
pistacje słonecznik cynamon wanilia pieprz oregano galaretki zupy barszcz rosół bigos sosy bulion hummus
herbata kawa kakao soki woda cola lemoniada oranżada kompot czekolada cukierki żelki lizaki lody krówki
chipsy popcorn paluszki pianki gumy mydło szampon ręczniki gąbki zapałki świece baterie żarówki papier
chusteczki serwetki pieluchy patyczki plastry bandaże szczotki grzebienie nożyczki igły nici guziki
wstążki sznurówki taśma kredki ołówki długopisy zeszyty koperty znaczki gazety książki kubki talerze
łyżki widelce miski garnki patelnie tacki słoiki wiadra miotła ścierki rękawiczki skarpetki rajstopy
kapcie czapki szaliki parasole poduszki koce prześcieradła firanki doniczki kwiaty tulipany róże nasiona
balony klocki puzzle lalki misie piłki karty worki folia wieszaki spinacze gwoździe śrubki kremy dezodoranty
perfumy szminki lakiery lampki słuchawki ładowarki kable latarki termosy czajnik zegarki okulary portfele
plecaki torebki paski
`
    .trim()
    .split(/\s+/),
};
