"""Why two reports are held for one happening: the features that weigh most, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from dateline.merging.features import likelihoods
from dateline.merging.model import Comparison
from dateline.merging.profile import Profile
from dateline.records import Moment

_MOST_FOR = 4
_LEAST = 0.25
_SHOWN = 4
Words = Callable[[Profile, Profile], str]


def why_same(comparison: Comparison, a: Profile, b: Profile) -> str:
    """What speaks most for the two being the same, and what speaks most against it: "same because …, although …"."""
    shares = _shares(comparison, a, b)
    ranked = sorted(shares, key=lambda topic: (-shares[topic], topic))
    for_it = [words for t in ranked if shares[t] >= _LEAST and (words := _FOR[t](a, b))][:_MOST_FOR]
    against = [words for t in reversed(ranked) if shares[t] <= -_LEAST and (words := _AGAINST[t](a, b))][:1]
    told = "same because " + (", ".join(for_it) or "all in all they fit")
    return told + "".join(f", although {words}" for words in against)


def _shares(comparison: Comparison, a: Profile, b: Profile) -> dict[str, float]:
    """The weighted features added up by topic; a crossed feature counts for its first part."""
    weights = comparison.weights(a, b).by_feature
    out: dict[str, float] = {}
    for name, value in comparison.pairing.features(a, b).items():
        topic = _topic(name)
        if topic is not None:
            out[topic] = out.get(topic, 0.0) + weights.get(name, 0.0) * value
    return out


def _topic(feature: str) -> str | None:
    return next((topic for start, topic in _TOPICS if feature.startswith(start)), None)


_TOPICS = (
    ("trigger", "trigger"), ("type", "type"), ("quad", "type"), ("likely", "type"), ("mode", "mode"),
    ("status", "status"), ("one_", "status"), ("actor", "actor"), ("recipient", "recipient"),
    ("participants", "names"), ("names", "names"), ("object", "object"), ("place", "place"), ("day", "time"),
    ("spans", "time"), ("open", "time"), ("time", "time"), ("published", "published"), ("count", "count"),
    ("number", "number"), ("sentence", "sentence"), ("story", "story"), ("headline", "story"),
)  # fmt: skip


def _triggers_for(a: Profile, b: Profile) -> str:
    one, other = a.report.trigger.text, b.report.trigger.text
    if set(a.triggers) & set(b.triggers):
        return f"both say “{one}”" if one == other else f"“{one}” and “{other}” are one word"
    return f"“{one}” and “{other}” mean much the same"


def _triggers_against(a: Profile, b: Profile) -> str:
    return f"one says “{a.report.trigger.text}” and one “{b.report.trigger.text}”"


def _types_for(a: Profile, b: Profile) -> str:
    if a.report.type == b.report.type:
        return f"both are {a.report.type}" if a.report.type else ""
    one, other = likelihoods(a.report), likelihoods(b.report)
    either = max(one.keys() & other.keys(), key=lambda kind: (one[kind] * other[kind], kind), default=None)
    return f"both may be {either}" if either else ""


def _types_against(a: Profile, b: Profile) -> str:
    one, other = a.report.type, b.report.type
    return f"one is {one} and one {other}" if one != other else ""


def _modes(a: Profile, b: Profile) -> str:
    one, other = a.report.mode, b.report.mode
    return f"both are {one}" if one == other else f"one is {one} and one {other}"


def _statuses(a: Profile, b: Profile) -> str:
    one, other = a.report.status, b.report.status
    return f"both have {one}" if one == other else f"one is {one} and one {other}"


def _actors_for(a: Profile, b: Profile) -> str:
    return _same(_called(a, "actors"), _called(b, "actors"), "actor")


def _recipients_for(a: Profile, b: Profile) -> str:
    return _same(_called(a, "recipients"), _called(b, "recipients"), "recipient")


def _same(one: list[str], other: list[str], what: str) -> str:
    both = [name for name in one if name in other]
    return (
        f"the same {what} ({', '.join(both)})"
        if both
        else f"{what}s that fit ({one[0]}, {other[0]})"
        if one and other
        else ""
    )


def _actors_against(a: Profile, b: Profile) -> str:
    return _other(_called(a, "actors"), _called(b, "actors"), "actor")


def _recipients_against(a: Profile, b: Profile) -> str:
    return _other(_called(a, "recipients"), _called(b, "recipients"), "recipient")


def _other(one: list[str], other: list[str], what: str) -> str:
    return f"the {what}s differ ({one[0]}, {other[0]})" if one and other and not set(one) & set(other) else ""


def _called(profile: Profile, role: str) -> list[str]:
    refs = profile.report.actors if role == "actors" else profile.report.recipients
    return [ref.name or ref.text for ref in refs]


def _names_for(a: Profile, b: Profile) -> str:
    shared = _shown(a.names & b.names)
    return f"both name {shared}" if shared else ""


def _objects(a: Profile, b: Profile) -> str:
    one, other = ([s.text for s in p.report.objects] for p in (a, b))
    return f"things that {'fit' if a.objects & b.objects else 'differ'} ({one[0]}, {other[0]})" if one and other else ""


def _places_for(a: Profile, b: Profile) -> str:
    one, other = _places(a), _places(b)
    both = [name for name in one if name in other]
    if both:
        return f"the same place ({both[0]})"
    return f"places that fit ({one[0]}, {other[0]})" if one and other else ""


def _places_against(a: Profile, b: Profile) -> str:
    one, other = _places(a), _places(b)
    return f"the places differ ({one[0]}, {other[0]})" if one and other and not set(one) & set(other) else ""


def _places(profile: Profile) -> list[str]:
    return [place.name or place.text for place in profile.report.places]


def _times_for(a: Profile, b: Profile) -> str:
    one, other = a.report.moment, b.report.moment
    if one is None or other is None:
        return ""
    if one.first == one.last == other.first == other.last:
        return f"the same day ({one.first})"
    return f"the days fit ({_days(one)}, {_days(other)})"


def _times_against(a: Profile, b: Profile) -> str:
    one, other = a.report.moment, b.report.moment
    return f"the days differ ({_days(one)}, {_days(other)})" if one is not None and other is not None else ""


def _days(moment: Moment) -> str:
    if moment.first == moment.last:
        return str(moment.first)
    if moment.first is None:
        return f"by {moment.last}"
    return f"from {moment.first}" if moment.last is None else f"{moment.first} to {moment.last}"


def _published(a: Profile, b: Profile) -> str:
    if a.story.day is None or b.story.day is None:
        return ""
    days = abs(a.story.day - b.story.day)
    return "published the same day" if days == 0 else f"published {days} day{'s' if days > 1 else ''} apart"


def _counts(a: Profile, b: Profile) -> str:
    mine, theirs = ({c.of: c.text for c in p.report.counts} for p in (a, b))
    of = next((of for of in mine if of in theirs), None)
    if of is None:
        return ""
    same = mine[of] == theirs[of]
    return f"the same number {of} ({mine[of]})" if same else f"numbers {of}: {mine[of]} and {theirs[of]}"


def _numbers(a: Profile, b: Profile) -> str:
    shared = _shown(a.numbers & b.numbers)
    return f"the same number ({shared})" if shared else ""


def _sentences(a: Profile, b: Profile) -> str:
    shared = _shown(_heaviest(a.terms, b.terms))
    return f"the sentences share words ({shared})" if shared else ""


def _stories(a: Profile, b: Profile) -> str:
    shared = _shown(_heaviest(a.story.terms, b.story.terms))
    return f"the articles share words ({shared})" if shared else ""


def _heaviest(one: Mapping[str, float], other: Mapping[str, float]) -> list[str]:
    return sorted(one.keys() & other.keys(), key=lambda word: (-one[word] * other[word], word))


def _shown(words: Iterable[str]) -> str:
    return ", ".join(list(words if isinstance(words, list) else sorted(words))[:_SHOWN])


def _nothing(a: Profile, b: Profile) -> str:
    return ""


def _literally(words: str) -> Words:
    return lambda a, b: words


_FOR: Mapping[str, Words] = {
    "trigger": _triggers_for,
    "type": _types_for,
    "mode": _modes,
    "status": _statuses,
    "actor": _actors_for,
    "recipient": _recipients_for,
    "names": _names_for,
    "object": _objects,
    "place": _places_for,
    "time": _times_for,
    "published": _published,
    "count": _counts,
    "number": _numbers,
    "sentence": _sentences,
    "story": _stories,
}
_AGAINST: Mapping[str, Words] = {
    "trigger": _triggers_against,
    "type": _types_against,
    "mode": _modes,
    "status": _statuses,
    "actor": _actors_against,
    "recipient": _recipients_against,
    "names": _literally("they name others"),
    "object": _objects,
    "place": _places_against,
    "time": _times_against,
    "published": _published,
    "count": _counts,
    "number": _nothing,
    "sentence": _literally("the sentences share few words"),
    "story": _literally("the articles share few words"),
}
