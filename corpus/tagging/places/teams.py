"""Tells the cities of an article on sport that stand for their teams: `Dallas beat Seattle`."""

from __future__ import annotations

import re

from pinakes.corpus.tagging.places.place import Place, PlaceKind

_COMMON_WORDS = (
    "touchdown", "quarterback", " inning", "halftime", "playoff", "head coach", "NFL", "NBA",
    "MLB", "NHL", "League", " scored", " assists", " saves",
)  # fmt: skip
"""Words of sport of which an article on it has one: most articles have none, and are done with."""
_OTHER_WORDS = (
    "linebacker", "cornerback", "wide receiver", "running back", "tight end", "fumble",
    "end zone", "field goal", "first down", " rushing", "home run", "homered", "bullpen",
    "shortstop", "outfielder", "baseman", "pitcher", "RBI", "rebound", "free throw", "3-pointer",
    "three-pointer", "point guard", "layup", "half-time", "preseason", "postseason",
    "regular season", "season opener", "season-high", "power play", "shutout", "goalkeeper",
    "goaltender", "goalie", "midfield", "striker", "defenseman", "penalty kick", "offside",
    "equaliser", "clean sheet", "kickoff", "kick-off", "kicker", "wicket", "batsman", "roster",
    "draft pick", "yards",
)  # fmt: skip
_ALSO_ELSEWHERE = frozenset(
    {"League", " scored", " assists", " saves", "rebound", "striker", "roster", "yards", "offside"}
)
"""Words of sport that articles on other things have as well: by these alone none is on sport."""
# What players are counted by in lists of results.
_FIGURES = re.compile(
    r"\b\d+ (?:goals?|assists?|saves?|rebounds?|points|hits|strikeouts|kills|digs)\b"
)
_FEWEST_WORDS, _FEWEST_FIGURES = 3, 5
"""So many different words of sport, or figures of players, make an article one on sport,"""
_LONGEST_WITHOUT = 700
"""if there is one in so many code points in the mean."""
_TEAM_STATES = ("US", "CA")
"""Countries whose states and provinces have teams of their names."""
_THERE = re.compile(
    r"(?i)\b(?:in|near|outside|around|across|throughout|downtown|into|inland|(?:city|town|state"
    r"|people|mayor|streets|suburbs?|outskirts|north|south|east|west) of|(?:fl(?:y|ies|ew|ights?)"
    r"|travel\w*|trips?|tickets|mov(?:e|es|ed|ing)|dr(?:ive|ove)|back|home|born) (?:to|from|in))"
    r"\s(?:(?:nearby|northern|southern|eastern|western|central|suburban|rural)\s)?$"
)
_OF_THE_TOWN = re.compile(
    r"['’]?s?\s(?:natives?|areas?|suburbs?|residents?|police|mayor|marathon|airport|hospitals?"
    r"|schools?|high school|restaurants?|neighbou?rhoods?|streets?|hotels?|newspapers?|jail"
    r"|courts?|homes?|apartments?|voters|taxpayers|City Council)\b"
)
_DATELINE = re.compile(r"(?:,\s[\w.\s]{2,20})?\s?(?:\([A-Z]|[—–]|--|-\s)")


def is_on_sport(text: str) -> bool:
    """Whether an article's text has so many words of sport that it tells of matches."""
    told = [word for word in _COMMON_WORDS if word in text]
    if not told:
        return False
    told += [word for word in _OTHER_WORDS if word in text]
    count = sum(map(text.count, told))
    if len(told) < _FEWEST_WORDS or _ALSO_ELSEWHERE.issuperset(told):
        count = len(_FIGURES.findall(text))
        if count < _FEWEST_FIGURES:
            return False
    return count * _LONGEST_WITHOUT >= len(text)


def may_be_a_team(text: str, start: int, end: int, place: Place) -> bool:
    """Whether a name in an English article on sport is as likely that of a team.

    It is not after words that lead to a place (`in`, `near`), before what a town has (`police`),
    and where a report tells first whence it comes.
    """
    is_state = place.kind is PlaceKind.REGION and (
        place.country in _TEAM_STATES or place.name == "New England"
    )
    if place.kind is not PlaceKind.CITY and not is_state:
        return False
    if _THERE.search(text, max(0, start - 40), start) or _OF_THE_TOWN.match(text, end):
        return False
    line = text.rfind("\n", 0, start) + 1
    return not (line == start and _DATELINE.match(text, end))
