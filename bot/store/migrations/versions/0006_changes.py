"""changes to delivered repositories

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plan") as table:
        table.add_column(sa.Column("delivered_review", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE plan SET delivered_review = review WHERE stage = 'delivered'")
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("base_main", sa.String(), nullable=True),
        sa.Column("base_generated", sa.String(), nullable=True),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("merge", sa.String(), nullable=True),
        sa.Column("commit", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("merges_here", sa.Boolean(), nullable=False),
        sa.Column("merged_by", sa.String(), nullable=False),
        sa.Column("merge_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_commit", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_change_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_change_plan_id")),
    )
    op.create_index(op.f("ix_change_plan_id"), "change", ["plan_id"])


def downgrade() -> None:
    op.drop_table("change")
    with op.batch_alter_table("plan") as table:
        table.drop_column("delivered_review")
