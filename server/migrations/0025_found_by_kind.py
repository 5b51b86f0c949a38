"""Cases are found by their kind as well: the search reads every case once more.

It does so behind the desk's back, from the first event on; meanwhile what it had is found as before.
"""

from tortoise import migrations
from tortoise.migrations import operations as ops

AGAIN = 'UPDATE "case_search_cursor" SET epoch = 0, tx = 0, event_id = 0'


class Migration(migrations.Migration):
    dependencies = [("models", "0024_endings_for_all")]

    operations = [ops.RunSQL(AGAIN, "")]
