/* SPDX-License-Identifier: Apache-2.0 */
/* A table of facts: in languages whose press is read with few words of their own, the verbs that
 * tell speech, in the forms most met, and what may stand beside them. As written; the lexicon folds
 * them. */
#include "annotate/lexicon.h"
#include "annotate/tables/tables.h"

#define CUE(code, words)                                                                           \
    {                                                                                              \
        code, 0, NN_CUE_VERB, words                                                                \
    }
#define IS(code, class, words)                                                                     \
    {                                                                                              \
        code, NN_CLASS_##class, 0, words                                                           \
    }

const nn_table_minor nn_table_minor_words[] = {
    CUE("it",
        "detto dice disse dicono dichiarato dichiara dichiarò affermato afferma affermò spiegato "
        "spiega aggiunto aggiunge sottolineato sottolinea ribadito ribadisce annunciato annuncia "
        "ricordato osservato commentato commenta replicato replica risposto risponde rispose "
        "avvertito avverte scritto scrive sostiene assicurato assicura precisato concluso ammesso "
        "chiesto chiede riferito"),
    IS("it", PRONOUN_HE, "lui egli"),
    IS("it", PRONOUN_SHE, "lei ella"),
    IS("it", THAT, "che"),
    IS("it", ACCORDING, "secondo"),
    IS("it", DETERMINER, "il lo la i gli le un uno una l"),
    IS("it", PREPOSITION,
       "di a da in con su per tra fra del della dei delle al alla dal nel nella"),
    IS("it", AUXILIARY, "ha hanno aveva avevano è sono era"),
    IS("it", PARTICLE, "di da de del della"),
    IS("it", ROLE,
       "ministro ministra portavoce presidente ambasciatore ambasciatrice segretario "
       "direttore direttrice capo funzionario funzionaria fonte fonti"),

    CUE("pt", "disse diz disseram dizem dito afirmou afirma declarou declara explicou explica "
              "acrescentou "
              "acrescenta anunciou anuncia destacou ressaltou garantiu garante informou informa "
              "respondeu "
              "responde comentou alertou alerta advertiu reiterou lembrou concluiu criticou "
              "admitiu negou "
              "escreveu escreve contou perguntou sublinhou referiu"),
    IS("pt", PRONOUN_HE, "ele"),
    IS("pt", PRONOUN_SHE, "ela"),
    IS("pt", THAT, "que"),
    IS("pt", ACCORDING, "segundo conforme"),
    IS("pt", DETERMINER, "o a os as um uma uns umas"),
    IS("pt", PREPOSITION, "de do da dos das em no na nos nas por para com sobre pelo pela"),
    IS("pt", AUXILIARY, "tem têm tinha foi é são era"),
    IS("pt", PARTICLE, "de do da dos das e"),
    IS("pt", ROLE,
       "ministro ministra porta-voz presidente embaixador embaixadora secretário secretária "
       "diretor diretora chefe funcionário fonte fontes líder"),

    CUE("nl",
        "zei zegt zeiden zeggen verklaarde verklaart vertelde vertelt meldde meldt stelde stelt "
        "benadrukte waarschuwde waarschuwt antwoordde antwoordt reageerde reageert schreef "
        "schrijft "
        "noemde noemt vond vindt aldus gezegd verklaard bevestigde ontkende vroeg vraagt"),
    IS("nl", PRONOUN_HE, "hij"),
    IS("nl", PRONOUN_SHE, "zij ze"),
    IS("nl", THAT, "dat"),
    IS("nl", ACCORDING, "volgens"),
    IS("nl", DETERMINER, "de het een"),
    IS("nl", PARTICLE, "van de der den ter"),
    IS("nl", PREPOSITION, "van in op met voor bij aan door uit naar over"),
    IS("nl", AUXILIARY, "heeft hebben had hadden is zijn was waren wordt werd"),
    IS("nl", ROLE,
       "minister premier woordvoerder woordvoerster president ambassadeur voorzitter leider"),

    CUE("sv",
        "sade sa säger uppger uppgav förklarade förklarar berättade berättar tillade tillägger "
        "skriver skrev menar menade hävdar hävdade varnade varnar svarade svarar påpekade betonade "
        "kommenterar konstaterar meddelade frågade"),
    IS("sv", PRONOUN_HE, "han"),
    IS("sv", PRONOUN_SHE, "hon"),
    IS("sv", THAT, "att"),
    IS("sv", ACCORDING, "enligt"),
    IS("sv", DETERMINER, "en ett den det de"),
    IS("sv", PREPOSITION, "i på av för med till från om vid"),
    IS("sv", AUXILIARY, "har hade är var"),
    IS("sv", ROLE,
       "minister statsminister statsministern utrikesminister utrikesministern talesperson "
       "president presidenten ambassadör ordförande"),

    CUE("da",
        "sagde siger udtalte udtaler forklarede forklarer oplyste tilføjede tilføjer skrev skriver "
        "mener mente understregede advarede advarer svarede svarer fortalte fortæller spurgte"),
    IS("da", PRONOUN_HE, "han"),
    IS("da", PRONOUN_SHE, "hun"),
    IS("da", THAT, "at"),
    IS("da", ACCORDING, "ifølge"),
    IS("da", DETERMINER, "en et den det de"),
    IS("da", PREPOSITION, "i på af for med til fra om ved"),
    IS("da", AUXILIARY, "har havde er var"),
    IS("da", ROLE,
       "minister statsminister statsministeren udenrigsminister udenrigsministeren talsmand "
       "talskvinde præsident præsidenten ambassadør formand"),

    CUE("no", "sa sier uttalte uttaler forklarte forklarer opplyste skrev skriver mener mente "
              "understreket "
              "advarte advarer svarte svarer fortalte forteller tilføyde spurte"),
    IS("no", PRONOUN_HE, "han"),
    IS("no", PRONOUN_SHE, "hun"),
    IS("no", THAT, "at"),
    IS("no", ACCORDING, "ifølge"),
    IS("no", DETERMINER, "en et ei den det de"),
    IS("no", PREPOSITION, "i på av for med til fra om ved"),
    IS("no", AUXILIARY, "har hadde er var"),
    IS("no", ROLE,
       "minister statsminister statsministeren utenriksminister utenriksministeren talsmann "
       "talskvinne president presidenten ambassadør leder"),

    CUE("fi",
        "sanoi sanoo sanoivat sanovat totesi toteaa kertoi kertoo kirjoitti kirjoittaa lisäsi "
        "korosti "
        "korostaa varoitti varoittaa vastasi vastaa selitti selittää ilmoitti ilmoittaa vakuutti "
        "huomautti kommentoi kysyi"),
    IS("fi", PRONOUN_HE, "hän"),
    IS("fi", PRONOUN_SHE, "hän"),
    IS("fi", THAT, "että"),
    IS("fi", AUXILIARY, "on oli ovat"),
    IS("fi", ROLE,
       "ministeri pääministeri ulkoministeri presidentti tiedottaja edustaja suurlähettiläs"),

    CUE("hu", "mondta mondja mondták közölte közli jelentette kijelentette hozzátette hangsúlyozta "
              "hangsúlyozza figyelmeztetett írta írja nyilatkozta elmondta válaszolta állította "
              "fogalmazott "
              "kiemelte kérdezte"),
    IS("hu", PRONOUN_HE, "ő"),
    IS("hu", PRONOUN_SHE, "ő"),
    IS("hu", THAT, "hogy"),
    IS("hu", DETERMINER, "a az egy"),
    IS("hu", ROLE, "miniszter miniszterelnök külügyminiszter elnök szóvivő nagykövet igazgató"),

    CUE("ro",
        "spus spune spunea afirmat afirmă declarat declară adăugat adaugă explicat explică "
        "subliniat "
        "subliniază precizat precizează anunțat anunță avertizat avertizează scris scrie răspuns "
        "răspunde transmis menționat susținut susține întrebat"),
    IS("ro", PRONOUN_HE, "el"),
    IS("ro", PRONOUN_SHE, "ea"),
    IS("ro", THAT, "că"),
    IS("ro", ACCORDING, "potrivit conform"),
    IS("ro", DETERMINER, "un o cel cea"),
    IS("ro", PREPOSITION, "de la în pe cu din pentru al a"),
    IS("ro", AUXILIARY, "a au era este sunt"),
    IS("ro", ROLE,
       "ministrul ministru premierul președintele președinte purtătorul ambasadorul secretarul "
       "directorul"),

    CUE("ru",
        "сказал сказала сказали говорит говорил говорила заявил заявила заявили сообщил сообщила "
        "сообщили сообщает отметил отметила отмечает подчеркнул подчеркнула подчеркивает добавил "
        "добавила пояснил пояснила объяснил объяснила рассказал рассказала предупредил "
        "предупредила "
        "ответил ответила написал написала пишет считает утверждает спросил спросила напомнил "
        "напомнила уточнил уточнила признал признала"),
    IS("ru", PRONOUN_HE, "он"),
    IS("ru", PRONOUN_SHE, "она"),
    IS("ru", THAT, "что"),
    IS("ru", ACCORDING, "согласно"),
    IS("ru", PREPOSITION, "в на с о по для из от к у за"),
    IS("ru", ROLE,
       "министр президент премьер посол представитель представительница глава директор "
       "секретарь пресс-секретарь"),

    CUE("tr",
        "dedi diyor dediler söyledi söylediler belirtti açıkladı kaydetti vurguladı ekledi konuştu "
        "uyardı yazdı sordu yanıtladı bildirdi"),
    IS("tr", DETERMINER, "bir bu şu"),
    IS("tr", ROLE,
       "bakan bakanı başbakan cumhurbaşkanı sözcü sözcüsü büyükelçi büyükelçisi başkan başkanı"),

    CUE("ar",
        "قال قالت يقول تقول أعلن أعلنت أكد أكدت أضاف أضافت صرح صرحت ذكر ذكرت أوضح أوضحت أشار أشارت "
        "حذر حذرت كتب كتبت وقال وقالت وأضاف وأضافت وأكد"),
    IS("ar", PRONOUN_HE, "هو"),
    IS("ar", PRONOUN_SHE, "هي"),
    IS("ar", THAT, "أن إن"),
    IS("ar", ROLE, "وزير وزيرة رئيس رئيسة المتحدث المتحدثة السفير السفيرة"),

    CUE("hy", "ասաց ասել ասում հայտարարեց հայտարարել նշեց նշել ավելացրեց ընդգծեց հայտնեց գրել գրեց "
              "պատասխանեց"),
    IS("hy", PRONOUN_HE, "նա"),
    IS("hy", PRONOUN_SHE, "նա"),
    IS("hy", THAT, "որ"),
    IS("hy", ROLE, "նախարար նախարարը նախագահ նախագահը վարչապետ վարչապետը"),

    CUE("eu",
        "esan dio zioen adierazi gaineratu azaldu nabarmendu ohartarazi idatzi iragarri erantzun"),
    IS("eu", AUXILIARY, "du zuen dute zuten"),
    IS("eu", ROLE, "ministroa lehendakaria presidentea bozeramailea enbaxadorea"),

    CUE("ca",
        "dit diu digué afirmat afirma assegurat assegura declarat explicat explica afegit afegeix "
        "remarcat subratllat anunciat anuncia advertit conclòs recordat escrit respost preguntat "
        "insistit"),
    IS("ca", PRONOUN_HE, "ell"),
    IS("ca", PRONOUN_SHE, "ella"),
    IS("ca", THAT, "que"),
    IS("ca", ACCORDING, "segons"),
    IS("ca", DETERMINER, "el la els les un una l"),
    IS("ca", PREPOSITION, "de del dels a al en amb per sobre"),
    IS("ca", AUXILIARY, "ha han havia és són"),
    IS("ca", PARTICLE, "de del i"),
    IS("ca", ROLE,
       "ministre ministra portaveu president presidenta ambaixador ambaixadora secretari"),

    CUE("el",
        "είπε λέει είπαν λένε δήλωσε δηλώνει τόνισε τονίζει ανέφερε αναφέρει πρόσθεσε σημείωσε "
        "υπογράμμισε ανακοίνωσε εξήγησε έγραψε απάντησε προειδοποίησε ρώτησε"),
    IS("el", PRONOUN_HE, "αυτός"),
    IS("el", PRONOUN_SHE, "αυτή"),
    IS("el", THAT, "ότι πως"),
    IS("el", ACCORDING, "σύμφωνα"),
    IS("el", DETERMINER, "ο η το οι τα του της ένας μια ένα"),
    IS("el", PREPOSITION, "σε στο στη στην από με για"),
    IS("el", AUXILIARY, "έχει είχε είναι ήταν"),
    IS("el", ROLE, "υπουργός πρωθυπουργός πρόεδρος εκπρόσωπος πρέσβης"),

    CUE("hi", "कहा कहते बताया बोले बोला जोड़ा लिखा पूछा"),
    IS("hi", THAT, "कि"),
    IS("hi", AUXILIARY, "ने है हैं था"),
    IS("hi", ROLE, "मंत्री राष्ट्रपति प्रधानमंत्री प्रवक्ता"),

    CUE("id",
        "kata ujar ucap tutur jelas ungkap tegas terang katanya ujarnya ucapnya tegasnya berkata "
        "mengatakan menyatakan menjelaskan menambahkan menegaskan mengungkapkan"),
    IS("id", PRONOUN_HE, "ia dia"),
    IS("id", PRONOUN_SHE, "ia dia"),
    IS("id", THAT, "bahwa"),
    IS("id", ACCORDING, "menurut"),
    IS("id", PREPOSITION, "di ke dari pada dengan untuk"),
    IS("id", ROLE, "menteri presiden juru duta"),

    CUE("ga", "dúirt deir arsa mhínigh scríobh d’fhógair"),
    IS("ga", PRONOUN_HE, "sé"),
    IS("ga", PRONOUN_SHE, "sí"),
    IS("ga", THAT, "go gur"),
    IS("ga", DETERMINER, "an na"),
    IS("ga", ROLE, "aire taoiseach uachtarán urlabhraí"),

    CUE("lt", "sakė sako teigė teigia pareiškė pabrėžė pridūrė pažymėjo paaiškino pranešė rašė "
              "rašo atsakė "
              "perspėjo klausė"),
    IS("lt", PRONOUN_HE, "jis"),
    IS("lt", PRONOUN_SHE, "ji"),
    IS("lt", THAT, "kad"),
    IS("lt", ROLE,
       "ministras ministrė prezidentas prezidentė premjeras premjerė atstovas atstovė "
       "ambasadorius"),

    CUE("ne", "भने भनिन् बताए बताइन् भन्नुभयो थपे लेखे सोधे भन्यो"),
    IS("ne", THAT, "कि"),
    IS("ne", ROLE, "मन्त्री राष्ट्रपति प्रधानमन्त्री प्रवक्ता"),

    CUE("sr",
        "рекао рекла рекли каже казао казала изјавио изјавила навео навела додао додала истакао "
        "истакла нагласио нагласила поручио поручила саопштио саопштила упозорио упозорила написао "
        "написала одговорио одговорила упитао rekao rekla rekli kaže kazao kazala izjavio izjavila "
        "naveo navela dodao dodala istakao istakla naglasio naglasila poručio poručila saopštio "
        "saopštila upozorio upozorila napisao napisala odgovorio odgovorila upitao"),
    IS("sr", PRONOUN_HE, "он on"),
    IS("sr", PRONOUN_SHE, "она ona"),
    IS("sr", THAT, "да da"),
    IS("sr", ACCORDING, "према prema"),
    IS("sr", AUXILIARY, "је су је je su"),
    IS("sr", ROLE,
       "министар министарка председник председница премијер премијерка портпарол амбасадор "
       "ministar ministarka predsednik predsednica premijer premijerka portparol ambasador"),

    CUE("ta", "கூறினார் கூறினர் தெரிவித்தார் என்றார் சொன்னார் எழுதினார் கேட்டார் கூறியுள்ளார்"),
    IS("ta", THAT, "என்று"),
    IS("ta", ROLE, "அமைச்சர் பிரதமர்"),

    CUE("yi", "געזאָגט זאָגט דערקלערט געשריבן געענטפֿערט געפֿרעגט"),
    IS("yi", PRONOUN_HE, "ער"),
    IS("yi", PRONOUN_SHE, "זי"),
    IS("yi", THAT, "אַז"),
    IS("yi", AUXILIARY, "האָט האָבן"),

    CUE("uk", "сказав сказала сказали каже заявив заявила заявили повідомив повідомила зазначив "
              "зазначила "
              "додав додала підкреслив підкреслила наголосив наголосила пояснив пояснила написав "
              "написала "
              "відповів відповіла попередив попередила запитав"),
    IS("uk", PRONOUN_HE, "він"),
    IS("uk", PRONOUN_SHE, "вона"),
    IS("uk", THAT, "що"),
    IS("uk", ROLE, "міністр президент прем’єр посол речник речниця голова"),

    CUE("pl",
        "powiedział powiedziała mówi mówił mówiła oświadczył oświadczyła dodał dodała podkreślił "
        "podkreśliła stwierdził stwierdziła zaznaczył zaznaczyła napisał napisała poinformował "
        "poinformowała ocenił oceniła wyjaśnił wyjaśniła zapytał odpowiedział odpowiedziała"),
    IS("pl", PRONOUN_HE, "on"),
    IS("pl", PRONOUN_SHE, "ona"),
    IS("pl", THAT, "że"),
    IS("pl", ACCORDING, "według"),
    IS("pl", ROLE, "minister premier prezydent rzecznik rzeczniczka ambasador szef szefowa"),

    CUE("cs",
        "řekl řekla řekli říká uvedl uvedla prohlásil prohlásila dodal dodala sdělil sdělila "
        "zdůraznil "
        "zdůraznila upozornil upozornila napsal napsala odpověděl odpověděla vysvětlil vysvětlila"),
    IS("cs", PRONOUN_HE, "on"),
    IS("cs", PRONOUN_SHE, "ona"),
    IS("cs", THAT, "že"),
    IS("cs", ACCORDING, "podle"),
    IS("cs", ROLE, "ministr ministryně premiér premiérka prezident prezidentka mluvčí velvyslanec"),
    {NULL, 0, 0, NULL},
};
