/** Portuguese, in words of Portugal that are mostly known in Brazil too. Made by a language model. The order is the receipt’s and stays as it is: a word put elsewhere closes receipts that people hold. */
import { type ShoppingList, splitItems } from './list.ts';

export const portuguese: ShoppingList = {
  language: 'pt',
  numberFirst: true,
  reviewed: null,
  items: splitItems(`
maçãs, bananas, laranjas, limões, limas, tangerinas, clementinas, uvas, morangos, framboesas, amoras, mirtilos,
cerejas, ameixas, pêssegos, nectarinas, melões, melancias, ananases, abacates, mangas, papaias, romãs, figos,
tâmaras, passas, dióspiros, goiabas, lichias, nêsperas, groselhas, alperces, carambolas, acerolas, cupuaçus,
jabuticabas, pitangas, batatas, cenouras, cebolas, alhos, alfaces, couves, repolhos, brócolos, espinafres,
pepinos, tomates, pimentos, beringelas, curgetes, abóboras, nabos, rabanetes, beterrabas, alcachofras,
cogumelos, ervilhas, favas, feijões, lentilhas, milho, aipos, agriões, rúcula, salsa, coentros, hortelã,
manjericão, orégãos, louro, alecrim, tomilho, gengibre, açafrão, canela, cominhos, malaguetas, endívias,
acelgas, chicória, funcho, quiabos, chuchus, mandiocas, inhames, palmitos, tremoços, pevides, soja, sésamo,
linhaça, quinoa, vagens, picles, pães, broas, bolos, bolachas, biscoitos, queques, tostas, torradas, panquecas,
empadas, rissóis, pizzas, sal grosso, tartes, croissants, baguetes, brioches, waffles, crepes, donuts, lasanhas,
raviólis, nhoques, croquetes, bolinhos, suspiros, madalenas, éclairs, merengues, brigadeiros, bombons, trufas,
cavacas, filhoses, sonhos, farófias, pudins, mousses, gelatinas, sorvetes, cheesecakes, brownies, muffins,
scones, arrufadas, regueifas, wraps, tacos, nachos, farinha, arroz, esparguete, cuscuz, aveia, granola, muesli,
açúcar, vinagre, azeite, óleo, mostarda, maionese, ketchup, caldos, sopas, sêmola, polenta, tapioca, polvilho,
fermento, baunilha, bicarbonato, piripíri, colorau, caril, noz-moscada, cravinho, anis, leite, natas, manteiga,
margarina, iogurtes, queijos, requeijão, ovos, ricota, mozarela, coalhada, fiambre, chouriços, frangos, bifes,
costeletas, almôndegas, hambúrgueres, espetadas, alheiras, presunto, codornizes, coelhos, borrego, vitela,
salmão, sardinhas, atum, bacalhau, pescada, lulas, camarões, mexilhões, douradas, robalos, linguados, lagostins,
búzios, nozes, amêndoas, pistácios, castanhas, cajus, pinhões, compotas, geleias, marmelada, xarope, chocolates,
pastilhas, pipocas, nugás, falafel, seitan, guacamole, cafés, chás, sumos, água, cacau, gasosa, tisanas,
camomila, cidreira, tília, cevada, descafeinado, sabonetes, champô, escovas, pentes, toalhas, guardanapos,
lenços, fraldas, pensos, fósforos, velas, pilhas, lâmpadas, isqueiros, pratos, copos
`),
};
