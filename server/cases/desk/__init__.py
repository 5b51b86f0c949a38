"""The desk's list: everything a member of staff may see, by tab, estate, lateness and words.

`may_see` alone judges what is seen; the rest decides how it is found without looking at
everything: see `finding`.
"""
