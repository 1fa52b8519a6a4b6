/* SPDX-License-Identifier: Apache-2.0 */
/* A table of facts: organisations, their acronyms, media; agreements and events. Folded; '?' marks
 * a name that is another word as well, '^' one that counts in capitals only. */
#include "annotate/tables/tables.h"

#include <stddef.h>

const char *const nn_table_organisations[] = {
    "united nations,^un,nato,north atlantic treaty organization,north atlantic treaty "
    "organisation,european union,^eu,^ec,^eec,european community",
    "european commission,european council,european parliament,european central bank,^ecb,council "
    "of europe,council of the european union",
    "european court of human rights,^echr,european court of justice,^ecj,osce,organization for "
    "security and co operation in europe",
    "organization for security and cooperation in europe,iaea,international atomic energy "
    "agency,international criminal court,^icc",
    "international court of justice,^icj,world trade organization,world trade "
    "organisation,^wto,gatt,international monetary fund,^imf,world bank",
    "world health organization,world health organisation,^who,security council,un security "
    "council,united nations security council,general assembly",
    "un general assembly,united nations general assembly,human rights council,un human rights "
    "council,unesco,unicef,unhcr,undp,unrwa,unctad,unifil,unmik",
    "minusma,monusco,unctad,unido,unep,unfpa,wfp,world food programme,world food "
    "program,fao,ilo,itu,icao,^imo,wmo,wipo,ocha,ohchr,opcw,ctbto",
    "economic and social council,ecosoc,trusteeship council,international labour "
    "organization,african union,^au,organization of african unity,^oau,ecowas",
    "sadc,igad,comesa,east african community,arab league,league of arab states,gulf cooperation "
    "council,^gcc,organization of islamic cooperation,^oic",
    "opec,opec+,oecd,oeec,g7,g8,g20,g77,g 7,g 8,g 20,g 77,group of seven,group of eight,group of "
    "77,group of twenty,non aligned movement,commonwealth of nations",
    "commonwealth of independent states,^cis,collective security treaty organization,csto,shanghai "
    "cooperation organization,shanghai cooperation organisation,^sco",
    "eurasian economic union,asean,association of southeast asian "
    "nations,apec,saarc,seato,cento,anzus,aukus,^quad,brics,mercosur,unasur,celac,caricom",
    "organization of american states,^oas,organisation of american states,andean community,inter "
    "american development bank,african development bank",
    "asian development bank,asian infrastructure investment bank,european bank for reconstruction "
    "and development,ebrd,european investment bank",
    "warsaw pact,warsaw treaty organization,comecon,cominform,comintern,red cross,international "
    "committee of the red cross,icrc,red crescent",
    "amnesty international,human rights watch,greenpeace,doctors without borders,medecins sans "
    "frontieres,^msf,oxfam,save the children,transparency international",
    "international crisis group,reporters without borders,freedom house,bellingcat,wikileaks,white "
    "house,kremlin,the kremlin,pentagon,the pentagon",
    "state department,us state department,department of state,state dept,department of "
    "defense,defense department,treasury department,us treasury,justice department",
    "department of justice,department of homeland security,homeland security department,commerce "
    "department,national security council,^nsc,capitol hill,us congress,congress,us senate",
    "house of representatives,house of commons,house of lords,senate,supreme court,central "
    "intelligence agency,^cia,^fbi,federal bureau of investigation,^nsa,national security agency",
    "joint chiefs of staff,joint "
    "chiefs,centcom,africom,norad,nasa,^fda,^cdc,^epa,usaid,usia,federal reserve,^fed,foreign "
    "office,foreign and commonwealth office,foreign commonwealth and development office",
    "^fcdo,^fco,home office,downing street,whitehall,10 downing street,ministry of foreign "
    "affairs,ministry of defence,ministry of defense,foreign ministry,defence ministry,defense "
    "ministry",
    "interior ministry,finance ministry,justice ministry,health ministry,ministry of the "
    "interior,quai d'orsay,elysee,elysee "
    "palace,bundestag,bundesrat,bundeswehr,bundesbank,knesset,duma",
    "state duma,federation council,verkhovna rada,rada,politburo,central committee,supreme "
    "soviet,national assembly,assemblee nationale,majlis,shura council",
    "guardian council,lok sabha,rajya sabha,national people's congress"
    "congress,people's liberation army,revolutionary guards",
    "islamic revolutionary guard corps,revolutionary guard corps,revolutionary guard,irgc,quds "
    "force,hamas,hezbollah,hizbollah,hizbullah,hizballah,fatah,islamic jihad",
    "palestinian authority,palestinian national authority,palestine liberation "
    "organization,^plo,islamic state,isis,isil,daesh,al qaeda,al qaida,al nusra,taliban",
    "the taliban,boko haram,al shabaab,al shabab,muslim brotherhood,popular front for the "
    "liberation of palestine,pkk,kurdistan workers' party,ypg",
    "syrian democratic forces,free syrian army,sdf,farc,eln,^ira,irish republican army,sinn "
    "fein,^eta,khmer rouge,viet cong,viet minh,pathet lao,mau "
    "mau,swapo,unita,mpla,fnla,frelimo,renamo",
    "zanu pf,zanu,zapu,african national congress,^anc,communist party,chinese communist "
    "party,communist party of china,^ccp,^cpc,kuomintang,^kmt,republican party,democratic "
    "party,labour party",
    "conservative party,tory party,tories,liberal democrats,?labour,green party,social democratic "
    "party,christian democratic union,^cdu,^csu,^spd,^afd,alternative for germany",
    "free democratic party,^fdp,national rally,national front,socialist party,en marche,law and "
    "justice,civic platform,fidesz,jobbik,united russia,ldpr,syriza,new democracy,golden dawn",
    "five star movement,forza italia,?lega,vox,podemos,psoe,partido "
    "popular,likud,kadima,meretz,ba'ath party,baath party,bharatiya janata party,^bjp,indian "
    "national congress,awami league",
    "pakistan peoples party,^ppp,pakistan muslim league,pakistan tehreek e insaf,^pti,liberal "
    "democratic party,^ldp,workers' party of korea,justice and development party,^akp,^chp,^hdp",
    "scotland yard,interpol,europol,frontex,eurojust,euratom,^mi5,^mi6,mi5,mi6,gchq,mossad,shin "
    "bet,^idf,israel defense forces,israeli defense forces,unit 8200",
    "^kgb,^fsb,^gru,^svr,federal security service,red army,soviet army,wagner,wagner group,azov "
    "battalion,azov regiment,gestapo,stasi,^ss,savak,^isi,^raw",
    "gazprom,rosneft,lukoil,rosatom,roscosmos,sberbank,naftogaz,ukrenergo,energoatom,nord stream "
    "ag,aramco,saudi "
    "aramco,sinopec,petrobras,petrochina,^bp,exxonmobil,exxon,chevron,totalenergies,equinor",
    "royal dutch "
    "shell,huawei,zte,tencent,alibaba,baidu,tiktok,bytedance,?apple,google,microsoft,amazon.com,"
    "facebook,?meta,twitter,youtube,instagram,whatsapp,telegram,spacex,starlink,tesla",
    "intel,nvidia,ibm,samsung,toyota,honda,nissan,sony,tsmc,foxconn,boeing,airbus,lockheed "
    "martin,raytheon,northrop grumman,general electric,general motors,?ford "
    "motor,volkswagen,siemens",
    "thyssenkrupp,rheinmetall,bayer,deutsche bank,goldman sachs,morgan stanley,jpmorgan,jp "
    "morgan,citigroup,citibank,hsbc,barclays,ubs,credit suisse,bnp paribas,lehman "
    "brothers,blackrock",
    "swift,visa inc,mastercard,paypal,pfizer,moderna,astrazeneca,biontech,johnson and "
    "johnson,gamaleya,sinovac,sinopharm,wal mart,walmart,nestle,unilever,maersk,lufthansa,aeroflot",
    "reuters,associated press,^ap,^afp,agence france presse,^upi,united press "
    "international,bbc,bbc news,cnn,^nbc,nbc news,^abc,abc news,^cbs,cbs news,^pbs,^npr,fox "
    "news,msnbc,cnbc,sky news,^itv,channel 4",
    "al jazeera,al arabiya,al manar,al mayadeen,itar tass,tass,ria novosti,ria,interfax,rt,russia "
    "today,sputnik,izvestia,pravda,kommersant,novaya gazeta,echo of moscow,meduza,rossiya",
    "xinhua,new china news agency,global times,people's daily,china "
    "daily,cctv,cgtn,kcna,yonhap,kyodo,nhk,asahi shimbun,yomiuri shimbun,nikkei,jiji press",
    "irna,isna,fars,fars news agency,tasnim,press tv,mehr,anadolu,anadolu "
    "agency,hurriyet,wafa,sana,petra,mena,haaretz,jerusalem post,times of "
    "israel,ynet,maariv,yedioth ahronoth",
    "new york times,the new york times,washington post,the washington post,wall street journal,the "
    "wall street journal,los angeles times,chicago tribune,usa today,boston "
    "globe,?politico,axios,bloomberg",
    "bloomberg news,financial times,the financial times,the guardian,the times,the sunday "
    "times,daily telegraph,the daily telegraph,the independent,the economist,daily mail,the "
    "sun,daily mirror,evening standard",
    "time magazine,newsweek,foreign affairs,foreign policy,the atlantic,vanity fair,new yorker,the "
    "new yorker,le monde,le figaro,liberation,l'express,le parisien,france 24,rfi,tf1,der spiegel",
    "die zeit,die welt,frankfurter allgemeine zeitung,^faz,suddeutsche zeitung,bild,deutsche "
    "welle,^ard,^zdf,dpa,tagesschau,el pais,el mundo,abc de madrid,efe,la vanguardia,ansa,corriere "
    "della sera",
    "la repubblica,la stampa,^rai,gazeta wyborcza,^pap,ukrinform,ukrainska pravda,kyiv post,kyiv "
    "independent,unian,belta,armenpress,^pti,press trust of india,times of india,the "
    "hindu,hindustan times,ndtv",
    "dawn,geo tv,globe and mail,^cbc,toronto star,south china morning post,straits times,bangkok "
    "post,japan times,sydney morning herald,radio free europe,radio liberty,voice of "
    "america,^voa,radio free asia",
    "facebook inc,wikipedia,wikimedia foundation,cambridge university,oxford "
    "university,harvard,harvard university,yale,yale university,princeton university,stanford "
    "university,^mit,columbia university,georgetown university",
    "london school of economics,sciences po,brookings institution,brookings,carnegie "
    "endowment,rand corporation,chatham house,council on foreign relations,atlantic "
    "council,^csis,^iiss,^sipri,heritage foundation",
    "^onu,otan,nations unies,union europeenne,^ue,commission europeenne,conseil de securite,maison "
    "blanche,departement d'etat,^aiea,^fmi,banque mondiale,union "
    "africaine,conseil de l'europe",
    "vereinte nationen,vereinten nationen,europaische union,eu kommission,europaische "
    "kommission,sicherheitsrat,weltsicherheitsrat,weisses haus,weisse haus,weissen "
    "haus,auswartiges amt,auswartige amt,auswartigen amt,weltbank",
    "naciones unidas,union europea,comision europea,consejo de seguridad,casa blanca,departamento "
    "de estado,banco mundial,liga arabe,union "
    "africana,^oea,^oms,^fifa,fifa,uefa,^ioc,international olympic committee",
    "nobel committee,norwegian nobel committee,holy synod,orthodox church,catholic church,roman "
    "catholic church,church of england,russian orthodox church,world jewish congress,salvation "
    "army,royal navy,royal air force,^raf",
    "us army,us navy,us air force,us marine corps,marine corps,army corps of engineers,national "
    "guard,coast guard,secret service,black sea fleet,northern fleet,pacific fleet,sixth "
    "fleet,seventh fleet,special forces",
    "un secretariat,league of nations,allied powers,entente,paris club,london "
    "club,bilderberg,trilateral commission,contact group,middle east quartet,normandy format,minsk "
    "group,six party talks,p5+1,weimar triangle,bucharest nine,visegrad group,nordic "
    "council,arctic council",
    NULL};

