"""where a channel's repositories go

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("channelsettings") as table:
        table.add_column(sa.Column("delivery", sa.String(), nullable=False, server_default="configured"))


def downgrade() -> None:
    with op.batch_alter_table("channelsettings") as table:
        table.drop_column("delivery")
