"""Page furniture: what a line of a scraped page is, told from the line alone."""

from __future__ import annotations

import re
from enum import Enum

MAX_FURNITURE = 400


class Kind(Enum):
    """What a line is. ``BODY`` is the answer to every doubt."""

    BODY = "body"
    NOISE = "noise"  # never content, wherever it stands
    EDGE = "edge"  # not content above the headline or below the last sentence
    LINK = "link"  # a labelled pointer to another article
    LIST = "list"  # the heading of a list of links; what follows is furniture until prose returns
    END = "end"  # the article is over: comments, most read, more from
    HIGHLIGHTS = "highlights"  # the heading of highlights; what follows is content
    EMBED = "embed"
    PHOTO = "photo"


_I = re.IGNORECASE
_BAR_WORDS = frozenset(
    [
        "share",
        "shares",
        "shared",
        "tweet",
        "tweets",
        "email",
        "e-mail",
        "mail",
        "print",
        "pin",
        "save",
        "bookmark",
        "copy",
        "link",
        "copied",
        "facebook",
        "twitter",
        "x",
        "whatsapp",
        "telegram",
        "linkedin",
        "reddit",
        "pinterest",
        "instagram",
        "youtube",
        "messenger",
        "flipboard",
        "pocket",
        "tiktok",
        "threads",
        "bluesky",
        "viber",
        "line",
        "vk",
        "ok",
        "tumblr",
        "mastodon",
        "wechat",
        "weibo",
        "snapchat",
        "google",
        "fb",
        "rss",
        "feed",
        "feeds",
        "like",
        "likes",
        "follow",
        "following",
        "comment",
        "comments",
        "on",
        "to",
        "this",
        "with",
        "via",
        "the",
        "and",
        "your",
        "friends",
        "article",
        "story",
        "page",
        "post",
        "now",
        "+",
        "more",
        "options",
        "reply",
        "send",
        "icon",
        "click",
        "listen",
        "subscribe",
        "login",
        "log",
        "in",
        "sign",
        "up",
        "register",
        "home",
        "menu",
        "search",
        "close",
        "open",
        "skip",
        "main",
        "content",
        "navigation",
        "nav",
        "toggle",
        "back",
        "top",
        "next",
        "previous",
        "prev",
        "news",
        "gift",
    ]
)
_BAR_NEEDS = frozenset(
    [
        "share",
        "shares",
        "tweet",
        "email",
        "e-mail",
        "print",
        "pin",
        "save",
        "bookmark",
        "copy",
        "facebook",
        "twitter",
        "x",
        "whatsapp",
        "telegram",
        "linkedin",
        "reddit",
        "pinterest",
        "instagram",
        "youtube",
        "messenger",
        "flipboard",
        "pocket",
        "tumblr",
        "viber",
        "comment",
        "comments",
        "subscribe",
        "login",
        "menu",
        "search",
        "close",
        "skip",
        "toggle",
        "rss",
        "like",
        "follow",
        "home",
        "sign",
        "log",
        "register",
        "gift",
        "listen",
        "reply",
    ]
)
_WORD = re.compile(r"[A-Za-z+-]+")

