"""A noun phrase taken apart: its names, the agent word at its head, its modifiers and its complement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.lexicon.actors import ActorLexicon, Agent, Match
from dateline.lexicon.naming import Token, plural, tokens
from dateline.records import Span

PRONOUNS: dict[str, str] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "man"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "woman"),
    **dict.fromkeys(("it", "its", "itself"), "thing"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "several"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "speakers"),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "speaker"),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), "spoken to"),
    **dict.fromkeys(("who", "whom", "whose", "which", "that"), "relative"),
}
_CUTS = frozenset((
    "of", "in", "from", "at", "for", "on", "near", "who", "whom", "which", "that", "to", "by", "with", "as", "under",
    "against", "across", "outside", "inside", "around", "along", "within", "based", "linked", "loyal", "behind",
    "among", "over", "aboard", "between", "representing", "led", "including", "after", "during", "via", "into",
))  # fmt: skip
_INDEFINITE = frozenset((
    "a", "an", "some", "several", "many", "few", "dozens", "hundreds", "thousands", "two", "three", "four", "five",
    "six", "seven", "eight", "nine", "ten", "another", "other", "others", "more", "any", "no", "at", "scores",
    "various", "about", "around", "nearly", "almost", "up", "one", "most", "numerous", "unidentified", "unknown",
))  # fmt: skip
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both", "all"))
_OWNERS = frozenset(("its", "their", "his", "her", "our", "my", "your", "whose"))
_LINKS = frozenset((
    "backed", "led", "linked", "allied", "aligned", "affiliated", "supported", "funded", "trained", "made", "brokered",
    "mediated", "born", "imposed", "occupied", "speaking", "majority", "armed", "friendly", "inspired", "dominated",
    "sponsored", "supplied", "style", "sanctioned", "appointed", "installed", "bound", "flagged", "financed", "era",
))  # fmt: skip
_STANCES = frozenset(("pro", "anti", "counter", "non", "post", "ex", "un"))
_FORMER = frozenset((
    "former", "ex", "ousted", "deposed", "retired", "disgraced", "erstwhile", "toppled", "overthrown", "late",
))  # fmt: skip


# Titles as the press cuts them short, by the term they stand for; read before a capitalised name only.
_SHORT_TITLES = {
    "sen": "senator", "rep": "congressman", "gov": "governor", "gen": "general", "lt": "lieutenant", "col": "colonel",
    "maj": "major", "sgt": "sergeant", "capt": "captain", "adm": "admiral", "brig": "brigadier", "cpl": "corporal",
    "insp": "inspector", "supt": "superintendent", "rev": "reverend", "fr": "priest", "pm": "prime minister",
    "amb": "ambassador", "prof": "professor", "cmdr": "commander", "sec": "secretary", "det": "detective",
}  # fmt: skip
# Words that qualify in lower case ("general manager", "private mill") and are titles or people otherwise.
_ADJECTIVES = frozenset((
    "general", "private", "public", "criminal", "major", "captain", "commercial", "minor", "national", "dead", "person",
    "wounded", "foreign", "liberal", "conservative", "communist", "socialist", "local", "regular", "capital",
))  # fmt: skip
# Those that are adjectives in names of bodies too ("National Workers' Alliance").
_OF_BODIES = frozenset(("national", "public"))
# Words for a share of someone, which is someone still.
_SHARE = re.compile(
    r"(?:the\s+)?(?:(?:vast|overwhelming)\s+)?(?:bulk|majority|most|rest|remainder|remnants|half|some|many|all)\s+of\s+"
    r"(?=\w)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Head:
    """An agent word with the tokens it covers."""

    first: int
    last: int
    agent: Agent


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention taken apart.

    ``kind`` is the reader's kind where it gave one. ``pronoun`` is what a pronoun asks for, else ``None``. ``names``
    are the lexicon's names in it, ``linked`` those that only qualify ("Russian-backed"), ``heads`` the agent words of
    the core, ``tail`` those of the complement, ``proper`` the capitalised words that no lexicon knows. ``core`` is
    the number of words before the complement. ``article`` is definite, indefinite, owned or bare.
    """

    span: Span
    kind: str | None
    words: tuple[Token, ...]
    pronoun: str | None
    article: str
    names: tuple[Match, ...]
    linked: tuple[Match, ...]
    heads: tuple[Head, ...]
    tail: tuple[Head, ...]
    proper: tuple[Token, ...]
    core: int
    former: bool

    @property
    def head(self) -> Head | None:
        """The agent word that says what the phrase is: the last of the core."""
        return self.heads[-1] if self.heads else None

    @property
    def last_name(self) -> Match | None:
        """The last name within the core."""
        return next((m for m in reversed(self.names) if m.first < self.core), None)

    @property
    def several(self) -> bool:
        """True when the phrase is grammatically plural."""
        if self.pronoun:
            return self.pronoun in ("several", "speakers")
        return bool(self.words) and plural(self.words[self.core - 1].key) and not self._ends_in_a_name

    @property
    def _ends_in_a_name(self) -> bool:
        """True for "Ralph Gonsalves": the plural ending is a surname's."""
        name = self.last_name
        if name is not None and name.last == self.core and name.named[0].actor is not None:
            return name.named[0].actor.kind == "person"
        return self.kind == "person" and bool(self.proper) and self.proper[-1] is self.words[self.core - 1]

    @property
    def owner(self) -> str | None:
        """The possessive pronoun that opens the phrase, in lower case."""
        return self.words[0].text.lower() if self.article == "owned" else None

    def text_of(self, first: int, last: int) -> str:
        """The characters of tokens ``first`` to ``last`` (exclusive), possessive endings left out."""
        text = self.span.text[self.words[first].start : self.words[last - 1].end]
        return text.removesuffix("'s").removesuffix("’s")


