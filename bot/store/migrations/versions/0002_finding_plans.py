"""indexes by which the plans of a channel and of a person are found

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_plan_of_channel": ["workspace", "channel", "created_at"],
    "ix_plan_of_starter": ["workspace", "starter", "created_at"],
    "ix_plan_of_starter_in_channel": ["workspace", "channel", "starter", "created_at"],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, "plan", columns)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "plan")
