"""what model calls cost, and for which workspace

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("modelusage") as table:
        table.add_column(sa.Column("workspace", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("cost", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(sa.Column("currency", sa.String(), nullable=False, server_default=""))
    op.execute(
        "UPDATE modelusage SET workspace = COALESCE("
        "(SELECT plan.workspace FROM plan WHERE plan.id = modelusage.plan_id), '')"
    )


def downgrade() -> None:
    with op.batch_alter_table("modelusage") as table:
        table.drop_column("currency")
        table.drop_column("cost")
        table.drop_column("workspace")
