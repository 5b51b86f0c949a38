"""Words nobody should send, and everybody does."""

SPACES = " \t\n\u3000\u00a0 "
LONG = "长" * 10_000
EMOJI = "👩‍👩‍👧‍👦 🇨🇳 🔥 ❤️ 🧑🏽‍🚒"
SQL = "'; DROP TABLE cases; -- \" OR 1=1 /* \\"
HTML = '<script>alert(1)</script><img src=x onerror="alert(1)">&lt;{{7*7}}{% raw %}'

NASTY = {
    "spaces": SPACES,
    "ten thousand": LONG,
    "emoji": EMOJI,
    "controls": "".join(map(chr, range(1, 32))) + "\x7f\x85\u2028\ufeff",
    "nul": "头\x00尾",
    "nothing but nul": "\x00",
    "sql": SQL,
    "html": HTML,
    "bidi": "\u202e\u2066反\u200f过来\u2069",
    "marks on marks": "啊" + "\u0301" * 900,
    "formats": "%s %n {0} {place} ${jndi:ldap://x} $1 :name ?1",
    "path": "../../etc/passwd",
    "number": "9" * 400,
    "unassigned": "\uffff\U0010ffff\ue000",
}
SHORTER = {name: words[:500] for name, words in NASTY.items()}  # fit into an address
WRONG_TYPES = {
    "number": 7,
    "huge number": 2**70,
    "fraction": 0.5,
    "true": True,
    "list": ["a", 1],
    "object": {"a": {"b": []}},
    "list of lists": [[["x"]]],
    "null": None,
}
ODD_NUMBERS = (-1, 0, 2**31, 2**53 + 1, 2**63, 2**64, 2**70, -(2**70), 10**300)
