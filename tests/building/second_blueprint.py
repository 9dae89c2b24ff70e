"""A blueprint beside the one that ships: shapes of rows as plain Python, without a database or a service."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.resources import resource

__all__ = ["second_blueprint"]

MANIFEST = """\
name = "shapes"
features = []
verification = ["python-syntax", "ruff check", "ruff format --check"]
words = ["python-syntax", "ruff check", "ruff format --check"]
facts = ["Plain Python, without a database"]

[[phases]]
slug = "shapes"
name = "Shapes"
goal = "Every entity has its shape."

[[phases]]
slug = "custom-behaviour"
name = "Custom behaviour"
goal = "The package does what is particular to it."

[[tasks]]
id = "skeleton"
phase = "shapes"
title = "Project skeleton"
done = "The package can be installed"
files = [
  { path = "pyproject.toml", template = "pyproject.toml.j2" },
  { path = "uv.lock", template = "uv.lock" },
  { path = "ruff.toml", template = "ruff.toml" },
  { path = "README.md", template = "README.md.j2", provides = "What it is" },
]

[[tasks]]
id = "model"
phase = "shapes"
each = "entity"
title = "Shape of {plural}"
done = "A {label} has its shape"
needs = ["skeleton"]
covers = ["*"]
files = [
  { path = "shapes/{module}.py", template = "shape.py.j2", provides = "The shape of {plural}", exports = ["{name}"] },
]

[[tasks]]
id = "custom"
phase = "custom-behaviour"
each = "custom"
title = "{title}"
done = "{done}"
needs = ["all:model"]
files = [{ path = "behaviour/{slug}.py", provides = "{title}" }]
"""
PYPROJECT = """\
[project]
name = "{{ project }}"
version = "{{ version }}"
requires-python = ">=3.12,<4"
dependencies = [
{% for requirement in dependencies %}
  {{ requirement }},
{% endfor %}
]

[dependency-groups]
dev = [
{% for requirement in development_dependencies %}
  {{ requirement }},
{% endfor %}
]

[tool.uv]
package = false
"""
README = "# {{ heading }}\n\nShapes of rows, nothing more.\n"
SHAPE = """\
\"\"\"The shape of {{ entity.plural }}.\"\"\"

__all__ = ["{{ entity.name }}"]


class {{ entity.name }}:
    \"\"\"One {{ entity.label }}.\"\"\"

{% for item in entity.fields %}
    {{ item.attribute }}: object = None
{% endfor %}
"""


def second_blueprint(folder: Path) -> Path:
    """Write the blueprint into a new folder; its packages and its format are those of the one that ships."""
    folder.mkdir()
    for name in ("pyproject.toml", "uv.lock", "ruff.toml"):
        shutil.copy(resource("templates/fastapi") / name, folder / name)
    (folder / "blueprint.toml").write_text(MANIFEST)
    (folder / "pyproject.toml.j2").write_text(PYPROJECT)
    (folder / "README.md.j2").write_text(README)
    (folder / "shape.py.j2").write_text(SHAPE)
    return folder
