"""The table of pairs is obeyed, and JSON is the whole model."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import assume, given, settings
from pydantic import TypeAdapter

from bot.documents.conversion import JSON, ConversionRefused, convert_document
from bot.documents.conversions.pairs import PAIRS, TARGETS, Fidelity, Pair, Target
from bot.documents.findings import Severity
from bot.documents.formats import FORMAT_FILES, Format
from bot.documents.readers import read_document
from tests.documents.test_conversion import SAMPLES, WRITTEN, format_of, sample_files, text_of


def sample(name: str) -> str:
    """Return a sample by its path."""
    return text_of(SAMPLES / name)


def test_every_ordered_pair_is_in_the_table() -> None:
    assert set(PAIRS) == {(source, target) for source in Format for target in TARGETS}
    lossless = {pair for pair, way in PAIRS.items() if way.fidelity is Fidelity.LOSSLESS}
    assert lossless == {(known, target) for known in Format for target in (known, JSON)}
    assert {pair for pair, way in PAIRS.items() if way.fidelity is Fidelity.LOSSY} == {
        (Format.TASKS, Format.PLAN),
        (Format.TASKS, Format.ROADMAP),
        (Format.TASKS, Format.STATE),
        (Format.PLAN, Format.TASKS),
        (Format.PLAN, Format.ROADMAP),
        (Format.ROADMAP, Format.TASKS),
        (Format.REQUIREMENTS, Format.REQUIREMENTS_LIST),
        (Format.REQUIREMENTS_LIST, Format.REQUIREMENTS),
    }


REFUSED = [(source, target, pair) for (source, target), pair in PAIRS.items() if pair.fidelity is Fidelity.REFUSED]


@pytest.mark.parametrize(("source", "target", "pair"), REFUSED)
def test_a_pair_that_makes_no_sense_is_refused_with_its_reason(source: Format, target: Target, pair: Pair) -> None:
    path = next(path for path in sample_files() if format_of(path) is source)
    with pytest.raises(ConversionRefused) as refusal:
        convert_document(source, text_of(path), target)
    sentence = str(refusal.value)
    assert pair.why in sentence
    assert "can't become" in sentence
    assert ";" in pair.why
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_refusals_say_what_to_do_instead() -> None:
    with pytest.raises(ConversionRefused) as summary:
        convert_document(Format.TASKS, "- [ ] 1. A", Format.SUMMARY)
    assert str(summary.value) == (
        "A tasks.md can't become a SUMMARY.md: "
        "a summary needs evidence, which only a build gives; run `planthread build`."
    )
    with pytest.raises(ConversionRefused, match="`planthread build` derives requirements and tasks from it"):
        convert_document(Format.ENTITY_SPECS, "ENTITY: A", Format.TASKS)


POSSIBLE = [(source, target) for (source, target), pair in PAIRS.items() if pair.fidelity is not Fidelity.REFUSED]


@pytest.mark.parametrize(("source", "target"), POSSIBLE)
def test_a_possible_pair_gives_files_that_are_read_without_errors(source: Format, target: Target) -> None:
    written = 0
    for path in (path for path in sample_files() if format_of(path) is source):
        try:
            conversion = convert_document(source, text_of(path), target, path.name)
        except ConversionRefused:
            continue
        for name, text in conversion.files.items():
            written += 1
            assert not PurePosixPath(name).is_absolute()
            assert ".." not in name
            if target == JSON:
                assert name.endswith(".json")
                json.loads(text)
                continue
            findings = read_document(Format(target), text).findings
            assert [finding for finding in findings if finding.severity is Severity.ERROR] == []
    assert written


@pytest.mark.parametrize("known", list(Format))
def test_the_same_format_gives_the_canonical_form(known: Format) -> None:
    path = next(path for path in sample_files() if format_of(path) is known)
    conversion = convert_document(known, text_of(path), known)
    assert list(conversion.files) == [FORMAT_FILES[known]]


@pytest.mark.parametrize("known", list(Format))
def test_json_is_the_whole_model(known: Format) -> None:
    @given(WRITTEN[known])
    @settings(max_examples=20, deadline=None)
    def holds(text: str) -> None:
        try:
            conversion = convert_document(known, text, JSON)
        except ConversionRefused:
            assume(False)
        model = read_document(known, text).model
        (written,) = conversion.files.values()
        assert TypeAdapter(type(model)).validate_python(json.loads(written)) == model
        assert conversion.lost == ()

    holds()


def test_json_tells_what_the_reader_could_not_take() -> None:
    conversion = convert_document(Format.ENTITY_SPECS, sample("entity_specs/mended.txt"), JSON)
    assert "line 6: The line “- label” of Sensor is no field." in conversion.lost
    tasks = convert_document(Format.TASKS, sample("tasks/ferry.tasks.md"), JSON)
    assert tasks.lost == (
        "line 50: “- [] 3.3 is no box” looks like a box, and is none.",
        "line 51: “-[ ] 3.4 is none either” looks like a box, and is none.",
    )
    assert "Kept as they are." in tasks.files["tasks.json"]


def test_json_keeps_the_marks_of_a_checklist_and_tells_what_only_looks_like_one() -> None:
    text = "- [?] 1. A\n  - [] 1.1 It is read as todo.\n"
    conversion = convert_document(Format.TASKS, text, JSON)
    assert json.loads(conversion.files["tasks.json"])["tasks"][0]["mark"] == "?"
    assert conversion.lost == ("line 2: “- [] 1.1 It is read as todo.” looks like a box, and is none.",)


def test_bytes_that_are_no_text_are_kept_or_told() -> None:
    tasks = convert_document(Format.TASKS, "# Tasks\n- [ ] 1. Caf\udce9\n", JSON)
    assert json.loads(tasks.files["tasks.json"])["tasks"][0]["title"] == "Caf\udce9"
    assert tasks.lost == ()
    state = convert_document(Format.STATE, "# State\n\nPhase: 1 (Caf\udce9)\n", JSON)
    assert state.lost == ("line 3: “Phase: 1 (Caf )” holds bytes that aren't UTF-8, which have no place.",)
