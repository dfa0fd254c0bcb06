/** Romanian. The order is the receipt's and stays as it is: a word put elsewhere closes receipts that people hold. */
import type { ShoppingList } from './list.ts';

export const romanian: ShoppingList = {
  language: 'ro',
  numberFirst: true,
  reviewed: null,
  items: `
pere banane lămâi portocale mandarine clementine struguri căpșuni zmeură afine cireșe vișine prune
piersici nectarine caise pepeni ananas nuci mango kiwi avocado smochine stafide coacăze grepfrut cartofi
morcovi sfeclă ceapă usturoi praz pătrunjel țelină varză conopidă broccoli salată spanac castraveți
roșii ardei vinete dovlecei ridichi napi porumb mazăre fasole linte năut sparanghel ciuperci mărar
leuștean busuioc ghimbir hrean măsline capere murături pâine chifle baghete cornuri covrigi gogoși
biscuiți sărățele plăcinte clătite cozonac prăjituri torturi checuri fursecuri eclere pesmet pizza
macaroane spaghete tăiței colțunași lapte smântână iaurturi chefir brânză cașcaval telemea margarină
budinci frișcă cârnați crenvurști șuncă slănină mici curcan sarmale tocană pateu somon macrou
păstrăv sardine creveți crap orez mălai făină griș ovăz fulgi muștar ketchup maioneză oțet ulei
miere dulceață sirop alune migdale fistic semințe susan scorțișoară vanilie piper sare cimbru boia curry
drojdie gelatină supe ciorbă borș zacuscă bulion humus tofu zahăr ceai cafea cacao sucuri cola limonadă
cidru compot ciocolată bomboane jeleuri acadele înghețată halva rahat turtă napolitane chipsuri popcorn
gumă marțipan săpun șampon prosoape bureți chibrituri lumânări baterii becuri brichete hârtie
șervețele batiste scutece vată plasturi bandaje perii piepteni foarfece nasturi panglici lacăte sfoară
șireturi lipici creioane pixuri caiete plicuri timbre ziare reviste căni farfurii linguri furculițe oale
tigăi tăvi borcane găleți mături mopuri cârpe mănuși șosete papuci căciuli fulare umbrele cearșafuri
perdele ghivece flori lalele trandafiri garoafe baloane mingi cuburi jucării pungi saci folie umerașe
cârlige cuie șuruburi creme deodorant parfum rujuri prelungitor încărcător cabluri lanterne termos
ochelari genți curele detergent balsam oglinzi rame vaze covoare tacâmuri spatule suporturi prize magneți
`
    .trim()
    .split(/\s+/),
};
