"""Where plaques are drawn: a child process, so that ten thousand of them disturb nobody's scan.

Nothing here imports the rest of the server. It is run by `child.py` under the name `press`, which
is why imports between these files are relative.
"""
