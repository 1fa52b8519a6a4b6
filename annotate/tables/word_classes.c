/* SPDX-License-Identifier: Apache-2.0 */
/* A table of facts: what words can be. A word may stand in several lists. */
#include "annotate/lexicon.h"
#include "annotate/tables/tables.h"

/* with ’s a word is the token before it */
static const char contractions[] =
    "i've i'm i'd i'll we've we're we'd we'll you've you're you'd you'll they've they're they'd "
    "they'll it'll ain't";

static const char not_contractions[] =
    "isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't shouldn't "
    "hasn't haven't hadn't mustn't cannot";

static const char titles[] =
    "mr mrs ms miss mister sir dame lord lady dr prof professor president premier chancellor "
    "minister "
    "secretary ambassador senator sen representative rep congressman congresswoman governor gov "
    "mayor "
    "general gen lt lieutenant colonel col major maj captain capt commander cmdr sergeant sgt "
    "corporal "
    "private admiral adm brigadier marshal king queen prince princess emperor emir sultan sheikh "
    "sheik "
    "shaikh pope cardinal archbishop bishop rabbi imam ayatollah mullah reverend rev father sister "
    "brother "
    "judge justice prosecutor attorney inspector officer detective spokesman spokeswoman "
    "spokesperson "
    "speaker chairman chairwoman chairperson chair director deputy vice undersecretary under envoy "
    "commissioner comptroller chief leader candidate counsellor counselor consul coach analyst "
    "lawyer "
    "author historian economist journalist reporter editor executive ceo founder mp mep "
    "councillor councilman baron count countess duke duchess earl lama monsieur madame mme mlle m "
    "herr frau "
    "fraulein senor senora senorita don dona doctor doctora presidente presidenta ministro "
    "ministra "
    "ministre prasident prasidentin kanzler kanzlerin minister ministerin bundeskanzler "
    "bundeskanzlerin "
    "aussenminister aussenministerin außenminister außenministerin sprecher sprecherin canciller "
    "porte-parole "
    "porte parole secretaire general portavoz secretario secretaria chef head "
    "counsel "
    "negotiator mediator adviser advisor aide comrade hon honourable honorable excellency majesty "
    "highness "
    "tsar czar shah taoiseach rear acting former ex interim foreign prime defence defense interior "
    "finance "
    "  superintendent warden principal provost dean rector coordinator "
    "administrator treasurer delegate regent viceroy vicar deacon abgeordnete abgeordneter";

static const char roles[] =
    "developer operative strategist pollster consultant organizer organiser aide host anchor "
    "correspondent columnist "
    "pundit donor voter voters veteran pastor priest bishop sheriff detective cop chef actor "
    "actress singer musician "
    "artist filmmaker businessman businesswoman entrepreneur investor billionaire executive banker "
    "teacher professor "
    "physician psychologist psychiatrist biologist physicist engineer astronaut athlete fan fans "
    "attorney attorneys "
    "congressman congresswoman assemblyman assemblywoman councilman councilwoman alderman delegate "
    "frontrunner nominee "
    "contender challenger incumbent rival rivals colleague colleagues friend friends neighbor "
    "prosecutors ambassadors ministers presidents senators representatives governors mayors "
    "generals commanders "
    "judges lawyers inspectors spokesmen envoys commissioners leaders directors chiefs editors "
    "authors professors "
    "researchers historians economists writers columnists pilots drivers engineers founders owners "
    "managers players "
    "parents mothers fathers families relatives neighbours neighbors fishermen sailors refugees "
    "migrants "
    "canciller secretaria secretario vocero vocera jefe jefa directora fuente fuentes analista "
    "experto expertos "
    "embajador embajadora camarero campesino ambassadeur ambassadrice directeur directrice "
    "chercheur analyste secretaire "
    "presidente expert porte negociateur observateur temoin habitant botschafter botschafterin "
    "vorsitzende vorsitzender "
    "leiter leiterin experte forscher minister abgeordnete abgeordneter beamter handler "
    "minister president secretary chancellor premier ambassador senator representative governor "
    "mayor "
    "general colonel major captain commander sergeant admiral brigadier marshal king queen prince "
    "princess "
    "emperor sultan pope bishop archbishop judge prosecutor attorney inspector officer spokesman "
    "spokeswoman "
    "spokesperson speaker chairman chairwoman chairperson director deputy envoy commissioner chief "
    "leader "
    "official officials diplomat diplomats source sources adviser advisor aide aides analyst "
    "analysts expert "
    "experts lawyer lawyers lawmaker lawmakers negotiator negotiators mediator mediators delegate "
    "delegates "
    "economist historian journalist reporter reporters editor author professor researcher "
    "scientist "
    "scientists scholar activist activists campaigner protester protesters witness witnesses "
    "resident "
    "residents survivor victim victims critic critics opponent opponents supporter supporters ally "
    "allies "
    "politician politicians candidate member members person people man woman men women boy girl "
    "mother "
    "father wife husband son daughter brother sister worker workers farmer farmers soldier "
    "soldiers "
    "spokesmen observer observers monitor monitors investigator investigators inspector inspectors "
    "counterpart successor predecessor boss executive ceo founder owner manager coach player "
    "doctor doctors "
    "nurse teacher student students writer columnist banker trader traders investor investors "
    "veteran "
    "captain pilot driver engineer coordinator head chair premier dictator ruler "
    "monarch "
    "presidente ministro ministra ministre porte parole diplomate diplomates responsable "
    "responsables "
    "funcionario funcionarios diplomatico diplomaticos portavoz sprecher sprecherin diplomat "
    "minister "
    "ministerin kanzler kanzlerin prasident prasidentin chef experte experten source sources";