_NOISE = re.compile(
    r"""
      (?:[-–—\s]*(?:story\scontinues?\sbelow|article\scontinues?|continues?\sbelow)?(?:\sthis)?\s*)?
      (?:ad|ads|advert|advertisement|advertisements|advertising|sponsored(?:\scontent)?|promoted(?:\scontent)?|paid\scontent
        |partner\scontent|google\sads?)(?:\s(?:\d|message|feature|skip|loading.{0,20}|continue\sreading.{0,40}))?[-–—:.\s]*
    | (?:story|article|post|content)\scontinues?\s(?:below|after)\b.{0,60}
    | (?:scroll|swipe|tap|click)\s(?:down|left|right|here|to|on|the)\b.{0,80}
    | skip\s(?:to|ad|past|advert)\b.{0,60} | (?:end|after)\sof\s.{0,30}newsletter.{0,30} | newsletter\ssignup
    | (?:main|lead|hero|header|banner|thumb(?:nail)?|featured?|author|profile)[\s_-](?:img|image|pic|picture|photo)
    | (?:img|image|logo|icon|banner|thumbnail|placeholder|avatar|spacer|null|undefined|nan|none|n/a)
    | [a-z]+(?:_[a-z0-9]+)+
    | (?:image|picture|photo|img)[\s_-]?\d{1,3}(?:\s(?:of|/)\s\d{1,3})?
    | (?:just\sin|breaking(?:\snews)?|exclusive|live(?:\supdates?)?|developing(?:\sstory)?|premium|subscriber\sonly|free|new|update[ds]?|alert)[!:.]?
    | (?:read|see|view|show|load|learn|watch|get)\s(?:more|less|all|full\s(?:story|article|bio|profile))(?:\s(?:comments?|articles?|stories|news|here|about\sthis))?[\s.…»>→]*
    | (?:continue|keep)\sreading(?:\s(?:the\smain\sstory|below|this\sarticle))?[\s.…»>→]*
    | (?:\d[\d,.]*\s?[km]?\s(?:comments?|shares?|views?|likes?|reads?|tweets?|reactions?|followers|retweets?))(?:\s?[|·•,]?\s?\d[\d,.]*\s?[km]?\s(?:comments?|shares?|views?|likes?|reads?))*
    | (?:comments?|shares?|views?|likes?|followers)\s?[:(]\s?\d[\d,.]*\s?[km]?\)?
    | (?:(?:estimated\s)?(?:read(?:ing)?|listen(?:ing)?)\s?(?:time)?\s?[:-]?\s?)?\d{1,3}[\s-]?(?:min(?:ute)?s?|sec(?:ond)?s?)\.?\s?(?:read|listen|watch)?(?:\sago)?
    | (?:about\s)?(?:\d{1,2}|an?)\s?(?:h|hr|hrs|hours?|d|days?|m|mins?|minutes?|weeks?|months?|years?)\.?\sago
    | (?:font|text)\ssize\b.{0,30} | (?:a|aa|a\+|a-|a\sa|a\sa\sa) | (?:increase|decrease|resize)\s(?:font|text)\b.{0,30}
    | (?:listen|listening)\s(?:to\s)?(?:this\s)?(?:article|story|audio)\b.{0,40} | (?:play|pause|mute|unmute|fullscreen|replay)(?:\saudio|\svideo)?
    | (?:facebook|twitter|whatsapp|linkedin|email|pinterest|telegram|reddit)\s(?:share|icon|logo|link|facebook)\b.{0,20}
    | (?:opens?|opening)\sin\s(?:a\s)?new\s(?:window|tab) | (?:loading|please\swait)(?:\s?[.…]{1,3}|\scomments.{0,10})?
    | (?:please\s)?(?:enable|turn\son|activate)\s(?:javascript|cookies)\b.{0,120} | javascript\s(?:is|must|seems)\b.{0,120}
    | (?:your\sbrowser|this\sbrowser)\s(?:does\snot|doesn['’]t|is\s)\b.{0,120}
    | (?:add|make|set|prefer|choose)\s.{0,40}\b(?:preferred|trusted)\ssource\b.{0,40} | (?:add|follow)\s(?:us|.{2,30})\son\sgoogle(?:\snews)?\W*
    | (?:summary|key\spoints?)\sgenerated\sby\b.{0,60}
    | (?:trending|trending\snow|popular|latest|latest\snews|top\sstories|featured|photos?|videos?|gallery|editors?['’]?s?\s(?:picks?|choice))
    | [\d\W_]{1,6}
    | (?:https?://|www\.)\S+
    """,
    _I | re.VERBOSE,
)

