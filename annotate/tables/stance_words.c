/* SPDX-License-Identifier: Apache-2.0 */
/* A table of facts: English verbs, nouns and adjectives by which the press tells what somebody
 * holds, wants or does with words. Regular verbs stand in their base form and are inflected when
 * the lexicon is read; a + behind one doubles its last letter: ban+ has banned and banning. */
#include "annotate/lexicon.h"
#include "annotate/tables/tables.h"

/* take an object: support *the plan* */
static const char taking[] =
    /* for it */
    "support back endorse favor favour embrace defend praise laud applaud commend salute hail "
    "cheer champion tout promote trumpet extol+ admire respect revere love welcome appreciate "
    "value prize cherish approve accept tolerate thank congratulate credit forgive pardon excuse "
    "glorify idolize idolise lionize lionise romanticize romanticise relish envy honor honour "
    "trust reaffirm prioritize prioritise "
    /* against it */
    "oppose criticize criticise condemn denounce attack blast slam+ assail decry deride mock "
    "ridicule reject dismiss disavow disown repudiate renounce question challenge dispute doubt "
    "distrust mistrust blame fault chide rebuke scold admonish upbraid lambast lambaste castigate "
    "excoriate berate bash pan+ savage skewer eviscerate pillory disparage belittle malign vilify "
    "demonize demonise denigrate demean insult smear taunt tease needle heckle boo jeer rip+ "
    "hammer dislike hate loathe detest despise resent abhor+ disdain scorn spurn shun+ snub+ "
    "rebuff protest contest contradict counter refute rebut+ deny resist eschew ignore flout "
    "chastise reprimand censure lampoon satirize satirise parody caricature trash retract recant "
    "critique revile sue veto disclaim knock underestimate discredit rubbish deplore decry "
    "regret+ lament bemoan bewail mourn deplore rue fear dread pity "
    /* wished, planned, weighed */
    "want desire prefer+ covet crave demand request envision envisage anticipate expect "
    "predict forecast estimate imagine consider contemplate ponder weigh mull plot+ pursue rethink "
    "propose offer promise pledge vow threaten urge advocate recommend suggest lobby pressure "
    "press push implore encourage exhort petition badger cajole coax goad prod+ "
    /* spoken of */
    "address mention cite quote invoke reference broach highlight stress emphasize emphasise "
    "underscore underline acknowledge admit+ concede recognize recognise announce unveil reveal "
    "disclose outline detail describe explain clarify summarize summarise recount recall remember "
    "chronicle document report publish tweet retweet reiterate echo parrot confirm assert claim "
    "allege articulate enunciate express voice convey proclaim discuss debate note observe tackle "
    "downplay underplay overstate understate misstate query quiz grill minimize minimise "
    "exaggerate misrepresent attribute coin utter herald declare order reassure "
    /* seen as */
    "call compare liken equate portray depict characterize characterise label brand dub+ deem view "
    "perceive interpret identify name peg+ realize realise sense guess notice";

/* and an infinitive: plan *to leave* */
static const char meaning_to[] =
    "want wish hope plan+ intend aim promise vow pledge threaten agree refuse decline decide opt "
    "prefer+ propose offer resolve yearn aspire volunteer expect fear consider love hate desire "
    "demand ask vote claim strive";

/* and no object: looking *to leave* */
static const char meaning_to_forms[] = "looking looks looked";
static const char meaning_to_bases[] = "like look";
static const char seeking[] = "sought seeking seeks";
static const char seeking_base[] = "seek";

/* take an object behind a preposition: agree *with it*, lash *out at it* */
static const char linked[] =
    "agree disagree concur+ sympathize sympathise side object respond reply refer+ allude point "
    "confess admit+ commit+ aspire complain worry care joke brag+ boast wonder ask inquire "
    "disapprove "
    "approve warn caution despair hint scoff sneer balk bristle laugh marvel hope wish yearn "
    "root vouch apologize apologise pray plead beg+ clamor clamour opt insist focus dwell comment "
    "expand elaborate believe delight revel+ push press argue rail inveigh call lie gush rave rant "
    "fume grumble gripe grouse muse ruminate reflect opine plan+ learn react reminisce quibble "
    "acquiesce appeal fret+ obsess rule brush shrug+ lash rip+ swipe spar+ bicker quarrel "
    "feud squabble spell harp hark adhere subscribe fulminate thunder seethe chafe pontificate "
    "pounce wink strive vie dissent demur+ sermonize enthuse gloat commiserate empathize";