def take_apart(span: Span, kind: str | None, lexicon: ActorLexicon) -> Phrase:
    """Take a mention apart; a share of something ("the bulk of NATO troops") is taken for all of it. Never raises."""
    share = _SHARE.match(span.text)
    if share:
        span = Span(span.start + share.end(), span.end, span.text[share.end() :])
    words = tokens(span.text)
    lone = words[0].text if len(words) == 1 else ""
    spoken = PRONOUNS.get(lone.lower()) if not (lone.isupper() and len(lone) > 1) else None
    matches = _matches(words, kind, lexicon)
    names = tuple(m for m in matches if not _qualifies(m, words))
    core = _core(words, _long_spans(words, matches, lexicon))
    heads = _heads(words, (0, core), matches, lexicon)
    tail = _heads(words, (core, len(words)), matches, lexicon)
    former = any(t.key in _FORMER for t in words[:core])
    proper = _proper(words, core, matches, heads)
    linked = tuple(m for m in matches if m not in names)
    return Phrase(span, kind, words, spoken, _article(words), names, linked, heads, tail, proper, core, former)


def _matches(words: Sequence[Token], kind: str | None, lexicon: ActorLexicon) -> tuple[Match, ...]:
    out: list[Match] = []
    at = 0
    while at < len(words):
        found = lexicon.match(words, at)
        if found is None or (out and _of_another(out[-1], found)) or _part_of_a_name(found, words, kind, lexicon):
            at += 1
        else:
            out.append(found)
            at = found.last
    return tuple(out)


def _part_of_a_name(found: Match, words: Sequence[Token], kind: str | None, lexicon: ActorLexicon) -> bool:
    """True for one word that belongs to a longer name that no lexicon has: "Burhan Wani", "the Labour Court"."""
    if found.last - found.first > 1:
        return False
    named, here = found.named[0], words[found.first]
    before = words[found.first - 1] if found.first else None
    after = words[found.last] if found.last < len(words) else None
    if named.actor is not None and named.actor.kind == "party":
        of = before is not None and before.key in ("of", "and")
        return of or (after is not None and after.key in _OFFICES_OF_LABOUR)
    if kind not in ("person", None) or here.possessive or here.hyphen:
        return False
    if named.actor is not None and named.actor.kind == "person":
        return _unknown_name(found.first - 1, words, lexicon) or _unknown_name(found.last, words, lexicon)
    given = here.key in _GIVEN and (before is None or before.key not in _CUTS)
    return (given and _unknown_name(found.last, words, lexicon)) or _family_name(found, words, kind, lexicon)


def _family_name(found: Match, words: Sequence[Token], kind: str | None, lexicon: ActorLexicon) -> bool:
    """True for "Jordan" in "Michael Jordan": a country's name that closes a person's, a bare first name before it."""
    closes = found.last == len(words) or words[found.last].key in _CUTS
    surname = kind == "person" and words[found.first].key in _FAMILY and found.first > 0 and closes
    return surname and _unknown_name(found.first - 1, words, lexicon)


