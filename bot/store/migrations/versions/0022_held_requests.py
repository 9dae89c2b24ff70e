"""requests from channels that the bot isn't in yet

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heldrequest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heldrequest")),
        sa.UniqueConstraint("key", name=op.f("uq_heldrequest_key")),
    )
    op.create_index("ix_heldrequest_of_channel", "heldrequest", ["workspace", "channel"])


def downgrade() -> None:
    op.drop_index("ix_heldrequest_of_channel", table_name="heldrequest")
    op.drop_table("heldrequest")
