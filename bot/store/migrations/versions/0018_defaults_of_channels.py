"""what a channel decides of how its plans are built and where they go

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("channelsettings") as table:
        table.add_column(sa.Column("features", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("github_owner", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("github_access", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("channelsettings") as table:
        table.drop_column("github_access")
        table.drop_column("github_owner")
        table.drop_column("features")
