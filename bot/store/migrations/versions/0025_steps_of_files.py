"""steps and changes that came as a file, beside a plan's own

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("step") as table:
        table.add_column(sa.Column("by_file", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.drop_constraint("uq_step_plan_id", type_="unique")
        table.create_unique_constraint("uq_step_plan_id", ["plan_id", "by_file", "key"])
    with op.batch_alter_table("change") as table:
        table.add_column(sa.Column("by_file", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM step WHERE by_file"))
    with op.batch_alter_table("change") as table:
        table.drop_column("by_file")
    with op.batch_alter_table("step") as table:
        table.drop_constraint("uq_step_plan_id", type_="unique")
        table.create_unique_constraint("uq_step_plan_id", ["plan_id", "key"])
        table.drop_column("by_file")
