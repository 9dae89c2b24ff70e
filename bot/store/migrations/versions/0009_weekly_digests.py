"""weekly digests, and their rest

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("digestschedule") as table:
        table.add_column(sa.Column("weekday", sa.Integer(), nullable=True))
        table.add_column(sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("digestschedule") as table:
        table.drop_column("snoozed_until")
        table.drop_column("weekday")
