"""since when a run is asked for, and which try of a model is under way

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plan") as table:
        table.add_column(sa.Column("run_since", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("model_try", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("model_tries", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("plan") as table:
        table.drop_column("model_tries")
        table.drop_column("model_try")
        table.drop_column("run_since")
