"""A phase is done when its files are there with what they promise, and are wired; each lack is one sentence."""

from __future__ import annotations

import pytest

from bot.building.must_haves import check_must_haves, exported_names
from bot.building.tree import service_tree
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.tasks.task_plan import Artifact, KeyLink, MustHaves, Phase
from bot.generation.blueprint import load_blueprint
from bot.generation.inputs import BuildInputs
from tests.generation.samples import build_inputs, everything, library, owned, ruled

SETTINGS = Artifact(path="app/config.py", provides="the settings")
WIRED = KeyLink(source="app/main.py", target="app/config.py", via="reads them once", pattern="load_settings(")


def said(must: Artifact | KeyLink, **files: str) -> list[str]:
    """Return what a phase with one must-have lacks; ``a__b`` stands for the path ``app/a.b``."""
    held = MustHaves(artifacts=(must,)) if isinstance(must, Artifact) else MustHaves(key_links=(must,))
    phase = Phase(number=1, name="Books", slug="books", goal="", tasks=(), must_haves=held)
    tree = {f"app/{name.replace('__', '.')}": text.encode() for name, text in files.items()}
    check = check_must_haves(phase, tree)
    assert check.word == "must-haves"
    assert check.passed is not bool(check.tail)
    return check.tail.splitlines()


def test_a_file_that_is_there_with_content_is_enough() -> None:
    assert said(SETTINGS, config__py="x = 1\n") == []


def test_a_file_that_is_missing_is_named_with_what_it_provides() -> None:
    assert said(SETTINGS, main__py="x = 1\n") == ["`app/config.py` (the settings) is not there."]


@pytest.mark.parametrize("text", ["", "\n\n", " \t\r\n", "\ufeff\n"])
def test_a_blank_file_is_none(text: str) -> None:
    assert said(SETTINGS, config__py=text) == ["`app/config.py` (the settings) is empty."]


def test_an_artifact_in_words_is_left_to_people() -> None:
    assert said(Artifact(path="", provides="A page that explains", min_lines=3, exports=("x",), contains="y")) == []


@pytest.mark.parametrize(("text", "lines"), [("a\n", "1 line"), ("a\nb\n\n\n", "2 lines"), ("\n\n\na\r\nb", "2 lines")])
def test_too_few_lines_are_counted_without_blank_ones_around(text: str, lines: str) -> None:
    must = SETTINGS.model_copy(update={"min_lines": 3})
    assert said(must, config__py=text) == [f"`app/config.py` (the settings) has {lines}, and must have 3."]


@pytest.mark.parametrize("text", ["a\nb\nc", "a\r\nb\r\nc\r\n", "a\n\nc\n"])
def test_enough_lines_are_enough(text: str) -> None:
    assert said(SETTINGS.model_copy(update={"min_lines": 3}), config__py=text) == []


def test_a_text_that_must_occur_is_looked_for_as_it_stands() -> None:
    must = SETTINGS.model_copy(update={"contains": "class A(Base):\n    b"})
    assert said(must, config__py="class A(Base):\r\n    b = 1\r\n") == []
    must = SETTINGS.model_copy(update={"contains": "BaseSettings"})
    assert said(must, config__py="x = 1\n") == ["`app/config.py` (the settings) does not contain `BaseSettings`."]
    assert said(must.model_copy(update={"contains": "\udc80"}), config__py="x") != [], "no text can hold it"


def test_names_that_a_file_must_export_are_defined_in_it() -> None:
    must = SETTINGS.model_copy(update={"exports": ("Settings", "load", "LIMIT")})
    good = "class Settings:\n    pass\n\n\ndef load():\n    return 1\n\n\nLIMIT = 3\n"
    assert said(must, config__py=good) == []
    only_spoken_of = '"""Settings and LIMIT."""\n# load()\nclass Other:\n    def load(self):\n        LIMIT = 3\n'
    assert said(must, config__py=only_spoken_of) == ["`app/config.py` does not export `Settings`, `load`, `LIMIT`."]


def test_python_that_cannot_be_parsed_exports_nothing() -> None:
    must = SETTINGS.model_copy(update={"exports": ("Settings",)})
    expected = ["`app/config.py` can't be read as Python, so it exports none of `Settings`."]
    for broken in ("class Settings(:\n", "Settings = 1\0", "(" * 5000, "Settings = " + "-" * 200_000 + "1"):
        assert said(must, config__py=broken) == expected


