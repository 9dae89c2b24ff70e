"""which commit of a change was shown, and merges into other branches

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
    with op.batch_alter_table("change") as table:
        table.add_column(sa.Column("seen", sa.String(), nullable=True))
        table.add_column(sa.Column("merged_into", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("change") as table:
        table.drop_column("merged_into")
        table.drop_column("seen")
