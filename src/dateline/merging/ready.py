"""Reports and articles made ready for merging, so that nobody has to hold the texts of all articles at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from dateline.merging.copies import Printed, printed
from dateline.merging.profile import Profile, profiles
from dateline.merging.words import Frequencies
from dateline.records import Article, Report


class Ready:
    """``reports`` as comparing sees them and ``articles`` as telling copies does, both by id."""

    def __init__(self, frequencies: Frequencies) -> None:
        self.reports: dict[str, Profile] = {}
        self.articles: dict[str, Printed] = {}
        self._frequencies = frequencies

    def add(self, reports: Iterable[Report], articles: Iterable[Article]) -> None:
        """Take reports and articles, each article with all its reports at once; articles are looked at one by one.

        A report without its article is compared alone.
        """
        of_article: dict[str, list[Report]] = defaultdict(list)
        for report in reports:
            of_article[report.article_id].append(report)
        for article in articles:
            self.articles[article.id] = printed(article)
            self._profile(of_article.pop(article.id, ()), article)
        for told in of_article.values():
            self._profile(told, None)

    def _profile(self, reports: Iterable[Report], article: Article | None) -> None:
        found = profiles(reports, {article.id: article} if article else {}, self._frequencies)
        self.reports.update((profile.id, profile) for profile in found)