/* behind few of them: spoke *about it*, voted *for it* */
static const char linked_about[] =
    "talk vote riff+ speak protest testify preach lecture crusade advocate stand "
    "write";
static const char linked_about_forms[] = "spoke spoken wrote written writing";

/* irregular forms */
static const char taking_forms[] =
    "regards regarded posted posting foresaw foresees understood understands understanding "
    "withdrew withdraws "
    "liked likes liking forbade forbids forgave overruled overstated understated misstated "
    "misunderstood foretold";
static const char taking_bases[] = "foresee understand withdraw forbid";
static const char linked_forms[] =
    "heard hears hearing dreamed dreamt dreams thought thinks thinking knew knows knowing swore "
    "swears learnt zeroed weighed";
static const char linked_bases[] = "think know hear dream swear";

/* a question, or an object and as what: sees *him as a rival* */
static const char taking_as[] =
    "see sees saw seen seeing feel feels felt feeling think thinks thought treat treats treated "
    "treating";

/* by which data tell: a poll shows *a lead* */
static const char evidence[] =
    "show shows showed shown showing find finds found finding suggest suggests suggested "
    "suggesting indicate indicates indicated indicating reveal reveals revealed revealing";

/* a noun behind it is what counts: voice *support for it* */
static const char light[] =
    "expressed expresses expressing voiced voices voicing raised raises raising shared shares "
    "sharing issued issues issuing made makes making has had having delivered delivers delivering "
    "launched launches launching offered offers offering repeated repeats repeating gave gives "
    "giving held holds holding drafted drafts drafting renewed renews renewing reiterated "
    "reiterating lodged lodges lodging showed shows showing signaled signalled signals signaling "
    "signalling declared took takes taking leveled levelled levels leveling levelling provided "
    "provides providing faced";
static const char light_bases[] =
    "express voice raise share issue make have deliver launch offer repeat give hold draft renew "
    "reiterate lodge show signal take level provide";

/* such nouns, and those that somebody owns: his *support for it* */
static const char nouns[] =
    "support opposition criticism criticisms praise condemnation denunciation endorsement "
    "rejection call calls demand demands request requests plea pleas appeal appeals proposal "
    "proposals plan plans promise promises pledge pledges vow vows threat threats warning warnings "
    "claim claims allegation allegations accusation accusations assertion assertions contention "
    "argument arguments suggestion suggestions statement statements comment comments remark "
    "remarks complaint complaints concern concerns worry worries fear fears hope hopes belief "
    "beliefs view views opinion opinions conviction desire wish wishes intention intentions "
    "determination decision refusal willingness unwillingness reluctance eagerness commitment "
    "admission acknowledgment acknowledgement denial denials confession insistence prediction "
    "predictions expectation expectations estimate estimates assumption conclusion question "
    "questions doubt doubts skepticism scepticism apology explanation description account "
    "depiction portrayal characterization recommendation recommendations advice vision stance "
    "attitude attitudes feeling feelings advocacy disapproval approval affection admiration "
    "respect disdain contempt hatred sympathy preference dissatisfaction frustration anger outrage "
    "indignation dismay disappointment embrace defense defence attack attacks push "
    "ambition aspiration announcement declaration reference references response reaction "
    "objection objections rhetoric thoughts position positions stand optimism pessimism confidence "
    "faith regret regrets sadness alarm unease interest misgivings inclination resolve readiness "
    "disagreement disagreements agreement gratitude outcry solidarity loyalty devotion passion "
    "alarms report reports letter letters speech speeches tweet tweets memo critique critiques "
    "assurance assurances hostility apprehension apprehensions rebuttal "
    "perception perceptions impression impressions resentment displeasure suspicion suspicions "
    "goal goals aim aims tirade message messages verdict testimony assessment "
    "assessments judgment judgement crusade focus "
    "enthusiasm appetite emphasis mention details evidence case pitch";

/* of these, those that tell one even where nobody owns it: *support for it* */
static const char nouns_alone[] =
    "support questions question evidence criticism criticisms concerns concern opposition calls "
    "hopes hope fears fear views view comments accusations allegations remarks statements doubts "
    "doubt complaints complaint proposals assertion assertions argument arguments praise promise "
    "promises belief beliefs confidence mention rejection frustration claims enthusiasm "
    "suggestion suggestions pledge disagreement assumption skepticism scepticism worry worries "
    "denial denials admission warning warnings condemnation plans speculation";

