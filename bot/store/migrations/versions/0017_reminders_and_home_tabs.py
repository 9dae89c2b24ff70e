"""reminders, each sent once, and their rest; the Home tabs that people opened

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("reminders", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("wait", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_reminder_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("plan_id", "wait", "person", "step", name=op.f("uq_reminder_plan_id")),
    )
    op.create_index(op.f("ix_reminder_person"), "reminder", ["person"])
    op.create_table(
        "reminderrest",
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("wait", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_reminderrest_plan_id_plan")),
        sa.PrimaryKeyConstraint("plan_id", "wait", "person", name=op.f("pk_reminderrest")),
    )
    op.create_table(
        "hometab",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Boolean(), nullable=False),
        sa.Column("plans", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_hometab")),
    )


def downgrade() -> None:
    op.drop_table("hometab")
    op.drop_table("reminderrest")
    op.drop_index(op.f("ix_reminder_person"), table_name="reminder")
    op.drop_table("reminder")
    with op.batch_alter_table("person") as table:
        table.drop_column("reminders")
