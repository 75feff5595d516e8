"""Document to article: headline, byline, dates and paragraphs told from page furniture."""

from dateline.article.builder import build

__all__ = ["build"]
