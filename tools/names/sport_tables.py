# SPDX-License-Identifier: Apache-2.0
"""Results, standings, fixtures, score lists and squads, with the facts of sport/. Each maker returns the lines of a document."""

from sport import AMERICAN, CITIES, LEAGUES, NATIONS, PLAYERS, body, person, place

SINGLES = ["TENNIS", "SQUASH", "BADMINTON", "TABLE TENNIS"]
EVENTS = ["Open", "International", "Grand Prix", "Challenge", "Indoor Championships", "Classic", "Masters", "Cup"]


def league(m, sport="football"):
    return m.pick([row for row in LEAGUES if row[2] == sport])


def adjective(nation):
    return f"[N {PLAYERS[nation][0]}]" if nation in PLAYERS else place(nation)


def event(m):
    return f"[E {m.pick(CITIES)[0].partition(',')[0].title()} {m.pick(EVENTS)}]"


def pairs(m, clubs, count):
    chosen = m.several(clubs, 2 * count)
    return list(zip(chosen[::2], chosen[1::2]))


def scorers(m, count, nation):
    return ", ".join(f"{person(m.surname(nation))} {1 + m.below(90)}{m.pick(['', '', '', ' penalty', ' og'])}" for _ in range(count))


def football_results(m):
    nation, name, _, clubs = league(m)
    adj = adjective(nation)
    out = [m.headline(f"soccer - {adj} {m.pick(['first division', 'league', 'cup', name])} results")]
    out += m.opening(f"Results of {adj} {m.pick(['first division', 'league', 'premier league', 'cup'])} "
                     f"{m.pick(['soccer matches', 'matches', 'games'])} {m.pick(['on', 'played on'])} {m.day}:")
    form = m.below(4)
    for a, b in pairs(m, clubs, 5 + m.below(5)):
        x, y = m.goals(), m.goals()
        row = f"{body(a)} {x} {body(b)} {y}" if form < 3 else f"{body(a)} {x}, {body(b)} {y}"
        if form == 1:
            row += f" (halftime {min(x, m.goals())}-{min(y, m.goals())})"
        out.append(row)
        if form == 2 and x + y > 0:
            half = f"Halftime: {min(x, m.goals())}-{min(y, m.goals())}. Attendance: {3 + m.below(60)},{m.below(1000):03}"
            marks = [f"{body(c)} - {scorers(m, k, nation)}" for c, k in ((a, x), (b, y)) if k]
            out.append(f"Scorers: {'; '.join(marks)}. {half}")
    return out


def standings(m):
    sport = m.pick(["football", "football", "football", "rugby", "hockey"])
    nation, name, _, clubs = league(m, sport)
    what = {"football": "soccer", "rugby": "rugby", "hockey": "ice hockey"}[sport]
    out = [m.headline(f"{what} - {adjective(nation)} {m.pick(['standings', 'league standings', 'table'])}")]
    out += m.opening(m.pick([f"Standings in the {adjective(nation)} league after {m.day}'s matches (tabulated under played, "
                             "won, drawn, lost, goals for, goals against, points):",
                             f"{adjective(nation)} {name} table (played, won, drawn, lost, for, against, points):"]))
    points = 70
    for club in m.several(clubs, 8 + m.below(10)):
        points -= m.below(4)
        won, drawn = m.below(20), m.below(9)
        out.append(f"{body(club)} {won + drawn + m.below(7)} {won} {drawn} {m.below(9)} {20 + m.below(50)} {10 + m.below(40)} {points}")
    return out


def fixtures(m):
    nation, name, sport, clubs = m.pick(LEAGUES)
    joint = m.pick(["v", "v", "vs", "-", "v."])
    out = [m.headline(f"{adjective(nation)} {m.pick(['fixtures', 'matches', 'programme'])} for {m.day}")]
    out += m.opening(f"Matches in the {adjective(nation)} {name.lower()} on {m.day} (all times GMT unless stated):")
    clock = m.chance(2)
    for a, b in pairs(m, clubs, 4 + m.below(6)):
        out.append(f"{body(a)} {joint} {body(b)}" + (f" ({13 + m.below(8)}{m.pick(['30', '00', '15'])})" if clock else ""))
    return out


