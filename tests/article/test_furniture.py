"""What single lines are, told from themselves: furniture that is set apart, and sentences that never are."""

from __future__ import annotations

import pytest

from dateline.article.furniture import Kind, is_prose
from dateline.article.lines import blocks_of, read_lines

FURNITURE = {
    Kind.NOISE: """
        Advertisement
        ADVERTISEMENT - CONTINUE READING BELOW
        - Advertisement -
        Sponsored
        Story continues below this ad
        Skip to main content
        Share this article
        Share on Facebook
        Facebook Twitter WhatsApp Email
        Share | Tweet | Print
        Read more
        Read full story
        Continue reading the main story
        Show less
        1.2K Shares
        5 min read
        Reading time: 3 minutes
        3 hours ago
        Updated 2 hrs ago
        Listen to this article
        Link copied
        BREAKING NEWS
        img_placeholder
        ugc_banner
        main img
        Text Size
        Sign up for our daily newsletter.
        Please subscribe to our channel for more.
        Subscribe to our newsletter and stay up to date.
        Download our app for the latest updates.
        Follow us on Twitter and Facebook for more updates.
        Follow Jane Roe on Twitter @janeroe.
        Join our WhatsApp channel
        Get the day's top stories delivered to your inbox.
        Catch all the Latest Business News and Breaking News on The Example.
        We use cookies to improve your experience on our site.
        This website uses cookies to give you the best experience.
        By continuing to use this site you agree to our terms.
        Click here to read the full story.
        To continue reading, log in or subscribe.
        Already a subscriber? Log in
        You have reached your limit of free articles.
        Support our journalism with a gift of any size.
        Please enter a valid email address
        (Except for the headline, this story has not been edited by our staff.)
        This story has been updated with comments from the ministry.
        Editor's note: An earlier version misspelt the minister's name.
        Correction: The march was on Sunday, not Saturday.
        The views expressed in this article are the author's own.
        © 2021 The Example Times. All rights reserved.
        Copyright 2021 Example Media. This material may not be published.
        All rights reserved.
        Our Standards: The Trust Principles.
        Have a tip? Email us at tips@example.com
        For media inquiries, please contact the press office.
        jane.roe@example.com
        @janeroe
        https://example.com/a/b
        ___
        ***
        (END)
    """,
    Kind.LINK: """
        Also read: Ten things to know about the treaty
        READ ALSO | Why the pass matters
        Read more: What we know about the attack
        RELATED: Timeline of the siege
        Explained: Why the border was closed
        Must Read: The general who would not leave
        More from Example: How the vote was won
        Don't miss: A day with the sappers
        >> The town that said no
    """,
    Kind.LIST: """
        Related stories
        RELATED ARTICLES
        Also read:
        Read next
        Recommended for you
        You may also like
        Top stories
        Trending now
        list 1 of 3
    """,
    Kind.END: """
        Comments
        12 Comments
        Comments (3)
        Leave a comment
        Leave a Reply
        Most read
        Most Popular
        More from World
        About the author
        Tags: Army, Border, Talks
        Topics
        About us | Contact | Advertise
        FOLLOW US
        Back to top
    """,
    Kind.HIGHLIGHTS: """
        Story highlights
        HIGHLIGHTS
        Key points
        Key takeaways:
        Synopsis
        In summary
    """,
    Kind.EMBED: """
        Watch:
        WATCH | Protesters march on parliament
        Video: Soldiers cross the river
        Listen: The morning podcast
        View this post on Instagram
        — Example Ministry (@examplemod) August 9, 2021
        Tweet from @examplemod
        This video is not available in your country
        Video player is loading
        pic.twitter.com/aBcDeF
    """,
    Kind.PHOTO: """
        Photograph:(AFP)
        Photo: Jane Roe/Reuters
        Photo Credit: AP
        Image source, Getty Images
        Image caption, Smoke over the port
        File photo
        (Representational image)
        Getty Images
        AFP via Getty Images
        [Rami Adel/Reuters]
        REUTERS/Stringer
        Soldiers at the bridge on Monday. (AP Photo/Hani Saleh)
        Smoke rises over the port [File: Rami Adel/Reuters]
        The minister leaves the court. Photograph: Niko Hansen/EPA
        The wreck of the bus | Photo Credit: PTI
        Soldiers patrol the old town on Monday (AFP)
        Farmers burn tyres near the toll plaza (File)
    """,
    Kind.CREDIT: """
        (With inputs from Agencies)
        With inputs from PTI
        (With agency inputs)
        With reporting by AFP and dpa
        (Reuters)
        AFP
        Source: Xinhua
        - IANS
        Reporting by Jane Roe; Editing by John Doe
        (Reporting by Jane Roe in Geneva, writing by John Doe)
        SOURCE: EXAMPLE CHANNEL AND NEWS AGENCIES
        Associated Press writer Jane Roe in Amman contributed to this report.
    """,
}