def test_in_another_language_an_exported_name_must_occur() -> None:
    must = Artifact(path="app/desk.ts", provides="", exports=("openDesk",))
    assert said(must, desk__ts="export function openDesk() {}\n") == []
    assert said(must, desk__ts="export function openDesks() {}\n") == ["`app/desk.ts` does not export `openDesk`."]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("async def a(): ...\nclass B: ...\ndef c(): ...", "a B c"),
        ("a = b = 1\nc: int = 2\nd: int\ne, (f, *g) = h", "a b c e f g"),
        ("a.b = 1\na[0] = 2\na += 1", ""),
        ("type Price = int", "Price"),
        ("if x:\n    A = 1\nelif y:\n    B = 1\nelse:\n    def c(): ...", "A B c"),
        ("try:\n    A = 1\nexcept E as e:\n    B = 1\nelse:\n    C = 1\nfinally:\n    D = 1", "A B C D"),
        ("for a in b:\n    c = 1\nwhile d:\n    e = 1\nwith f as g, h as (i, j):\n    k = 1", "a c e g i j k"),
        ("match a:\n    case 1:\n        B = 1\n    case _:\n        C = 1", "B C"),
        ("def f():\n    class A: ...\nclass C:\n    d = 1", "f C"),
        ("from a import B, c as D\nimport e.f", ""),
        ("from a import B, c as D\nimport e.f\n__all__ = ['B', 'D', 'e', 'c']", "B D e"),
        ("from a import B, C, D, E\n__all__ = ['B'] + ['C']\n__all__ += ('D',)\n__all__.append('E')", "B C D E"),
        ("from a import B, C\n__all__: list[str] = [*('B',)]\n__all__.extend(['C'])", "B C"),
        ("__all__ = ['Nowhere']", ""),
        ("from a import *\n__all__ = ['B']", "B"),
        ("def __getattr__(name): ...\n__all__ = ['B']", "B __getattr__"),
        (r"a = '\d'", "a"),
    ],
)
def test_what_a_python_file_offers(code: str, names: str) -> None:
    assert exported_names(code.encode()) == frozenset(names.split())


def test_code_too_deep_to_walk_offers_nothing_and_ends_nothing() -> None:
    branches = "".join(f"elif {number}:\n    b = 1\n" for number in range(1500))
    assert exported_names(f"if 0:\n    a = 1\n{branches}".encode()) is None


def test_two_files_are_wired_where_the_pattern_stands_in_the_first() -> None:
    assert said(WIRED, main__py="settings = load_settings()\n") == []
    begun = "`app/main.py` is not wired to `app/config.py` (reads them once): "
    assert said(WIRED, main__py="x = 1\n") == [f"{begun}`load_settings(` does not occur in it."]
    assert said(WIRED, config__py="x = 1\n") == [f"{begun}it is not there."]


@pytest.mark.parametrize(
    ("code", "lacks"),
    [
        ("settings = load_settings(\n    here,\n)", False),
        ("settings = load_settings (here)", False),
        ("settings = load_settings\n", True),
    ],
)
def test_what_a_formatter_wrapped_is_wired_all_the_same(code: str, lacks: bool) -> None:
    assert bool(said(WIRED, main__py=code)) is lacks
    wrapped = WIRED.model_copy(update={"pattern": "load_settings(here"})
    assert bool(said(wrapped, main__py=code)) is lacks


def test_a_link_in_words_or_without_a_pattern_asks_for_no_text() -> None:
    assert said(KeyLink(source="", target="", via="the desk asks the shelf")) == []
    assert said(KeyLink(source="app/main.py", target="app/config.py", via="")) == []


def test_a_long_list_is_cut_and_counted() -> None:
    artifacts = tuple(Artifact(path=f"app/{number}.py", provides="") for number in range(25))
    phase = Phase(number=1, name="", slug="", goal="", tasks=(), must_haves=MustHaves(artifacts=artifacts))
    lines = check_must_haves(phase, {}).tail.splitlines()
    assert lines[-2:] == ["`app/19.py` is not there.", "And 5 more."]


def named(length: int) -> EntitySpecs:
    """Return specs of an entity with a name of so many letters, and one that names it."""
    name = "Wardrobe" + "a" * (length - len("Wardrobe"))
    text = write_entity_specs(library()).replace("Member", name).replace("member", name.lower())
    return read_entity_specs(text).specs


FEATURES = load_blueprint().feature_names
SERVICES = {
    "library": build_inputs(library()),
    "everything": build_inputs(everything()),
    "rules": build_inputs(ruled()),
    **{f"names of {length} letters": build_inputs(named(length)) for length in (15, 20, 40)},
    "owners and every feature": build_inputs(owned(), features=FEATURES),
    **{feature: build_inputs(library(), features=(feature,)) for feature in FEATURES},
}


@pytest.mark.parametrize("inputs", SERVICES.values(), ids=SERVICES.keys())
def test_every_phase_of_a_service_has_what_it_must_have(inputs: BuildInputs) -> None:
    trees = service_tree(inputs)
    tree: dict[str, bytes] = {}
    for phase in inputs.task_plan.phases:
        assert not check_must_haves(phase, tree).passed, "nothing is promised that was there before"
        assert phase.number == len(inputs.task_plan.phases) or any(a.exports for a in phase.must_haves.artifacts)
        for task in phase.tasks:
            tree |= trees[task.number]
        check = check_must_haves(phase, tree)
        assert check.passed, check.tail