def summary(m):
    nation, _, _, clubs = league(m)
    a, b = m.several(clubs, 2)
    x, y = m.goals(), m.goals()
    out = [m.headline(f"soccer - {adjective(nation)} {m.pick(['league', 'first division', 'cup'])} summary")]
    first = f"Summary of {m.pick(['a', 'the only'])} {adjective(nation)} first division match on {m.day}:"
    out += m.opening(first)
    score = [f"{body(c)} {k}" + (f" ({scorers(m, k, nation)})" if k else "") for c, k in ((a, x), (b, y))]
    out.append(f"{score[0]} {score[1]}. Halftime {min(x, 1)}-{min(y, 1)}. Attendance {2 + m.below(50)},{m.below(10)}00.")
    return out


def american_name(m, team, style):
    city, name = team
    if style == "full":
        return body(f"{city} {name}")
    if style == "caps":
        return body(team_city(team).upper())
    return body(team_city(team))


def team_city(team):
    city, name = team
    return f"{city} {name}" if city in ("LA", "Los Angeles", "New York", "Chicago") and len(name) < 9 and name[0] in "CLMY" else city


def american_results(m):
    name, teams = m.pick(AMERICAN)
    sport = {"NBA": "[O NBA] basketball", "NHL": "[O NHL] ice hockey", "NFL": "[O NFL] football", "MLB": "[O Major League Baseball]",
             "NPB": "baseball - Japanese", "college": "college football"}.get(name, body(name))
    high = 1 + {"NBA": 120, "NFL": 40, "CFL": 40, "college": 50, "IPL": 200}.get(name, 9)
    style = m.pick(["caps", "home", "full", "plain"])
    out = [m.headline(f"{sport} {m.pick(['results', 'scores', 'roundup'])}")]
    notes = {"home": f"Results of games on {m.day} (home team in CAPS):"}
    out += m.opening(notes.get(style, f"Results of {sport.split(' - ')[-1]} games played on {m.day}:"))
    for a, b in pairs(m, teams, 4 + m.below(7)):
        x, y = m.below(high), m.below(high)
        left, right = (american_name(m, t, "plain" if style == "home" else style) for t in (a, b))
        right = american_name(m, b, "caps") if style == "home" else right
        end = m.pick(["", "", "", "", " (OT)", " (10 innings)" if name == "MLB" else "", " (in overtime)"])
        joint = ", " if style == "plain" and x % 2 else " "
        out.append(f"{left} {max(x, y)}{joint}{right} {min(x, y)}{end}")
    return out


def american_standings(m):
    name, teams = m.pick(AMERICAN)
    style = m.pick(["caps", "caps", "full", "plain"])
    out = [m.headline(f"{m.pick(['standings after', 'standings through'])} {m.day}'s games")]
    if name in ("NBA", "NHL", "NFL", "MLB", "MLS"):
        out = [m.headline(f"{body(name)} {m.pick(['standings', 'standings after ' + m.day + chr(39) + 's games'])}")]
    out += m.opening(m.pick([f"Standings after games played on {m.day} (tabulate under won, lost, percentage, games behind):",
                             f"Standings through games of {m.day} (won, lost, tied, points, goals for, goals against):"]))
    for division in m.several(["EASTERN DIVISION", "WESTERN DIVISION", "CENTRAL DIVISION", "ATLANTIC DIVISION",
                               "NORTHEAST DIVISION", "PACIFIC DIVISION"], 1 + m.below(2)):
        out.append(f"{division}{m.pick([' W L PCT GB', ' W L T GF GA PTS', ''])}")
        for team in m.several(teams, 5):
            won, lost = 1 + m.below(40), 1 + m.below(40)
            name, share = american_name(m, team, style), 1000 * won // (won + lost)
            out.append(f"{name} {won} {lost} .{share:03} {m.pick(['-', '1', '3 1/2', '7', '12 1/2'])}")
    return out + (american_schedule(m, teams) if m.chance(2) else [])


def american_schedule(m, teams=None):
    teams = teams or m.pick(AMERICAN)[1]
    out = [f"{m.pick(DAYS_CAPS)}, {m.pick(['JANUARY', 'MAY', 'AUGUST', 'DECEMBER'])} {1 + m.below(28)}{m.pick([' SCHEDULE', ''])}"]
    style = m.pick(["caps", "caps", "plain", "full"])
    joint = "AT" if style == "caps" else "at"
    for a, b in pairs(m, teams, 3 + m.below(6)):
        out.append(f"{american_name(m, a, style)} {joint} {american_name(m, b, style)}")
    return out