SENTENCES = """
    The minister resigned on Monday (Reuters).
    Share prices fell after the minister resigned.
    More than 40 people were killed.
    Read my lips, the president said: there will be no withdrawal.
    Watch towers were built along the border.
    Video footage showed soldiers beating a man.
    Photographs of the dead were shown in parliament.
    Sign language interpreters stood beside the minister.
    Comments by the general angered the opposition.
    Related charges were dropped in May.
    Follow-up talks will be held in Geneva on Friday.
    Support for the rebels has waned since spring.
    Agencies of the United Nations have left the city.
    With reports of fighting in three districts, officials urged people to stay at home.
    By Monday evening the town had fallen.
    By the time rescue teams arrived, nine miners had died.
    Download speeds fell to a tenth after the cable was cut.
    Subscribers of two networks lost service for nine hours.
    Join forces or perish, he told the two parties.
    Top stories of the war were told by women, she said.
    The army said it had seized 14 boats (see map).
    "No comment," she said.
    But Obama blinked.
    No new date was set
    The opposition wants the following:
    Reuters reported that the minister had left the country.
    According to AFP, nine soldiers were captured.
    Copyright law was changed by decree in June.
    Correction officers went on strike in two states.
    Click chemistry won the prize in a quiet year.
    Thank you, the hostages told the commandos as they left.
    Never again, the crowd chanted in the square.
    Get out, the guards told the villagers.
    The video has been viewed two million times, the ministry said.
    A post shared by the general on Sunday called for calm.
    Editor-in-chief Jane Roe was arrested on Tuesday.
    Tags with numbers were tied to the bodies.
    Topics on the agenda include grain and prisoners.
    Image problems have dogged the party since the trial.
    Opinion polls give the president 41 per cent.
    Breaking with tradition, the king named his niece.
    Live rounds were fired at the crowd.
    Exclusive economic zones overlap in the strait.
    Main roads out of the city were jammed.
    Published accounts of the massacre differ.
    Updated figures put the toll at 212.
    Source countries refused to take the migrants back.
    Recommended sentences range from four to nine years.
    Trending downwards, the number of attacks fell to nine in May.
    Story after story told of men taken from buses.
    Gallery owners closed their doors in protest.
    End the war, they shouted.
    This story is not over, the mother said.
    Editing by hand took weeks, the commission said.
"""


def kind(text: str) -> Kind:
    (line,) = read_lines(blocks_of(text), None)
    return line.kind


@pytest.mark.parametrize(
    ("expected", "text"),
    [(k, line.strip()) for k, block in FURNITURE.items() for line in block.strip().splitlines()],
)
def test_furniture(expected: Kind, text: str) -> None:
    assert kind(text) is expected


@pytest.mark.parametrize("text", [line.strip() for line in SENTENCES.strip().splitlines()])
def test_sentences_are_body(text: str) -> None:
    (line,) = read_lines(blocks_of(text), None)
    assert line.kind is Kind.BODY
    assert not line.meta.found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army said on Monday that it had left.", True),
        ('"We will not leave," the general said.”', True),
        ("The opposition wants the following of them:", True),
        ("Rebels enter northern town as garrison withdraws", False),
        ("'Deeply challenging': NATO urges 'settlement' with Taliban", False),
        ("Envoy meets officials in the U.S.", False),
        ("No way.", False),
    ],
)
def test_is_prose(text: str, expected: bool) -> None:
    assert is_prose(text) is expected