static const char collectives[] =
    "government delegation ministry police army military embassy "
    "administration party parliament council "
    "commission committee court agency company bank union group "
    "coalition opposition authorities team "
    "office department organisation organization institute "
    "university board panel junta militia rebels "
    "kremlin palace cabinet senate congress assembly regime side "
    "sides report statement study survey "
    "newspaper magazine paper broadcaster channel gouvernement "
    "ministere delegation regierung ministerium "
    "gobierno ministerio delegacion letter document documents text memo memorandum email e-mail "
    "post tweet note message caller callers communique poll filing "
    "indictment lawsuit ruling website newsletter officials association federation network "
    "alliance "
    "mission campaign team";

static const char male[] = "mr sir lord mister king prince emperor spokesman chairman congressman "
                           "father brother husband son man boy "
                           "businessman monsieur herr senor don baron duke earl count sheikh sheik "
                           "imam bishop archbishop pope "
                           "cardinal monk priest uncle nephew grandfather sultan emir tsar czar "
                           "shah rabbi presidente ministro "
                           "sprecher kanzler bundeskanzler außenminister aussenminister";

static const char female[] = "mrs ms miss dame lady queen princess spokeswoman chairwoman "
                             "congresswoman mother sister wife daughter "
                             "woman girl businesswoman madame mme mlle frau senora senorita dona "
                             "baroness duchess countess nun "
                             "actress aunt niece grandmother presidenta ministra sprecherin "
                             "kanzlerin bundeskanzlerin prasidentin "
                             "ministerin außenministerin aussenministerin";

static const char particles[] = "de del della di da dos das do du la le van von der den ter ten zu "
                                "al el ul bin ibn bint abu ould ben "
                                "bar mac ap san st d af av y e i";

static const char org_heads[] =
    "ministry department office agency bureau council committee commission board authority "
    "administration "
    "service services party union federation confederation association organization organisation "
    "institute "
    "institution university college school academy foundation fund bank corporation company corp "
    "inc ltd llc plc "
    "group holdings court tribunal parliament assembly senate congress house cabinet delegation "
    "embassy "
    "consulate command army navy force forces corps brigade division regiment battalion fleet "
    "guard guards "
    "police front movement alliance coalition league club society centre center laboratory "
    "laboratories "
    "news times post herald tribune journal gazette telegraph guardian observer network "
    "television broadcasting radio airlines airways industries systems technologies motors oil gas "
    "energy "
    "petroleum partners associates trust museum library hospital church brotherhood network "
    "directorate "
    "secretariat mission chamber exchange treasury staff legion militia brigades jihad initiative "
    "ministere conseil comite assemblee parti syndicat ministerium bundestag bundesrat rat partei "
    "ministerio consejo comite partido gobierno congreso senado universidad universite universitat "
    "caucus taskforce task orchestra team records studios entertainment pictures software bloc";

static const char event_heads[] =
    "treaty agreement agreements accord accords pact convention protocol charter declaration "
    "summit "
    "conference forum dialogue talks war wars revolution olympics games cup championship election "
    "elections "
    "referendum crisis massacre genocide uprising spring plan doctrine memorandum understanding "
    "initiative "
    "act resolution traite accord vertrag abkommen tratado acuerdo cumbre gipfel sommet konferenz "
    "operation "
    "offensive battle intifada holocaust festival award awards prize expo armistice ceasefire deal";