# Sentences, in form; what they ask of the reader gives them away. All stand at the start of the line.
_PROMPT = re.compile(
    r"""
    [\[(*►▶👉»\s–—-]*(?:
      (?:please\s)?(?:sign\s?up|subscribe|register|sign\sin|log\s?in)\s(?:for|to|now|here|today|with|and|our|via|below|or)\b
    | (?:please\s)?(?:download|get|install|try)\s(?:the|our|.{0,20}\b(?:mobile|news))\b.{0,40}\bapps?\b
    | (?:please\s)?(?:follow|like|join|find|connect\swith|catch)\s(?:us|our|@\w+|.{2,40})\s(?:on|at|via)\s(?:facebook|twitter|x\b|instagram|telegram|whatsapp|youtube|linkedin|google|social|koo|threads|bluesky|tiktok)
    | (?:follow|join)\s.{2,40}['’]?s?\s(?:whatsapp|telegram|youtube)\s(?:channel|group)
    | (?:follow|catch|read|get|check\sout|browse|find|explore)\s(?:all\s(?:the|our)?|the|our|more|every|live)\b.{0,60}\b(?:latest|breaking|top|live|today['’]s|top\sstories)\b.{0,80}\b(?:news|updates?|headlines|stories|coverage)\b
    | (?:get|receive)\s.{0,80}\b(?:in|to|into|straight\sto|delivered|directly)\b.{0,30}\b(?:inbox|email|e-mail|phone|feed)\b
    | (?:get|receive)\s.{0,60}\b(?:newsletters?|alerts?|notifications|briefing)\b
    | (?:our|the|this|these|we|by)\b.{0,60}\buses?\scookies\b
    | by\s(?:continuing|clicking|signing|subscribing|submitting|entering|registering|using)\b.{0,160}\b(?:you|your|agree|accept|terms|policy)\b
    | (?:we\svalue\syour\sprivacy|your\sprivacy\s(?:matters|choices)|accept\s(?:all|cookies)|manage\s(?:cookies|preferences|consent)|cookie\s(?:policy|settings|notice)|reject\sall)
    | (?:this\ssite\sis\sprotected\sby\srecaptcha|i['’]m\snot\sa\srobot)
    | (?:click|tap)\s(?:here|on|the)\b
    | (?:to\s(?:continue|keep)\sreading|to\sread\s(?:the\s(?:full|rest)|more|this)|this\s(?:article|content|story)\sis\s(?:for|only|available\sto|reserved))\b.{0,120}\b(?:subscri|log\s?in|sign|register|account|click|members?)
    | (?:already\sa\s(?:subscriber|member)|don['’]t\shave\san\saccount|not\sa\s(?:subscriber|member)|forgot(?:ten)?\s(?:your\s)?password|you\shave\s(?:read|reached|\d+)\b.{0,60}\b(?:articles?|limit)|unlock\b.{0,60}\barticles?)
    | (?:support|help)\s(?:our|independent|quality|us|free)\b.{0,60}\b(?:journalism|newsroom|reporting|journalists)\b
    | (?:become|be)\sa\s(?:member|supporter|subscriber|patron)\b
    | (?:make|consider)\s(?:a|making)\b.{0,30}\b(?:donation|contribution)\b
    | donate\s(?:now|today|here|to)\b
    | (?:do|would|have)\syou\s(?:have|know|like|want|got)\b.{0,120}\b(?:contact\sus|email\sus|get\sin\stouch|newsletter|tips?\b|write\sto)
    | (?:got|have)\sa\s(?:tip|story|question|news\stip|confidential)\b
    | (?:send|email|submit|contact)\s(?:us|your|a|the\s(?:author|reporter|writer)|news)\b.{0,80}(?:@|\btips?\b|\bletters?\b|\bfeedback\b|\bpress\srelease)
    | (?:contact|write\sto|reach)\s.{2,60}\bat\s\S+@\S+
    | (?:what\sdo\syou\sthink|let\sus\sknow|tell\sus|have\syour\ssay|join\sthe\s(?:conversation|discussion|debate))\b
    | (?:for|to\sget)\s(?:all\sthe|more|the|latest)\b.{0,80}\b(?:news|updates?|stories)\b.{0,60}\b(?:follow|download|visit|subscribe|click|log\son|stay|like)\b
    | (?:stay|keep)\s(?:up\sto\sdate|updated|informed|tuned|connected|ahead)\b.{0,120}\b(?:with|on|by|to|for|news)\b
    | never\smiss\b | don['’]t\smiss\s(?:a|an|out|the\slatest|any)\b
    | thank(?:s|\syou)\sfor\s(?:reading|signing|subscribing|visiting)\b | please\s(?:check\syour\semail|enter|provide|try\sagain|support|read\sthe\srules)
    | (?:something|an\serror)\s(?:went\swrong|occurred)\b | invalid\semail | enter\syour\s(?:e-?mail|name|comment) | your\semail\saddress\b
    | required\sfields | (?:read|view)\sour\s(?:privacy|terms|cookie|comment|community) | (?:privacy\spolicy|terms\s(?:of|and|&)\s)
    | \(?(?:except\sfor\sthe\sheadline|this\s(?:story|article|report|copy)\s(?:has\snot\sbeen|was\snot|is)\s(?:edited|auto-?generated|published\sfrom|sourced))\b
    | (?:disclaimer|disclosure|editor['’]?s?\snote|note\sto\seditors?|notes?\sto\s(?:the\s)?editors?|correction|clarification)\s?[:–—-]\s
    | (?:this\s(?:story|article|report|post|page|piece)\s(?:has\sbeen|was)\s(?:updated|corrected|amended|edited|first\spublished|originally\spublished|republished|published|clarified))\b
    | (?:a|an)\s(?:earlier|previous)\sversion\sof\sthis\b
    | (?:the\s)?views?\s(?:and\sopinions\s)?expressed\b.{0,120}\b(?:author|own|reflect)
    | (?:©|\(c\)\s|&copy;|copyright\s(?:©|\(c\)|\d{4}|by\b))
    | (?:all\srights\sreserved|no\spart\sof\sthis|reproduction\s(?:in\swhole|without|is\sprohibited)|unauthori[sz]ed\s(?:use|reproduction|copying))\b
    | (?:the\scontent\sof\sthis\s(?:site|article)|any\sunauthori[sz]ed)\b
    | (?:our\sstandards|related\sgraphic|register\snow\sfor\sfree\sunlimited\saccess)\b
    | (?:published\sunder|licensed\sunder)\b.{0,60}\b(?:licen[cs]e|commons)\b
    | (?:republish(?:ing)?|syndicat)\w*\s(?:this|our|for\sfree|under)\b
    | (?:have\san?\s(?:opinion|story\sidea)|report\s(?:a\stypo|an\serror|this\sad|a\scorrection|a\smistake))\b
    ).*
    """,
    _I | re.VERBOSE | re.DOTALL,
)

