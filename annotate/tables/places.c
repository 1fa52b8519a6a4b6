/* SPDX-License-Identifier: Apache-2.0 */
/* A table of facts: countries, what their people are called, capitals, regions; present and past,
 * in English, some in French, German and Spanish. Folded; '?' marks a name that is another word as
 * well, '^' one that counts in capitals only. */
#include "annotate/tables/tables.h"

#include <stddef.h>

const char *const nn_table_countries[] = {
    "afghanistan,albania,algeria,andorra,angola,antigua and "
    "barbuda,argentina,armenia,australia,austria,azerbaijan",
    "bahamas,the "
    "bahamas,bahrain,bangladesh,barbados,belarus,belgium,belize,benin,bhutan,bolivia,bosnia,bosnia "
    "and herzegovina",
    "bosnia herzegovina,herzegovina,botswana,brazil,brunei,brunei darussalam,bulgaria,burkina "
    "faso,burundi,cambodia,cameroon,canada",
    "cape verde,cabo verde,central african "
    "republic,?chad,chile,china,colombia,comoros,congo,democratic republic of the congo",
    "democratic republic of congo,republic of the congo,republic of congo,dr congo,^drc,^rdc,costa "
    "rica,cote d'ivoire,ivory coast,croatia",
    "cuba,cyprus,czech republic,czechia,denmark,djibouti,dominica,dominican republic,east "
    "timor,timor leste,ecuador,egypt",
    "el salvador,equatorial "
    "guinea,eritrea,estonia,eswatini,swaziland,ethiopia,fiji,finland,france,gabon,gambia,the "
    "gambia,?georgia",
    "germany,ghana,greece,grenada,guatemala,guinea,guinea "
    "bissau,guyana,haiti,honduras,hungary,iceland,india,indonesia,iran",
    "islamic republic of iran,iraq,ireland,republic of "
    "ireland,israel,italy,jamaica,japan,?jordan,kazakhstan,kenya,kiribati",
    "north korea,south korea,korea,republic of korea,democratic people's republic of "
    "korea,^dprk,^rok,kosovo",
    "kuwait,kyrgyzstan,kyrgyz republic,laos,lao people's democratic "
    "republic,latvia,lebanon,lesotho,liberia,libya,liechtenstein,lithuania",
    "luxembourg,madagascar,malawi,malaysia,maldives,?mali,malta,marshall "
    "islands,mauritania,mauritius,mexico,micronesia,moldova",
    "republic of "
    "moldova,monaco,mongolia,montenegro,morocco,mozambique,myanmar,burma,namibia,nauru,nepal,"
    "netherlands,the netherlands,holland",
    "new zealand,nicaragua,niger,nigeria,north "
    "macedonia,macedonia,norway,oman,pakistan,palau,palestine,panama,papua new guinea",
    "paraguay,peru,philippines,the philippines,poland,portugal,qatar,romania,russia,russian "
    "federation,rwanda,samoa,san marino",
    "sao tome and principe,sao tome,saudi arabia,senegal,serbia,seychelles,sierra "
    "leone,singapore,slovakia,slovenia,solomon islands",
    "somalia,somaliland,south africa,south sudan,spain,sri lanka,ceylon,saint lucia,st lucia,saint "
    "kitts and nevis,saint vincent and the grenadines",
    "sudan,suriname,sweden,switzerland,syria,syrian arab "
    "republic,taiwan,tajikistan,tanzania,thailand,siam,?togo,tonga,trinidad and tobago",
    "trinidad,tunisia,turkey,turkiye,turkmenistan,tuvalu,uganda,ukraine,united arab "
    "emirates,^uae,united kingdom,^uk,great britain,britain",
    "united states,united states of "
    "america,^us,^usa,america,uruguay,uzbekistan,vanuatu,vatican,vatican city,holy "
    "see,venezuela,vietnam",
    "viet nam,north vietnam,south vietnam,yemen,north yemen,south "
    "yemen,zambia,zimbabwe,zaire,rhodesia,southern rhodesia,yugoslavia",
    "czechoslovakia,soviet union,^ussr,east germany,west germany,german democratic "
    "republic,federal republic of germany,^gdr,^frg",
    "united arab republic,^uar,persia,prussia,ottoman empire,austria hungary,upper "
    "volta,dahomey,tanganyika,zanzibar,formosa,indochina",
    "transjordan,people's republic of china,republic of "
    "china,^prc,communist china,red china",
    "england,scotland,wales,northern ireland,ulster,greenland,puerto rico,hong "
    "kong,macau,macao,tibet,xinjiang,catalonia,bermuda,gibraltar",
    "faroe islands,guam,falkland islands,falklands,french guiana,guadeloupe,martinique,new "
    "caledonia,reunion island,aruba,curacao",
    "western sahara,transnistria,abkhazia,south ossetia,nagorno karabakh,northern cyprus,gaza,gaza "
    "strip,west bank,golan heights,kashmir",
    "etats unis,royaume "
    "uni,allemagne,angleterre,ecosse,espagne,italie,russie,chine,inde,japon,turquie,grece,pologne,"
    "suede,norvege",
    "suisse,autriche,belgique,pays "
    "bas,hongrie,roumanie,bulgarie,serbie,croatie,irlande,islande,danemark,finlande,bresil,mexique,"
    "argentine",
    "chili,colombie,perou,maroc,algerie,tunisie,libye,egypte,ethiopie,syrie,liban,irak,israel,"
    "arabie saoudite,jordanie,afghanistan,coree du nord",
    "coree du sud,thailande,australie,nouvelle zelande,afrique du sud,union "
    "sovietique,bielorussie,moldavie,georgie,armenie,azerbaidjan",
    "vereinigte staaten,vereinigten "
    "staaten,grossbritannien,großbritannien,deutschland,frankreich,spanien,italien,russland,turkei,"
    "griechenland",
    "polen,schweden,norwegen,schweiz,osterreich,belgien,niederlande,ungarn,rumanien,bulgarien,"
    "serbien,kroatien,irland,danemark,finnland",
    "brasilien,mexiko,argentinien,agypten,athiopien,syrien,libanon,saudi "
    "arabien,jordanien,nordkorea,sudkorea,australien,sudafrika,weißrussland",
    "weissrussland,moldau,georgien,armenien,aserbaidschan,sowjetunion,lettland,litauen,estland,"
    "slowakei,slowenien,tschechien,bosnien,albanien",
    "estados unidos,^eeuu,reino "
    "unido,alemania,francia,espana,italia,rusia,turquia,grecia,polonia,suecia,noruega,suiza,"
    "belgica,paises bajos",
    "hungria,rumania,croacia,irlanda,dinamarca,finlandia,brasil,mejico,marruecos,argelia,tunez,"
    "libia,egipto,etiopia,siria,libano,arabia saudita",
    "arabia saudi,jordania,corea del norte,corea del sur,japon,sudafrica,union "
    "sovietica,bielorrusia,ucrania,letonia,lituania,eslovaquia,eslovenia",
    NULL};

