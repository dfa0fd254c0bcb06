/** Welsh. The quantity follows: before the word it would change its first letter and its ending. Made by a language model. The order is the receipt’s and stays as it is: a word put elsewhere closes receipts that people hold. */
import { type ShoppingList, splitItems } from './list.ts';

export const welsh: ShoppingList = {
  language: 'cy',
  numberFirst: false,
  reviewed: null,
  items: splitItems(`
afalau, gellyg, bananas, orennau, leimiau, grawnwin, mefus, mafon, mwyar, llus, eirin, bricyll, nectarinau,
melonau, ciwis, mangos, ffigys, datys, rhesins, syltanas, cyrens, satswmas, tanjerîns, clementinau, papaias,
cnau, almonau, castanau, gwsberis, riwbob, pomgranadau, pinafalau, afocados, olifau, tatws, moron, winwns,
garlleg, cennin, bresych, brocoli, sbigoglys, letys, ciwcymbrau, tomatos, pupurau, maip, pannas, radis, rwdins,
seleri, asbaragws, madarch, corbys, gwygbys, pwmpenni, artisiogau, sinsir, persli, mintys, basil, teim,
rhosmari, saets, oregano, india-corn, tsilis, ysgewyll, berwr, siytni, picls, gercinau, ffenigl, wylysiau,
sialóts, bara, rholiau, byns, teisennau, cacennau, bisgedi, cracers, crempogau, picau, sgons, tartenni, pitsas,
wafflau, toesenni, croissants, myffins, torthau, crymffedi, tost, bagéts, fflapjacs, meringues, browniau,
treiffl, rwlâd, naans, brechdanau, wraps, quiche, jam mefus, pys gardd, mêl clir, eog mwg, dŵr potel, llaeth,
menyn, margarîn, caws, iogwrt, wyau, mozzarella, selsig, cigoedd, byrgyrs, cyw iâr, twrci, hwyaden, stêcs,
golwythion, peli cig, cebabs, ffagots, pâté, briwgig, brithyll, penfras, tiwna, sardîns, mecryll, corgimychiaid,
cregyn, penwaig, lleden, bysedd pysgod, wystrys, hadog, cimychiaid, reis, pasta, sbageti, macaroni, nwdls,
blawd, siwgr, halen, ceirch, haidd, finegr, mwstard, mayonnaise, sos coch, sawsiau, grefi, marmalêd, surop,
triog, cwscws, lasagne, cwinoa, miwsli, burum, cyri, cwmin, sinamon, fanila, tyrmerig, nytmeg, paprica, olew,
stwffin, semolina, gelatin, siocled, losin, taffi, cyflaith, lolipops, hufen iâ, jeli, pwdin, cyffug, creision,
popcorn, licris, marsipan, nyget, malws melys, gwm cnoi, halfa, hadau pwmpen, sglodion, salad, coleslo, hwmws,
lobsgóws, pesto, coffi, coco, sudd, lemonêd, sgwash, tebagiau, te gwyrdd, smwddis, tonic, cordial, sebon,
siampŵ, brwsys, cribau, tywelion, sbyngau, cadachau, hancesi, napcynnau, clytiau, plastrau, matsys, canhwyllau,
batris, bylbiau, glanedydd, cannydd, ysgubau, bwcedi, menig, sanau, sliperi, hetiau, sgarffiau, gwlân cotwm,
diaroglydd, minlliw, eli haul, hylif golchi, powdr golchi, meddalydd, ffoil, cling ffilm, bagiau bin, dwsteri,
mopiau, pensiliau, beiros, llyfrau, amlenni, stampiau, cylchgronau, nodiaduron, creonau, blodau
`),
};