_LINK = re.compile(
    r"""[\[(*►▶👉»>•·\s–—-]*(?:
      (?:(?:also|must)[\s-]?read|read[\s-]?(?:also|more|next|now|this|here|in\sfull|the\sfull\sstory)?|see\salso|see\smore|also\ssee|also\s(?:on|in)\s.{2,40}|related(?:\s(?:stor(?:y|ies)|articles?|news|coverage|content|links?|topics?|video))?
        |more\s(?:on\sthis(?:\sstory)?|here|on\s.{2,40}|from\s.{2,40})|recommended|don['’]t\smiss|in\scase\syou\smissed\sit|trending(?:\snow)?|explained|explainer|in\s(?:pics|pictures|photos)|photos|gallery|opinion|background|up\snext|suggested|editor['’]?s\spick|you\smay\s(?:also\s)?like|click\sto\sread|full\scoverage|for\smore)
      \s?(?:[:|»>→]|[–—-]\s|\s-\s)\s*.{2,220}
    | (?:also\sread|read\salso|must\sread)\s(?!that\b|the\sriot).{5,200}
    | (?:read\smore|more|related|read)\s(?:about|on|from):?\s.{2,120}
    )""",
    _I | re.VERBOSE,
)
_LIST = re.compile(
    r"""[\W_]*(?:
      (?:related|recommended|suggested|similar|more)(?:\s(?:stor(?:y|ies)|articles?|news|coverage|content|links?|topics?|posts?|reading|reads|videos?|from\sthe\sweb|for\syou))
    | related | recommended(?:\sfor\syou)? | see\salso | also\s(?:read|see) | read\s(?:also|next|more|on) | up\snext | you\smay\s(?:also\s)?(?:like|be\sinterested\sin) | you\smight\s(?:also\s)?like
    | more\son\sthis(?:\sstory|\stopic)? | (?:our|the)\stop\s(?:stories|picks) | (?:top|latest|must|most|other|trending|popular|featured)\s(?:stories|news|articles|headlines|reads?|read|posts?|videos?|picks?|topics?)(?:\s(?:now|today|this\sweek|right\snow))?
    | in\sother\snews | from\saround\sthe\sweb | around\sthe\sweb | what\sto\sread\snext | what\syou\sneed\sto\sread | don['’]t\smiss | elsewhere\son\sthe\s.{2,30}
    | (?:list|end)\sof\s(?:list|\d\sitems) | list\s\d\sof\s\d | recommended\sstories | promoted\sstories | more\sstories
    | newsletters? | sign\sup\sfor.{0,60}
    )[\W_]*""",
    _I | re.VERBOSE,
)
_END = re.compile(
    r"""[\W_]*(?:
      (?:\d[\d,.]*\s)?comments?(?:\s?\(?\d[\d,.]*\)?)? | (?:post|leave|add|write|submit|view|show|read|see|load|hide)\s(?:a|your|an|all|the|\d[\d,]*)?\s?(?:comments?|reply|replies|response)(?:\s?\(?\d*\)?)?
    | leave\s(?:us\s)?a\sreply.{0,40} | join\sthe\s(?:conversation|discussion|debate) | (?:have\syour\ssay|share\syour\s(?:thoughts|views|opinion))
    | most\s(?:read|popular|viewed|shared|commented|recent|watched)(?:\s(?:stories|articles|news|today|on\s.{2,30}|in\s.{2,30}))?
    | more\sfrom\s.{2,40} | more\sin\s.{2,30} | more\sby\s.{2,40} | about\sthe\s(?:author|writer|reporter|journalist)s? | about\sus
    | (?:filed\sunder|tags|tagged|topics|keywords|categories|related\stopics)\s?(?::.*)? | (?:explore|read)\smore\son\sthese\stopics
    | (?:sponsored|promoted)\s(?:links|stories|content)(?:\sby\s.{2,30})? | (?:by\s)?(?:taboola|outbrain)
    | you\smay\salso\slike | recommended\sby\s.{2,30} | ad\schoices | from\sour\spartners | paid\spartner.{0,30}
    | (?:terms|privacy|contact\sus|about\sus|sitemap|careers|advertise(?:\swith\sus)?|cookies?)(?:\s?[|·•/,]\s?[\w\s&]{3,30}){1,12}
    | back\sto\stop | return\sto\s(?:top|home.{0,10}) | site\smap | follow\sus(?:\son)?
    )[\W_]*""",
    _I | re.VERBOSE,
)
_HIGHLIGHTS = re.compile(
    r"[\W_]*(?:story\shighlights?|highlights?|key\s(?:points?|takeaways?|facts|developments)|at\sa\sglance|in\sbrief|"
    r"in\sshort|synopsis|the\sgist|quick\sread|top\sline|summary|what\swe\sknow|main\spoints)[\W_]*",
    _I,
)
_EMBED = re.compile(
    r"""[\[(*►▶\s–—-]*(?:
      (?:(?:also\s)?watch|watch\s(?:live|this|now|the\svideo|video|here|more|also)|video|live\svideo|listen|podcast|in\svideo|play\svideo)\s?(?:[:|►▶]|[–—-]\s)\s*.{0,200}
    | watch | video | listen | play\svideo | video\splayer.{0,60} | (?:this|the)\svideo\s(?:is|cannot|can\snot|can['’]t|has)\b.{0,100} | embedded\s(?:content|video|tweet|post)
    | view\sthis\spost\son\s\w+ | a\spost\sshared\sby\b.{0,120} | (?:embed|embedded)\sfrom\s.{2,40} | tweet\s(?:from|by)\s.{2,60} | see\s(?:new\s)?(?:tweets?|posts?)\b.{0,30}
    | (?:—|–|-)\s.{1,60}\(@\w{1,30}\).{0,40} | .{0,260}\bpic\.(?:twitter|x)\.com/\w+.{0,10} | (?:twitter|facebook|instagram|youtube|tiktok)\s(?:embed|video|post)
    | \d{1,2}:\d\d(?::\d\d)?\s?/\s?\d{1,2}:\d\d.{0,20} | (?:infographic|interactive|map|graphic)\s?:\s?.{0,120}
    )[\])\s]*""",
    _I | re.VERBOSE,
)
_ENDS_PROSE = re.compile(r"""[.!?…][)\]"'”’»]*$""")
_ENDS_ABBREVIATED = re.compile(r"(?:^|\s|\.)(?:[A-Z]|U\.S|U\.N|U\.K|E\.U|Inc|Co|Jr|Sr|St|Mr|Dr)\.$")