static const char place_heads[] = "river lake sea ocean gulf bay strait straits channel canal "
                                  "island islands isle peninsula mountain "
                                  "mountains mount hill hills valley desert forest plateau plain "
                                  "coast cape province state county district "
                                  "region oblast city town village airport port harbour harbor "
                                  "bridge square street avenue road boulevard "
                                  "park stadium territory territories republic kingdom emirate "
                                  "heights strip bank basin delta pass border "
                                  "governorate prefecture canton township beach cemetery palace "
                                  "castle dam station base camp prison";

static const char place_prefixes[] =
    "north south east west northern southern eastern western central new san santa santo saint st "
    "los las "
    "el la port fort mount mt cape lake upper lower great little greater inner outer sao rio "
    "puerto villa "
    "nova grand ciudad bad sankt costa isla gulf northeast northwest southeast southwest";

static const char times[] =
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july "
    "august september october november december jan feb mar apr jun jul aug sept sep oct nov dec "
    "lundi mardi "
    "mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout "
    "septembre "
    "octobre novembre decembre montag dienstag mittwoch donnerstag freitag samstag sonntag januar "
    "februar "
    "marz juni juli oktober dezember lunes martes miercoles jueves viernes sabado domingo enero "
    "febrero marzo "
    "abril mayo junio julio agosto septiembre octubre noviembre diciembre easter christmas ramadan "
    "thanksgiving am pm gmt est utc bc ad";

static const char no_acronyms[] = "ceo cfo cto gdp gnp tv pm am pc id it us ok dvd cd gps hiv aids "
                                  "ngo ngos dna usb url html pdf faq q a mp "
                                  "mps mep meps phd md ba ma i ii iii iv v vi vii viii ix x xi xii "
                                  "xx xxi covid sars uk ussr usa "
                                  "uae drc prc roc frg gdr ad bc st mr mrs dr vip pr hr it atm sos "
                                  "icbm icbms slbm mirv abm wmd pow pows mia "
                                  "lgbt lgbtq rip aka re p.m a.m pst est gmt utc edt cst rpg apc "
                                  "suv ied ieds sam sams tel fax para paras no "
                                  "nr vol ed eds vs etc et al p pp c ca fy usd eur gbp rmb";

static const char suffixes[] =
    "inc ltd llc plc corp co gmbh ag sa spa nv jr sr ii iii iv oy ab as kg bv";

static const char elisions[] = "tis twas em til n cause bout round im ere twill twere";

