"""Taking no more of somebody's words: a block with its reason, what she says to that, and who
decides, however long that takes."""

from server.contact.blocks.actions import appeal, block, lift, uphold
from server.contact.blocks.ringing import ring_appeal

__all__ = ["appeal", "block", "lift", "ring_appeal", "uphold"]
