/** Capitals and large cities of the countries that people come from, without accents. Towns of the United Kingdom are not among them. Pure. */

/** By region; the name of a city tells an origin as well as the name of its country. */
const byRegion = [
  `Amsterdam Rotterdam Antwerp Athens Thessaloniki Barcelona Madrid Valencia Seville Belgrade Novi_Sad Nis Berlin Hamburg Munich
  Cologne Frankfurt Bern Geneva Zurich Bratislava Kosice Brussels Bucharest Cluj Cluj-Napoca Iasi Timisoara Constanta Craiova
  Brasov Ploiesti Galati Bacau Oradea Sibiu Arad Pitesti Suceava Tandarei Budapest Debrecen Miskolc Szeged Pecs Nyiregyhaza
  Chisinau Balti Tiraspol Cahul Copenhagen Helsinki Kyiv Kiev Kharkiv Odesa Odessa Lviv Dnipro Zaporizhzhia Donetsk Mariupol
  Kherson Lisbon Porto Ljubljana Maribor Luxembourg Marseille Lyon Paris Minsk Brest Gomel Moscow St_Petersburg Novosibirsk Kazan
  Podgorica Prague Brno Ostrava Pristina Prizren Peja Reykjavik Riga Daugavpils Rome Milan Naples Turin Palermo Sarajevo
  Mostar Tuzla Skopje Tetovo Kumanovo Sofia Plovdiv Varna Burgas Ruse Stara_Zagora Sliven Pleven Stockholm Malmo Tallinn Narva
  Tirana Durres Shkoder Elbasan Vlore Fier Korce Kukes Berat Lushnje Vienna Vilnius Kaunas Klaipeda Siauliai Panevezys Warsaw
  Krakow Cracow Lodz Wroclaw Gdansk Poznan Katowice Lublin Szczecin Bydgoszcz Bialystok Zagreb Split Rijeka Valletta Nicosia
  Oslo Tbilisi Batumi Yerevan Baku Istanbul Ankara Izmir Adana Gaziantep Diyarbakir`,
  `Abu_Dhabi Dubai Aden Sanaa Amman Zarqa Baghdad Basra Mosul Erbil Sulaymaniyah Kirkuk Duhok Beirut Tripoli Damascus Aleppo
  Homs Deraa Raqqa Doha Gaza Hebron Nablus Ramallah Jeddah Riyadh Mecca Kuwait_City Manama Muscat Tehran Mashhad Isfahan
  Shiraz Tabriz Ahvaz Sanandaj Kabul Kandahar Herat Jalalabad Mazar-i-Sharif Kunduz`,
  `Hanoi Ha_Noi Ho_Chi_Minh_City Ho_Chi_Minh Saigon Haiphong Hai_Phong Da_Nang Danang Hue Nghe_An Ha_Tinh Quang_Binh Can_Tho
  Nam_Dinh Hai_Duong Thanh_Hoa Beijing Shanghai Guangzhou Shenzhen Fuzhou Fuqing Fujian Wenzhou Tianjin Shenyang Chengdu
  Chongqing Guangdong Dongbei Wuhan Harbin Dalian Xiamen Taipei Kaohsiung Macau Bangkok Chiang_Mai Pattaya Udon_Thani Phnom_Penh Siem_Reap
  Vientiane Yangon Rangoon Mandalay Kuala_Lumpur Johor_Bahru Jakarta Surabaya Bali Medan Manila Quezon_City Cebu Davao Seoul
  Busan Pyongyang Tokyo Osaka Ulaanbaatar Delhi New_Delhi Mumbai Bombay Kolkata Calcutta Chennai Bangalore Bengaluru Hyderabad
  Ahmedabad Amritsar Jalandhar Ludhiana Chandigarh Punjab Gujarat Kerala Goa Kathmandu Pokhara Dhaka Sylhet Chittagong
  Chattogram Khulna Kashmir Karachi Lahore Islamabad Rawalpindi Faisalabad Multan Peshawar Quetta Mirpur Sialkot Colombo Jaffna Kandy
  Tashkent Samarkand Fergana Andijan Namangan Bishkek Osh Dushanbe Khujand Almaty Astana Ashgabat`,
  `Abidjan Abuja Lagos Benin_City Edo Edo_State Ibadan Kano Port_Harcourt Enugu Warri Accra Kumasi Tamale Addis_Ababa Tigray Mekelle
  Algiers Oran Antananarivo Asmara Keren Massawa Bamako Banjul Brazzaville Kinshasa Goma Bujumbura Cairo Alexandria Giza
  Casablanca Rabat Fez Marrakesh Tangier Conakry Cotonou Dakar Dar_es_Salaam Dodoma Djibouti Douala Yaounde Bamenda Freetown
  Gaborone Harare Bulawayo Mutare Hargeisa Mogadishu Kismayo Bosaso Johannesburg Cape_Town Durban Pretoria Juba Kampala Entebbe
  Khartoum Omdurman El_Fasher Nyala Kigali Libreville Lilongwe Blantyre Lome Luanda Lusaka Maputo Monrovia Nairobi Mombasa
  Kisumu Ndjamena Niamey Nouakchott Ouagadougou Port_Louis Tunis Sfax Benghazi Windhoek`,
  `Asuncion Belo_Horizonte Bogota Medellin Cali Brasilia Goias Rio_de_Janeiro Sao_Paulo Goiania Salvador Recife Fortaleza Buenos_Aires
  Caracas Maracaibo Guatemala_City Guayaquil Quito Havana La_Paz Santa_Cruz Lima Managua Mexico_City Guadalajara Tijuana
  Montevideo Panama_City Port-au-Prince Port_of_Spain San_Jose San_Salvador Santiago Santo_Domingo Tegucigalpa San_Pedro_Sula
  Georgetown Paramaribo Kingston Montego_Bay New_York Los_Angeles Toronto`,
];
export const cities: readonly string[] = byRegion.flatMap((names) =>
  names.split(/\s+/).map((name) => name.replaceAll('_', ' ')),
);
