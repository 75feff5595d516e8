"""The phrases of page furniture: one pattern a line, matched without regard to case.

Lines are compared after ``plain_marks``: single spaces, straight quotes, hyphens for dashes. No pattern nests
repetitions, so the time a line takes is bounded by its length.
"""

from __future__ import annotations

import re

_MARKS = str.maketrans("‘’‚‛“”„–—−|", "''''\"\"\"---|")
_COUNT = r"\d[\d,.]*\s?[km]?"
_MEDIA = (
    r"(?:facebook|twitter|x|instagram|telegram|whatsapp|youtube|linkedin|google|tiktok|threads|bluesky|social media)"
)
_SITE = r"(?:facebook|twitter|whatsapp|linkedin|e-?mail|pinterest|telegram|reddit|instagram|youtube)"


def plain_marks(line: str) -> str:
    """The line with straight quotes and hyphens, character for character."""
    return line.translate(_MARKS)


def words(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


def in_order(text: str) -> tuple[str, ...]:
    """The words of a list written as running text, first things first."""
    return tuple(text.split())


def alternatives(*patterns: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """One pattern of many."""
    return re.compile(f"{before}(?:{'|'.join(patterns)}){after}", re.IGNORECASE)


BAR_WORDS = words("""
    share shares shared tweet tweets email e-mail mail print pin save bookmark copy link copied facebook twitter x
    whatsapp telegram linkedin reddit pinterest instagram youtube messenger flipboard pocket tiktok threads bluesky
    viber line vk ok tumblr mastodon wechat weibo snapchat google fb rss feed feeds like likes follow following comment
    comments on to this with via the and your friends article story page post now options reply send icon
    click listen subscribe login log in sign up register home menu search close open skip main content navigation nav
    toggle back top next previous prev gift count
""")
BAR_SIGNS = words("""
    share shares tweet email e-mail print pin save bookmark copy facebook twitter whatsapp telegram linkedin reddit
    pinterest instagram youtube messenger flipboard tumblr viber comment comments subscribe login menu search
    close skip toggle rss like follow home sign log register gift listen reply
""")

# Whole lines that are never content.
NOISE = alternatives(
    r"-*\s?(?:ads?|advert|advertisements?|advertising)(?: \d| loading.{0,20}| - .{0,40})?\s?[-:.]*",
    r"(?:sponsored|promoted|paid|partner|branded)(?: content| post| links?)?[:.]?",
    r"(?:story|article|post|content) continues? (?:below|after)\b.{0,60}",
    r"(?:scroll|swipe) (?:down|left|right|to|for)\b.{0,60}",
    r"skip (?:to|ad|past|advert)\b.{0,60}",
    r"(?:end|after|past) (?:of )?.{0,20}newsletter.{0,30}",
    r"newsletter sign-?\s?up",
    r"(?:main|lead|hero|header|banner|thumb(?:nail)?|featured?|author|profile)[ _-](?:img|image|pic|picture|photo)",
    r"img|image|logo|icon|banner|thumbnail|placeholder|avatar|spacer|null|undefined|nan|none|n/a",
    r"[a-z]+(?:_[a-z0-9]+)+",
    r"(?:image|picture|photo|img)[ _-]?\d{1,3}(?: (?:of|/) \d{1,3})?",
    r"(?:just in|breaking(?: news)?|exclusive|live(?: updates?)?|developing(?: story)?|premium|alert)[!:.]?",
    r"subscribers? only|members? only|free to read|open access",
    r"(?:read|see|view|show|load|learn|watch|get) (?:more|less|all|full (?:story|article|bio|profile))"
    r"(?: (?:comments?|articles?|stories|news|here|about this))?[ .…»>→]*",
    r"(?:continue|keep) reading(?: (?:the main story|below|this article))?[ .…»>→]*",
    rf"{_COUNT} (?:comments?|shares?|views?|likes?|reads?|tweets?|reactions?|followers|retweets?)",
    rf"{_COUNT} (?:shares?|views?|likes?)\s?[|·•,]?\s?{_COUNT} (?:comments?|shares?|views?|likes?)",
    rf"(?:comments?|shares?|views?|likes?|followers)\s?[:(]\s?{_COUNT}\)?",
    r"(?:estimated )?(?:(?:read|listen)(?:ing)?(?: time)?\s?[:-]?\s?)?\d{1,3}[ -]?min(?:ute)?s?\.?\s?(?:read|"
    r"listen|watch)?",
    r"(?:about |updated? |published |posted )?(?:\d{1,2}|an?)\s?(?:h|hrs?|hours?|d|days?|m|mins?|minutes?|weeks?|"
    r"months?|"
    r"years?)\.? ago",
    r"(?:font|text) size\b.{0,30}|a|aa|a\+|a-|a a|a a a|(?:increase|decrease|resize) (?:font|text)\b.{0,30}",
    r"(?:listen|listening) (?:to )?(?:this )?(?:article|story|audio)\b.{0,40}",
    r"(?:play|pause|mute|unmute|fullscreen|replay)(?: audio| video)?",
    rf"{_SITE} (?:share|icon|logo|link)\b.{{0,20}}",
    rf"(?:share|follow|tweet|post|send|e-?mail|print)(?: (?:this|it|us|via|on|to|by|with|article|story|page|post|"
    rf"news))*"
    rf"(?: {_SITE})?(?: {_SITE})?\s?[:!.]?",
    r"(?:share|save) (?:this )?(?:article|story)\b.{0,30}",
    r"(?:link|url) copied\b.{0,30}|copy (?:link|url)\b.{0,20}",
    r"opens? in (?:a )?new (?:window|tab)|(?:loading|please wait)(?:\s?[.…]{1,3}| comments.{0,10})?",
    r"(?:please )?(?:enable|turn on|activate) (?:javascript|cookies)\b.{0,120}|javascript (?:is|must|seems)\b.{0,120}",
    r"(?:your|this) browser (?:does not|doesn't|is )\b.{0,120}",
    r"(?:add|make|set|prefer|choose) .{0,40}\b(?:preferred|trusted) source\b.{0,40}",
    r"(?:add|follow) .{1,30} on google(?: news)?\W*",
    r"(?:summary|key points?) generated by\b.{0,60}",
    r"https?://\S+|www\.\S+|[\w.-]+@[\w-]+\.[\w.]+|@\w{2,30}",
    r"(?:source|agencies|via|courtesy)\s?:?",
    r"(?:first |last )?(?:published|updated|posted|modified)(?: on| at| by)?:?|by|on|in|written by|authors?:?|"
    r"reporter:?|date:?",
    r"close panel|about sharing|(?:acquire|purchase) licensing rights.{0,40}|reuse this content|for immediate "
    r"release|aa",
    r"click to .{2,60}\(opens in (?:a )?new window\)|like loading.{0,5}|(?:first )?published in .{2,60}\b(?:19|"
    r"20)\d\d\.?",
    r"[\[(]?(?:end|ends|endit|enditem|end/|more)[\])]?\.?|\([A-Z]{2,5}(?:/[A-Z]{2,5})?\)|all news|next (?:story|"
    r"article)",
    r"[^.]{0,120}\bcontributed (?:reporting )?to this (?:report|article|story|dispatch)\.?",
    r"(?:updated|posted|published) (?:\d{1,2}|an?)\s?(?:h|hrs?|hours?|d|days?|m|mins?|minutes?) ago",
    r"(?:\W|_){1,6}",
)

# Openings of lines that speak to the visitor, not of the news; the rest of the line goes with them.
PROMPT = alternatives(
    r"(?:sign ?up|subscribe|register|sign in|log ?in) (?:for|to|now|here|today|with|and|our|via|below|or)\b",
    r"(?:download|get|install|try) (?:the|our|.{0,20}\b(?:mobile|news))\b.{0,40}\bapps?\b",
    rf"(?:follow|like|join|find|connect with|catch) (?:us|our|@\w+|.{{2,40}}) (?:on|at|via) {_MEDIA}\b",
    r"(?:follow|join) .{2,40} (?:whatsapp|telegram|youtube) (?:channel|group)",
    r"(?:follow|catch|get|check out|browse|find|explore) (?:all (?:the|our)?|the|our|more|every|live)\b.{0,60}"
    r"\b(?:latest|breaking|top|live|today's)\b.{0,80}\b(?:news|headlines|stories|coverage)\b",
    r"read (?:all the|more of the|our|the) (?:latest|breaking|top|live|full)\b.{0,60}\b(?:news|headlines|stories|"
    r"coverage)\b",
    r"(?:get|receive) .{0,80}\b(?:in|to|into|straight to|delivered|directly)\b.{0,30}\b(?:your|you) .{0,12}"
    r"(?:inbox|email|e-mail|phone|feed|mailbox)\b",
    r"(?:get|receive) (?:our|the|a|free|breaking|daily|weekly|more|all)\b.{0,60}\b(?:newsletters?|alerts?|"
    r"notifications)\b",
    r"(?:our|the|this|these|we)\b.{0,40}\buses? (?:cookies|.{0,30}\bcookies)\b",
    r"by (?:continuing|clicking|signing|subscribing|submitting|entering|registering|using)\b.{0,160}"
    r"\b(?:you|your|agree|accept|terms|policy)\b",
    r"we value your privacy|your privacy (?:matters|choices)|accept (?:all|cookies)|reject all",
    r"manage (?:cookies|preferences|consent)|cookie (?:policy|settings|notice)|privacy policy|terms (?:of|and|&) ",
    r"this site is protected by recaptcha|i'm not a robot",
    r"(?:click|tap) (?:here|on the|the (?:link|button))\b",
    r"to (?:continue|keep) reading\b|to read (?:the (?:full|rest)|more|this)\b.{0,80}\b(?:subscri|log ?in|sign|"
    r"regist|click)",
    r"this (?:article|content|story) is (?:for|only|available (?:only )?to|reserved)\b.{0,80}\b(?:subscri|regist|"
    r"members?)",
    r"already (?:a|an) (?:subscriber|member|registered)|don't have an account|not a (?:subscriber|member)",
    r"forgot(?:ten)? (?:your )?password|you have (?:read|reached|\d+)\b.{0,60}\b(?:articles?|limit)|"
    r"unlock\b.{0,60}\barticles?",
    r"(?:support|help|fund) (?:our|independent|quality|us|free)\b.{0,60}\b(?:journalism|newsroom|reporting|"
    r"journalists)\b",
    r"(?:become|be) a (?:member|supporter|subscriber|patron)\b",
    r"(?:make|consider) (?:a|making)\b.{0,30}\b(?:donation|contribution)\b|donate (?:now|today|here|to)\b",
    r"(?:do|would|have) you (?:have|know|like|want|got)\b.{0,120}\b(?:contact us|email us|get in touch|"
    r"newsletter|write to)",
    r"(?:got|have) (?:a|an) (?:tip|story idea|news tip|confidential|opinion)\b",
    r"(?:send|email|submit) (?:us|your|a)\b.{0,80}(?:@|\btips?\b|\bletters?\b|\bfeedback\b|\bpress release)",
    r"(?:contact|write to|reach|email) .{2,60}\b(?:at|on) \S{1,40}@\S+",
    r"(?:let us know|tell us what|have your say|join the (?:conversation|discussion|debate))\b",
    r"(?:for|to get) (?:all the|all|more|the|latest)\b.{0,80}\b(?:news|updates?|stories)\b.{0,60}"
    r"\b(?:follow|download|visit|subscribe|click|log on|stay|like)\b",
    r"(?:stay|keep) (?:up to date|updated|informed|tuned|connected|ahead)\b.{0,80}\b(?:with|on|by|to|for|news)\b",
    r"never miss (?:a|an|the|our)\b|don't miss (?:a|an|out|the latest|any)\b",
    r"thank(?:s| you) for (?:reading|signing|subscribing|visiting|registering)\b",
    r"please (?:check your email|enter|provide|try again|subscribe|sign|log|register|read the rules|consider|"
    r"share|follow|click)",
    r"(?:something|an error) (?:went wrong|occurred|has occurred)\b|invalid email|enter your (?:e-?mail|name|comment)",
    r"your email address\b|required fields|all fields\b.{0,20}\brequired|we(?:'ll| will) (?:never|not) share your\b",
    r"(?:read|view|see) our (?:privacy|terms|cookie|comment|community|standards|guidelines)",
    r"\(?except for the headline\b",
    r"\(?this (?:story|article|report|copy) (?:has not been|was not|is) (?:edited|auto-?generated|published from|"
    r"sourced)\b",
    r"(?:disclaimer|disclosure|editor'?s?'? note|notes? to (?:the )?editors?|correction|clarification|refile|dna "
    r"tags?)\s?[:-] ",
    r"\(?this (?:story|article|report|post|page|piece) (?:has been|was) (?:updated|corrected|amended|edited|"
    r"first published|"
    r"originally published|republished|published|clarified)\b",
    r"\(?(?:this (?:story|article|version)|story) (?:corrects|refiles|updates|fixes)\b|\((?:refiles|corrects|"
    r"updates|adds)\b",
    r"\(?an? (?:earlier|previous) version of this (?:story|article|report|headline)\b",
    r"(?:the )?(?:views?|opinions?)(?: and (?:views?|opinions))? (?:and opinions "
    r")?expressed\b.{0,120}\b(?:authors?'?s?|own|reflect)\b",
    r"(?:©|\(c\) |&copy;|copyright (?:©|\(c\)|\d{4}|by\b|-|.{2,60}\ball rights reserved))",
    r"(?:all rights reserved|no part of this|reproduction (?:in whole|without|is prohibited))\b",
    r"unauthori[sz]ed (?:use|reproduction|copying)\b|the content of this (?:site|article|website)\b",
    r"this material may not be (?:published|reproduced)\b|distributed by allafrica\b|provided by syndigate\b",
    r"our standards: |published under\b.{0,60}\b(?:licen[cs]e|commons)\b|licensed under\b.{0,60}\b(?:licen[cs]e|"
    r"commons)\b",
    r"for (?:media|press|more|further)(?: \w+)? (?:inquir|enquir|information|details|queries)\w*,? "
    r".{0,60}\b(?:contact|call|email|visit)\b",
    r"(?:media|press) (?:contacts?|inquiries|enquiries)\s?:",
    r"(?:get|enjoy|for) (?:unlimited|full|free|digital|complete)(?: \w+)? access\b|(?:promoted ?)?listen to "
    r"(?:the|our) latest\b",
    r"republish(?:ing)? (?:this|our|for free|under)\b",
    r"report (?:a typo|an error|this ad|a correction|a mistake)\b|(?:found|spotted) (?:a|an) (?:typo|error|mistake)\b",
    r"with your (?:support|help), we\b|we rely on (?:readers|your)\b|if you (?:value|enjoyed|like|found) (?:our|"
    r"this|what)\b",
    r"you can (?:also )?(?:unsubscribe|opt out|follow|read more)\b|unsubscribe (?:at any time|here)\b",
    before=r"[\[(*►▶»\s-]*(?:please )?",
)

# A label and the headline of another article.
LINK = alternatives(
    r"(?:(?:also|must)[ -]?read|read(?: also| more| next| now| this| here| in full| the full story)?|see (?:also|"
    r"more)|also see|"
    r"related(?: (?:stor(?:y|ies)|articles?|news|coverage|content|links?|topics?|video))?|more (?:on this(?: "
    r"story)?|here)|"
    r"recommended|don't miss|in case you missed it|icymi|trending(?: now)?|explained|explainer|in (?:pics|"
    r"pictures|photos)|"
    r"photos|"
    r"gallery|up next|suggested|editor'?s?'? pick|you may (?:also )?like|click to read|full coverage|for more|"
    r"more from .{2,30}|"
    r"also (?:on|in) .{2,30})\s?(?:[:|»>→]|- )\s?.{2,220}",
    r"(?:also read|read also|must read) .{5,200}",
    r"(?:read more|more|related|read) (?:about|on|from) [^.]{2,120}",
    r"read more: .{2,200}|→ .{2,200}|>> ?.{2,200}",
    before=r"[\[(*►▶»>•·\s-]*",
)

# Headings of lists of links: the lines below, up to the next prose, go with them.
LIST = alternatives(
    r"(?:related|recommended|suggested|similar|more)(?: (?:stor(?:y|ies)|articles?|news|coverage|content|links?|"
    r"topics?|posts?|"
    r"reading|reads|videos?|from the web|for you|headlines))",
    r"related|recommended(?: for you)?|see also|also (?:read|see)|read (?:also|next|on)|up next",
    r"you (?:may|might) (?:also )?(?:like|be interested in|have missed)(?: this)?",
    r"more on this(?: story| topic)?|(?:our|the) top (?:stories|picks)",
    r"(?:top|latest|must|most|other|trending|popular|featured) (?:stories|news|articles|headlines|reads?|posts?|"
    r"videos?|picks?|"
    r"topics?)(?: (?:now|today|this week|right now))?",
    r"in other news|(?:from )?around the (?:web|world)|what to read next|what you need to read|don't miss",
    r"elsewhere on the .{2,30}|(?:list|end) of (?:list|\d items)|list \d of \d|promoted stories|trending(?: "
    r"now)?|popular|newsletters?",
    before=r"[\W_]*",
    after=r"[\W_]*",
)

# Headings of what follows an article.
END = alternatives(
    rf"(?:{_COUNT} )?comments?(?:\s?\(?{_COUNT}\)?)?|no comments(?: yet)?",
    r"(?:post|leave|add|write|submit|view|show|read|see|load|hide) (?:a |your |an |all |the |\d[\d,]* )?"
    r"(?:comments?|reply|replies|response)(?:\s?\(?\d*\)?)?",
    r"leave (?:us )?a reply.{0,40}|join the (?:conversation|discussion|debate)|have your say|share your "
    r"(?:thoughts|views|opinion)",
    r"most (?:read|popular|viewed|shared|commented|recent|watched)(?: (?:stories|articles|news|today|on .{2,30}|"
    r"in .{2,30}))?",
    r"more (?:from|in|by) [^.:]{2,40}|about the (?:author|writer|reporter|journalist)s?|about us",
    r"(?:filed under|tags?|tagged|topics?|keywords|categories|related topics)(?:\s?:.*)?|(?:explore|read) more "
    r"on these topics",
    r"(?:sponsored|promoted) (?:links|stories|content)(?: by .{2,30})?|(?:by )?(?:taboola|outbrain)|recommended "
    r"by .{2,30}",
    r"ad ?choices|from our partners|paid partner.{0,30}",
    r"(?:terms|privacy|contact us|about us|sitemap|careers|advertise(?: with us)?|cookies?)(?: (?:policy|of use|"
    r"of service))?"
    r"(?:\s?[|·•/,]\s?[\w &]{3,30}){1,12}",
    r"back to top|return to (?:top|home.{0,10})|site ?map|follow us(?: on)?",
    before=r"[\W_]*",
    after=r"[\W_]*",
)

HIGHLIGHTS = alternatives(
    r"(?:story |article |news )?highlights?|in summary|key (?:points?|takeaways?|facts|developments|highlights)|"
    r"at a glance|in brief|"
    r"in short|synopsis|the gist|quick read|summary|main points|what we know(?: so far)?|top points",
    before=r"[\W_]*",
    after=r"[\W_]*",
)

EMBED = alternatives(
    r"(?:(?:also )?watch|watch (?:live|this|now|the video|video|here|more|also)|video|live video|listen|podcast|"
    r"in video|"
    r"play video)\s?(?:[:|►▶]|- )\s?.{0,200}",
    r"watch|video|videos?|listen|play video|video player.{0,60}",
    r"(?:this|the) video (?:is (?:not|no longer|unavailable|private)|cannot|can not|can't|has (?:been removed|expired))"
    r"\b.{0,80}",
    r"embedded (?:content|video|tweet|post)|view this post on \w+|a post shared by .{2,60}\(@\w+\).{0,60}",
    r"embed(?:ded)? from .{2,40}",
    r"tweet (?:from|by) .{2,60}|see (?:new )?(?:tweets?|posts?)\b.{0,30}|(?:twitter|facebook|instagram|youtube|tiktok) "
    r"(?:embed|video|post)",
    r"- [^()]{1,60}\(@\w{1,30}\).{0,40}",
    r"\d{1,2}:\d\d(?::\d\d)?\s?/\s?\d{1,2}:\d\d.{0,20}",
    r"(?:infographic|interactive|graphic|map)\s?: ?.{0,120}",
    before=r"[\[(*►▶\s-]*",
    after=r"[\])\s]*",
)