const nn_table_classes nn_table_word_classes[] = {
    /* function words, a language: "a" is an article in English and a verb in French */
    {NN_TABLE_EN, NN_CLASS_DETERMINER | NN_CLASS_COMMON,
     "the a an this that these those his her its their my our your some any each every "
     "no another both all several many most few two three four five six seven eight "
     "nine ten "},
    {NN_TABLE_FR, NN_CLASS_DETERMINER | NN_CLASS_COMMON,
     "le la les l un une des du ce cet cette ces son sa ses leur leurs au aux "
     "plusieurs "},
    {NN_TABLE_DE, NN_CLASS_DETERMINER | NN_CLASS_COMMON,
     "der die das dem den des ein eine einer einem einen eines dieser diese dieses "
     "sein seine ihr ihre mehrere "},
    {NN_TABLE_ES, NN_CLASS_DETERMINER | NN_CLASS_COMMON,
     "el los las la lo uno una un unos unas este esta estos estas su sus del al varios "},
    {NN_TABLE_EN, NN_CLASS_PREPOSITION | NN_CLASS_COMMON,
     "of in on at by for from with to into onto over under about after before during "
     "between among against through across toward towards within without near since "
     "until upon via amid despite behind beyond inside outside off around per than as "
     "like besides "},
    {NN_TABLE_FR, NN_CLASS_PREPOSITION | NN_CLASS_COMMON,
     "de d dans sur sous par pour avec sans chez vers entre depuis pendant contre "
     "apres avant lors en a du des au aux "},
    {NN_TABLE_DE, NN_CLASS_PREPOSITION | NN_CLASS_COMMON,
     "von vom zu zum zur mit nach bei beim aus fur gegen uber unter zwischen seit "
     "wahrend im am an auf in vor wegen laut "},
    {NN_TABLE_ES, NN_CLASS_PREPOSITION | NN_CLASS_COMMON,
     "de del a al en ante con desde durante hacia hasta para por segun sin sobre tras "
     "contra entre "},
    {NN_TABLE_EN, NN_CLASS_CONJUNCTION | NN_CLASS_COMMON,
     "and or but nor so yet because although though while whereas if unless when where "
     "whether that which how why what then however "},
    {NN_TABLE_FR, NN_CLASS_CONJUNCTION | NN_CLASS_COMMON,
     "et ou mais donc car quand lorsque comme puisque si que qu "},
    {NN_TABLE_DE, NN_CLASS_CONJUNCTION | NN_CLASS_COMMON,
     "und oder aber denn sondern weil obwohl wenn als dass ob "},
    {NN_TABLE_ES, NN_CLASS_CONJUNCTION | NN_CLASS_COMMON,
     "y e o u pero sino porque aunque cuando donde que si "},
    {NN_TABLE_EN, NN_CLASS_THAT, "that "},
    {NN_TABLE_FR, NN_CLASS_THAT, "que qu "},
    {NN_TABLE_DE, NN_CLASS_THAT, "dass daß ob "},
    {NN_TABLE_ES, NN_CLASS_THAT, "que "},
    {NN_TABLE_EN, NN_CLASS_QUESTION, "whether if how why what where who which"},
    {NN_TABLE_EN, NN_CLASS_AUXILIARY | NN_CLASS_COMMON,
     "has have had having is are was were be been being am do does did will would "
     "shall should may might can could must "},
    {NN_TABLE_FR, NN_CLASS_AUXILIARY | NN_CLASS_COMMON,
     "a ont avait avaient est sont etait etaient sera seront serait ete ayant doit "
     "doivent peut peuvent va vont "},
    {NN_TABLE_DE, NN_CLASS_AUXILIARY | NN_CLASS_COMMON,
     "hat haben hatte hatten ist sind war waren wird werden wurde wurden habe sei "
     "seien kann konne konnen muss musse mussen soll solle sollen "},
    {NN_TABLE_ES, NN_CLASS_AUXILIARY | NN_CLASS_COMMON,
     "ha han habia habian es son era eran fue fueron sera seran esta estan puede "
     "pueden debe deben "},
    {NN_TABLE_EN, NN_CLASS_ADVERB | NN_CLASS_COMMON,
     "also later earlier then again now still ever even just already once twice "
     "meanwhile today yesterday tomorrow tonight instead too moreover further "
     "furthermore thereby thus indeed perhaps soon often always sometimes seldom "
     "afterwards afterward here there together back up out down only first "},
    {NN_TABLE_FR, NN_CLASS_ADVERB | NN_CLASS_COMMON,
     "ensuite puis aussi encore hier aujourd'hui aujourd toujours egalement notamment "
     "deja alors pourtant neanmoins lundi mardi mercredi jeudi vendredi samedi "
     "dimanche "},
    {NN_TABLE_DE, NN_CLASS_ADVERB | NN_CLASS_COMMON,
     "auch noch schon dann gestern heute jedoch zudem ferner weiter wieder spater am "},
    {NN_TABLE_ES, NN_CLASS_ADVERB | NN_CLASS_COMMON,
     "tambien ayer hoy luego despues ya todavia siempre ademas asimismo "},
    {NN_TABLE_EN, NN_CLASS_NEGATION | NN_CLASS_COMMON, "not never no "},
    {NN_TABLE_FR, NN_CLASS_NEGATION | NN_CLASS_COMMON, "ne n pas jamais "},
    {NN_TABLE_DE, NN_CLASS_NEGATION | NN_CLASS_COMMON, "nicht nie kein keine "},
    {NN_TABLE_ES, NN_CLASS_NEGATION | NN_CLASS_COMMON, "no nunca jamas "},
    {NN_TABLE_EN, NN_CLASS_PRONOUN_HE | NN_CLASS_COMMON, "he him "},
    {NN_TABLE_FR, NN_CLASS_PRONOUN_HE | NN_CLASS_COMMON, "il lui "},
    {NN_TABLE_DE, NN_CLASS_PRONOUN_HE | NN_CLASS_COMMON, "er ihm "},
    {NN_TABLE_ES, NN_CLASS_PRONOUN_HE | NN_CLASS_COMMON, "el "},
    {NN_TABLE_EN, NN_CLASS_PRONOUN_SHE | NN_CLASS_COMMON, "she "},
    {NN_TABLE_FR, NN_CLASS_PRONOUN_SHE | NN_CLASS_COMMON, "elle "},
    {NN_TABLE_DE, NN_CLASS_PRONOUN_SHE | NN_CLASS_COMMON, "sie "},
    {NN_TABLE_ES, NN_CLASS_PRONOUN_SHE | NN_CLASS_COMMON, "ella "},
    {NN_TABLE_EN, NN_CLASS_PRONOUN | NN_CLASS_COMMON,
     "they them it we us you i who whom himself herself itself themselves one someone "
     "anyone everyone nobody nothing something "},
    {NN_TABLE_FR, NN_CLASS_PRONOUN | NN_CLASS_COMMON, "ils elles nous vous je tu on qui eux se y "},
    {NN_TABLE_DE, NN_CLASS_PRONOUN | NN_CLASS_COMMON, "wir ich ihr uns euch man wer es sich "},
    {NN_TABLE_ES, NN_CLASS_PRONOUN | NN_CLASS_COMMON,
     "nosotros ellos ellas yo ustedes usted quien quienes me te se "},
    {NN_TABLE_EN, NN_CLASS_ACCORDING | NN_CLASS_COMMON, "according "},
    {NN_TABLE_FR, NN_CLASS_ACCORDING | NN_CLASS_COMMON, "selon "},
    {NN_TABLE_DE, NN_CLASS_ACCORDING | NN_CLASS_COMMON, "laut zufolge "},
    {NN_TABLE_ES, NN_CLASS_ACCORDING | NN_CLASS_COMMON, "segun "},
    {NN_TABLE_EN, NN_CLASS_LOCATIVE, "in near outside at around across inside"},
    {NN_TABLE_FR, NN_CLASS_LOCATIVE, "en a dans chez vers"},
    {NN_TABLE_DE, NN_CLASS_LOCATIVE, "in bei nach aus"},
    {NN_TABLE_ES, NN_CLASS_LOCATIVE, "en"},
    {NN_TABLE_EN, NN_CLASS_PRONOUN | NN_CLASS_COMMON, contractions},
    {NN_TABLE_EN, NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN | NN_CLASS_COMMON, "he'd he'll"},
    {NN_TABLE_EN, NN_CLASS_PRONOUN_SHE | NN_CLASS_PRONOUN | NN_CLASS_COMMON, "she'd she'll"},
    {NN_TABLE_EN, NN_CLASS_AUXILIARY | NN_CLASS_NEGATION | NN_CLASS_COMMON, not_contractions},
    /* the others, in any language */
    {NN_TABLE_ALL, NN_CLASS_TITLE | NN_CLASS_COMMON, titles},
    {NN_TABLE_ALL, NN_CLASS_ROLE | NN_CLASS_COMMON, roles},
    {NN_TABLE_ALL, NN_CLASS_COLLECTIVE | NN_CLASS_COMMON, collectives},
    {NN_TABLE_ALL, NN_CLASS_MALE, male},
    {NN_TABLE_ALL, NN_CLASS_FEMALE, female},
    {NN_TABLE_ALL, NN_CLASS_PARTICLE, particles},
    {NN_TABLE_ALL, NN_CLASS_ORG_HEAD | NN_CLASS_COMMON, org_heads},
    {NN_TABLE_ALL, NN_CLASS_EVENT_HEAD | NN_CLASS_COMMON, event_heads},
    {NN_TABLE_ALL, NN_CLASS_PLACE_HEAD | NN_CLASS_COMMON, place_heads},
    {NN_TABLE_ALL, NN_CLASS_PLACE_PREFIX, place_prefixes},
    {NN_TABLE_ALL, NN_CLASS_TIME | NN_CLASS_COMMON, times},
    {NN_TABLE_ALL, NN_CLASS_NO_ACRONYM, no_acronyms},
    {NN_TABLE_ALL, NN_CLASS_SUFFIX, suffixes},
    {NN_TABLE_ALL, NN_CLASS_ELISION, elisions},
    {NN_TABLE_ALL, NN_CLASS_GIVEN | NN_CLASS_MALE, nn_table_given_male},
    {NN_TABLE_ALL, NN_CLASS_GIVEN | NN_CLASS_FEMALE, nn_table_given_female},
    {NN_TABLE_ALL, NN_CLASS_SURNAME, nn_table_surnames},
    {NN_TABLE_ALL, NN_CLASS_COMMON, nn_table_common},
    {0, 0, NULL},
};
