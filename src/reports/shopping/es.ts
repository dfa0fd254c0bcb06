/** Spanish, in words of Spain that are known across the Atlantic too. The order is the receipt's and stays as it is: a word put elsewhere closes receipts that people hold. */
import type { ShoppingList } from './list.ts';

export const spanish: ShoppingList = {
  language: 'es',
  numberFirst: true,
  reviewed: null,
  items: `
manzanas peras plátanos naranjas limones limas mandarinas pomelos uvas fresas frambuesas moras arándanos
cerezas ciruelas melones nectarinas albaricoques sandías cocos mangos kiwis aguacates granadas higos dátiles
pasas papayas membrillos patatas boniatos zanahorias remolachas cebollas ajos puerros perejil apios coles
coliflores brócolis espinacas acelgas pepinos tomates pimientos calabazas berenjenas rábanos nabos mazorcas
guisantes judías lentejas garbanzos alubias habas espárragos alcachofas champiñones setas jengibres
aceitunas panes barras magdalenas cruasanes galletas rosquillas churros empanadas tortillas tartas bizcochos
buñuelos donuts tostadas palmeras ensaimadas turrones leche mantequillas natillas yogures quesos huevos
margarinas flanes salchichas chorizos morcillas lomos filetes chuletas pollos pavos conejos albóndigas
hamburguesas costillas salmones truchas merluzas bacalaos sardinas atunes anchoas boquerones gambas langostinos
mejillones pulpos cangrejos arroz macarrones fideos raviolis lasañas harinas azúcar vinagres mostazas
mayonesas salsas caldos sopas cremas mermeladas siropes nueces almendras avellanas cacahuetes pistachos
castañas avena canela azafrán orégano tomillo romero laurel comino vainilla levaduras gelatinas cafés zumos
refrescos gaseosas horchatas batidos infusiones chocolates caramelos chicles piruletas helados gominolas nubes
palomitas jabones toallas esponjas cerillas velas pilas bombillas mecheros servilletas pañuelos pañales
tiritas vendas cepillos peines tijeras agujas botones cintas candados cuerdas cordones pegamentos lápices
rotuladores bolígrafos cuadernos sobres sellos periódicos revistas libros tazas cucharas tenedores ollas
sartenes bandejas botes frascos cubos escobas bayetas guantes calcetines medias zapatillas gorros bufandas
paraguas almohadas sábanas cortinas macetas flores tulipanes rosas semillas globos muñecas pelotas bolsas
perchas pinzas clavos tornillos martillos desodorantes colonias pintalabios peluches enchufes auriculares
cargadores cables linternas termómetros relojes gafas mochilas estropajos lejías detergentes suavizantes
ambientadores imanes marcos espejos jarrones alfombras cojines colchas biberones chupetes baberos
`
    .trim()
    .split(/\s+/),
};
