"""budgets of channels, and who changed what in a channel; a thread has one plan

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("channelsettings") as table:
        table.add_column(sa.Column("budget", sa.Integer(), nullable=True))
        table.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "channelevent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("message_key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channelevent")),
    )
    op.create_index("ix_channelevent_of_channel", "channelevent", ["workspace", "channel", "id"])
    op.create_index("ix_plan_of_thread", "plan", ["workspace", "channel", "thread"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_plan_of_thread", "plan")
    op.drop_table("channelevent")
    with op.batch_alter_table("channelsettings") as table:
        table.drop_column("revision")
        table.drop_column("budget")