def kind_of(line: str) -> Kind:
    """What one cleaned line is. Never looks at its neighbours; anything not recognised is ``BODY``."""
    if len(line) > MAX_FURNITURE:
        return Kind.BODY
    if _PROMPT.match(line):
        return Kind.NOISE
    for kind, pattern in _SHORT:
        if pattern.fullmatch(line):
            return kind
    return Kind.NOISE if is_bar(line) else Kind.BODY


_SHORT = (
    (Kind.EMBED, _EMBED),
    (Kind.END, _END),
    (Kind.LIST, _LIST),
    (Kind.NOISE, _NOISE),
    (Kind.HIGHLIGHTS, _HIGHLIGHTS),
    (Kind.LINK, _LINK),
)


def is_bar(line: str) -> bool:
    """True for a row of share buttons or menu entries: ``Facebook Twitter WhatsApp Email``."""
    if len(line) > 160 or line.endswith((".", "?", "!")):
        return False
    words = [word.lower() for word in _WORD.findall(line)]
    return bool(words) and all(w in _BAR_WORDS for w in words) and any(w in _BAR_NEEDS for w in words)


def is_prose(line: str) -> bool:
    """True when a line reads as running text: it ends as a sentence does, or is long."""
    words = line.count(" ") + 1
    if words >= 25:
        return True
    if line.endswith(":"):
        return words >= 6
    return words >= 5 and bool(_ENDS_PROSE.search(line)) and not (words < 14 and _ENDS_ABBREVIATED.search(line))
