"""Where photos are opened: a child process of little memory and little time.

Nothing here imports the rest of the server, so a child is small. It is run by `child.py` under
the name `darkroom`, which is why imports between these files are relative.
"""
