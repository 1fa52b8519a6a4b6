/* SPDX-License-Identifier: Apache-2.0 */
/* A table of facts, each list in byte order. Initials (U.S, z.B, a.m) need no entry. */
#include "text/abbreviation_tables.h"

enum { NAME = NN_ABBREVIATION_NAME, NUMBER = NN_ABBREVIATION_NUMBER, ANY = NN_ABBREVIATION_ANY };

/* clang-format off */
static const nn_abbreviation_entry EN_WORDS[] = {
    {"Adm", NAME}, {"Amb", NAME}, {"App", NUMBER}, {"Apr", NUMBER}, {"Ariz", ANY}, {"Ark", ANY},
    {"Art", NUMBER}, {"Arts", NUMBER}, {"Assn", ANY}, {"Assoc", NAME}, {"Asst", NAME},
    {"Atty", NAME}, {"Aug", NUMBER}, {"Ave", ANY}, {"Bldg", ANY}, {"Blvd", ANY}, {"Brig", NAME},
    {"Bros", ANY}, {"Calif", ANY}, {"Capt", NAME}, {"Cdr", NAME}, {"Ch", NUMBER}, {"Chap", NUMBER},
    {"Cmdr", NAME}, {"Co", ANY}, {"Col", NAME}, {"Colo", ANY}, {"Comdr", NAME}, {"Conn", ANY},
    {"Corp", ANY}, {"Cos", ANY}, {"Cpl", NAME}, {"Dec", NUMBER}, {"Del", NAME}, {"Dep", NAME},
    {"Dept", ANY}, {"Det", NAME}, {"Doc", NUMBER}, {"Docs", NUMBER}, {"Dr", NAME}, {"Drs", NAME},
    {"Enc", NUMBER}, {"Esq", ANY}, {"Ext", NUMBER}, {"Feb", NUMBER}, {"Fig", NUMBER},
    {"Figs", NUMBER}, {"Fla", ANY}, {"Fr", NAME}, {"Ft", NAME}, {"Ga", ANY}, {"Gen", NAME},
    {"Gov", NAME}, {"Govs", NAME}, {"Govt", ANY}, {"Hon", NAME}, {"Ill", ANY}, {"Inc", ANY},
    {"Ind", ANY}, {"Insp", NAME}, {"Inst", ANY}, {"Int", ANY}, {"Intl", ANY}, {"Jan", NUMBER},
    {"Jr", ANY}, {"Jul", NUMBER}, {"Jun", NUMBER}, {"Kan", ANY}, {"Ky", ANY}, {"La", ANY},
    {"Lt", NAME}, {"Ltd", ANY}, {"Maj", NAME}, {"Mar", NUMBER}, {"Mass", ANY}, {"Md", ANY},
    {"Messrs", NAME}, {"Mfg", ANY}, {"Mich", ANY}, {"Min", NAME}, {"Minn", ANY}, {"Mmes", NAME},
    {"Mo", ANY}, {"Mont", ANY}, {"Mr", NAME}, {"Mrs", NAME}, {"Ms", NAME}, {"Msgr", NAME},
    {"Mssrs", NAME}, {"Mt", NAME}, {"Natl", ANY}, {"Neb", ANY}, {"Nev", ANY}, {"No", NUMBER},
    {"Nos", NUMBER}, {"Nov", NUMBER}, {"Oct", NUMBER}, {"Okla", ANY}, {"Ore", ANY}, {"Pa", ANY},
    {"Para", NUMBER}, {"Paras", NUMBER}, {"Pfc", NAME}, {"Ph.D", ANY}, {"PhD", ANY}, {"Pl", ANY},
    {"Pres", NAME}, {"Prof", NAME}, {"Pvt", NAME}, {"Rd", ANY}, {"Rep", NAME}, {"Reps", NAME},
    {"Res", NUMBER}, {"Rev", NAME}, {"Rt", NAME}, {"Sec", NAME}, {"Sect", NUMBER}, {"Secy", NAME},
    {"Sen", NAME}, {"Sens", NAME}, {"Sep", NUMBER}, {"Sept", NUMBER}, {"Sgt", NAME}, {"Spc", NAME},
    {"Sq", ANY}, {"Sr", ANY}, {"St", NAME}, {"Ste", NAME}, {"Supp", NAME}, {"Supt", NAME},
    {"Tab", NUMBER}, {"Tel", NUMBER}, {"Tenn", ANY}, {"Tex", ANY}, {"Univ", ANY}, {"Va", ANY},
    {"Vol", NUMBER}, {"Vols", NUMBER}, {"Vt", ANY}, {"Wash", ANY}, {"Wis", ANY}, {"Wyo", ANY},
    {"al", ANY}, {"approx", NAME}, {"art", NUMBER}, {"arts", NUMBER}, {"ca", NAME}, {"cf", NAME},
    {"ch", NUMBER}, {"chap", NUMBER}, {"col", NUMBER}, {"cols", NUMBER}, {"dept", ANY},
    {"est", ANY}, {"etc", ANY}, {"excl", ANY}, {"fig", NUMBER}, {"figs", NUMBER}, {"fol", NUMBER},
    {"govt", ANY}, {"incl", ANY}, {"ll", NUMBER}, {"no", NUMBER}, {"nos", NUMBER}, {"p", NUMBER},
    {"par", NUMBER}, {"para", NUMBER}, {"paras", NUMBER}, {"pp", NUMBER}, {"resp", ANY},
    {"sec", NUMBER}, {"viz", NAME}, {"vol", NUMBER}, {"vols", NUMBER}, {"vs", NAME},
};
static const nn_abbreviation_entry FR_WORDS[] = {
    {"Cie", ANY}, {"Dr", NAME}, {"Ets", ANY}, {"MM", NAME}, {"Me", NAME}, {"Mes", NAME},
    {"Mgr", NAME}, {"Mgrs", NAME}, {"Pr", NAME}, {"St", NAME}, {"Ste", NAME}, {"Sts", NAME},
    {"Sté", ANY}, {"al", NUMBER}, {"apr", NAME}, {"art", NUMBER}, {"av", NAME}, {"avr", NUMBER},
    {"cf", NAME}, {"ch", NUMBER}, {"chap", NUMBER}, {"coll", ANY}, {"déc", NUMBER}, {"env", NAME},
    {"etc", ANY}, {"fig", NUMBER}, {"févr", NUMBER}, {"hab", ANY}, {"janv", NUMBER},
    {"juil", NUMBER}, {"max", ANY}, {"min", ANY}, {"n", NUMBER}, {"no", NUMBER}, {"nos", NUMBER},
    {"nov", NUMBER}, {"oct", NUMBER}, {"p", NUMBER}, {"par", NUMBER}, {"pp", NUMBER},
    {"sept", NUMBER}, {"tél", NUMBER}, {"vol", NUMBER}, {"vs", NAME}, {"§", NUMBER}, {"éd", ANY},
};
static const nn_abbreviation_entry DE_WORDS[] = {
    {"Abb", NUMBER}, {"Abg", NAME}, {"Abs", NUMBER}, {"Anm", NUMBER}, {"Apr", NUMBER},
    {"Art", NUMBER}, {"Aufl", NUMBER}, {"Aug", NUMBER}, {"Bd", NUMBER}, {"Bde", NUMBER},
    {"Bgm", NAME}, {"Co", ANY}, {"Dez", NUMBER}, {"Dipl", NAME}, {"Dr", NAME}, {"Ehem", NAME},
    {"Feb", NUMBER}, {"Febr", NUMBER}, {"Fr", NAME}, {"Frl", NAME}, {"Gen", NAME}, {"Hl", NAME},
    {"Hr", NAME}, {"Hrsg", ANY}, {"Inc", ANY}, {"Ing", NAME}, {"Jan", NUMBER}, {"Jh", ANY},
    {"Jhd", ANY}, {"Jr", ANY}, {"Jul", NUMBER}, {"Jun", NUMBER}, {"Jän", NUMBER}, {"Kap", NUMBER},
    {"Kfm", NAME}, {"Ltd", ANY}, {"Mag", NAME}, {"Mill", NAME}, {"Min", NAME}, {"Mio", NAME},
    {"Mrd", NAME}, {"Mt", ANY}, {"Mär", NUMBER}, {"Nov", NUMBER}, {"Nr", NUMBER}, {"Nrn", NUMBER},
    {"Okt", NUMBER}, {"Pkt", NUMBER}, {"Prof", NAME}, {"Präs", NAME}, {"S", NUMBER},
    {"Sept", NUMBER}, {"St", NAME}, {"Std", ANY}, {"Str", ANY}, {"Tab", NUMBER}, {"Tel", NUMBER},
    {"Tsd", NAME}, {"Verf", ANY}, {"Ziff", NUMBER}, {"allg", NAME}, {"amer", NAME}, {"bes", NAME},
    {"bzgl", NAME}, {"bzw", NAME}, {"ca", NAME}, {"dt", NAME}, {"ehem", NAME}, {"einschl", NAME},
    {"engl", NAME}, {"entspr", NAME}, {"etc", ANY}, {"evtl", NAME}, {"frz", NAME}, {"geb", NAME},
    {"gem", NAME}, {"gest", NAME}, {"ggf", NAME}, {"inkl", NAME}, {"insb", NAME}, {"jun", ANY},
    {"lt", NAME}, {"max", NAME}, {"min", NAME}, {"mind", NAME}, {"rd", NAME}, {"russ", NAME},
    {"sen", ANY}, {"sog", NAME}, {"türk", NAME}, {"usw", ANY}, {"vgl", NAME}, {"z", NAME},
};
static const nn_abbreviation_entry ES_WORDS[] = {
    {"Admón", ANY}, {"Arq", NAME}, {"Av", NAME}, {"Avda", NAME}, {"Cap", NAME}, {"Cnel", NAME},
    {"Cía", ANY}, {"D", NAME}, {"Dip", NAME}, {"Diput", NAME}, {"Dr", NAME}, {"Dra", NAME},
    {"Dres", NAME}, {"Dña", NAME}, {"EE.UU", ANY}, {"EEUU", ANY}, {"Excmo", NAME}, {"FF.AA", ANY},
    {"Gob", NAME}, {"Gral", NAME}, {"Ilmo", NAME}, {"Inc", ANY}, {"Ing", NAME}, {"Jr", ANY},
    {"Lic", NAME}, {"Ltd", ANY}, {"Ltda", ANY}, {"Min", NAME}, {"Mons", NAME}, {"Nro", NUMBER},
    {"Núm", NUMBER}, {"Pdta", NAME}, {"Pdte", NAME}, {"Prof", NAME}, {"Profa", NAME}, {"Pza", NAME},
    {"Pág", NUMBER}, {"RR.HH", ANY}, {"Rev", NAME}, {"Sr", NAME}, {"Sra", NAME}, {"Sras", NAME},
    {"Sres", NAME}, {"Srta", NAME}, {"Sta", NAME}, {"Sto", NAME}, {"Tel", NUMBER}, {"Tte", NAME},
    {"Ud", ANY}, {"Uds", ANY}, {"Vd", ANY}, {"Vds", ANY}, {"abr", NUMBER}, {"ago", NUMBER},
    {"aprox", NAME}, {"art", NUMBER}, {"arts", NUMBER}, {"cap", NUMBER}, {"cf", NAME},
    {"depto", NAME}, {"dic", NUMBER}, {"dpto", NAME}, {"ene", NUMBER}, {"etc", ANY},
    {"feb", NUMBER}, {"fig", NUMBER}, {"inc", NUMBER}, {"jul", NUMBER}, {"jun", NUMBER},
    {"mar", NUMBER}, {"may", NUMBER}, {"nov", NUMBER}, {"nro", NUMBER}, {"núm", NUMBER},
    {"núms", NUMBER}, {"oct", NUMBER}, {"p.ej", ANY}, {"pág", NUMBER}, {"págs", NUMBER},
    {"párr", NUMBER}, {"sept", NUMBER}, {"tel", NUMBER}, {"vol", NUMBER}, {"vs", NAME},
};
static const nn_abbreviation_entry IT_WORDS[] = {
    {"Arch", NAME}, {"Avv", NAME}, {"Cap", NAME}, {"Col", NAME}, {"Dott", NAME}, {"Dott.ssa", NAME},
    {"Dr", NAME}, {"Egr", NAME}, {"Gen", NAME}, {"Geom", NAME}, {"Inc", ANY}, {"Ing", NAME},
    {"Jr", ANY}, {"Ltd", ANY}, {"Mons", NAME}, {"On", NAME}, {"Prof", NAME}, {"Prof.ssa", NAME},
    {"Rag", NAME}, {"S.p.A", ANY}, {"Sen", NAME}, {"Sig", NAME}, {"Sig.ra", NAME}, {"Sigg", NAME},
    {"Sigra", NAME}, {"Soc", ANY}, {"Spett", NAME}, {"Ss", NAME}, {"ago", NUMBER}, {"apr", NUMBER},
    {"art", NUMBER}, {"artt", NUMBER}, {"ca", NAME}, {"cap", NUMBER}, {"cfr", NAME},
    {"dic", NUMBER}, {"ecc", ANY}, {"etc", ANY}, {"feb", NUMBER}, {"fig", NUMBER}, {"gen", NUMBER},
    {"giu", NUMBER}, {"lug", NUMBER}, {"mag", NUMBER}, {"mar", NUMBER}, {"n", NUMBER},
    {"nn", NUMBER}, {"nov", NUMBER}, {"ott", NUMBER}, {"p", NUMBER}, {"p.es", ANY}, {"pag", NUMBER},
    {"pagg", NUMBER}, {"par", NUMBER}, {"pp", NUMBER}, {"set", NUMBER}, {"sett", NUMBER},
    {"tel", NUMBER}, {"vol", NUMBER},
};
static const nn_abbreviation_entry PT_WORDS[] = {
    {"Arq", NAME}, {"Av", NAME}, {"Cap", NAME}, {"Cel", NAME}, {"Cia", ANY}, {"Dep", NAME},
    {"Dr", NAME}, {"Dra", NAME}, {"Drs", NAME}, {"EE.UU", ANY}, {"Eng", NAME}, {"Exa", NAME},
    {"Exma", NAME}, {"Exmo", NAME}, {"Gen", NAME}, {"Gov", NAME}, {"Inc", ANY}, {"Jr", ANY},
    {"Ltd", ANY}, {"Ltda", ANY}, {"Maj", NAME}, {"Min", NAME}, {"Mons", NAME}, {"Prof", NAME},
    {"Profa", NAME}, {"Sen", NAME}, {"Sr", NAME}, {"Sra", NAME}, {"Sras", NAME}, {"Srs", NAME},
    {"Srta", NAME}, {"Sta", NAME}, {"Sto", NAME}, {"abr", NUMBER}, {"ago", NUMBER}, {"aprox", NAME},
    {"art", NUMBER}, {"arts", NUMBER}, {"cap", NUMBER}, {"cf", NAME}, {"dez", NUMBER}, {"etc", ANY},
    {"fev", NUMBER}, {"fig", NUMBER}, {"inc", NUMBER}, {"jan", NUMBER}, {"jul", NUMBER},
    {"jun", NUMBER}, {"mai", NUMBER}, {"mar", NUMBER}, {"n", NUMBER}, {"nov", NUMBER},
    {"nº", NUMBER}, {"out", NUMBER}, {"p", NUMBER}, {"p.ex", ANY}, {"pp", NUMBER}, {"pág", NUMBER},
    {"págs", NUMBER}, {"set", NUMBER}, {"tel", NUMBER}, {"vol", NUMBER},
};
static const nn_abbreviation_entry NL_WORDS[] = {
    {"Dhr", NAME}, {"Dr", NAME}, {"Drs", NAME}, {"Gen", NAME}, {"Inc", ANY}, {"Ing", NAME},
    {"Ir", NAME}, {"Jr", ANY}, {"Kol", NAME}, {"Ltd", ANY}, {"Mevr", NAME}, {"Min", NAME},
    {"Mr", NAME}, {"Mw", NAME}, {"Nr", NUMBER}, {"Prof", NAME}, {"St", NAME}, {"apr", NUMBER},
    {"art", NUMBER}, {"aug", NUMBER}, {"bijv", ANY}, {"blz", NUMBER}, {"ca", NAME}, {"dec", NUMBER},
    {"dhr", NAME}, {"dr", NAME}, {"drs", NAME}, {"ds", NAME}, {"enz", ANY}, {"etc", ANY},
    {"evt", NAME}, {"excl", NAME}, {"feb", NUMBER}, {"hfst", NUMBER}, {"incl", NAME}, {"ing", NAME},
    {"ir", NAME}, {"jan", NUMBER}, {"jhr", NAME}, {"jl", ANY}, {"jul", NUMBER}, {"jun", NUMBER},
    {"lid", NUMBER}, {"mevr", NAME}, {"min", NAME}, {"mld", NAME}, {"mln", NAME}, {"mr", NAME},
    {"mrt", NUMBER}, {"mw", NAME}, {"nov", NUMBER}, {"nr", NUMBER}, {"nrs", NUMBER},
    {"okt", NUMBER}, {"p", NUMBER}, {"pag", NUMBER}, {"par", NUMBER}, {"prof", NAME},
    {"resp", NAME}, {"sept", NUMBER}, {"tel", NUMBER}, {"vgl", NAME}, {"vol", NUMBER},
};
static const nn_opener EN_OPENERS[] = {
    "A", "About", "After", "All", "Although", "Among", "An", "And", "Another", "Any", "As", "Asked",
    "At", "Because", "Before", "Both", "But", "By", "Despite", "During", "Each", "Earlier", "Even",
    "Every", "Few", "For", "From", "Had", "Has", "He", "Her", "Here", "His", "How", "However", "I",
    "If", "In", "Indeed", "Instead", "Is", "It", "Its", "Last", "Later", "Like", "Many",
    "Meanwhile", "More", "Moreover", "Most", "My", "Neither", "Nevertheless", "No", "Nor", "Not",
    "Now", "Of", "On", "Once", "One", "Only", "Or", "Other", "Others", "Our", "Over", "Perhaps",
    "Several", "She", "Since", "So", "Some", "Still", "Such", "That", "The", "Their", "Then",
    "There", "Therefore", "These", "They", "This", "Those", "Though", "Thus", "To", "Today", "Two",
    "Under", "Until", "We", "What", "When", "Where", "Whether", "Which", "While", "Who", "Why",
    "With", "Without", "Yet", "You", "Your",
};
static const nn_opener FR_OPENERS[] = {
    "Ainsi", "Alors", "Après", "Au", "Aussi", "Avant", "Avec", "Ce", "Ces", "Cet", "Cette",
    "Chaque", "Comme", "Dans", "De", "Depuis", "Des", "Donc", "Du", "Dès", "Elle", "Elles", "En",
    "Enfin", "Entre", "Et", "Il", "Ils", "Je", "La", "Le", "Les", "Leur", "Leurs", "Lors", "Lui",
    "Mais", "Malgré", "Même", "Ne", "Nos", "Notre", "Nous", "On", "Or", "Ou", "Où", "Par",
    "Pendant", "Plus", "Plusieurs", "Pour", "Pourtant", "Puis", "Quand", "Quant", "Que", "Quel",
    "Qui", "Sa", "Sans", "Selon", "Ses", "Si", "Son", "Sur", "Tous", "Tout", "Toutefois", "Un",
    "Une", "Vous", "À",
};
static const nn_opener DE_OPENERS[] = {
    "Aber", "Alle", "Allerdings", "Als", "Also", "Am", "An", "Auch", "Auf", "Aus", "Bei", "Beide",
    "Beim", "Bis", "Da", "Dabei", "Dadurch", "Dafür", "Dagegen", "Daher", "Damit", "Danach", "Dann",
    "Darauf", "Das", "Dass", "Davon", "Dazu", "Dem", "Den", "Denn", "Der", "Des", "Deshalb", "Die",
    "Dies", "Diese", "Dieser", "Dieses", "Doch", "Dort", "Durch", "Ein", "Eine", "Einem", "Einen",
    "Einer", "Er", "Erst", "Es", "Für", "Gegen", "Hier", "Ich", "Ihm", "Ihr", "Ihre", "Im", "In",
    "Ist", "Jede", "Jeder", "Jedoch", "Jetzt", "Kein", "Keine", "Laut", "Man", "Mehr", "Mit",
    "Nach", "Nachdem", "Nicht", "Noch", "Nun", "Nur", "Ob", "Obwohl", "Oder", "Ohne", "Schon",
    "Sein", "Seine", "Seit", "Sie", "So", "Sollte", "Sowohl", "Statt", "Trotz", "Um", "Und",
    "Unter", "Viele", "Vom", "Von", "Vor", "Warum", "Was", "Weder", "Weil", "Wenn", "Wer", "Wie",
    "Wir", "Wird", "Wo", "Während", "Zu", "Zudem", "Zum", "Zur", "Zwar", "Zwei", "Zwischen", "Über",
};
static const nn_opener ES_OPENERS[] = {
    "A", "Además", "Ahora", "Al", "Algunos", "Ante", "Antes", "Así", "Aunque", "Bajo", "Cada",
    "Como", "Con", "Contra", "Cuando", "De", "Del", "Desde", "Después", "Donde", "Dos", "Durante",
    "El", "Ella", "Ellas", "Ellos", "En", "Entre", "Era", "Es", "Esa", "Ese", "Eso", "Esta",
    "Estas", "Este", "Esto", "Estos", "Está", "Fue", "Ha", "Hasta", "Hay", "La", "Las", "Le", "Lo",
    "Los", "Luego", "Mientras", "Muchos", "Más", "Ni", "No", "Nos", "Nosotros", "O", "Otra", "Otro",
    "Para", "Pero", "Por", "Porque", "Pues", "Que", "Quien", "Se", "Según", "Ser", "Si", "Sin",
    "Sobre", "Solo", "Son", "Su", "Sus", "También", "Tanto", "Tras", "Tres", "Un", "Una", "Uno",
    "Varios", "Y", "Ya", "Yo", "Él",
};
static const nn_opener IT_OPENERS[] = {
    "A", "Ad", "Ai", "Al", "Alla", "Altri", "Anche", "Ancora", "Che", "Chi", "Come", "Con", "Così",
    "Da", "Dai", "Dal", "Dalla", "Del", "Della", "Di", "Dopo", "Dove", "Due", "E", "Ecco", "Ed",
    "Era", "Fra", "Gli", "Ha", "Hanno", "I", "Il", "In", "Infine", "Inoltre", "Io", "La", "Le",
    "Lei", "Lo", "Loro", "Lui", "Ma", "Mentre", "Nei", "Nel", "Nella", "Non", "Nonostante", "O",
    "Ogni", "Ora", "Per", "Perché", "Però", "Più", "Poi", "Prima", "Qual", "Quando", "Quanto",
    "Quella", "Quello", "Questa", "Questo", "Qui", "Se", "Secondo", "Senza", "Si", "Sono", "Su",
    "Sul", "Sulla", "Tra", "Tutti", "Un", "Una", "Uno", "È",
};
static const nn_opener PT_OPENERS[] = {
    "A", "Agora", "Ainda", "Algumas", "Alguns", "Além", "Antes", "Ao", "Aos", "Apesar", "Após",
    "As", "Assim", "Até", "Cada", "Com", "Como", "Contra", "Da", "De", "Depois", "Desde", "Do",
    "Dois", "Durante", "E", "Ela", "Elas", "Ele", "Eles", "Em", "Enquanto", "Entre", "Era", "Essa",
    "Esse", "Esta", "Este", "Eu", "Foi", "Há", "Isso", "Isto", "Já", "Mais", "Mas", "Muitos", "Na",
    "Nas", "Nem", "No", "Nos", "Não", "Nós", "O", "Onde", "Os", "Ou", "Outra", "Outro", "Para",
    "Pela", "Pelo", "Pois", "Por", "Porque", "Porém", "Quando", "Que", "Quem", "Se", "Segundo",
    "Sem", "Ser", "Seu", "Sobre", "Sua", "São", "Também", "Todos", "Três", "Um", "Uma", "Vários",
    "É",
};
static const nn_opener NL_OPENERS[] = {
    "Aan", "Al", "Alle", "Als", "Bij", "Daar", "Daarna", "Dan", "Dat", "De", "Deze", "Die", "Dit",
    "Door", "Een", "Eerst", "En", "Er", "Geen", "Haar", "Heeft", "Het", "Hier", "Hij", "Hoe", "Hun",
    "Ik", "In", "Is", "Maar", "Meer", "Men", "Met", "Na", "Naar", "Niet", "Nog", "Nu", "Of", "Om",
    "Omdat", "Ondanks", "Onder", "Onze", "Ook", "Op", "Over", "Sinds", "Te", "Tegen", "Ten",
    "Terwijl", "Toch", "Toen", "Tot", "Twee", "Uit", "Van", "Veel", "Volgens", "Voor", "Waar",
    "Waarom", "Want", "Wat", "We", "Wie", "Wij", "Ze", "Zij", "Zijn", "Zo", "Zonder",
};
static const nn_opener SPEECH_VERBS[] = {
    "added", "admitted", "agreed", "announced", "answered", "argued", "asked", "asks", "barked",
    "called", "charged", "commented", "complained", "concluded", "continued", "cried", "declared",
    "demanded", "exclaimed", "explained", "inquired", "insisted", "joked", "mused", "noted",
    "objected", "pleaded", "quipped", "remarked", "replied", "responded", "retorted", "said",
    "says", "screamed", "shouted", "snapped", "told", "tweeted", "urged", "warned", "wondered",
    "wrote", "yelled",
};
/* clang-format on */

#define COUNT(list) (sizeof(list) / sizeof(list)[0])
#define LANGUAGE(code)                                                                             \
    {                                                                                              \
        NN_LANGUAGE_##code, code##_WORDS, COUNT(code##_WORDS), code##_OPENERS,                     \
            COUNT(code##_OPENERS)                                                                  \
    }

const nn_sentence_words NN_SENTENCE_WORDS[NN_SENTENCE_WORDS_COUNT] = {
    LANGUAGE(EN), LANGUAGE(FR), LANGUAGE(DE), LANGUAGE(ES),
    LANGUAGE(IT), LANGUAGE(PT), LANGUAGE(NL),
};
const nn_opener *const NN_SPEECH_VERBS = SPEECH_VERBS;
const size_t NN_SPEECH_VERBS_COUNT = COUNT(SPEECH_VERBS);
