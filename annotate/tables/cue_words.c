/* SPDX-License-Identifier: Apache-2.0 */
/* A table of facts: verbs of speech and how their clauses are built, a language. Each word is
 * listed in the forms that the press uses. */
#include "annotate/lexicon.h"
#include "annotate/tables/tables.h"

enum { EN = 0, FR = 1, DE = 2, ES = 3 };

/* takes a clause without "that": said the talks had failed */
static const char en_bare[] = "said says say tweeted tweets blogged quipped joked wrote writes";
static const char en_bare_noun[] = "claimed claims claim";
static const char en_weak_bare[] =
    "believes believed believe thinks thought think hopes hoped hope feels felt knows knew "
    "expects expected fears feared doubts doubted suspects suspected understands understood "
    "assumes assumed learned learns realized realizes realised realises discovered discovers "
    "worried "
    "worries guessed imagined imagines";
static const char en_verbs[] =
    "added adds admitted admits acknowledged acknowledges affirmed "
    "affirms alleged alleges announced announces "
    "argued argues asserted asserts assured assures boasted boasts "
    "clarified clarifies commented comments "
    "complained complains conceded concedes concluded concludes "
    "confessed confesses confided confides confirmed "
    "confirms contended contends continued continues countered counters "
    "cautioned cautions declared declares "
    " denied denies disclosed discloses emphasised emphasises "
    "emphasized emphasizes exclaimed explained "
    "explains exclaims hinted hints implied implies indicated indicates "
    "inquired insisted insists interjected joked "
    "jokes lamented laments maintained maintains mentioned mentions "
    "mused muses noted observed observes opined opines "
    "outlined pledged pledges pointed  predicted predicts "
    "proclaimed proclaims promised promises proposed "
    "proposes protested protests reaffirmed reaffirms recalled recalls "
    "reckoned reckons recounted recounts reiterated "
    "reiterates rejoined remarked remarks replied replies responded "
    "responds reported retorted retorts revealed "
    "reveals shouted shouts snapped speculated speculates stated "
    "stressed stresses suggested suggests summed swore "
    "testified testifies threatened threatens underlined underlines "
    "underscored underscores urged urges vowed vows "
    "warned warns whispered wondered wonders yelled reasoned cried "
    " murmured muttered sighed elaborated "
    "volunteered chimed specified specifies stipulated estimated "
    "estimates calculated determined ruled decided agreed "
    "agrees dismissed decried denounced condemned criticised criticized "
    "blasted slammed described describes called calls "
    "labelled labeled dubbed hailed praised welcomed accused accuses "
    "blamed rejected refuted rebutted ridiculed mocked "
    "quoted quotes cited cites spoke speaks talked read reads concurred "
    "begged pleaded pleads demanded demands "
    "joked cautioned ventured intoned thundered fumed deplored "
    "portrayed portrays branded characterised characterized termed deemed identified "
    "regretted regrets bemoaned advised advises surmised riffed remembered remembers marveled "
    "marvelled gushed screamed screams groaned groused scoffed "
    "objected objects  posited demurred deadpanned bragged "
    "chanted chants chant shout boomed bellowed emailed texted recited proclaims intoned "
    "brags posted posts concurs opposes finds found show shows showed "
    "shown suggest argues contend insist note  recommended recommends mocks quips put puts "
    "made makes make calculate calculates quip";
/* base forms: they warn */
static const char en_plural[] =
    "conclude acknowledge admit predict maintain explain assert allege concede complain emphasize "
    "warn announce confirm deny declare recall reveal disclose";
static const char en_noun_plural[] = "stress vow pledge";
static const char en_weak_plural[] = "worry fear hope feel expect doubt suspect";
static const char en_noun_verbs[] =
    "reports notes states claims comments remarks promises demands estimates counters "
    "protests answers questions hints pledges charges charged commands orders replies "
    "proposes read reads calls quotes cries";
static const char en_object[] =
    "told tells tell assured assures warned warns reminded reminds informed informs advised "
    "advises asked asks promised "
    "promises convinced persuaded notified notifies answered answers cautioned cautions";
static const char en_to[] =
    "urged urges asked asks told ordered orders begged begs implored implores instructed instructs "
    "advised advises warned "
    "warns called calls appealed appeals invited invites encouraged encourages pleaded pleads";
static const char en_ing_to[] =
    "urging asking telling advising inviting encouraging begging ordering warning";
static const char en_ing_of[] = "accusing suspecting blaming warning complaining";
static const char en_to_self[] =
    "promised promises vowed vows pledged pledges threatened threatens";
