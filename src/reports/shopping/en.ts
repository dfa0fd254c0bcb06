/** English: what is bought in Britain. The order is the receipt's and stays as it is: a word put elsewhere closes receipts that people hold. */
import type { ShoppingList } from './list.ts';

export const english: ShoppingList = {
  language: 'en',
  numberFirst: true,
  reviewed: null,
  items: `
apples apricots artichokes asparagus aubergines avocados bananas beetroots blueberries broccoli cabbages
carrots cauliflowers celery cherries chestnuts chillies clementines coconuts courgettes cranberries cucumbers
dates figs garlic gherkins ginger gooseberries grapefruits kiwis leeks lemons lettuces limes lychees mangoes
melons mushrooms nectarines olives onions oranges papayas parsnips peaches pears peppers pineapples plums
pomegranates potatoes pumpkins radishes raspberries rhubarb satsumas shallots spinach squashes strawberries
swedes sweetcorn tangerines tomatoes turnips walnuts watermelons almonds cashews hazelnuts peanuts pistachios
raisins sultanas prunes bagels baguettes brioches brownies buns cakes ciabattas cookies crackers crisps
croissants crumpets cupcakes doughnuts eclairs flapjacks macaroons meringues muffins oatcakes pancakes pasties
pies pizzas pretzels quiches rolls scones teacakes tortillas waffles wraps pittas naans loaves biscuits butter
cheeses creams eggs margarines milk yoghurts mozzarella hummus falafels samosas puddings trifles sausages
burgers chickens chops steaks kebabs mackerels meatballs mussels noodles oysters prawns salmon sardines
scallops trout turkeys haddock dumplings lasagnes spaghetti ravioli sandwiches salads pickles ketchups mustards
vinegars gravy honey marmalades syrups flour sugar porridge cereals lentils beans rice couscous coffees colas
cordials juices smoothies teabags tonics lollies chocolates fudge jellies liquorice marshmallows mints popcorn
batteries bleach bulbs candles cloths detergents dusters envelopes foil lighters matches mops napkins notebooks
pegs pencils plates rulers scissors shampoos soaps sponges stamps tissues toothbrushes towels tweezers
umbrellas ribbons buckets brushes brooms baskets blankets bandages cushions coasters combs crayons deodorants
earplugs gloves hangers hooks mugs kettles ladles nappies needles nails padlocks paperclips plasters pillows
posters lipsticks magazines markers newspapers razors saucers sieves slippers socks spoons forks stickers
teapots tights torches trays tumblers flowers tulips roses seeds shoelaces
`
    .trim()
    .split(/\s+/),
};
