"""what isn't known yet of a plan

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plan") as table:
        table.add_column(sa.Column("slots_missing", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("plan") as table:
        table.drop_column("slots_missing")
