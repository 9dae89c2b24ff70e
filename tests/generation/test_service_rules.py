"""What each layer of a service is made of: rules that no outside judge holds, over every file of the blueprint.

docs/rules.md says which rule each of these tests proves.
"""

from __future__ import annotations

import ast
import re

import pytest

from bot.documents.entities.declared_rules import Transition
from bot.documents.entities.entity_specs import Entity
from bot.generation.rule_fields import rules_of
from bot.generation.status_steps import step_segments
from tests.generation.service_files import (
    OF_FEATURES,
    SPECS,
    calls,
    class_of,
    classes,
    functions,
    modules,
    nodes,
    routes,
    service,
)

OLD_PYDANTIC = {
    "dict", "json", "copy", "parse_obj", "parse_raw", "from_orm", "construct", "validate", "update_forward_refs",
}  # fmt: skip
STATEMENTS = {"select", "insert", "update", "delete"}
both = pytest.mark.parametrize("name", SPECS)


@both
def test_schemas_are_those_of_pydantic_2(name: str) -> None:
    assert not [path for path, node in nodes(name) if isinstance(node, ast.ClassDef) and node.name == "Config"]
    imported = {alias.name for _, node in nodes(name) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert not {"validator", "root_validator", "BaseConfig"} & imported
    assert {"ConfigDict", "model_validator", "SettingsConfigDict"} <= imported
    asked = {call.rpartition(".")[2] for path, call in calls(name, "app/") if "." in call and path.startswith("app/")}
    assert not OLD_PYDANTIC & asked
    assert {"model_validate", "model_dump"} <= asked


@both
def test_models_are_mapped_by_their_types(name: str) -> None:
    specs = SPECS[name]
    for _, node in nodes(name, "app/models/"):
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Call):
            assert ast.unparse(node.annotation).startswith("Mapped[")
            assert ast.unparse(node.value.func) in {"mapped_column", "relationship"}
    made = [call for _, call in calls(name, "app/")]
    own = [field for entity in specs.entities for field in entity.fields if not field.is_kept_by_service]
    assert made.count("mapped_column") >= len(own) - 2 * len(specs.entities)
    assert not [call for call in made if call.rpartition(".")[2] == "declarative_base"]
    assert made.count("sa.Column") == 2 * made.count("sa.Table"), "only tables of pairs have no class of their own"


@both
def test_related_rows_are_never_loaded_by_accident(name: str) -> None:
    """A relation that nobody asked for raises, so that no list sends one statement for each row."""
    for path, node in nodes(name, "app/models/"):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "relationship":
            assert {ast.unparse(word.value) for word in node.keywords if word.arg == "lazy"} == {"'raise'"}, path


@both
def test_queries_are_statements_and_live_in_repositories(name: str) -> None:
    asked = list(calls(name, "app/"))
    assert not [path for path, call in asked if call.endswith(".query")]
    made = {(path, call) for path, call in asked if call.removeprefix("sa.") in STATEMENTS and call.startswith("sa.")}
    paths = {path for path, _ in made}
    assert {path for path in paths if not path.startswith("app/repositories/")} == {"app/core/database.py"}
    assert [call for path, call in made if path == "app/core/database.py"] == ["sa.select"]
    of_many = set() if name == "ruled" else {"sa.insert"}
    assert {"sa.select"} | of_many <= {call for path, call in made if path.startswith("app/repositories/")}


@both
def test_nothing_but_the_unit_of_work_commits(name: str) -> None:
    commits = {path for path, call in calls(name, "app/") if call.endswith(".commit")}
    assert commits == {"app/core/database.py"}
    text = service(name)["app/api/dependencies/session.py"]
    assert "async with unit_of_work(" in text
    assert "yield session" in text