const char *const nn_table_nationalities[] = {
    "afghan,afghans,albanian,albanians,algerian,algerians,american,americans,andorran,angolan,"
    "angolans,argentine,argentines,argentinian",
    "argentinians,argentinean,armenian,armenians,australian,australians,austrian,austrians,"
    "azerbaijani,azerbaijanis,azeri,azeris,bahamian,bahraini",
    "bahrainis,bangladeshi,bangladeshis,barbadian,belarusian,belarusians,belarussian,byelorussian,"
    "belgian,belgians,beninese,bhutanese,bolivian",
    "bolivians,bosnian,bosnians,brazilian,brazilians,british,briton,britons,brit,brits,bruneian,"
    "bulgarian,bulgarians,burkinabe,burmese,burundian",
    "burundians,cambodian,cambodians,cameroonian,cameroonians,canadian,canadians,chadian,chadians,"
    "chilean,chileans,chinese,colombian,colombians",
    "congolese,costa rican,costa "
    "ricans,croat,croats,croatian,croatians,cuban,cubans,cypriot,cypriots,czech,czechs,danish,dane,"
    "danes,djiboutian",
    "dominican,dominicans,dutch,dutchman,ecuadorian,ecuadorians,ecuadorean,egyptian,egyptians,"
    "emirati,emiratis,english,englishman,eritrean",
    "eritreans,estonian,estonians,ethiopian,ethiopians,fijian,fijians,filipino,filipinos,finnish,"
    "finn,finns,french,frenchman,gabonese,gambian",
    "gambians,georgian,georgians,german,germans,ghanaian,ghanaians,greek,greeks,grenadian,"
    "guatemalan,guatemalans,guinean,guineans,guyanese",
    "haitian,haitians,honduran,hondurans,hungarian,hungarians,icelandic,icelander,icelanders,"
    "indian,indians,indonesian,indonesians,iranian",
    "iranians,iraqi,iraqis,irish,irishman,israeli,israelis,italian,italians,ivorian,ivorians,"
    "jamaican,jamaicans,japanese,jordanian,jordanians",
    "kazakh,kazakhs,kazakhstani,kenyan,kenyans,korean,koreans,north korean,north koreans,south "
    "korean,south koreans,kosovar,kosovars,kosovan",
    "kuwaiti,kuwaitis,kurdish,kurd,kurds,kyrgyz,lao,laotian,laotians,latvian,latvians,lebanese,"
    "liberian,liberians,libyan,libyans,lithuanian",
    "lithuanians,luxembourger,macedonian,macedonians,malagasy,malawian,malawians,malaysian,"
    "malaysians,maldivian,malian,malians,maltese",
    "mauritanian,mauritanians,mauritian,mexican,mexicans,micronesian,moldovan,moldovans,monegasque,"
    "mongolian,mongolians,montenegrin,montenegrins",
    "moroccan,moroccans,mozambican,mozambicans,namibian,namibians,nepalese,nepali,nepalis,new "
    "zealander,new zealanders,nicaraguan,nicaraguans",
    "nigerien,nigerian,nigerians,norwegian,norwegians,omani,omanis,pakistani,pakistanis,palauan,"
    "palestinian,palestinians,panamanian,panamanians",
    "papuan,paraguayan,paraguayans,peruvian,peruvians,?polish,pole,poles,portuguese,puerto "
    "rican,puerto ricans,qatari,qataris,romanian,romanians",
    "rumanian,roumanian,russian,russians,rwandan,rwandans,rwandese,salvadoran,salvadorans,"
    "salvadorean,samoan,samoans,saudi,saudis,saudi arabian",
    "scottish,scot,scots,senegalese,serb,serbs,serbian,serbians,bosnian serb,bosnian "
    "serbs,seychellois,sierra leonean,sierra leoneans,singaporean",
    "singaporeans,slovak,slovaks,slovakian,slovene,slovenes,slovenian,slovenians,somali,somalis,"
    "somalian,south african,south africans,south sudanese",
    "spanish,spaniard,spaniards,sri lankan,sri "
    "lankans,sudanese,surinamese,swazi,swede,swedes,swedish,swiss,syrian,syrians,taiwanese,tajik",
    "tajiks,tanzanian,tanzanians,thai,thais,tibetan,tibetans,togolese,tongan,trinidadian,tunisian,"
    "tunisians,turk,turks,turkish,turkmen,tuvaluan",
    "ugandan,ugandans,ukrainian,ukrainians,uruguayan,uruguayans,uzbek,uzbeks,venezuelan,"
    "venezuelans,vietnamese,north vietnamese,south vietnamese",
    "welsh,yemeni,yemenis,yemenite,yugoslav,yugoslavs,yugoslavian,zairian,zairean,zambian,zambians,"
    "zimbabwean,zimbabweans,rhodesian,rhodesians",
    "soviet,soviets,czechoslovak,czechoslovakian,east german,east germans,west german,west "
    "germans,prussian,ottoman,persian,persians",
    "european,europeans,asian,asians,african,africans,latin american,latin "
    "americans,arab,arabs,arabic,slavic,baltic,balkan,scandinavian,nordic",
    "jewish,jew,jews,muslim,muslims,moslem,moslems,islamic,christian,christians,catholic,catholics,"
    "protestant,protestants,sunni,sunnis,shia",
    "shiite,shiites,shi'ite,druze,hindu,hindus,buddhist,buddhists,sikh,sikhs,orthodox,alawite,"
    "alawites,yazidi,yazidis,uyghur,uyghurs,uighur,uighurs",
    "rohingya,hutu,hutus,tutsi,tutsis,chechen,chechens,tatar,tatars,crimean "
    "tatars,basque,basques,catalan,catalans,flemish,walloon,abkhaz,ossetian",
    "transnistrian,crimean,siberian,sahrawi,houthi,houthis,tamil,tamils,sinhalese,punjabi,bengali,"
    "pashtun,pashtuns,baluch,hazara,zulu,kikuyu",
    "african american,african americans,anglo american,western european,eastern european,afro "
    "american,hispanic,latino,latinos,gazan,gazans",
    "confederate,bavarian,sicilian,venetian,roman,romans,californian,texan,texans,londoner,"
    "londoners,parisian,muscovite,new yorker,new yorkers",
    "hindi,urdu,latin,gujarati,marathi,telugu,malayalam,kannada,mandarin,cantonese,hebrew,yiddish,"
    "swahili,hausa,yoruba,"
    "igbo,amharic,tigrinya,farsi,dari,pashto,sanskrit,tagalog,quechua,aramaic,assyrian,assyrians,"
    "babylonian,gaelic,icelanders",
    "marxist,communist,?democrat,?democrats,?republican,?republicans",
    NULL};