def _unknown_name(at: int, words: Sequence[Token], lexicon: ActorLexicon) -> bool:
    """True when the word at ``at`` is capitalised and neither a title nor anything that the lexicon knows."""
    if not 0 <= at < len(words):
        return False
    word = words[at]
    if not word.text[0].isupper() or word.possessive or word.key in _NO_NAMES or word.key in _SHORT_TITLES:
        return False
    known = lexicon.match(words, at) is not None or any(
        _covers(words, k, at, lexicon) for k in range(max(0, at - 3), at + 1)
    )
    return not known


def _covers(words: Sequence[Token], first: int, at: int, lexicon: ActorLexicon) -> bool:
    found = lexicon.agent(words, first)
    return found is not None and found[0] > at


def _of_another(before: Match, found: Match) -> bool:
    """True for "Chile's Defense Department": a state's own name for a body, said of another state."""
    state, body = before.named[0].country, found.named[0].actor
    if state is None or body is None or before.last != found.first or body.kind == "person":
        return False
    return body.country not in (None, "IGO", state.id) and not any(n.actor is None for n in found.named)


def _qualifies(match: Match, words: Sequence[Token]) -> bool:
    """True for "Russian-backed" and "pro-Russian": such a name tells a stance, not who it is."""
    if match.first and words[match.first - 1].hyphen and words[match.first - 1].key in _STANCES - {"ex"}:
        return True
    after = words[match.last].key if match.last < len(words) else ""
    return words[match.last - 1].hyphen and after in _LINKS


def _long_spans(words: Sequence[Token], matches: Sequence[Match], lexicon: ActorLexicon) -> list[tuple[int, int]]:
    """Names and agent terms of several words: no cut falls within them ("Director of Central Intelligence")."""
    spans = [(m.first, m.last) for m in matches]
    for at in range(len(words)):
        found = lexicon.agent(words, at)
        if found and found[0] > at + 1:
            spans.append((at, found[0]))
    return spans


def _core(words: Sequence[Token], whole: Sequence[tuple[int, int]]) -> int:
    for at, word in enumerate(words):
        inside = any(first < at < last for first, last in whole)
        if at and word.text.islower() and word.key in _CUTS and not inside and not words[at - 1].hyphen:
            if at == 1 and words[0].key in _INDEFINITE | _DEFINITE:
                continue
            if words[at - 1].key in _INDEFINITE and word.key in ("of", "to"):
                continue
            return at
    return len(words)


def _heads(
    words: Sequence[Token], within: tuple[int, int], matches: Sequence[Match], lexicon: ActorLexicon
) -> tuple[Head, ...]:
    covered = {i for m in matches for i in range(m.first, m.last)}
    out, (at, end) = [], within
    while at < end:
        found = None if at in covered else _short_title(words[:end], at, lexicon) or lexicon.agent(words[:end], at)
        named = found and at - 1 not in covered and at + 1 == end and _surname(words, at)
        if found and (named or _first_name(words[:end], at, found) or _adjective(words[:end], at, found)):
            found = None
        if found is None:
            at += 1
        else:
            out.append(Head(at, *found))
            at = found[0]
    return tuple(out)


def _short_title(words: Sequence[Token], at: int, lexicon: ActorLexicon) -> tuple[int, Agent] | None:
    """The title that "Sen." or "Lt." stands for before a name or another title."""
    here = words[at]
    term = _SHORT_TITLES.get(here.key) if here.text[0].isupper() and at + 1 < len(words) else None
    agent = lexicon.term(term) if term and words[at + 1].text[0].isupper() else None
    return (at + 1, agent) if agent else None


def _adjective(words: Sequence[Token], at: int, found: tuple[int, Agent]) -> bool:
    """True for "general" in "the general manager": it qualifies the next word and is nobody itself."""
    after, _ = found
    here = words[at]
    if after != at + 1 or after >= len(words) or here.key not in _ADJECTIVES:
        return False
    return here.text.islower() or (here.key in _OF_BODIES and words[after].text[0].isupper())


