"""messages that were edited after a plan came from them

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "messageedit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("settled", sa.String(), nullable=False),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_messageedit_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messageedit")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_messageedit_plan_id")),
    )
    op.create_index(op.f("ix_messageedit_plan_id"), "messageedit", ["plan_id"])
    op.create_index("ix_conversationmessage_key", "conversationmessage", ["key"])
    op.create_index("ix_planquestion_answer_key", "planquestion", ["answer_key"])


def downgrade() -> None:
    op.drop_index("ix_planquestion_answer_key", table_name="planquestion")
    op.drop_index("ix_conversationmessage_key", table_name="conversationmessage")
    op.drop_index(op.f("ix_messageedit_plan_id"), table_name="messageedit")
    op.drop_table("messageedit")