DAYS_CAPS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]


def sets(m):
    return " ".join(m.pick(["6-4", "6-3", "7-5", "6-2", "6-1", "4-6", "7-6 (7-4)", "6-0", "3-6"]) for _ in range(2 + m.below(2)))


def singles_results(m):
    sport = m.pick(SINGLES)
    where = event(m)
    out = [m.headline(f"{sport} - results at {m.pick(['', 'the '])}{where}")]
    out += m.opening(f"{m.pick(['Results', 'Leading results', 'First round results', 'Quarter-final results'])} at the "
                     f"{where} {m.pick(['', 'tournament '])}on {m.day} (prefix number denotes seeding):")
    for title in m.several(["Men's singles, second round", "Women's singles, quarter-finals", "First round", "Semifinals"], 2):
        out.append(title)
        for _ in range(3 + m.below(5)):
            seed = m.pick(["", "", "", f"{1 + m.below(8)}-", f"{1 + m.below(16)} - "])
            out.append(f"{seed}{m.rival()} beat {m.pick(['', '', f'{1 + m.below(8)}-'])}{m.rival()} {sets(m)}")
    return out


def golf(m):
    home, where = m.pick(NATIONS), event(m)
    out = [m.headline(f"golf - {m.pick(['leading', 'final', 'third round'])} scores at {where}")]
    out += m.opening(f"Leading {m.pick(['first round', 'second-round', 'final'])} scores {m.pick(['', f'in the {where} '])}on {m.day} "
                     f"({m.country(home)} unless stated):")
    total = 66
    for _ in range(5 + m.below(6)):
        total += m.below(2)
        row = []
        for _ in range(1 + m.below(4)):
            other = m.pick(NATIONS)
            row.append(m.player(home) if m.chance(2) else f"{m.player(other)} ({m.country(other)})")
        cards = m.pick(["", f" {total // 2} {total - total // 2}", ""])
        out.append(f"{total} {', '.join(x + cards for x in row)}")
    return out


def ranking(m):
    """Numbered places of races and cups: athletics, skiing, cycling, skating, shooting."""
    sport = m.pick(["athletics", "cross-country skiing", "cycling", "speed skating", "biathlon", "ski jumping", "swimming",
                    "alpine skiing", "motorcycling", "weightlifting", "figure skating", "nordic skiing"])
    teams = ["Mapei", "Banesto", "Telekom", "Festina", "Polti", "Rabobank", "ONCE", "Kelme", "Lotto", "Saeco", "Carrera", "Gewiss"]
    city = m.pick(CITIES)[0].partition(",")[0].title()
    out = [m.headline(f"{sport} - {m.pick(['results of', 'leading results from'])} {place(city)} {m.pick(['meeting', 'race', 'event'])}")]
    out += m.opening(f"{m.pick(['Leading results', 'Results', 'Top placings'])} {m.pick(['in', 'from'])} a "
                     f"{m.pick(['top-class', 'world', 'women' + chr(39) + 's', 'professional'])} {sport} "
                     f"{m.pick(['event', 'meeting', 'race'])} on {m.day}:")
    run = m.chance(3)
    for title in m.several(["Men", "Women", "100 metres", "Men's 1,500 metres", "Overall standings", "Giant slalom", "Women's high jump",
                            "[E World Cup] standings (after four events)", "Final classification"], 1 + m.below(3)):
        row = []
        for k in range(3 + m.below(7)):
            nation = m.pick(NATIONS)
            team = f" {body(m.pick(teams))}" if sport == "cycling" and not run else ""
            mark = m.pick([f"{9 + m.below(40)}.{m.below(100):02}", f"{m.below(900)} points",
                           f"{1 + m.below(5)}:{m.below(60):02}.{m.below(100):02}", "same time"])
            row.append(f"{k + 1}{m.pick(['.', '.', ''])} {m.player(nation)} ({m.country(nation)}){team} {mark}")
        out += [f"{title}: {' '.join(row)}"] if run else [f"{title}:", *row]
    return out


def medals(m):
    out = [m.headline(m.pick(["medals table", "medal standings after day six", "final medals table"]))]
    out += m.opening(f"Medals after {m.day}'s events (tabulated under gold, silver, bronze, total):")
    for nation in m.several(NATIONS, 8 + m.below(8)):
        out.append(f"{m.country(nation)} {m.below(20)} {m.below(20)} {m.below(20)} {m.below(60)}")
    return out