@both
def test_routes_are_declared_typed_functions_with_annotated_dependencies(name: str) -> None:
    found = list(routes(name))
    assert len([path for path, _ in found if path not in OF_FEATURES]) == 3 + sum(
        map(route_count, SPECS[name].entities)
    )
    for path, function in found:
        place = f"{path}: {function.name}"
        assert ast.get_docstring(function), place
        assert function.returns is not None, place
        assert not {"dict", "Any", "object"} & set(re.findall(r"\w+", ast.unparse(function.returns))), place
        assert function.args.defaults == [], place
        assert all(argument.annotation for argument in function.args.args), place
    assert not [path for path, node in nodes(name, "app/api/") if isinstance(node, ast.FunctionDef | ast.Lambda)
                and any("Depends" in ast.unparse(default) for default in node.args.defaults)]  # fmt: skip
    assert all("APIRouter(" in service(name)[path] for path, _ in found)


def route_count(entity: Entity) -> int:
    """Return how many routes an entity has: one more to restore its rows, and one for each step of a status."""
    if not entity.is_writable:
        return 2
    steps = sum(len(step_segments(rule)) for rule in rules_of(entity, Transition))
    return steps + (6 if entity.is_deleted_softly else 5)


@both
def test_input_is_a_schema_and_never_a_raw_mapping(name: str) -> None:
    for path, function in routes(name):
        for argument in function.args.args:
            annotation = ast.unparse(argument.annotation) if argument.annotation else ""
            assert not re.search(r"\b(dict|Any|Mapping)\b", annotation), f"{path}: {function.name}({argument.arg})"


@both
def test_a_service_takes_an_object_and_returns_one(name: str) -> None:
    for entity in SPECS[name].entities:
        (path,) = [path for path in modules(name) if path.startswith("app/services/")
                   and f"class {entity.name}Service(" in service(name)[path]]  # fmt: skip
        (base,) = class_of(name, path, f"{entity.name}Service").bases
        answer = f"{entity.name}{'Detail' if f'{entity.name}Detail' in service(name)[path] else 'Read'}"
        taken = f"{entity.name}Create, {entity.name}Update, " if entity.is_writable else ""
        kind = "ServiceBase" if entity.is_writable else "ReadingServiceBase"
        assert ast.unparse(base) == f"{kind}[{entity.name}, {taken}{answer}]"
    methods = {function.name: function for path, function in functions(name) if path == "app/services/base.py"}
    inputs = {key: [ast.unparse(one.annotation) for one in methods[key].args.args[1:] if one.annotation]
             for key in ("create", "update", "page")}  # fmt: skip
    assert inputs == {"create": ["Create"], "update": ["object", "Update"], "page": ["PageParameters"]}
    answers = {key: ast.unparse(method.returns) for key, method in methods.items() if method.returns}
    assert answers["create"] == answers["get"] == answers["update"] == "Model"
    assert answers["page"] == "PaginatedResponse[Answer]"


@both
def test_fields_have_one_name_in_every_layer(name: str) -> None:
    migrated = service(name)["migrations/versions/0001_initial.py"]
    for entity in SPECS[name].entities:
        (model,) = [
            path for path in modules(name) if path.startswith("app/models/") and entity.name in classes(name, path)
        ]
        schema = model.replace("app/models/", "app/schemas/")
        stored = columns(class_of(name, model, entity.name))
        if any("TimestampMixin" in ast.unparse(base) for base in class_of(name, model, entity.name).bases):
            stored |= {"created_at": "created_at", "updated_at": "updated_at"}
        stored |= {field.name: field.name for field in entity.fields if field.is_kept_by_service}
        wanted = {field.name for field in entity.fields}
        assert set(stored.values()) == wanted
        links = {each: each for each in linked_keys(class_of(name, model, entity.name))}
        secrets = {field.name for field in entity.fields if field.is_secret}
        shown = {attribute: column for attribute, column in stored.items() if column not in secrets}
        assert columns(class_of(name, schema, f"{entity.name}Read")) == shown | links
        hashed = {"password": "password"} if secrets else {}
        for part in ("Create", "Update") if entity.is_writable else ():
            taken = columns(class_of(name, schema, f"{entity.name}{part}"))
            assert taken.items() <= (shown | links | hashed).items()
        table = migrated[migrated.index(f'op.create_table(\n        "{entity.table}"') :]
        table = table[: table.index("PrimaryKeyConstraint")]
        assert set(re.findall(r'sa\.Column\(\s*"(\w+)"', table)) == wanted