static const char en_of[] =
    "accused accuses accuse suspected warned warns complained complains blamed blames";
static const char en_ing_bare[] = "saying";
static const char en_ing_claim[] =
    "claiming arguing insisting suggesting warning noting asserting alleging acknowledging "
    "admitting predicting "
    "announcing conceding complaining maintaining explaining reporting";
/* a clause without "that", or an object */
static const char en_bare_too[] =
    "argued argues argue insisted insists insist contended contends contend suggested suggests "
    "suggest warned warns "
    "maintained maintains noted notes asserted asserts concluded concludes complained complains "
    "conceded concedes "
    "acknowledged acknowledges admitted admits confirmed confirms explained explains predicted "
    "predicts announced "
    "announces alleged alleges added adds reiterated reiterates estimated estimates hinted hints "
    "implied implies "
    "indicated indicates revealed reveals showed shows show found finds find observed remarked "
    "recalled reported reports "
    "stated states declared declares testified testifies vowed vows promised promises pledged "
    "pledges joked jokes boasted "
    "boasts made makes make bragged brags guessed guesses figures figured swore swears bet";
static const char en_ing[] =
    "continuing quipping joking boasting bragging shouting yelling chanting "
    "repeating testifying confirming revealing tweeting chiding replying responding "
    "adding stating telling warning noting arguing "
    "insisting stressing emphasising emphasizing explaining "
    "declaring asserting suggesting alleging accusing "
    "asking urging reiterating writing pointing "
    "recalling promising announcing predicting remarking tweeting "
    "acknowledging admitting conceding replying vowing "
    "pledging maintaining underlining underscoring complaining denying "
    "cautioning lamenting concluding affirming";
static const char en_ing_weak[] = "calling describing dismissing portraying labelling labeling "
                                  "branding denouncing mocking hailing";
static const char en_weak[] =
    "portrayed portrays branded characterised characterized termed "
    "deemed identified decided determined ruled agreed agrees smiled laughed nodded sighed "
    "called calls described describes dismissed decried "
    "denounced condemned criticised criticized blasted slammed labelled "
    "labeled dubbed hailed praised welcomed rejected "
    "refuted rebutted ridiculed mocked outlined recalled "
    "blamed estimated estimates calculated regretted "
    "regrets bemoaned deplored offered offers invited invites refused "
    "refuses encouraged encourages appealed appeals "
    "ordered orders instructed threatened threatens pledged";

static const char fr_verbs[] =
    "dit declare annonce affirme assure explique precise ajoute estime indique rappelle souligne "
    "soutient repete "
    "repond replique lance confie note remarque observe previent avertit insiste conclut regrette "
    "denonce deplore "
    "reconnait admet jure promet ironise resume commente juge pretend dement confirme signale "
    "raconte avance tonne "
    "martele poursuit reprend lache glisse souffle plaide disait declarait affirmait expliquait "
    "estimait assurait "
    "indiquait ajoutait soulignait precisait ecrit demande demandait renchérit rencherit retorque "
    "releve valoir observer defend revele revendique accuse reitere juge martele rapporte "
    "reconnaissent "
    "disent affirment estiment assurent annoncent declarent expliquent soulignent previennent "
    "avertissent";
/* past participles: a déclaré, ont annoncé */
static const char fr_participles[] = "declare annonce affirme assure explique precise ajoute "
                                     "estime indique rappele souligne soutenu repete repondu "
                                     "replique lance confie note remarque observe prevenu averti "
                                     "insiste conclu regrette denonce deplore reconnu admis "
                                     "jure promis ironise resume commente juge pretendu dementi "
                                     "confirme signale raconte martele poursuivi repris "
                                     "lache glisse ecrit demande reitere retorque releve plaide "
                                     "ironise averti revele accuse rapporte defendu";
/* the past of tales */
static const char fr_past[] = "demanda repondit declara affirma ajouta expliqua repliqua murmura "
                              "cria precisa assura annonca lanca estima demanderent repondirent";
static const char fr_weak[] = "qualifie qualifiee qualifient traite fustige fustigent salue";
static const char fr_ing[] =
    "ajoutant precisant affirmant declarant assurant soulignant expliquant estimant rappelant";