def nations_results(m):
    """Countries play: they are places."""
    out = [m.headline(m.pick(["soccer - [E World Cup] qualifying results", "rugby union - international results",
                              "hockey - results and standings", "volleyball - [E World League] results",
                              "soccer - friendly internationals"]))]
    out += m.opening(f"Results {m.pick(['of', 'from'])} matches {m.pick(['on', 'played on'])} {m.day}:")
    detail = m.chance(2)
    for a, b in pairs(m, NATIONS, 4 + m.below(5)):
        x, y = m.goals(), m.goals()
        where = m.pick(["", "", f"In {m.town()}: "])
        out.append(f"{where}{m.country(a)} {x} {m.country(b)} {y}" + m.pick(["", "", f" (halftime {min(x, 1)}-{min(y, 1)})"]))
        marks = [f"{m.country(c)} - {', '.join(f'{m.player(c)} ({1 + m.below(90)}th minute)' for _ in range(k))}"
                 for c, k in ((a, x), (b, y)) if k]
        if detail and marks:
            out += ["Scorers:", *marks] if m.chance(2) else [f"Scorers: {' '.join(marks)}"]
    if m.chance(2):
        out.append("Standings (tabulate under played, won, drawn, lost, for, against, points):")
        out += [f"{m.country(n)} {m.below(9)} {m.below(5)} {m.below(4)} {m.below(4)} {m.below(20)} {m.below(20)} {m.below(20)}"
                for n in m.several(NATIONS, 5)]
    return out


CRICKETERS = ["England", "Australia", "India", "Pakistan", "Sri Lanka", "New Zealand", "South Africa", "Zimbabwe", "West Indies"]


def scorecard(m):
    a, b = m.several(CRICKETERS, 2)
    show = lambda n: place(n)
    initials = lambda n: f"{m.pick(PLAYERS[n][1])[0]}. {m.surname(n)}" if m.chance(2) else m.full(n)
    out = [m.headline(f"cricket - {show(a)} v {show(b)} {m.pick(['scoreboard', 'final scores', 'one-day scoreboard'])}")]
    out += m.opening(f"{m.pick(['Scoreboard', 'Close of play scoreboard'])} on {m.day} of the "
                     f"{m.pick(['first test', 'third test', 'one-day international'])} "
                     f"between {show(a)} and {show(b)}:")
    out.append(f"{show(a)} {m.pick(['first innings', 'innings', 'second innings'])}")
    bowlers = [m.surname(b) for _ in range(5)]
    for _ in range(5 + m.below(6)):
        c, w = m.pick(bowlers), m.pick(bowlers)
        how = m.pick([f"c {person(c)} b {person(w)}", f"b {person(w)}", f"lbw b {person(w)}", f"c and b {person(w)}", "not out",
                      f"run out ({person(c)})", "run out", f"st {person(c)} b {person(w)}"])
        out.append(f"{person(initials(a))} {how} {m.below(140)}")
    out.append(f"Extras (b-{m.below(9)} lb-{m.below(9)} w-{m.below(9)} nb-{m.below(9)}) {m.below(30)}")
    out.append(f"Total ({m.pick(['all out', 'for seven', 'for four declared'])}) {150 + m.below(300)}")
    fall = [f"{k + 1}-{20 * (k + 1) + m.below(20)}" + (f" ({person(m.surname(a))})" if m.chance(4) else "") for k in range(5)]
    out.append(f"Fall of wickets: {' '.join(fall)}")
    if m.chance(2):
        out.append(f"Did not bat: {', '.join(person(initials(a)) for _ in range(2))}")
    overs = [f"{person(w)} {5 + m.below(20)}-{m.below(5)}-{20 + m.below(60)}-{m.below(5)}" for w in bowlers]
    out.append(f"Bowling: {', '.join(overs)}")
    return out


