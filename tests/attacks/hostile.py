"""What strangers write: words that would like to be programs, to leave their place, or to break it."""

RUN = "window.pwned=1"
EVIL = [
    f"<script>{RUN}</script>", f'<img src=x onerror="{RUN}">', f'<svg onload="{RUN}"><animate onbegin="{RUN}"/></svg>',
    f'<a href="javascript:{RUN}">press</a>', f'<a href="data:text/html,<script>{RUN}</script>">press</a>',
    f'<a href="&#106;avascript:{RUN}">press</a>', f'<a href="java\tscript:{RUN}">press</a>', f'<iframe srcdoc="<script>{RUN}">',
    f'<math><mtext><table><mglyph><style><img src=x onerror="{RUN}">', '<p style="position:fixed;inset:0">over all</p>',
    f'<form action="//evil.example"><button formaction="javascript:{RUN}">', "<base href=//evil.example>",
    "<style>*{display:none}</style>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>", "{{7*7}}${7*7}{% raw %}<%= 7*7 %>", '<img src="https://evil.example/pixel">',
]  # fmt: skip
TITLE = f'\u202e</title><script>{RUN}</script>"onmouseover="{RUN}'
PAGE = {"url": f'https://shop.example/"onmouseover="{RUN}//?<script>{RUN}</script>', "title": TITLE}

FILE = f'"><img src=x onerror={RUN}>.txt'
NAME = f"\u202eMallory <img src=x onerror={RUN}>"
WIDE = "W" * 400
SPREADING = [
    WIDE, f"https://shop.example/{WIDE}", "\u202eesrever \u2066isolated", "\u05e9\u05dc\u05d5\u05dd " * 40, "\u0627" * 600,
    "\u200b".join("abcdefgh" * 40), "a\u0300" * 300, "Z" + "\u0300\u0301\u0302\u0303" * 60,
    "\n" * 60 + "far below", "\t" * 200 + "far right",
    ("ten thousand characters " * 420)[:10_000],
]  # fmt: skip
"""Nothing that runs; all of it wants more room than there is."""
SPREADING_HTML = [
    f"<p>{WIDE}</p>",
    f"<pre><code>{WIDE}</code></pre>",
    "<ul><li>" * 60 + "deep",
    f'<a href="https://shop.example/{WIDE}">{WIDE}</a>',
]
