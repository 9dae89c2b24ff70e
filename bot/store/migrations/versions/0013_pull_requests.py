"""what people do with pull requests

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("change") as table:
        table.add_column(sa.Column("decided_by", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("reopen_asked_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("forgotten_by", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("generated", sa.String(), nullable=True))
        table.add_column(sa.Column("before", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table("change") as table:
        for column in ("before", "generated", "forgotten_by", "reopen_asked_at", "closed_at", "decided_by"):
            table.drop_column(column)