/* is *confident that* */
static const char adjectives[] =
    "confident certain convinced optimistic pessimistic hopeful worried concerned afraid alarmed "
    "angry furious skeptical sceptical critical supportive proud eager willing unwilling reluctant "
    "determined opposed committed disappointed pleased happy glad delighted surprised wary aware "
    "unaware adamant grateful keen frustrated outraged dismayed upset uncomfortable dismissive "
    "dubious doubtful fearful mindful unsure uncertain positive sorry thankful enthusiastic "
    "excited troubled bothered horrified appalled impressed unimpressed satisfied dissatisfied "
    "unhappy nervous anxious apprehensive cautious appreciative tired fond intent bent hostile "
    "devoted dedicated divided split conscious leery distrustful mistrustful terrified unafraid "
    "sick insistent thrilled enamored enamoured outspoken shocked intrigued bullish ambivalent "
    "stunned puzzled mystified disgusted cagey lukewarm coy apologetic receptive sanguine "
    "incensed infuriated livid perplexed baffled curious giddy jubilant ecstatic hungry "
    "sensitive attuned resigned open";

/* who holds it: a *supporter of* the plan */
static const char holders[] =
    "supporter supporters opponent opponents critic critics advocate advocates proponent "
    "proponents backer backers defender defenders champion champions fan fans foe foes detractor "
    "detractors skeptic skeptics sceptic sceptics booster boosters admirer admirers believer "
    "believers";

/* by which nobody holds it: *seems* to */
static const char hedges[] =
    "seem seems seemed seeming appear appears appeared appearing unclear reportedly "
    "allegedly supposedly purportedly ostensibly";

/* what an infinitive of attitude may follow: *continued to* push */
static const char leading[] =
    "continue continued continues continuing attempt attempted attempts attempting try tried tries "
    "trying begin began begins beginning begun able unable going used need needs needed start "
    "started starts starting fail failed fails failing manage managed manages set quick ought have "
    "has had likely struggled struggling struggles";

const nn_table_cues nn_table_regular_words[] = {
    {0, NN_CUE_STANCE | NN_CUE_TAKES, taking},
    {0, NN_CUE_STANCE | NN_CUE_TAKES_TO, meaning_to},
    {0, NN_CUE_STANCE | NN_CUE_LINKED, linked},
    {0, NN_CUE_STANCE | NN_CUE_LINKED | NN_CUE_ABOUT, linked_about},
    {0, 0, NULL},
};

const nn_table_cues nn_table_stance_words[] = {
    {0, NN_CUE_STANCE | NN_CUE_TAKES, taking_forms},
    {0, NN_CUE_STANCE | NN_CUE_TAKES | NN_CUE_BASE, taking_bases},
    {0, NN_CUE_STANCE | NN_CUE_TAKES_TO | NN_CUE_ONLY_TO, meaning_to_forms},
    {0, NN_CUE_STANCE | NN_CUE_TAKES_TO | NN_CUE_ONLY_TO | NN_CUE_BASE, meaning_to_bases},
    {0, NN_CUE_STANCE | NN_CUE_TAKES | NN_CUE_TAKES_TO, seeking},
    {0, NN_CUE_STANCE | NN_CUE_TAKES | NN_CUE_TAKES_TO | NN_CUE_BASE, seeking_base},
    {0, NN_CUE_STANCE | NN_CUE_LINKED, linked_forms},
    {0, NN_CUE_STANCE | NN_CUE_LINKED | NN_CUE_BASE, linked_bases},
    {0, NN_CUE_STANCE | NN_CUE_LINKED | NN_CUE_ABOUT, linked_about_forms},
    {0, NN_CUE_STANCE | NN_CUE_TAKES_AS, taking_as},
    {0, NN_CUE_EVIDENCE, evidence},
    {0, NN_CUE_LIGHT, light},
    {0, NN_CUE_LIGHT | NN_CUE_BASE, light_bases},
    {0, NN_CUE_ATTITUDE, nouns},
    {0, NN_CUE_ATTITUDE | NN_CUE_ALONE, nouns_alone},
    {0, NN_CUE_ADJECTIVE, adjectives},
    {0, NN_CUE_HOLDER, holders},
    {0, NN_CUE_HEDGE, hedges},
    {0, NN_CUE_LEADS_TO, leading},
    {0, 0, NULL},
};
