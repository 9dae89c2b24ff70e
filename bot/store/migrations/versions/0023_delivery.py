"""where a channel's repositories go

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("channelsettings") as table:
        table.add_column(sa.Column("delivery", sa.String(), nullable=False, server_default="configured"))


def downgrade() -> None:
    with op.batch_alter_table("channelsettings") as table:
        table.drop_column("delivery")
