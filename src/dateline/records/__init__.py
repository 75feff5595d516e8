"""The nouns of dateline: immutable records, one definition for JSON, API and store.

All offsets are Unicode code points into ``Article.text``, end exclusive.
Unknown values are ``None``, never ``0``, ``""`` or a stand-in.
"""

from dateline.records.article import Article, Image, Stamp
from dateline.records.document import Document
from dateline.records.event import Claim, Event, Location, Member, Merge, Party, StatusChange, Toll
from dateline.records.happening import Account, Happening
from dateline.records.judgement import Judgement
from dateline.records.problem import Problem
from dateline.records.quote import Quote
from dateline.records.reading import EventMention, Mention, QuoteMention, Reading
from dateline.records.report import ActorRef, Alternative, Count, Moment, PlaceRef, Report, TimeRef
from dateline.records.result import Coded
from dateline.records.span import Span, content_id

__all__ = [
    "Account",
    "ActorRef",
    "Alternative",
    "Article",
    "Claim",
    "Coded",
    "Count",
    "Document",
    "Event",
    "EventMention",
    "Happening",
    "Image",
    "Judgement",
    "Location",
    "Member",
    "Mention",
    "Merge",
    "Moment",
    "Party",
    "PlaceRef",
    "Problem",
    "Quote",
    "QuoteMention",
    "Reading",
    "Report",
    "Span",
    "Stamp",
    "StatusChange",
    "TimeRef",
    "Toll",
    "content_id",
]
