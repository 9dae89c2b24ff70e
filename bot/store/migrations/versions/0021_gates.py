"""documents of a plan that are approved one after the other

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("channelsettings") as table:
        table.add_column(sa.Column("gates", sa.String(), nullable=False, server_default="one"))


def downgrade() -> None:
    with op.batch_alter_table("channelsettings") as table:
        table.drop_column("gates")
