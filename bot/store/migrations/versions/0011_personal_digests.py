"""a digest that was set in a direct message is its person's own

Revision ID: 0011
Revises: 0010
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# Of several that one person set in direct messages, the newest stays.
DOUBLED = """
DELETE FROM digestschedule WHERE channel LIKE 'D%' AND EXISTS (
    SELECT 1 FROM digestschedule AS other WHERE other.channel LIKE 'D%'
    AND other.workspace = digestschedule.workspace AND other.set_by = digestschedule.set_by
    AND other.id > digestschedule.id)
"""


def upgrade() -> None:
    op.execute(DOUBLED)
    op.execute("DELETE FROM firing WHERE schedule_id NOT IN (SELECT id FROM digestschedule)")
    op.execute("UPDATE digestschedule SET channel = set_by WHERE channel LIKE 'D%'")


def downgrade() -> None:
    op.execute("DELETE FROM digestschedule WHERE channel LIKE 'U%' OR channel LIKE 'W%'")