def counties(m):
    _, name, _, clubs = league(m, "cricket")
    nation = m.pick(["England", "Australia", "India", "Pakistan"])
    out = [m.headline("cricket - " + m.pick(["county championship scores", "first-class scores", "domestic results",
                                             "close of play scores"]))]
    out += m.opening(f"{m.pick(['Close', 'Result', 'Lunch'])} scores in four-day {name.lower()} matches on {m.day}:")
    for a, b in pairs(m, clubs, 3 + m.below(4)):
        man = lambda: f"{m.pick(PLAYERS[nation][1])[0]}. {m.surname(nation)}" if m.chance(2) else m.full(nation)
        where = m.pick(["", f"At {m.town()}: ", f"{m.town()}: "])
        out.append(f"{where}{body(a)} {100 + m.below(400)} ({person(man())} {50 + m.below(100)}; "
                   f"{person(man())} {4 + m.below(4)}-{30 + m.below(90)}) {m.pick(['and', 'v', 'and 67-2 v'])} {body(b)} "
                   f"{m.below(400)}{m.pick(['', '-4', '-7 dec'])} ({person(man())} {40 + m.below(100)} not out).")
    return out


def squad(m):
    nation, name, sport, clubs = m.pick(LEAGUES)
    home = nation if nation in PLAYERS else m.pick(NATIONS)
    abroad = [c for row in m.several(LEAGUES, 4) for c in m.several(row[3], 3)]
    out = [m.headline(m.pick([f"{place(home)} name squad for {place(m.pick(NATIONS))} match", f"teams for {m.day}'s international",
                              f"{place(home)} squad"]))]
    coach = person(m.full(home))
    out += m.opening(f"{m.pick(['Coach', 'Manager', 'Trainer'])} {coach} on {m.day} named "
                     f"{m.pick(['the following squad', 'an unchanged team', 'a 20-man squad'])} "
                     f"for {m.pick(['a friendly', 'the qualifier', 'the match'])} against {place(m.pick(NATIONS))}:")
    one = lambda: f"{person(m.full(home))} ({body(m.pick(clubs if m.below(3) else abroad))})"
    if sport == "rugby" or m.chance(3):
        numbered = [f"{15 - k}{m.pick(['-', ' - '])}{one()}" for k in range(8)]
        out.append(f"{m.pick(['Team', place(home)])}: {', '.join(numbered)}.")
    else:
        for part in ("Goalkeepers", "Defenders", "Midfielders", "Forwards"):
            out.append(f"{part}: {', '.join(one() for _ in range(2 + m.below(4)))}{m.pick(['', '.'])}")
    return out


def single_game(m):
    """Lists of scorers of one game: `Leading scorers: Bulls - Pippen 23`."""
    europe = m.chance(2)
    teams = league(m, "basketball")[3] if europe else [f"{c} {n}" for c, n in m.pick(AMERICAN)[1]]
    out = [m.headline(m.pick(["basketball - european results", "basketball - euroleague scores", "scores and leading scorers"]))]
    out += m.opening(f"Results {m.pick(['in', 'of'])} {m.pick(['group games', 'the championship', 'play-off games'])} on {m.day}:")
    for a, b in pairs(m, teams, 2 + m.below(4)):
        x, y = 60 + m.below(50), 60 + m.below(50)
        na, nb = (m.pick(NATIONS) for _ in range(2))
        home = m.pick(["", f"In {m.town()}: "])
        out.append(f"{home}{body(a)} {x} {body(b)} {y} (halftime {x // 2}-{y // 2})")
        out.append(f"Leading scorers: {body(a)} - {m.player(na)} {10 + m.below(25)}, {m.player()} {10 + m.below(12)}; "
                   f"{body(b)} - {m.player(nb)} {10 + m.below(25)}, {m.player()} {10 + m.below(12)}")
    return out


def weather(m):
    """What else has a city a line: here they are places."""
    out = [m.headline(m.pick(["weather in major cities", "temperatures around the world", "hotel rates in main cities", "air fares"]))]
    out += m.opening(m.pick([f"High and low temperatures on {m.day}, in degrees Celsius, and the outlook:", f"Forecast for {m.day}:"]))
    capitals = m.chance(2)
    for city, _ in m.several(CITIES, 8 + m.below(8)):
        city = city.partition(",")[0]
        sky = ["rain", "sunny", "clear", "cloudy", "snow"]
        out.append(f"{place(city if capitals else city.title())} {m.below(40)} {m.below(20)} {m.pick(sky)}")
    return out


TABLES = [football_results, football_results, standings, standings, fixtures, fixtures, summary, american_results, american_results,
          american_results, american_standings, american_standings, american_standings, american_schedule, singles_results,
          singles_results, golf, ranking, ranking, medals, nations_results, nations_results, scorecard, counties, squad, squad,
          single_game, weather]