const char *const nn_table_events[] = {
    "new start,new start treaty,start treaty,?start i,start ii,salt i,salt ii,salt,inf "
    "treaty,intermediate range nuclear forces treaty,abm treaty,anti ballistic missile treaty",
    "non proliferation treaty,nuclear non proliferation treaty,treaty on the non proliferation of "
    "nuclear weapons,^npt,comprehensive test ban treaty,comprehensive nuclear test ban "
    "treaty,^ctbt",
    "open skies treaty,open skies,treaty on open skies,conventional forces in europe "
    "treaty,^cfe,chemical weapons convention,biological weapons convention,ottawa "
    "treaty,jcpoa,joint comprehensive plan of action",
    "iran nuclear deal,iran deal,paris agreement,paris climate agreement,paris climate "
    "accord,paris accords,kyoto protocol,montreal protocol,minsk agreements,minsk agreement,minsk "
    "accords,minsk ii,minsk protocol",
    "dayton agreement,dayton accords,dayton peace agreement,oslo accords,oslo agreement,camp david "
    "accords,abraham accords,helsinki accords,helsinki final act,final act,geneva "
    "convention,geneva conventions,geneva accords",
    "good friday agreement,belfast agreement,schengen,schengen agreement,treaty of "
    "versailles,versailles treaty,treaty of rome,rome statute,maastricht treaty,lisbon "
    "treaty,treaty of lisbon,north atlantic treaty,washington treaty",
    "budapest memorandum,bucharest summit,black sea grain initiative,black sea grain deal,black "
    "sea initiative,grain deal,belt and road initiative,belt and road,nafta,usmca,cptpp,tpp,trans "
    "pacific partnership,rcep,ttip",
    "marshall plan,truman doctrine,monroe doctrine,balfour declaration,atlantic charter,un "
    "charter,united nations charter,charter of the united nations,universal declaration of human "
    "rights,nuremberg trials,yalta conference,potsdam conference",
    "munich agreement,molotov ribbentrop pact,bretton woods,bandung conference,munich security "
    "conference,world economic forum,world war i,world war ii,world war one,world war two,first "
    "world war,second world war",
    "?great war,cold war,vietnam war,korean war,gulf war,iraq war,crimean war,six day war,yom "
    "kippur war,october war,falklands war,boer war,spanish civil war,winter war,civil war,american "
    "civil war,suez crisis,cuban missile crisis,iran contra",
    "bay of pigs,prague spring,arab spring,orange revolution,rose revolution,velvet "
    "revolution,maidan,euromaidan,october revolution,islamic revolution,cultural revolution,great "
    "leap forward,french revolution,holocaust,the holocaust",
    "shoah,nakba,armenian genocide,rwandan genocide,srebrenica massacre,tiananmen square "
    "massacre,brexit,olympic games,winter olympics,summer olympics,olympics,paralympics,world "
    "cup,european championship,champions league,super bowl",
    "eurovision song contest,g7 summit,g8 summit,g20 summit,g20 meeting,nato summit,eu "
    "summit,brics summit,apec summit,cop26,cop27,cop28,cop29,cop 26,cop 27,cop 28,earth "
    "summit,alaska summit,singapore summit,hanoi summit,reykjavik summit,vienna convention",
    "vienna convention on diplomatic relations,vienna document,law of the sea "
    "convention,unclos,united nations convention on the law of the sea,world humanitarian "
    "summit,annapolis conference,madrid conference,geneva conference,summit of the americas,nobel "
    "peace prize,nobel prize",
    "treaty of westphalia,congress of vienna,treaty of tordesillas,entente cordiale,locarno "
    "treaties,kellogg briand pact,anti comintern pact,baghdad pact,treaty of moscow,state "
    "treaty,austrian state treaty,antarctic treaty,outer space treaty,rapallo treaty,elysee "
    "treaty,aachen treaty",
    "premiere guerre mondiale,seconde guerre mondiale,guerre froide,accord de paris,traite de "
    "versailles,zweiter weltkrieg,zweiten weltkrieg,erster weltkrieg,ersten weltkrieg,kalter "
    "krieg,kalten krieg,segunda guerra mundial,primera guerra mundial,guerra fria,acuerdo de paris",
    "9/11,september 11 attacks,pearl harbor attack,d day,euro 2024,expo 2020,trident "
    "juncture,zapad,steadfast defender,operation barbarossa,operation desert storm,desert "
    "storm,operation cast lead,operation protective edge,al aqsa flood,swords of iron,prosperity "
    "guardian",
    NULL};