def linked_keys(model: ast.ClassDef) -> set[str]:
    """Return the properties of a model that list the keys of linked rows."""
    functions_of_it = (node for node in model.body if isinstance(node, ast.FunctionDef))
    return {each.name for each in functions_of_it if [ast.unparse(one) for one in each.decorator_list] == ["property"]}


def columns(of: ast.ClassDef) -> dict[str, str]:
    """Return the attributes of a class with the name that each has outside of Python; relations are none."""
    names: dict[str, str] = {}
    for node in of.body:
        if isinstance(node, ast.AnnAssign) and "relationship(" not in ast.unparse(node):
            attribute = ast.unparse(node.target)
            names[attribute] = outside_name(node.value) or attribute
    return names


def outside_name(value: ast.expr | None) -> str | None:
    """Return the alias or the column name that a field is given, if any."""
    if not isinstance(value, ast.Call):
        return None
    given = [word.value for word in value.keywords if word.arg in {"alias", "serialization_alias"}]
    first = value.args[:1] if ast.unparse(value.func) == "mapped_column" else []
    names = [node.value for node in [*given, *first] if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return names[0] if names else None


@both
def test_the_page_format_is_always_there(name: str) -> None:
    page = class_of(name, "app/schemas/pagination.py", "PaginatedResponse")
    assert ast.unparse(page.bases[0]) == "Page[Item]"
    lists = [function for _, function in routes(name) if function.name.startswith("list_")]
    assert len(lists) == len(SPECS[name].entities)
    assert all(ast.unparse(one.returns).startswith("PaginatedResponse[") for one in lists if one.returns)


def test_keys_may_be_uuids() -> None:
    keyed = classes("everything", "app/models/class_entity.py")["Class"]
    line = next(ast.unparse(node) for node in keyed.body if "primary_key=True" in ast.unparse(node))
    assert "Mapped[UUID]" in line
    assert "default=uuid4" in line


@both
def test_rows_stay_readable_after_a_commit(name: str) -> None:
    makers = [
        node for _, node in nodes(name) if isinstance(node, ast.Call) and ast.unparse(node.func) == "async_sessionmaker"
    ]
    assert len(makers) == 2
    assert all(any(ast.unparse(word) == "expire_on_commit=False" for word in maker.keywords) for maker in makers)


@both
def test_middleware_logs_each_request_with_its_time_and_status(name: str) -> None:
    (logged,) = [
        node
        for path, node in nodes(name, "app/core/middleware.py")
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".info")
    ]
    assert {word.arg for word in logged.keywords} == {"method", "path", "status", "milliseconds"}
    tries = [node for _, node in nodes(name, "app/core/middleware.py") if isinstance(node, ast.Try)]
    assert any(logged in ast.walk(line) for one in tries for line in one.finalbody)
    assert ("app/core/application.py", "application.add_middleware") in set(calls(name, "app/core/"))


@both
def test_times_come_from_a_mixin(name: str) -> None:
    mixin = columns(class_of(name, "app/models/base.py", "TimestampMixin"))
    assert set(mixin) == {"created_at", "updated_at"}
    bases = [ast.unparse(node) for _, node in nodes(name, "app/models/") if isinstance(node, ast.ClassDef)]
    stamped = [entity for entity in SPECS[name].entities if any(field.name == "created_at" for field in entity.fields)]
    assert sum("TimestampMixin, Base)" in text for text in bases) == len(stamped) > 0