def _surname(words: Sequence[Token], at: int) -> bool:
    """True for "King" in "Jaime King"."""
    here, before = words[at], words[at - 1] if at else None
    if before is None or here.key not in _SURNAMES or not here.text[0].isupper() or words[0].key in _DEFINITE:
        return False
    return (
        before.text[0].isupper() and before.text[0].isalpha() and not before.possessive and before.key not in _NO_NAMES
    )


def _first_name(words: Sequence[Token], at: int, found: tuple[int, Agent]) -> bool:
    """True for "Christian Njoku": a word for people that is capitalised, singular and stands before a name."""
    after, agent = found
    here = words[at]
    follows = after < len(words) and words[after].text[0].isupper() and not plural(words[after].key)
    single = not plural(here.key) and not plural(words[after - 1].key)
    return agent.kind == "population" and here.text[0].isupper() and single and follows


def _proper(words: Sequence[Token], core: int, matches: Sequence[Match], heads: Sequence[Head]) -> tuple[Token, ...]:
    covered = {i for m in matches for i in range(m.first, m.last)} | {i for h in heads for i in range(h.first, h.last)}
    skipped = _INDEFINITE | _DEFINITE | _OWNERS | _FORMER | _CUTS | _TITLES
    return tuple(
        w
        for i, w in enumerate(words[:core])
        if i not in covered and w.text[0].isupper() and w.text[0].isalpha() and w.key not in skipped
    )


_TITLES = frozenset((
    "mr", "mrs", "ms", "dr", "sir", "lord", "lady", "dame", "prof", "rev", "lt", "gen", "col", "maj", "sgt", "hon",
    "miss", "sheikh", "chief", "deputy", "senior", "new", "young", "late", "the", "and", "first", "second", "top",
))  # fmt: skip
# Words before or after a surname that are no part of a person's name.
_NO_NAMES = _TITLES | _DEFINITE | _INDEFINITE | _OWNERS | _FORMER | _CUTS | frozenset((
    "president-elect", "acting", "interim", "ayatollah", "comrade", "his", "her", "excellency", "majesty", "holiness",
    "saint", "brother", "sister", "mister", "haji", "hajj", "maulana", "sayyid", "sayed", "syed", "datuk", "tun",
    "jr", "sr", "ii", "iii", "iv", "far", "vice", "elect", "mr", "mrs", "but", "when", "as", "if", "while", "special",
))  # fmt: skip
# Words for people that are surnames too.
_SURNAMES = frozenset((
    "king", "bishop", "fisher", "farmer", "judge", "prince", "pope", "priest", "miller", "abbot", "hunter", "marshal",
    "constable", "guard", "driver", "porter", "shepherd", "carpenter", "tailor", "dean", "deacon", "sergeant", "monk",
    "chancellor", "baron", "duke", "steward", "parson", "chaplain", "justice", "ranger", "sailor", "archer", "mayor",
    "cardinal", "major", "christian", "prior", "merchant", "page", "singer", "weaver", "mason", "fowler", "usher",
))  # fmt: skip
# Countries, capitals and demonyms that are first names too.
_GIVEN = frozenset((
    "finn", "german", "scot", "jordan", "chad", "israel", "georgia", "kenya", "india", "dane", "roman", "paris",
    "victoria", "francis", "sofia", "santiago", "sydney", "london", "holland", "ireland", "brazil", "cuba", "france",
))  # fmt: skip
# Countries and capitals that are surnames too.
_FAMILY = frozenset((
    "jordan", "israel", "holland", "ireland", "england", "france", "german", "roman", "paris", "london", "sydney",
    "chad", "india", "brazil", "wales", "cuba", "berlin", "vienna",
))  # fmt: skip
# What "Labour" and other words that are parties too belong to where these follow.
_OFFICES_OF_LABOUR = frozenset((
    "court", "courts", "commission", "ministry", "minister", "department", "secretary", "office", "bureau", "day",
    "relations", "congress", "union", "federation", "organisation", "organization", "inspector", "inspectorate",
    "camp", "camps", "market", "law", "tribunal", "board",
))  # fmt: skip


def _article(words: Sequence[Token]) -> str:
    first = words[0].text.lower() if words else ""
    if first in _OWNERS and len(words) > 1:
        return "owned"
    if first in _DEFINITE:
        return "definite"
    if first in _INDEFINITE or first[:1].isdigit():
        return "indefinite"
    return "bare"