const char *const nn_table_capitals[] = {
    "kabul,tirana,algiers,andorra la vella,luanda,buenos "
    "aires,yerevan,canberra,vienna,baku,nassau,manama,dhaka,dacca,bridgetown,minsk,brussels",
    "belmopan,porto novo,cotonou,thimphu,la paz,sucre,sarajevo,gaborone,brasilia,bandar seri "
    "begawan,sofia,ouagadougou,bujumbura,gitega",
    "phnom "
    "penh,yaounde,ottawa,praia,bangui,n'djamena,ndjamena,santiago,beijing,peking,bogota,moroni,"
    "kinshasa,brazzaville,san jose,yamoussoukro",
    "abidjan,zagreb,havana,nicosia,prague,copenhagen,roseau,santo domingo,dili,quito,cairo,san "
    "salvador,malabo,asmara,tallinn,mbabane,addis ababa",
    "suva,helsinki,paris,libreville,banjul,tbilisi,berlin,bonn,accra,athens,st george's,guatemala "
    "city,conakry,bissau,georgetown,port au prince",
    "tegucigalpa,budapest,reykjavik,new "
    "delhi,jakarta,djakarta,tehran,teheran,baghdad,dublin,jerusalem,tel "
    "aviv,rome,kingston,tokyo,amman,astana",
    "nur sultan,almaty,nairobi,tarawa,pyongyang,seoul,pristina,prishtina,kuwait "
    "city,bishkek,vientiane,riga,beirut,maseru,monrovia,tripoli,benghazi",
    "vaduz,vilnius,luxembourg city,antananarivo,lilongwe,kuala "
    "lumpur,putrajaya,male,bamako,valletta,majuro,nouakchott,port louis,mexico city",
    "palikir,chisinau,ulaanbaatar,ulan "
    "bator,podgorica,rabat,maputo,naypyidaw,naypyitaw,rangoon,yangon,windhoek,yaren,kathmandu,"
    "amsterdam,the hague",
    "hague,wellington,managua,niamey,abuja,lagos,skopje,oslo,muscat,islamabad,rawalpindi,ngerulmud,"
    "panama city,port moresby,asuncion,lima",
    "manila,quezon "
    "city,warsaw,lisbon,doha,bucharest,moscow,kigali,apia,riyadh,jeddah,dakar,belgrade,victoria,"
    "freetown,bratislava,ljubljana",
    "honiara,mogadishu,hargeisa,pretoria,cape "
    "town,johannesburg,juba,madrid,colombo,castries,khartoum,paramaribo,stockholm,bern,berne,"
    "geneva",
    "zurich,damascus,aleppo,taipei,dushanbe,dodoma,dar es salaam,bangkok,lome,nuku'alofa,port of "
    "spain,tunis,ankara,ashgabat,funafuti,kampala",
    "entebbe,kyiv,kiev,abu dhabi,dubai,london,washington,washington dc,washington "
    "d.c.,montevideo,tashkent,port vila,caracas,hanoi,saigon",
    "ho chi minh "
    "city,sanaa,sana'a,aden,lusaka,harare,salisbury,ramallah,tiraspol,stepanakert,sukhumi,lhasa,"
    "edinburgh,cardiff,belfast",
    "moscou,londres,bruxelles,pekin,rome,vienne,varsovie,athenes,le caire,alger,geneve,la "
    "haye,lisbonne,copenhague,prague,kiev,teheran,damas",
    "moskau,brussel,wien,warschau,athen,kairo,genf,den "
    "haag,lissabon,kopenhagen,prag,kiew,rom,peking,mailand,munchen,koln,tokio",
    "moscu,londres,bruselas,viena,varsovia,atenas,el cairo,ginebra,la "
    "haya,lisboa,copenhague,praga,roma,pekin,tokio,la habana,nueva york",
    NULL};

