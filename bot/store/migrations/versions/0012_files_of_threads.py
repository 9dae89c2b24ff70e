"""files that people drop in the threads of plans

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planfile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("across", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_planfile_plan_id_plan"),
        sa.PrimaryKeyConstraint("id", name="pk_planfile"),
        sa.UniqueConstraint("plan_id", "key", "position", name="uq_planfile_plan_id"),
    )
    op.create_index("ix_planfile_plan_id", "planfile", ["plan_id"])


def downgrade() -> None:
    op.drop_index("ix_planfile_plan_id", "planfile")
    op.drop_table("planfile")
