/** Vietnamese, in words of the north. The quantity follows: before the word it would need a classifier. Words are compared whole: many begin alike, like "bánh" and "rau". Made by a language model. The order is the receipt’s and stays as it is: a word put elsewhere closes receipts that people hold. */
import { type ShoppingList, splitItems } from './list.ts';

export const vietnamese: ShoppingList = {
  language: 'vi',
  numberFirst: false,
  wholeWords: true,
  reviewed: null,
  items: splitItems(`
gạo, gạo nếp, mì gói, bún khô, miến, phở khô, bánh mì, bánh bao, bánh quy, bánh đa, bánh bông lan,
bánh trung thu, bánh phồng tôm, bánh xèo, bánh chưng, bánh kem, bánh flan, bánh cuốn, bánh su kem, bánh giò,
bánh cốm, bánh khoai, bánh rán, bột mì, bột năng, bột nếp, bột chiên giòn, bột nghệ, bột sắn, bột ngô, men nở,
hạt nêm, mì chính, muối, đường, đường phèn, nước mắm, xì dầu, dầu ăn, dầu hào, dầu mè, dầu ô liu, giấm,
tương ớt, tương cà, mù tạt, mayonnaise, mắm tôm, mắm ruốc, sa tế, hạt tiêu, ngũ vị hương, hoa hồi, quế,
bột cà ri, bơ lạc, gừng, tỏi, hành tây, hành lá, hành khô, sả, nghệ tươi, riềng, rau mùi, mùi tàu, húng quế,
tía tô, rau răm, kinh giới, rau muống, rau dền, rau ngót, cải thìa, cải xanh, cải bó xôi, bắp cải, súp lơ,
xà lách, mồng tơi, cần tây, cà chua, cà tím, cà rốt, cà pháo, khoai tây, khoai lang, khoai môn, củ cải, củ dền,
su hào, su su, bí đỏ, mướp đắng, dưa chuột, dưa lưới, dưa chua, đậu bắp, đậu que, đậu xanh, đậu đỏ, đậu phụ,
đậu hà lan, lạc rang, giá đỗ, măng tươi, nấm rơm, trà chanh, cháo trắng, nấm hương, nấm kim châm, nấm đùi gà,
mộc nhĩ, ngô ngọt, diếp cá, lá lốt, lá chuối, lá dứa, thì là, rong biển, kim chi, măng tây, rau cần, hoa chuối,
nụ vối, cải xoong, lê, cam, quýt, chanh, chuối, xoài, đu đủ, dứa, quả dừa, nho, mận, mơ, nhãn, vải thiều,
chôm chôm, măng cụt, sầu riêng, mít, thanh long, hồng xiêm, lựu, dâu tây, việt quất, quả bơ, chanh dây, quả na,
vú sữa, khế, táo tàu, long nhãn, mâm xôi, thịt bò, thịt gà, thịt vịt, sườn non, giò lụa, chả cá, nem rán,
nem chua, xúc xích, lạp xưởng, giăm bông, ruốc, bò viên, bò khô, khô gà, trứng gà, trứng vịt, trứng cút,
trứng muối, cánh gà, đùi gà, cá thu, cá ngừ, cá ba sa, cá trích, cá quả, cá viên, cá mòi, cá cơm, cá chép,
cá rô phi, tôm tươi, tôm khô, mực, mực khô, thanh cua, bạch tuộc, sữa tươi, sữa đặc, sữa đậu nành, sữa bột,
phô mai, kem tươi, kem que, váng sữa, cà phê, trà xanh, trà gừng, trà sữa, trà hoa cúc, trà ô long, trà sen,
trà đào, nước dừa, nước suối, nước ngọt, nước yến, sinh tố, sô cô la, kẹo dẻo, kẹo dừa, kẹo cao su, kẹo mút,
kẹo lạc, kẹo bạc hà, mứt gừng, mứt dừa, thạch, chè đậu, mật ong, siro, hạt dưa, hạt sen, hạt hướng dương,
hạt chia, hạt bí, hạt dẻ, hạnh nhân, óc chó, yến mạch, ngũ cốc, mì trứng, nui, bỏng ngô, khoai tây chiên,
cháo gói, cơm cháy, há cảo, sủi cảo, hoành thánh, trân châu, thạch dừa, xà phòng, dầu gội, kem đánh răng,
giấy vệ sinh, bột giặt, nến, pin
`),
};
