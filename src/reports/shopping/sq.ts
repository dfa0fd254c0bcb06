/** Albanian. After a quantity a word has one form, the plural. Made by a language model. The order is the receipt’s and stays as it is: a word put elsewhere closes receipts that people hold. */
import { type ShoppingList, splitItems } from './list.ts';

export const albanian: ShoppingList = {
  language: 'sq',
  numberFirst: true,
  reviewed: null,
  items: splitItems(`
mollë, dardha, banane, portokalle, limona, mandarina, rrush, luleshtrydhe, mjedra, boronica, qershi, vishnje,
kumbulla, pjeshkë, nektarina, kajsi, shalqinj, pjepra, ananasë, mango, kivi, avokado, shegë, hurma, kokosa,
ftonj, thana, grejpfruta, klementina, limë, papaja, stafidhe, lajthi, bajame, kikirikë, fëstëkë, gështenja,
arra, mushmolla, kastraveca, domate, speca, patëllxhanë, kunguj, patate, karota, qepë, hudhra, presh, lakra,
brokoli, spinaq, sallata, marule, panxhar, rrepka, selino, majdanoz, kopër, mente, bizele, fasule, thjerrëza,
qiqra, misër, kërpudha, shparguj, ullinj, angjinare, rukola, hithra, xhenxhefil, turshi, lëpjeta, barbunja,
koriandër, bukë, simite, kulaç, byrekë, kifle, brioshe, pogaçe, petulla, pica, torta, ëmbëlsira, biskota,
krakera, gjevrekë, bakllava, revani, kadaif, trileçe, tulumba, hallva, llokume, vafera, kroasanë, panine,
peksimadhe, franxholla, tost, flija, gurabie, sufllaqe, qumësht, dhallë, gjizë, djathë, kos dele, çaj mali,
ujë mineral, vaj ulliri, fiq të thatë, kek me arra, tavë kosi, kaçkavall, gjalpë, margarinë, ajka, kajmak, vezë,
mocarela, kefir, suxhuk, pulë, gjel deti, rosa, qofte, qebapë, biftekë, kotoleta, mëlçi, pastërma, mortadela,
hamburgerë, bërxolla, peshk, troftë, salmon, sardele, merluc, midhje, kallamarë, levrek, koca, oktapodë,
skumbri, gaforre, oriz, makarona, spageti, petë, tarhana, miell, tërshërë, bollgur, kuskus, sheqer, kripë,
piper, uthull, mustardë, majonezë, keçap, salca, supë, bujon, mjaltë, reçel, marmelatë, shurup, pekmez, grurë,
thekër, niseshte, sodë, tahini, lazanja, kuinoa, drithëra, gliko, çokollata, bonbone, karamele, çamçakëz,
akullore, puding, xhelatinë, çipsa, lolipop, nugat, marcipan, tofe, susam, fara kungulli, sherbet, kafe, lëngje,
kompostë, salep, frape, gazoza, aranxhata, kamomil, kapuçino, kanellë, vanilje, rigon, borzilok, trumzë,
rozmarinë, dafinë, kumin, shafran, kurkuma, paprika, sapunë, shampo, sfungjerë, furça, krehra, peceta, pelena,
shkrepëse, qirinj, bateri, llamba, çakmakë, detergjent, zbardhues, zbutës, fshesa, lecka, doreza, çorape,
pantofla, kapele, buzëkuq, pambuk, letër higjienike, locion, pluhur larës, llak, lapsa, stilolapsa, fletore,
zarfe, pulla, gazeta, revista, libra, goma, vizore, ngjitës
`),
};