static const char de_verbs[] =
    "sagte sagt sagten sagen erklarte erklart erklarten betonte betont meinte meint teilte "
    "behauptete behauptet "
    "kundigte warnte warnt forderte fordert berichtete berichtet antwortete antwortet entgegnete "
    "erwiderte fugte "
    "unterstrich bekraftigte versicherte versichert raumte gab fragte fragt rief schrieb schreibt "
    "kommentierte "
    "kritisierte lobte bestatigte bestatigt dementierte erganzte ergänzte hob wies verkundete "
    "ausserte äußerte außerte "
    "sprach spricht nannte nennt verlangte mahnte hiess hieß heißt heisst urteilte spottete klagte "
    "klagt stellte";
static const char de_participles[] =
    "gesagt erklart betont mitgeteilt angekundigt gewarnt gefordert berichtet versichert "
    "bestatigt geschrieben behauptet";

static const char es_verbs[] =
    "dijo dice dijeron dicen decia afirmo afirma afirmaron aseguro asegura aseguraron declaro "
    "declara declararon senalo "
    "senala senalaron anadio anade explico explica explicaron indico indica indicaron sostuvo "
    "sostiene sostuvieron "
    "advirtio advierte advirtieron anuncio anuncia anunciaron aseveró asevero manifesto manifiesta "
    "expreso expresa "
    "reitero reitera recordo recuerda subrayo subraya insistio insiste preciso precisa agrego "
    "agrega respondio responde "
    "replico replica comento comenta concluyo concluye confirmo confirma nego niega denuncio "
    "denuncia conto cuenta "
    "reconocio reconoce admitio admite lamento lamenta prometio promete pregunto pregunta exclamo "
    "apunto apunta destaco "
    "destaca informo informa escribio escribe resumio ironizo zanjo espeto pidio pide";
static const char es_participles[] =
    "dicho afirmado asegurado declarado senalado anadido explicado indicado advertido "
    "anunciado reiterado recordado subrayado insistido";
static const char es_ing[] = "anadiendo diciendo asegurando afirmando senalando";

const nn_table_cues nn_table_cue_words[] = {
    {EN, NN_CUE_VERB | NN_CUE_BARE | NN_CUE_SURE, en_bare},
    {EN, NN_CUE_BARE, en_bare_too},
    {EN, NN_CUE_VERB | NN_CUE_BARE, en_bare_noun},
    {EN, NN_CUE_VERB | NN_CUE_BARE | NN_CUE_WEAK, en_weak_bare},
    {EN, NN_CUE_VERB, en_verbs},
    {EN, NN_CUE_VERB | NN_CUE_BARE | NN_CUE_PLURAL, en_plural},
    {EN, NN_CUE_VERB | NN_CUE_BARE | NN_CUE_PLURAL | NN_CUE_NOUN, en_noun_plural},
    {EN, NN_CUE_VERB | NN_CUE_BARE | NN_CUE_WEAK | NN_CUE_PLURAL | NN_CUE_NOUN, en_weak_plural},
    {EN, NN_CUE_VERB | NN_CUE_NOUN, en_noun_verbs},
    {EN, NN_CUE_VERB | NN_CUE_OBJECT, en_object},
    {EN, NN_CUE_VERB | NN_CUE_TO | NN_CUE_OBJECT, en_to},
    {EN, NN_CUE_VERB | NN_CUE_TO, en_to_self},
    {EN, NN_CUE_VERB | NN_CUE_OF, en_of},
    {EN, NN_CUE_ING, en_ing},
    {EN, NN_CUE_ING | NN_CUE_TO | NN_CUE_OBJECT, en_ing_to},
    {EN, NN_CUE_ING | NN_CUE_OF, en_ing_of},
    {EN, NN_CUE_ING | NN_CUE_BARE | NN_CUE_SURE, en_ing_bare},
    {EN, NN_CUE_ING | NN_CUE_BARE, en_ing_claim},
    {EN, NN_CUE_ING | NN_CUE_WEAK, en_ing_weak},
    {EN, NN_CUE_WEAK, en_weak},
    {FR, NN_CUE_VERB, fr_verbs},
    {FR, NN_CUE_VERB, fr_participles},
    {FR, NN_CUE_VERB, fr_past},
    {FR, NN_CUE_VERB | NN_CUE_WEAK, fr_weak},
    {FR, NN_CUE_ING, fr_ing},
    {DE, NN_CUE_VERB | NN_CUE_BARE, de_verbs},
    {DE, NN_CUE_VERB, de_participles},
    {ES, NN_CUE_VERB, es_verbs},
    {ES, NN_CUE_VERB, es_participles},
    {ES, NN_CUE_ING, es_ing},
    {0, 0, NULL},
};