const char *const nn_table_regions[] = {
    "africa,asia,europe,north america,south america,latin america,central "
    "america,antarctica,oceania,middle east,near east,far east,?west,east asia",
    "southeast asia,south east asia,south asia,central asia,western europe,eastern europe,central "
    "europe,north africa,west africa,east africa",
    "sub saharan africa,southern africa,horn of africa,maghreb,sahel,sahara,balkans,the "
    "balkans,baltics,baltic states,caucasus,south caucasus,scandinavia",
    "caribbean,west indies,pacific,asia pacific,indo "
    "pacific,arctic,levant,mesopotamia,crimea,donbas,donbass,donetsk,luhansk,lugansk,kherson",
    "zaporizhzhia,zaporizhia,zaporozhye,kharkiv,kharkov,mariupol,bakhmut,avdiivka,odesa,odessa,"
    "lviv,dnipro,mykolaiv,sevastopol,kursk,belgorod",
    "rostov,siberia,chechnya,dagestan,tatarstan,ingushetia,kaliningrad,chernobyl,chornobyl,sinai,"
    "sinai peninsula,kurdistan,iraqi kurdistan",
    "darfur,tigray,amhara,oromia,ogaden,katanga,kivu,north kivu,south "
    "kivu,ituri,biafra,cabinda,casamance,puntland,rakhine,kachin,punjab",
    "sindh,balochistan,baluchistan,helmand,kandahar,assam,manipur,gujarat,kerala,bengal,west "
    "bengal,tamil nadu,uttar pradesh,maharashtra,hainan",
    "guangdong,sichuan,yunnan,fujian,inner "
    "mongolia,manchuria,okinawa,hokkaido,kyushu,honshu,hiroshima,fukushima,java,sumatra,borneo,"
    "bali,aceh",
    "west papua,mindanao,luzon,tasmania,queensland,new south wales,british "
    "columbia,alberta,ontario,quebec,manitoba,nova scotia,saskatchewan",
    "newfoundland,yukon,alabama,alaska,arizona,arkansas,california,colorado,connecticut,delaware,"
    "florida,hawaii,idaho,illinois,indiana,iowa,kansas",
    "kentucky,louisiana,maine,maryland,massachusetts,michigan,minnesota,mississippi,missouri,"
    "montana,nebraska,nevada,new hampshire,new jersey",
    "new mexico,new york,new york state,new york city,north carolina,north "
    "dakota,ohio,oklahoma,oregon,pennsylvania,rhode island,south carolina",
    "south dakota,tennessee,texas,utah,vermont,virginia,washington state,west "
    "virginia,wisconsin,wyoming,district of columbia,bavaria,saxony",
    "brandenburg,hesse,westphalia,rhineland,saarland,schleswig "
    "holstein,ruhr,brittany,normandy,corsica,alsace,lorraine,provence,burgundy,savoy",
    "sicily,sardinia,lombardy,tuscany,piedmont,andalusia,galicia,basque "
    "country,castile,crete,thrace,anatolia,transylvania,vojvodina,republika srpska",
    "dalmatia,silesia,pomerania,bessarabia,bukovina,ruthenia,flanders,wallonia,atlantic,atlantic "
    "ocean,pacific ocean,indian ocean,arctic ocean",
    "mediterranean,mediterranean sea,black sea,baltic sea,red sea,dead sea,caspian sea,north "
    "sea,adriatic,adriatic sea,aegean,aegean sea,south china sea",
    "east china sea,yellow sea,sea of azov,azov sea,sea of japan,persian gulf,arabian gulf,gulf of "
    "aden,gulf of mexico,gulf of oman,gulf of tonkin",
    "gulf of guinea,strait of hormuz,taiwan strait,bosphorus,bosporus,dardanelles,suez,suez "
    "canal,panama canal,english channel,bering strait,nile",
    "danube,rhine,volga,dnieper,dnipro river,euphrates,tigris,mekong,amazon river,amazonia,congo "
    "river,niger river,jordan river,jordan valley,yangtze,indus,ganges",
    "himalayas,alps,andes,pyrenees,urals,ural mountains,carpathians,everest,mount "
    "everest,kilimanjaro,lake chad,lake victoria,lake geneva,alaska peninsula",
    "arabian peninsula,korean peninsula,iberian peninsula,crimean peninsula,balkan peninsula,kuril "
    "islands,kurile islands,senkaku islands,diaoyu islands,spratly islands,paracel islands",
    "diego garcia,chagos islands,canary islands,azores,madeira,galapagos,galapagos "
    "islands,guantanamo,guantanamo bay,rafah,khan younis,jabalia,nablus",
    "hebron,jenin,bethlehem,nazareth,haifa,eilat,galilee,judea,samaria,sharm el "
    "sheikh,idlib,raqqa,homs,hama,deir ez zor,palmyra,mosul,basra",
    "fallujah,kirkuk,erbil,irbil,najaf,karbala,tikrit,isfahan,natanz,fordow,bushehr,qom,mashhad,"
    "tabriz,shiraz,hodeidah,hudaydah,taiz,marib",
    "misrata,sirte,tobruk,el fasher,port "
    "sudan,omdurman,goma,bukavu,kisangani,lubumbashi,mekelle,mombasa,kano,maiduguri,timbuktu,gao,"
    "kidal,agadez",
    "vladivostok,st petersburg,saint "
    "petersburg,leningrad,sochi,kazan,yekaterinburg,novosibirsk,murmansk,grozny,volgograd,"
    "stalingrad,smolensk,tula",
    "bryansk,voronezh,bucha,irpin,kramatorsk,sloviansk,severodonetsk,lysychansk,kupiansk,izium,"
    "melitopol,berdiansk,enerhodar,sumy,chernihiv,poltava",
    "zhytomyr,vinnytsia,uzhhorod,ternopil,rivne,brest,grodno,gomel,vitebsk,narva,kaunas,gdansk,"
    "danzig,krakow,cracow,wroclaw,poznan,lodz,rzeszow,brno",
    "dresden,leipzig,hamburg,munich,frankfurt,cologne,stuttgart,dusseldorf,nuremberg,potsdam,"
    "bremen,hanover,marseille,lyon,strasbourg,toulouse",
    "bordeaux,calais,dunkirk,cannes,versailles,normandie,milan,naples,turin,florence,venice,genoa,"
    "trieste,palermo,barcelona,seville,valencia,bilbao",
    "porto,antwerp,ghent,bruges,liege,rotterdam,utrecht,maastricht,basel,lausanne,davos,montreux,"
    "innsbruck,salzburg,graz,manchester,birmingham",
    "liverpool,glasgow,oxford,cambridge,bristol,leeds,aberdeen,londonderry,cork,gothenburg,malmo,"
    "bergen,aarhus,tampere,thessaloniki,salonika",
    "patras,corfu,istanbul,constantinople,izmir,antalya,gaziantep,diyarbakir,split,dubrovnik,"
    "mostar,srebrenica,banja luka,novi sad,nis,mitrovica",
    "cluj,timisoara,constanta,varna,plovdiv,toronto,montreal,vancouver,calgary,edmonton,winnipeg,"
    "halifax,los angeles,san francisco,chicago,houston",
    "dallas,boston,philadelphia,seattle,miami,atlanta,detroit,denver,baltimore,new orleans,las "
    "vegas,san diego,phoenix,pittsburgh,cleveland,st louis",
    "minneapolis,manhattan,brooklyn,queens,long island,camp david,hollywood,silicon "
    "valley,tijuana,guadalajara,monterrey,acapulco,cancun,medellin,cali",
    "cartagena,guayaquil,cusco,sao paulo,rio de janeiro,rio,salvador,recife,porto "
    "alegre,cordoba,rosario,mendoza,valparaiso,punta del este,maracaibo",
    "shanghai,guangzhou,shenzhen,wuhan,chongqing,chengdu,tianjin,nanjing,nanking,harbin,urumqi,"
    "kunming,xian,xi'an,osaka,kyoto,nagasaki,yokohama,kobe",
    "sapporo,busan,pusan,incheon,panmunjom,kaesong,mumbai,bombay,delhi,kolkata,calcutta,chennai,"
    "madras,bangalore,bengaluru,hyderabad,srinagar",
    "amritsar,goa,lahore,karachi,peshawar,quetta,kunduz,herat,jalalabad,mazar i "
    "sharif,bagram,chittagong,cox's bazar,mandalay,da nang,hue,haiphong",
    "siem reap,chiang "
    "mai,phuket,penang,sydney,melbourne,brisbane,perth,adelaide,darwin,auckland,christchurch,"
    "durban,bloemfontein,bulawayo,casablanca",
    "marrakesh,marrakech,fez,tangier,agadir,oran,alexandria,port "
    "said,luxor,ismailia,jaffa,mecca,medina,dammam,dhahran,sharjah,fujairah,eastern europe",
    "transcaucasia,global south,third world,western hemisphere,southern hemisphere,northern "
    "hemisphere,benelux,visegrad,central africa,holy land,pas de calais",
    "tskhinvali,batumi,gori,nakhchivan,shusha,lachin,zangezur,osh,fergana "
    "valley,baikonur,semipalatinsk,alma ata,samarkand,bukhara,khorog",
    NULL};
